"""How fast this machine is at the moment: bars in seconds were set on one, and mean as much work on any other.

A machine that is shared may be three times slower in the evening than in the morning; then the bars are wider as well,
never narrower. Both are measured in turns, as processor time.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

USUAL_SECONDS = 0.0022
"""What `yardstick` took on two cores of a 2 GHz Xeon that had nothing else to do, in November 2026."""
REPEATS = 10
WORDS = "Hợp tác xã miến dong Bình Liêu, chả mực Hạ Long, nước mắm Cái Rồng, trà hoa vàng Ba Chẽ, ruốc hàu Vân Đồn"


def yardstick() -> float:
    """Seconds of processor time for some work of the usual kind: text, dictionaries, sorting, calls."""
    began = time.process_time()
    counted: dict[str, int] = {}
    for number in range(60):
        for word in unicodedata.normalize("NFD", WORDS).casefold().split():
            plain = "".join(letter for letter in word if not unicodedata.combining(letter))
            counted[f"{plain}{number % 7}"] = counted.get(plain, 0) + len(plain)
    sorted(counted.items(), key=lambda pair: (pair[1], pair[0]))
    return time.process_time() - began


def in_usual_seconds(cost: Callable[[], float]) -> float:
    """The processor seconds that `cost` answers, as on the usual machine: taken between two yardsticks."""
    before, taken, after = yardstick(), cost(), yardstick()
    return taken / max(1.0, (before + after) / 2 / USUAL_SECONDS)


def slowness_by_the_wall() -> float:
    """How many times longer than usual work takes now by the clock on the wall, at least 1: what others do on the
    machine counts too.
    """
    began = time.perf_counter()
    for _ in range(REPEATS):
        yardstick()
    return max(1.0, (time.perf_counter() - began) / REPEATS / USUAL_SECONDS)
