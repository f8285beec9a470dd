"""Measures the product beside the plain app, page by page in turns, in processor time for each request."""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.ground import LARGE_FEED_EVENTS, Ground, edit_one_fair, lay_ground
from tests.benchmarks.judged import Judged, Out, print_misses
from tests.benchmarks.submit import FORM, Producer
from tests.benchmarks.throng import apply_at_once
from tests.real_server import RealServer, free_port, prepare_product, product_command, server_environment

ROUNDS = 9
WARM_UP = 20
MOST_SUBMITS = 90
SUBMITS_AT_ONCE = 12
RESTING_SECONDS = 1.2
"""Longer than the product remembers the public revision."""
BAR = 1.67
MOST_MEGABYTES = 110
FULL_ENOUGH = 0.99
"""A feed ends at 900 KB too, which may leave out the earliest few."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing both apps do: the address at the product and its counterpart at the plain app."""

    name: str
    product: str
    limits: str
    headers: Mapping[str, str]
    revalidates: bool = False
    bar: float = BAR
    rebuilt: bool = False
    """Each time at an address not asked for before, so that nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds of processor time for each request, medians of the rounds, and how often the product costs what the
    plain app does: the median of the rounds' own ratios.
    """

    name: str
    product_ms: float
    limits_ms: float
    ratio: float
    bar: float = BAR

    @classmethod
    def of(cls, name: str, rounds: list[tuple[float, float]], bar: float = BAR) -> Row:
        """From the pairs of figures that the rounds gave."""
        ours, plain = zip(*rounds, strict=True)
        ratio = statistics.median(product / limits for product, limits in rounds)
        return cls(name, statistics.median(ours), statistics.median(plain), ratio, bar)


numbers = count(1)
"""Put into an address, each makes one that was never asked for before."""
GZIP = {"Accept-Encoding": "gzip"}


def pairs_for(ground: Ground) -> list[Pair]:
    """What is compared. The plain app keeps no pages but its feed."""
    pairs = [
        Pair("list of 50 fairs", "/fairs", "/list", {}),
        Pair("list, both kept", "/fairs", "/list-cached", {}),
        Pair("list, rebuilt", "/fairs", "/list", {}, rebuilt=True),
        Pair("fair, 20 exhibitors", ground.fair, "/detail/1", {}),
        Pair("fair, rebuilt", ground.fair, "/detail/1", {}, rebuilt=True),
        Pair("feed of 200 events", ground.feed, "/feed", {}),
        Pair("feed, gzip", ground.feed, "/feed", GZIP),
        Pair("feed, 304", ground.feed, "/feed", {}, revalidates=True),
    ]
    if ground.large_feed:
        pairs += [
            Pair("feed of 1,000, 304", ground.large_feed, "/hello", {}, revalidates=True, bar=1.5),
            Pair("feed of 1,000, gzip", ground.large_feed, "/hello", GZIP, bar=2.0),
            Pair("fair, 300 exhibitors", ground.crowded_fair, "/hello", GZIP, bar=2.0),
        ]
    return pairs


class Client:
    """One connection that is kept alive, asking one thing after the other."""

    def __init__(self, server: RealServer) -> None:
        self.server = server
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: str | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body of one answer."""
        self.connection.request(method, path, body=body, headers=dict(headers))
        response = self.connection.getresponse()
        return response.status, response.headers, response.read()

    def cost_of(self, times: int, play: Callable[[], object]) -> float:
        """Milliseconds of the server's processor time for each of the repetitions."""
        before = self.server.cpu_seconds()
        for _ in range(times):
            play()
        return (self.server.cpu_seconds() - before) * 1000 / times


def run_benchmarks(*, requests: int = 900, large: bool = False, out: Out = print) -> list[Judged]:
    """Start both apps, measure every pair, print the table, and answer (and print) what misses its bar.

    The product runs in a temporary folder on demonstration data and the ground of `lay_ground`. `requests` is how many
    of each kind are sent to each app; `large` adds the feed of 1,000 events, the fair with 300 exhibitors and the
    search among 20,000 products.
    """
    judged: list[Judged] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with _product(folder / "product", large, out) as (product, ground), _limits(folder / "limits") as limits:
            ours, plain = Client(product), Client(limits)
            rows = _play_in_turns(pairs_for(ground), ours, plain, max(1, requests // ROUNDS))
            producer = Producer(product, ground.accounts[0].email, ground.accounts[0].password)
            rows.append(_compare_submits(producer, plain, requests))
            _print_table(rows, out)
            judged += [Judged(row.name, row.ratio, row.bar, "times the plain app") for row in rows]
            judged.append(Judged("worker", product.largest_process_megabytes(), MOST_MEGABYTES, "MB resident"))
            out(str(judged[-1]))
            if large:
                judged += _judge_large(Client(product), ground, folder / "product", out)
            throng = apply_at_once(product, ground.accounts, SUBMITS_AT_ONCE)
            out(
                f"{len(ground.accounts)} producers at once: {throng.per_second:.0f} applications a second (each saved, "
                f"sent and taken back), 99 of 100 sent within {throng.slowest:.0f} ms, {len(throng.faults)} errors"
            )
            for fault in throng.faults[:3]:
                out(f"  {fault}")
            judged.append(Judged("throng", len(throng.faults), 0, "errors"))
            out(f"worker after the throng: {product.largest_process_megabytes():.0f} MB resident")
    return print_misses(judged, out)


def _play_in_turns(pairs: list[Pair], ours: Client, plain: Client, times: int) -> list[Row]:
    """Rounds in which the two sides take turns, so that what others do on this machine falls on both."""
    costs: dict[str, list[tuple[float, float]]] = {pair.name: [] for pair in pairs}
    for pair in pairs:
        _get(ours, pair.product, pair)(WARM_UP)
        _get(plain, pair.limits, pair)(WARM_UP)
    for _ in range(ROUNDS):
        for pair in pairs:
            product_ms = _get(ours, pair.product, pair)(times)
            costs[pair.name].append((product_ms, _get(plain, pair.limits, pair)(times)))
    return [Row.of(pair.name, costs[pair.name], pair.bar) for pair in pairs]


def _judge_large(ours: Client, ground: Ground, folder: Path, out: Out) -> list[Judged]:
    """What is judged in milliseconds: a crowded page rebuilt, a search among many products, and the first feed after
    an edit by another process.

    On a connection of its own: the server has closed the one that rested while applications were sent.
    """

    def rebuilt(address: str) -> float:
        """Milliseconds of one answer of which nothing is kept; the median of some."""
        asked = [f"{address}{'&' if '?' in address else '?'}measured={next(numbers)}" for _ in range(WARM_UP)]
        return statistics.median(ours.cost_of(1, partial(ours.ask, "GET", one, {})) for one in asked)

    judged = [Judged("fair with 300 exhibitors, rebuilt", rebuilt(ground.crowded_fair), 40, "ms of CPU")]
    judged += [Judged(f"search page {address}", rebuilt(address), 50, "ms of CPU") for address in ground.searches]
    for one in judged:
        out(str(one))
    first, cost = _first_feeds_after_edits(ours, ground, folder)
    judged.append(Judged("feed of 1,000 events, first answer after an edit", first, 60, "ms"))
    out(f"{judged[-1]}, {cost:.0f} ms of them CPU")
    return judged


def _first_feeds_after_edits(ours: Client, ground: Ground, folder: Path) -> tuple[float, float]:
    """Milliseconds by the clock on the wall and of processor time, medians of five."""
    events = ours.ask("GET", ground.large_feed, {})[2].count(b"BEGIN:VEVENT")
    if events < LARGE_FEED_EVENTS * FULL_ENOUGH:
        raise RuntimeError(f"{ground.large_feed} holds {events} events only")
    first, spent = [], []
    for _ in range(5):
        old = ours.ask("GET", ground.large_feed, GZIP)[1]["ETag"]
        edit_one_fair(folder)
        time.sleep(RESTING_SECONDS)
        began, before = time.monotonic(), ours.server.cpu_seconds()
        status, headers, _ = ours.ask("GET", ground.large_feed, GZIP | {"If-None-Match": old})
        first.append((time.monotonic() - began) * 1000)
        spent.append((ours.server.cpu_seconds() - before) * 1000)
        if status != http.HTTPStatus.OK or headers["ETag"] == old:
            raise RuntimeError(f"{ground.large_feed} did not change after an edit: {status}")
    return statistics.median(first), statistics.median(spent)


def _get(client: Client, path: str, pair: Pair) -> Callable[[int], float]:
    headers = dict(pair.headers)
    expected = 200
    if pair.revalidates and path != "/hello":
        headers["If-None-Match"] = client.ask("GET", path, headers)[1]["ETag"]
        expected = 304

    def play() -> None:
        status = client.ask("GET", path + (f"?measured={next(numbers)}" if pair.rebuilt else ""), headers)[0]
        if status != expected:
            raise RuntimeError(f"{path} answered {status}, not {expected}")

    return lambda times: client.cost_of(times, play)


def _compare_submits(ours: Producer, plain: Client, requests: int) -> Row:
    """An application sent, beside the plain app's five rows; one at a time on each side, in turns."""
    times = max(1, min(requests, MOST_SUBMITS) // ROUNDS)
    numbers = iter(range(times * ROUNDS))

    def submit_plainly() -> None:
        answers = {f"answer-{number}": "Miến dong Bình Liêu" for number in range(3)}
        body = urlencode({"producer": f"{next(numbers)}@example.vn", **answers})
        plain.ask("POST", "/submit", FORM, body)

    ours.submit()
    seen = [
        (sum(ours.submit() for _ in range(times)) / times, plain.cost_of(times, submit_plainly)) for _ in range(ROUNDS)
    ]
    return Row.of("submit", seen)


def _print_table(rows: list[Row], out: Out) -> None:
    out(f"{'CPU ms for each request':<24}{'product':>9}{'plain':>9}{'ratio':>8}")
    for row in rows:
        verdict = "" if row.ratio <= row.bar else f"  above {row.bar}"
        out(f"{row.name:<24}{row.product_ms:>9.2f}{row.limits_ms:>9.2f}{row.ratio:>8.2f}{verdict}")


@contextmanager
def _product(folder: Path, large: bool, out: Out) -> Iterator[tuple[RealServer, Ground]]:
    folder.mkdir()
    port = free_port()
    environment = server_environment(folder, port)
    prepare_product(environment, demonstration=True)
    ground = lay_ground(folder, large=large)
    starts = [_start(environment, port, folder) for _ in range(2)]
    server = RealServer(product_command(), port, environment, folder / "log")
    try:
        starts.append(server.wait_until("/readyz"))
        out(f"product: {statistics.median(starts):.2f} s from start to first answer")
        yield server, ground
    finally:
        server.stop()


def _start(environment: Mapping[str, str], port: int, folder: Path) -> float:
    """Seconds of wall clock from a cold start to the first answer."""
    server = RealServer(product_command(), port, environment, folder / "log")
    try:
        return server.wait_until("/readyz")
    finally:
        server.stop()


@contextmanager
def _limits(folder: Path) -> Iterator[RealServer]:
    folder.mkdir()
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.limits_app", str(port), str(folder)]
    server = RealServer(command, port, server_environment(folder, port), folder / "log")
    try:
        server.wait_until("/hello")
        yield server
    finally:
        server.stop()
