"""`flask allocate` and `flask allocation verify`: files in, files out, clear exits, no database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from exhibitors.allocation.optimiser.allocate import Effort
from exhibitors.allocation.optimiser.allocate import allocate as allocate_booths
from exhibitors.allocation.optimiser.command import allocate, allocation
from exhibitors.allocation.optimiser.reading import read_instance
from tests.fair_maker import a_random_fair
from tests.trade_modules import ROOT


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    path = tmp_path / "fair.json"
    path.write_text(json.dumps(a_random_fair(30, 35, seed=7)), encoding="utf-8")
    return path


def test_solution_is_written_verified_and_the_same_twice(asked: Path, tmp_path: Path) -> None:
    runner, out, again = CliRunner(), tmp_path / "one.json", tmp_path / "two.json"
    for path in (out, again):
        done = runner.invoke(allocate, [str(asked), "--out", str(path), "--policy", "strict-merit", "--seconds", "0"])
        assert done.exit_code == 0, done.output
    assert out.read_bytes() == again.read_bytes()
    assert json.loads(out.read_text(encoding="utf-8"))["format"] == "booth-alloc-solution/1"
    assert runner.invoke(allocation, ["verify", str(asked), str(out)]).exit_code == 0


def test_changed_solution_does_not_verify(asked: Path, tmp_path: Path) -> None:
    runner, out = CliRunner(), tmp_path / "one.json"
    runner.invoke(allocate, [str(asked), "--out", str(out)])
    solution = json.loads(out.read_text(encoding="utf-8"))
    gone = min(solution["assignments"])
    del solution["assignments"][gone]
    out.write_text(json.dumps(solution), encoding="utf-8")
    done = runner.invoke(allocation, ["verify", str(asked), str(out)])
    assert done.exit_code == 1
    assert done.output == f"differs: {gone}\n"


def test_places_sought_until_the_clock_ended_it_are_not_compared(asked: Path, tmp_path: Path) -> None:
    instance, out = read_instance(asked.read_bytes()), tmp_path / "one.json"
    answer = json.loads(allocate_booths(instance, effort=Effort(proved=True, who_alone=True)).to_json())
    assert (answer["meta"]["proved"], answer["meta"]["ended_by_clock"]) == (True, True)
    proof = allocate_booths(instance, effort=Effort(proved=True))
    assert proof.assignments.keys() == answer["assignments"].keys()
    assert proof.assignments != {id_: tuple(booths) for id_, booths in answer["assignments"].items()}
    answer["assignments"] = {id_: list(booths) for id_, booths in proof.assignments.items()}
    out.write_text(json.dumps(answer), encoding="utf-8")
    done = CliRunner().invoke(allocation, ["verify", str(asked), str(out)])
    assert (done.exit_code, done.output.splitlines()[1]) == (
        0,
        "Where they stand was sought until a limit of time and is not compared.",
    )
    gone = min(answer["assignments"])
    del answer["assignments"][gone]
    out.write_text(json.dumps(answer), encoding="utf-8")
    done = CliRunner().invoke(allocation, ["verify", str(asked), str(out)])
    assert (done.exit_code, done.output) == (1, f"differs: {gone}\n")


def test_proof_without_time_for_who_is_in_is_the_draft(asked: Path) -> None:
    instance = read_instance(asked.read_bytes())
    hurried = allocate_booths(instance, effort=Effort(proved=True, seconds=0.0))
    assert hurried.to_json() == allocate_booths(instance).to_json()


def test_bad_file_ends_with_2_and_one_sentence(asked: Path, tmp_path: Path) -> None:
    asked.write_text("nonsense", encoding="utf-8")
    done = CliRunner().invoke(allocate, [str(asked), "--out", str(tmp_path / "out.json")])
    assert done.exit_code == 2
    assert done.output == "Error: The file is not JSON text.\n"
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("typed", ["nan", "inf", "-nan"])
def test_seconds_that_are_no_number_end_with_2_and_one_sentence(asked: Path, tmp_path: Path, typed: str) -> None:
    out = tmp_path / "out.json"
    done = CliRunner().invoke(allocate, [str(asked), "--out", str(out), "--seconds", typed])
    assert (done.exit_code, out.exists()) == (2, False)
    assert (
        done.output.splitlines()[-1] == f"Error: Invalid value for '--seconds': '{typed}' is not a number of seconds."
    )


def test_command_needs_no_database(asked: Path, tmp_path: Path) -> None:
    environment = {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
        "SECRET_KEY": "x" * 40,
    }
    out = tmp_path / "out.json"
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "allocate", str(asked), "--out", str(out)],
        cwd=ROOT,
        env=environment | {"DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert out.exists()
