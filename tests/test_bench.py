"""The benchmark's verdict: what misses its bar is named."""

from __future__ import annotations

from tests.benchmarks.judged import Judged, print_misses

GOOD, AT_THE_BAR, BAD = Judged("a", 1, 2, "ms"), Judged("b", 2, 2, "ms"), Judged("c", 2.01, 2, "ms")


def test_only_what_lies_above_its_bar_misses_it() -> None:
    said: list[str] = []
    assert print_misses([GOOD, AT_THE_BAR, BAD], said.append) == [BAD]
    assert said == ["misses: 1 of 3 bars", "  c: 2.01 ms (bar 2)"]
