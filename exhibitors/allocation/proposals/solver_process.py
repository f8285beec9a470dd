"""Runs the optimiser in a process of its own and hands on its answers as they come."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[3]
LOOK_EVERY_SECONDS = 0.5
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""The search takes one thread; others, made ready by numpy at its start, cost a tenth of a second for nothing."""


class Impossible(Exception):
    """No allocation can satisfy what is asked; `no` holds reason, sentence and clashes."""

    def __init__(self, no: Mapping[str, Any]) -> None:
        super().__init__(no["reason"])
        self.no = no


class SolverEnded(Exception):
    """The process ended without an answer; says what it wrote last."""


class SolverUnwanted(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True, slots=True)
class RunningSolver:
    """The process and a thread that waits for its lines."""

    process: subprocess.Popen[str]
    errors: IO[str]
    reader: ThreadPoolExecutor

    def next_answer(self, still_wanted: Callable[[], bool]) -> str:
        """The next solution, asking twice a second whether it is still wanted. Raises what is said above."""
        assert self.process.stdout is not None  # noqa: S101 - for the type checker: it is a pipe
        line = self.reader.submit(self.process.stdout.readline)
        while True:
            try:
                said = line.result(LOOK_EVERY_SECONDS)
            except TimeoutError:
                if not still_wanted():
                    raise SolverUnwanted from None
            else:
                return self._understood(said)

    def _understood(self, said: str) -> str:
        if not said:
            self.process.wait()
            self.errors.seek(0)
            raise SolverEnded(self.errors.read().strip())
        answer = json.loads(said)
        if isinstance(answer, dict):
            raise Impossible(answer)
        return str(answer)


@contextmanager
def solving(question: str, policy: str, efforts: Sequence[int]) -> Iterator[RunningSolver]:
    """Start the optimiser on a question: one answer for each effort, in seconds that the proof may take (0: a quick
    draft). It is stopped in the middle when the block is left.
    """
    command = [sys.executable, "-m", "exhibitors.allocation.proposals.solve", policy, *map(str, efforts)]
    pipe = subprocess.PIPE
    with (
        TemporaryFile("w+", encoding="utf-8") as errors,
        ThreadPoolExecutor(1) as reader,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | ONE_THREAD, stdin=pipe, stdout=pipe, stderr=errors, encoding="utf-8"
        ) as process,
    ):
        try:
            if process.stdin is not None:
                with suppress(BrokenPipeError):  # why it ended is read where its answer is missed
                    process.stdin.write(question)
                    process.stdin.close()
            yield RunningSolver(process, errors, reader)
        finally:
            process.kill()
