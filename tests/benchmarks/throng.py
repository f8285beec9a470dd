"""Several producers who apply at the same moment, each in a browser of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.benchmarks.ground import Account
from tests.benchmarks.submit import Producer
from tests.real_server import RealServer


@dataclass(slots=True)
class Throng:
    """What happened: seconds of every sending, what went wrong, and how long the whole took."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    duration: float = 0.0

    @property
    def per_second(self) -> float:
        """Applications handed in for each second of wall clock; each also saved as a draft and taken back."""
        return len(self.seconds) / self.duration

    @property
    def slowest(self) -> float:
        """Milliseconds that 99 of 100 sendings took at most."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.99)] * 1000 if self.seconds else 0.0


def apply_at_once(server: RealServer, accounts: Sequence[Account], times: int) -> Throng:
    """All of them save a draft, send it and take it back, `times` times; a wrong answer is a fault, not an end."""
    producers = [Producer(server, account.email, account.password) for account in accounts]
    throng, start = Throng(), threading.Barrier(len(producers) + 1)

    def play(producer: Producer) -> None:
        start.wait()
        for _ in range(times):
            try:
                throng.seconds.append(producer.submit_timed())
            except (OSError, RuntimeError) as fault:
                throng.faults.append(str(fault))

    threads = [threading.Thread(target=play, args=(producer,)) for producer in producers]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    throng.duration = time.monotonic() - began
    return throng
