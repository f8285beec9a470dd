"""Fonts are unpacked for the PDF library, and nothing is left of them when a process ends."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest

from foundation.print_fonts import font_file

UNPACK = "from foundation.print_fonts import font_file; print(font_file(600))"


def tell_font(answers: multiprocessing.SimpleQueue[str]) -> None:
    """What a forked worker does."""
    font_file.cache_clear()
    answers.put(f"{font_file(600)} {font_file(600).exists()}")


def test_process_leaves_no_font_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNPACK], env={"TMPDIR": str(tmp_path)}, capture_output=True, check=True
    )
    assert done.stdout.decode().strip().endswith("bvp-600.ttf")
    assert list(tmp_path.iterdir()) == []


def test_forked_worker_leaves_no_font_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    forking = multiprocessing.get_context("fork")
    answers = forking.SimpleQueue()
    worker = forking.Process(target=tell_font, args=(answers,))
    worker.start()
    font, was_there = answers.get().split()
    worker.join()
    assert (Path(font).parent.parent, was_there, worker.exitcode) == (tmp_path, "True", 0)
    assert list(tmp_path.iterdir()) == []
