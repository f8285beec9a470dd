"""Measures the product beside the plain app, page by page in turns, in processor time for each request."""

from __future__ import annotations

import http.client
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from foundation.settings import Settings
from tests.benchmarks.submit import FORM, Producer
from tests.real_server import RealServer, free_port, prepare_product, product_command, server_environment

ROUNDS = 5
WARM_UP = 20
MOST_SUBMITS = 60
BAR = 1.67


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing both apps do: the address at the product and its counterpart at the plain app."""

    name: str
    product: str
    limits: str
    headers: Mapping[str, str]
    revalidates: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds of processor time for each request, and how often the product costs what the plain app does."""

    name: str
    product_ms: float
    limits_ms: float

    @property
    def ratio(self) -> float:
        """1.67 or less is the bar."""
        return self.product_ms / self.limits_ms


# A cookie makes the product answer from the database: visitors without one get kept bytes.
FROM_DATABASE = {"Cookie": "measured=fresh"}
GZIP = {"Accept-Encoding": "gzip"}


def pairs_for(fair: str, feed: str) -> list[Pair]:
    """What is compared; `fair` and `feed` are addresses of the product. The plain app keeps no pages but its feed."""
    return [
        Pair("list", "/fairs", "/list", {}),
        Pair("list, from database", "/fairs", "/list", FROM_DATABASE),
        Pair("list, both kept", "/fairs", "/list-cached", {}),
        Pair("fair page", fair, "/detail/1", {}),
        Pair("fair, from database", fair, "/detail/1", FROM_DATABASE),
        Pair("feed", feed, "/feed", {}),
        Pair("feed, gzip", feed, "/feed", GZIP),
        Pair("feed, 304", feed, "/feed", {}, revalidates=True),
    ]


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


def run_benchmarks(
    settings: Settings, *, requests: int = 400, out: Callable[[str], object] = print, addresses: Mapping[str, str] = {}
) -> list[Row]:
    """Start both apps, measure every pair and print the table.

    The product runs on demonstration data in a temporary folder; the settings given are not touched. `requests` is
    how many of each kind are sent to each app. `addresses` may name the "fair" and the "feed" that are measured.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with _product(folder / "product", out) as product, _limits(folder / "limits") as limits:
            ours, plain = Client(product), Client(limits)
            pairs = pairs_for(
                addresses.get("fair") or _first_fair(ours), addresses.get("feed") or "/calendar/quang-ninh.ics"
            )
            costs = _play_in_turns(pairs, ours, plain, max(1, requests // ROUNDS))
            rows = [Row(pair.name, *costs[pair.name]) for pair in pairs]
            rows.append(_compare_submits(Producer(product, folder / "product"), plain, requests))
            _print_table(rows, out)
            out(f"worker after load: {product.largest_process_megabytes():.0f} MB resident")
    return rows


def _play_in_turns(pairs: list[Pair], ours: Client, plain: Client, times: int) -> dict[str, tuple[float, float]]:
    """The cheapest of the rounds for each side: what others do on this machine only ever adds."""
    costs: dict[str, list[tuple[float, float]]] = {pair.name: [] for pair in pairs}
    for pair in pairs:
        _get(ours, pair.product, pair)(WARM_UP)
        _get(plain, pair.limits, pair)(WARM_UP)
    for _ in range(ROUNDS):
        for pair in pairs:
            product_ms = _get(ours, pair.product, pair)(times)
            costs[pair.name].append((product_ms, _get(plain, pair.limits, pair)(times)))
    return {name: (min(ours for ours, _ in seen), min(plain for _, plain in seen)) for name, seen in costs.items()}


def _get(client: Client, path: str, pair: Pair) -> Callable[[int], float]:
    headers = dict(pair.headers)
    expected = 200
    if pair.revalidates:
        headers["If-None-Match"] = client.ask("GET", path, headers)[1]["ETag"]
        expected = 304

    def play() -> None:
        status = client.ask("GET", path, headers)[0]
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
    return Row("submit", min(product for product, _ in seen), min(limits for _, limits in seen))


def _first_fair(client: Client) -> str:
    """The address of the fair with its plan that the list page names first."""
    page = client.ask("GET", "/fairs", {})[2].decode()
    found = re.search(r'href="(/fairs/[a-z0-9-]+)"', page)
    if found is None:
        raise RuntimeError("/fairs names no fair")
    return found[1]


def _print_table(rows: list[Row], out: Callable[[str], object]) -> None:
    out(f"{'CPU ms for each request':<24}{'product':>9}{'plain':>9}{'ratio':>8}")
    for row in rows:
        verdict = "" if row.ratio <= BAR else f"  above {BAR}"
        out(f"{row.name:<24}{row.product_ms:>9.2f}{row.limits_ms:>9.2f}{row.ratio:>8.2f}{verdict}")


@contextmanager
def _product(folder: Path, out: Callable[[str], object]) -> Iterator[RealServer]:
    folder.mkdir()
    port = free_port()
    environment = server_environment(folder, port)
    prepare_product(environment, demonstration=True)
    server = RealServer(product_command(), port, environment, folder / "log")
    try:
        out(f"product: {server.wait_until('/readyz'):.2f} s from start to first answer")
        yield server
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
