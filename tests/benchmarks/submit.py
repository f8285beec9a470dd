"""A producer in a browser without JavaScript: signs in, fills in the form of the open call, sends, takes back."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from tests.real_server import RealServer

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Pairs = list[tuple[str, str]]


class FormReader(HTMLParser):
    """Reads what a browser would send for the POST form of a page that holds the most fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Pairs] = []
        self.inside = False
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = facts.get("method", "").lower() == "post"
            if self.inside:
                self.forms.append([])
        elif self.inside and tag == "select":
            self.select = facts.get("name", "")
        elif self.inside and tag == "option" and facts.get("value") and ("selected" in facts or self.wants_choice):
            self.forms[-1].append((self.select, facts["value"]))
            self.select = ""
        elif self.inside and facts.get("name"):
            self._add_field(tag, facts)

    @property
    def wants_choice(self) -> bool:
        """The first wish is always made, with the first zone offered."""
        return self.select == "wish_1"

    def _add_field(self, tag: str, facts: Mapping[str, str]) -> None:
        kind = facts.get("type", "text")
        chosen = "checked" in facts or kind == "checkbox"
        if tag == "textarea" or (tag == "input" and (kind not in {"checkbox", "radio", "submit"} or chosen)):
            self.forms[-1].append((facts["name"], facts.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


class SignedIn:
    """The browser of somebody who signed in."""

    def __init__(self, server: RealServer, email: str, password: str) -> None:
        self.server = server
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.post("/sign-in", self.fields("/sign-in"), email=email, password=password)

    @property
    def cookie_header(self) -> str:
        """What the browser sends as Cookie."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def fields(self, path: str) -> Pairs:
        """What a page's largest POST form would send untouched, with each box ticked."""
        reader = FormReader()
        reader.feed(self.ask("GET", path)[1])
        if not reader.forms:
            raise RuntimeError(f"{path} has no form")
        return max(reader.forms, key=len)

    def post(self, path: str, fields: Pairs, **typed: str) -> None:
        """Send a form with some fields typed over; anything but a redirect is an error."""
        kept = [(name, value) for name, value in fields if name not in typed]
        status, page = self.ask("POST", path, urlencode([*kept, *typed.items()]))
        if status != http.HTTPStatus.SEE_OTHER:
            said = re.findall(r"""class="[^"]*err[^"]*"[^>]*>([^<]+)""", page)
            raise RuntimeError(f"{path} answered {status}: {said}")

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """Status and text of one answer; cookies are kept, `landed` is where a redirect points."""
        headers = {"Cookie": self.cookie_header} | (FORM if body is not None else {})
        self.connection.request(method, path, body=body, headers=headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.landed = urlsplit(response.headers.get("Location", path)).path
        return response.status, text


class Producer(SignedIn):
    """A producer's browser, signed in."""

    def __init__(self, server: RealServer, email: str, password: str) -> None:
        super().__init__(server, email, password)
        self.apply_path = self._find_call()

    def save_draft(self) -> float:
        """Save the form; answers its cost in milliseconds of the server's processor time."""
        fields = self.fields(self.apply_path)
        return self._cost_of(self.apply_path, [pair for pair in fields if pair[0] != "action"])

    def submit(self) -> float:
        """Fill in, send, take back; answers the cost of the sending alone."""
        self.save_draft()
        review = f"{self.apply_path}/review"
        cost = self._cost_of(review, self.fields(review))
        self.post(f"{self.landed}/withdraw", self.fields(f"{self.landed}/withdraw"))
        return cost

    def submit_timed(self) -> float:
        """The same; answers the seconds of wall clock that the sending took."""
        self.save_draft()
        review = f"{self.apply_path}/review"
        fields = self.fields(review)
        began = time.monotonic()
        self.post(review, fields)
        took = time.monotonic() - began
        self.post(f"{self.landed}/withdraw", self.fields(f"{self.landed}/withdraw"))
        return took

    def _find_call(self) -> str:
        page = self.ask("GET", "/apply")[1]
        found = re.search(r'href="(/apply/[a-z0-9-]+)"', page)
        if found is None:
            raise RuntimeError("/apply names no fair whose call is open")
        return found[1]

    def _cost_of(self, path: str, fields: Pairs) -> float:
        before = self.server.cpu_seconds()
        self.post(path, fields)
        return (self.server.cpu_seconds() - before) * 1000
