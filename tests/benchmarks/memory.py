"""How much memory a web worker holds: at its start, after pages of visitors, and after pages of all roles.

`.venv/bin/python -m tests.benchmarks.memory` starts what `./run` starts, in a folder of its own with the demonstration
data, follows links from the front page as each of them in both languages, and prints after each part what the kernel
says of the worker. Nothing is sent but the forms of signing in.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import re
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from tests.benchmarks.judged import Judged, print_misses
from tests.benchmarks.submit import SignedIn
from tests.real_server import RealServer, free_port, prepare_product, product_command, server_environment

BAR = 110
PAGES = 150
"""For each of the four in each of the two languages: 300 of visitors, 1,200 in all."""
STARTS = ("/", "/en")
ROLES = {"organiser": "bantochuc", "producer": "coso", "household": "hogiadinh"}
"""Who is asked as after the visitor, and how the address of their demonstration account begins."""
ENDLESS = re.compile(r"[?&](month|page)=")
LINK = re.compile(r'<a\b[^>]*?\shref="(/[^"#]*)')
MAPPING = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+ *(.*)$")
PACKED = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Held:
    """What a worker holds, in megabytes: resident, proportional (what it shares counted by its share), and of the
    resident what is its own memory and what are pages of files, above all shared libraries.
    """

    resident: float
    proportional: float
    own: float
    of_files: float

    def __str__(self) -> str:
        return (
            f"{self.resident:6.1f} MB resident, {self.proportional:6.1f} proportional"
            f" (own memory {self.own:5.1f}, files {self.of_files:4.1f})"
        )


class Reader:
    """A browser that follows links; signed in, or a visitor."""

    def __init__(self, server: RealServer, cookies: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.headers = PACKED | ({"Cookie": cookies} if cookies else {})

    def follow(self, start: str, most: int) -> int:
        """Open up to `most` pages by links from the start, nearest first, in its language; answers how many came."""
        waiting, seen, opened = [start], {start}, 0
        while waiting and opened < most:
            page = self.open(waiting.pop(0))
            opened += 1
            for link in map(unescape, LINK.findall(page)):
                is_english = link == "/en" or link.startswith("/en/")
                if link not in seen and is_english == (start == "/en") and not ENDLESS.search(link):
                    seen.add(link)
                    waiting.append(link)
        return opened

    def open(self, address: str) -> str:
        """The page at an address, empty when it is none of HTML."""
        self.connection.request("GET", address, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            raise RuntimeError(f"{address} answered {answer.status}")
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return ""
        return (gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body).decode()


def held_by(pid: int) -> Held:
    """What the kernel says of a process (`/proc/PID/smaps`)."""
    sums: dict[str, int] = defaultdict(int)
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in {"Rss", "Pss", "Anonymous"}:
            sums[name] += int(value.split()[0])
    own = sums["Anonymous"] / 1024
    return Held(sums["Rss"] / 1024, sums["Pss"] / 1024, own, sums["Rss"] / 1024 - own)


def worker_of(server: RealServer) -> int:
    """The process below the server that holds the most."""
    return max(server.descendants(), key=lambda pid: held_by(pid).resident)


def accounts_of(folder: Path) -> dict[str, tuple[str, str]]:
    """The demonstration accounts: beginning of the address → address and password."""
    lines = (folder / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("@")[0]: (line.split()[0], line.split()[1]) for line in lines if "@" in line}


def libraries_of(pid: int) -> list[tuple[str, float]]:
    """The files a process has in memory, with their resident megabytes, the largest first."""
    sums: dict[str, int] = defaultdict(int)
    file = ""
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        if mapping := MAPPING.match(line):
            file = Path(mapping[1]).name if mapping[1].startswith("/") else ""
        elif line.startswith("Rss:") and file:
            sums[file] += int(line.split()[1])
    return sorted(((name, size / 1024) for name, size in sums.items()), key=lambda pair: -pair[1])


def measure(folder: Path, pages: int) -> list[Judged]:
    """Play visitors, then all roles, and print what the worker holds after each part; answers what is judged.

    A folder that was prepared before is used as it is.
    """
    port = free_port()
    environment = server_environment(folder, port)
    prepare_product(environment, demonstration=True)
    server = RealServer(product_command(), port, environment, folder / "log")
    try:
        server.wait_until("/readyz")
        worker = worker_of(server)
        print(f"{'at its start':<32}{held_by(worker)}")
        before = server.cpu_seconds()
        opened = sum(Reader(server).follow(start, pages) for start in STARTS)
        visitors = held = held_by(worker)
        print(f"{f'{opened} pages of a visitor':<32}{visitors}")
        accounts = accounts_of(folder)
        for role, name in ROLES.items():
            cookies = SignedIn(server, *accounts[name]).cookie_header
            opened += sum(Reader(server, cookies).follow(start, pages) for start in STARTS)
            held = held_by(worker)
            print(f"{f'{opened} with the {role}':<32}{held}")
        print(f"processor time: {(server.cpu_seconds() - before) * 1000 / opened:.1f} ms a page")
        largest = ", ".join(f"{name} {size:.1f}" for name, size in libraries_of(worker)[:8])
        print(f"the largest files in memory, MB: {largest}")
    finally:
        server.stop()
    return [
        Judged("worker after pages of visitors", visitors.resident, BAR, "MB resident"),
        Judged("worker after pages of all roles", held.resident, BAR, "MB resident"),
    ]


def main() -> int:
    """Measure once; answers 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=PAGES, help="for each of the four in each of the two languages")
    parser.add_argument("--folder", type=Path, help="a data folder to keep and use again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="memory-") as name:
        return 1 if print_misses(measure(options.folder or Path(name), options.pages), print) else 0


if __name__ == "__main__":
    sys.exit(main())
