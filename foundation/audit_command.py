"""`flask audit verify`: whether anybody has changed, taken away or put in an entry past the program."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

import click
from flask.cli import AppGroup

from foundation.flask_database import current_session
from foundation.verify_trail import Fault, Head, Tampering, verify_trail

audit = AppGroup("audit", help="The audit trail and the chains of hashes over it.")
WORDS = {
    Tampering.CHANGED: "entry {entry} (number {number}) is not what was sealed",
    Tampering.MISSING: "number {number} is missing (entry {entry})",
    Tampering.INSERTED: "entry {entry} was put in and never sealed",
    Tampering.HEAD: "the chain ends at number {number} and its end says something else",
    Tampering.KEPT: "number {number} (entry {entry}) is not the one that was noted down",
}


@audit.command("verify")
@click.option(
    "--kept",
    type=click.File(encoding="utf-8"),
    help="What this command printed earlier: somebody who rewrote a whole chain is found out by it.",
)
def verify(kept: TextIO | None) -> None:
    """Go over the whole trail and print the end of each chain, to be kept elsewhere. 1 when a row was tampered with."""
    verdict = verify_trail(current_session(), _noted(kept or ()))
    for head in verdict.heads:
        click.echo(f"{head.scope} {head.number} {head.hash}")
    for fault in verdict.faults:
        click.echo(f"{fault.scope}: {_told(fault)}", err=True)
    click.echo(f"# {verdict.entries} entries, {len(verdict.faults)} faults")
    if verdict.faults:
        sys.exit(1)


def _told(fault: Fault) -> str:
    return WORDS[fault.tampering].format(entry=fault.entry_id or "unknown", number=fault.number)


def _noted(lines: Iterable[str]) -> list[Head]:
    heads = []
    for at, line in enumerate(lines, start=1):
        parts = line.split()
        if not parts or parts[0] == "#":
            continue
        if len(parts) != 3 or not parts[1].isdecimal() or len(parts[2]) != 64:
            raise click.ClickException(f"line {at} is not an end of a chain: expected scope, number and 64 hex digits")
        heads.append(Head(parts[0], int(parts[1]), parts[2]))
    return heads
