"""What a hostile person types into every field, and how it is recognised when it comes out alive."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from tests.walks.forms import Field, Form, forms_in, forms_on, pages_of

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.small_world import World

MARK = "q7x"
LONGEST = (
    f"=\"'><{MARK} onclick=alert(7)></script></title></textarea><img src={MARK} onerror=alert(7)>"
    f"{{{{7*7}}}}{MARK}%({MARK})s{{0.{MARK}}}\r\nATTACH:{MARK}"
)
MARKUP = (LONGEST, f"=\"'><{MARK} onx=1>{{{{7*7}}}}", f"<{MARK}>")
"""For HTML, templates, format strings, lines of calendars and cells of tables. Longest first: a field that refuses
one is given the next.
"""
SCHEME = (f"javascript:alert(7)//{MARK}", f"javascript:{MARK}")
COPY = re.compile(rf"/fairs/[\w-]*{MARK}-\d+(?=[/?]|$)")
"""A fair that the walk has made and that is called like another one: five of them show nothing that one does not."""
WORKED_OUT = f"49{MARK}"
LOADS = frozenset({"href", "src", "action", "formaction", "data", "poster", "srcdoc", "xlink:href"})
LIVE_SCHEME = re.compile(r"^[\s\x00-\x1f]*(javascript|vbscript|data:text)", re.IGNORECASE)
CALENDAR_INJECTED = re.compile(rb"^ATTACH", re.MULTILINE | re.IGNORECASE)


class LiveMarkup(HTMLParser):
    """Collects what a browser would run or follow and no page of ours contains. Given only the tags around the mark,
    each closed: what is alive is or stands in the last tag that was opened before it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = self.get_starttag_text() or tag
        names = {name for name, _ in attrs}
        runs = tag == MARK or any(name.startswith("on") or name in {"style", "srcdoc"} for name in names)
        inline = tag in {"script", "style"} and "src" not in names and "type" not in names
        follows = any(name in LOADS and LIVE_SCHEME.match(value or "") for name, value in attrs)
        stranger = tag == "img" and any(name == "src" and MARK in (value or "") for name, value in attrs)
        if runs or inline or follows or stranger:
            self.found.append(shown[:200])


def alive_in(answer: TestResponse) -> list[str]:
    """Where a payload has come to life in an answer of any kind."""
    body = answer.get_data()
    if MARK.encode() not in body:
        return []
    found = [WORKED_OUT] if WORKED_OUT.encode() in body else []
    if answer.mimetype in {"text/html", "image/svg+xml"}:
        reader = LiveMarkup()
        for piece in body.decode().split("<"):
            if MARK in piece:
                reader.feed(f"<{piece}>")
                reader.reset()  # else what follows a script would be read as its text
        found += reader.found
    elif answer.mimetype == "text/calendar":
        found += [line.decode() for line in CALENDAR_INJECTED.findall(body.replace(b"\r\n ", b""))]
    elif answer.mimetype == "text/csv":
        rows = csv.reader(io.StringIO(body.decode("utf-8-sig")))
        found += [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r") and MARK in cell]
    return found


def type_into(
    world: World, form: Form, payloads: tuple[str, ...], button: tuple[str, str] | None, taken: dict[str, int]
) -> list[TestResponse]:
    """Send the form with a payload in every field that takes words until it is taken; all answers.

    A field that refuses gets a milder payload, then something plausible, then nothing; a choice made that
    is refused is left open again. How far each field went at the buttons before is `taken`: a field that refuses at
    this one too goes there at once.
    """
    steps = dict.fromkeys((each.name for each in form.free), 0)

    def choose(each: Field) -> str:
        return [*payloads, each.plausible(), ""][min(steps[each.name], len(payloads) + 1)]

    answers: list[TestResponse] = []
    shy: set[str] = set()
    sent: dict[str, list[str]] = {}
    for attempt in range(len(payloads) + 4):  # the rules of a whole form are asked once each field is right
        before, sent = sent, form.filled(choose, eager=attempt > 0, shy=shy)
        if attempt and sent == before:
            break
        answers.append(form.send(world, sent, button))
        if answers[-1].status_code != 422:
            break
        refused = refused_fields(answers[-1], form)
        shy |= refused - set(steps) if attempt else set()
        for name in refused & set(steps):
            steps[name] = max(steps[name] + 1, taken.get(name, 0))
    taken |= steps
    return answers


def refused_fields(answer: TestResponse, form: Form) -> set[str]:
    """The fields that the answer says are wrong."""
    again = [each for each in forms_on(answer, form.role, form.address) if set(each.fields) >= set(form.fields)]
    return {each.name for found in again for each in found.fields.values() if each.is_refused}


@dataclass(slots=True)
class Poisoning:
    """Types payloads into every form that the roles reach and keeps where one came to life: address → what."""

    world: World
    roles: tuple[str, ...] = ("producer A", "organiser A", "newcomer", "anonymous")
    alive: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[tuple[str, str], TestResponse] = field(default_factory=dict)
    done: set[tuple[str, ...]] = field(default_factory=set)

    def type_words(self) -> Poisoning:
        """In two rounds, as one form opens the way to the next; forms that take no words wait."""
        self.type_everywhere()
        self.type_everywhere()
        return self

    def press_all(self) -> Poisoning:
        """What takes no words only moves or removes things: such forms have their turn when all that was typed has been
        read, in English; the others are filled in once more, with addresses that would run.
        """
        for form in self.forms(english=True):
            if key_of(form) not in self.done:
                self.fill_in(form, MARKUP)
            elif form.free:
                self.fill_in(form, SCHEME)
        self.forms()
        return self

    def type_everywhere(self) -> None:
        """Fill in every form there is so far that takes words, once."""
        for form in self.forms():
            if form.free and key_of(form) not in self.done:
                self.fill_in(form, MARKUP)

    def forms(self, *, english: bool = False) -> list[Form]:
        """Look at every page of every role; answers the forms on them, first those that take most words."""
        found = [form for role in self.roles for form in self.read(role, english=english)]
        return sorted(found, key=lambda form: -len(form.free))

    def read(self, role: str, *, english: bool = False) -> list[Form]:
        """Look at every page of the role; answers the forms on them."""
        pages = pages_of(self.world, role, english=english, leave_out=COPY)
        for address, answer in pages.items():
            self.pages[role, address] = answer
            self.look(address, answer)
        return forms_in(self.world, pages, role)

    def fill_in(self, form: Form, payloads: tuple[str, ...]) -> None:
        """Press each button of the form."""
        self.done.add(key_of(form))
        taken: dict[str, int] = {}
        for button in form.buttons or [None]:
            for answer in type_into(self.world, form, payloads, button, taken):
                self.look(f"POST {form.action}", answer)
            self.world.stay_signed_in(form.role)

    def look(self, address: str, answer: TestResponse) -> None:
        """Keep what is alive, and what the program could not bear."""
        found = alive_in(answer) + ([f"status {answer.status_code}"] if answer.status_code >= 500 else [])
        if found:
            self.alive[address] = found


def key_of(form: Form) -> tuple[str, ...]:
    """A form is filled in once for each address it is sent to, whatever the language."""
    return (form.action.removeprefix("/en"), *form.fields)
