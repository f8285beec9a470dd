"""The commands `flask allocate` and `flask allocation verify`: files in, files out, no database."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import click

from exhibitors.allocation.optimiser.allocate import Effort
from exhibitors.allocation.optimiser.allocate import allocate as allocate_instance
from exhibitors.allocation.optimiser.instance import BadInstance, Instance
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.optimiser.reading import read_instance
from exhibitors.allocation.optimiser.verify import verify as verify_solution

PROVED_UP_TO = 600  # applications; above, a proof takes minutes and has to be asked for
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Seconds(click.FloatRange):
    """A number of seconds; what is no number (nan) passes every comparison and would silently mean the draft alone."""

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Refuse what is not finite as other wrong input is refused."""
        seconds = float(super().convert(value, param, ctx))
        if not isfinite(seconds):
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return seconds


class BadFile(click.ClickException):
    """One clear sentence and exit code 2."""

    exit_code = 2


def _read(path: Path) -> Instance:
    return read_instance(path.read_bytes())


@click.command("allocate")
@click.argument("instance", type=FILE)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where the solution goes.")
@click.option("--policy", type=click.Choice([policy.value for policy in Policy]), default=Policy.BANDED_MERIT.value)
@click.option(
    "--seconds",
    type=Seconds(min=0),
    help=f"For the proof; 0 is the quick draft alone. Left out: proved up to {PROVED_UP_TO} applications.",
)
def allocate(instance: Path, out: Path, policy: str, seconds: float | None) -> None:
    """Allocate the booths of INSTANCE and write the solution."""
    try:
        question = _read(instance)
        proved = len(question.applications) <= PROVED_UP_TO if seconds is None else seconds > 0
        answer = allocate_instance(question, Policy(policy), Effort(proved=proved, seconds=seconds or None))
    except BadInstance as bad:
        raise BadFile(str(bad)) from bad
    try:
        out.write_text(answer.to_json(), encoding="utf-8")
    except OSError as error:
        raise BadFile(f"The solution could not be written: {error.strerror}.") from error
    for level in answer.levels:
        bound = "" if level.bound is None else f", bound {level.bound}{' (proved)' if level.proved else ''}"
        click.echo(f"{level.name}: {level.value}{bound}")


@click.group("allocation")
def allocation() -> None:
    """Look at finished allocations."""


@allocation.command("verify")
@click.argument("instance", type=FILE)
@click.argument("solution", type=FILE)
def verify(instance: Path, solution: Path) -> None:
    """Check SOLUTION rule by rule and compute it again from INSTANCE: the same seed must lead to the same booths."""
    try:
        verdict = verify_solution(_read(instance), solution.read_bytes())
    except BadInstance as bad:
        raise BadFile(str(bad)) from bad
    for one in verdict.broken:
        click.echo(f"broken: {one.code} {one.subject} {one.detail}".rstrip())
    for id_ in verdict.differing:
        click.echo(f"differs: {id_}")
    if not verdict.good:
        raise SystemExit(1)
    if verdict.by_clock:
        click.echo("The allocation is valid and lets in whom it lets in when computed again.")
        click.echo("Where they stand was sought until a limit of time and is not compared.")
        return
    click.echo("The allocation is valid and the same as computed again.")
