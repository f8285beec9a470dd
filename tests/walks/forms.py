"""Reads the forms of a page as a browser does, fills them in and sends them, whoever wrote them and whenever."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException

from foundation import clock
from foundation.audience import Audience, route_permissions
from tests.cast import PASSWORD
from tests.crawler import MOST_PAGES, crawl

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.small_world import World

PUBLIC = ("/", "/sign-in", "/sign-up", "/forgot-password", "/mailbox")
OWN = ("/account", "/producer", "/organise")
MOST_QUERIES = 3
NOTHING = re.compile(r"(?!)")
FREE_TYPES = frozenset({"text", "search", "textarea", "email", "tel", "url"})
CONTROL = re.compile(r'<(/?)(form|input|select|option|textarea|button)\b((?:[^">]|"[^"]*")*)>([^<]*)')
"""A tenth of the time of a parser; quotes and brackets in what people typed are escaped, so they end nothing."""
ATTRIBUTE = re.compile(r'([\w:-]+)(?:="([^"]*)")?')
Choose = Callable[["Field"], str]


@dataclass(slots=True)
class Field:
    """One control with its name; `options` are the values a choice offers, `values` those that are set."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    takes_number: bool = False
    is_refused: bool = False

    @property
    def is_free(self) -> bool:
        """Whether a person types any words here."""
        return self.kind in FREE_TYPES

    def plausible(self) -> str:
        """Something that fits the kind of field: what stands there, else made up."""
        day = (clock.today() + timedelta(days=40)).isoformat()
        made_up = {"email": "mai@example.vn", "tel": "0912345678", "password": PASSWORD, "date": day, "time": "08:00"}
        present = next((value for value in self.values if value), "")
        if present or self.kind == "hidden":
            return present
        return made_up.get(self.kind, "5" if self.takes_number else "Chữ")

    def chosen(self, eager: bool) -> list[str]:
        """What is set; the first real choice of a radio or select where there is none, or of all when eager."""
        real = [option for option in self.options if option]
        if self.kind == "checkbox":
            return real if eager else self.values
        if eager and real and not any(self.values):
            return real[:1]
        return self.values or self.options[:1]


@dataclass(slots=True)
class Form:
    """A form as `role` sees it at an address."""

    role: str
    address: str
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def free(self) -> list[Field]:
        """The fields that take any words."""
        return [each for each in self.fields.values() if each.is_free]

    def filled(
        self, choose: Choose | None = None, *, eager: bool = False, shy: Collection[str] = ()
    ) -> dict[str, list[str]]:
        """What is sent when each field that takes words gets `choose(field)`, a plausible value unless given.

        An eager person ticks every box and leaves no choice open, except the `shy` ones: those stay as they came.
        """
        sent: dict[str, list[str]] = {}
        for each in self.fields.values():
            if each.kind in {"checkbox", "radio", "select"}:
                sent[each.name] = each.chosen(eager and each.name not in shy)
            elif each.kind == "hidden":
                sent[each.name] = each.values
            else:
                sent[each.name] = [choose(each) if choose and each.is_free else each.plausible()]
        return sent

    def send(self, world: World, data: dict[str, list[str]], button: tuple[str, str] | None = None) -> TestResponse:
        """Send it with the right token."""
        world.forget_limits()
        data = {**data, "csrf_token": [world.csrf_token()]}
        if button:
            data[button[0]] = [button[1]]
        return world.request(self.role, "POST", self.action, data=data)


class FormReader:
    """Collects the forms of one page; controls outside of a form belong to the one they name by `form=`."""

    def __init__(self, role: str, address: str) -> None:
        self.role, self.address = role, address
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.open: Form | None = None
        self.select: Field | None = None

    def read(self, page: str) -> list[Form]:
        """All forms of the page, whatever else stands on it."""
        for ends, tag, said, words in CONTROL.findall(page):
            if ends:
                self._end(tag)
            else:
                self._start(tag, {name: unescape(value) for name, value in ATTRIBUTE.findall(said)}, unescape(words))
        return self.forms

    def _start(self, tag: str, facts: dict[str, str], words: str) -> None:
        if tag == "form" and "hidden" not in facts:  # a hidden one is filled in by a script
            action = urljoin(self.address, facts.get("action") or self.address)
            self.open = Form(self.role, self.address, action, facts.get("method", "get").upper())
            self.forms.append(self.open)
            self.by_id[facts.get("id", "")] = self.open
        elif tag == "option" and self.select is not None:
            self.select.options.append(facts.get("value", ""))
            if "selected" in facts:
                self.select.values.append(facts.get("value", ""))
        elif tag in {"input", "select", "textarea", "button"} and facts.get("name"):
            self._control(tag, facts, words)

    def _end(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None

    def _control(self, tag: str, facts: dict[str, str], words: str) -> None:
        form = self.by_id.get(facts["form"]) if "form" in facts else self.open
        if form is None:
            return
        name, value = facts["name"], facts.get("value", "")
        kind = facts.get("type", "text") if tag == "input" else tag
        if kind in {"button", "submit"}:
            form.buttons.append((name, value))
            return
        known = form.fields.setdefault(name, Field(name, kind))
        known.takes_number = "inputmode" in facts or kind == "number"
        known.is_refused = known.is_refused or facts.get("aria-invalid") == "true"
        if kind in {"checkbox", "radio"}:
            known.options.append(value)
            known.values += [value] if "checked" in facts else []
        elif kind == "select":
            self.select = known
        else:
            known.values = [words if kind == "textarea" else value]


def forms_on(answer: TestResponse, role: str, address: str) -> list[Form]:
    """The forms of a page."""
    if answer.mimetype != "text/html" or b"<form" not in answer.get_data():
        return []
    return FormReader(role, address).read(answer.get_data(as_text=True))


def endpoint_of(world: World, address: str, method: str) -> tuple[str, dict[str, object]]:
    """Which route an address of ours leads to, with the parts of the address."""
    path = urlsplit(address).path
    path = path.removeprefix("/en") or "/"
    endpoint, parts = world.app.url_map.bind("localhost").match(path, method=method)
    return endpoint, dict(parts)


def kind_of(world: World, form: Form) -> tuple[str, ...]:
    """What makes two forms the same for the walks: the route and the names of the fields."""
    endpoint, _ = endpoint_of(world, form.action, form.method)
    return (endpoint, *sorted(form.fields))


def pages_of(
    world: World, role: str, *, english: bool = False, leave_out: re.Pattern[str] = NOTHING
) -> dict[str, TestResponse]:
    """What a role reaches by links: a visitor all public pages, others what lies behind their sign-in.

    Of one page with ever other queries a few are enough.
    """
    starts = PUBLIC if role == "anonymous" else OWN
    queries: Counter[str] = Counter()

    def follow(link: str) -> bool:
        path = urlsplit(link).path
        if leave_out.search(path):
            return False
        queries[path] += 1
        return queries[path] <= MOST_QUERIES and (role == "anonymous" or not is_public(world, link))

    world.forget_limits()
    pages = crawl(world, role, *(("/en" if english else "") + start for start in starts), follow=follow)
    assert len(pages) < MOST_PAGES  # else the last ones were not looked at
    return pages


def is_public(world: World, address: str) -> bool:
    """Whether visitors may see it, so that it need not be looked at once for each role; unknown addresses are."""
    try:
        endpoint, _ = endpoint_of(world, address, "GET")
    except HTTPException:
        return True
    return route_permissions(world.app)[endpoint][0].audience is Audience.ANYONE


def forms_in(world: World, pages: dict[str, TestResponse], role: str) -> list[Form]:
    """One of each kind of form that posts, on these pages."""
    found: dict[tuple[str, ...], Form] = {}
    posting = {address: answer for address, answer in pages.items() if b'method="post"' in answer.get_data()}
    for address, answer in posting.items():
        for form in forms_on(answer, role, address):
            if form.method == "POST":
                found.setdefault(kind_of(world, form), form)
    return list(found.values())
