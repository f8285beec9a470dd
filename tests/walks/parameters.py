"""Finds what every route reads from its address and its body by watching it read, so that nothing is listed by hand."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exhibitors.applications.booth_application import BoothApplication
from foundation.audience import Audience, route_permissions
from tests.prepared_folder import PREPARED_FOLDERS
from tests.walks.forms import endpoint_of, forms_on, pages_of
from tests.watched_requests import Names, watched

if TYPE_CHECKING:
    from tests.small_world import World
    from tests.walks.forms import Form

LEARNED = "learned.json"
MADE_FOR = {Audience.ORGANISER: "organiser A", Audience.ADMIN: "admin"}
PART = re.compile(r"<(?:[^:>]+:)?(\w+)>")


def forms_and_names(world: World, roles: tuple[str, ...]) -> tuple[dict[str, Form], Names]:
    """The forms that post, by endpoint, and every name that links, forms or views use.

    What one process of a run has learned the next one takes, on whatever database: names are the same everywhere, and
    of the pages only those with these forms are read again, and those that a query chooses from the database.
    """
    place = Path(os.environ[PREPARED_FOLDERS]) / LEARNED
    if place.exists():
        return taken_from(place, world)
    forms, names = learned(world, roles)
    chosen = [(role, address) for role in roles for address in pages_of(world, role) if "?" in address]
    pages = dict.fromkeys([*((form.role, form.address) for form in forms.values()), *chosen])
    codes = codes_of(world)
    fresh = place.with_name(f"{LEARNED}.{os.getpid()}")
    kept = [[*route, sorted(asked)] for route, asked in names.items()]
    again = [(role, numbered(address, codes)) for role, address in pages]
    fresh.write_text(json.dumps([sorted(forms), again, kept]), encoding="utf-8")
    fresh.replace(place)
    return forms, names


def taken_from(place: Path, world: World) -> tuple[dict[str, Form], Names]:
    """What a process has kept there, with the forms as they are in this world."""
    endpoints, pages, kept = json.loads(place.read_text(encoding="utf-8"))
    forms: dict[str, Form] = {}
    codes = codes_of(world)
    for role, address in pages:
        own = address.format(*codes)
        for form in forms_on(world.read(role, own), role, own):
            if form.method == "POST":
                forms.setdefault(endpoint_of(world, form.action, form.method)[0], form)
    open_every_route(world)
    return {endpoint: forms[endpoint] for endpoint in endpoints}, {(how, name): set(asked) for how, name, asked in kept}


def open_every_route(world: World) -> None:
    """Whether a link leads there or not."""
    for endpoint in world.endpoints("GET"):
        for role in ("producer A", "organiser A"):
            world.read(role, world.address(endpoint, "producer A"))


def codes_of(world: World) -> list[str]:
    """The codes of the applications, which are drawn for each world, in the order in which they were begun."""
    with Session(world.engine) as session:
        return list(session.scalars(sa.select(BoothApplication.code).order_by(BoothApplication.id)))


def numbered(address: str, codes: list[str]) -> str:
    """An address with places to fill instead of codes."""
    address = address.replace("{", "{{").replace("}", "}}")
    for number, code in enumerate(codes):
        address = address.replace(code, f"{{{number}}}")
    return address


def learned(world: World, roles: tuple[str, ...]) -> tuple[dict[str, Form], Names]:
    """The forms and names that are met by looking everywhere as these roles and sending each form once with nothing."""
    names: Names = {}
    forms: dict[str, Form] = {}
    for role in roles:
        for address, answer in pages_of(world, role).items():
            endpoint, _ = endpoint_of(world, address, "GET")
            names.setdefault(("GET", endpoint), set()).update(dict(parse_qsl(urlsplit(address).query)))
            for form in forms_on(answer, role, address):
                if form.method in {"GET", "POST"}:
                    endpoint, _ = endpoint_of(world, form.action, form.method)
                    used = {*form.fields, *(name for name, _ in form.buttons)}
                    names.setdefault((form.method, endpoint), set()).update(used)
                    forms.setdefault(endpoint, form)
    open_every_route(world)
    with watched(world.app, names):
        for endpoint in world.endpoints("POST"):
            role, address = sender_of(world, endpoint, forms)
            world.request(role, "POST", address, data={"csrf_token": world.csrf_token()})
            world.restore()
    for route, asked in world.names.items():
        names.setdefault(route, set()).update(asked)
    for asked in names.values():
        asked.discard("csrf_token")
    return {endpoint: form for endpoint, form in forms.items() if form.method == "POST"}, names


def sender_of(world: World, endpoint: str, forms: dict[str, Form]) -> tuple[str, str]:
    """Who sends a form there and to which address: as it stands on a page, else somebody for whom the route is made."""
    if endpoint in forms:
        return forms[endpoint].role, forms[endpoint].action
    role = MADE_FOR.get(route_permissions(world.app)[endpoint][0].audience, "producer A")
    return role, world.address(endpoint, "producer A")


def address_with(world: World, endpoint: str, role: str, part: str, raw: str) -> str:
    """The address of a route with one part replaced by raw, percent-encoded text."""
    rule = next(world.app.url_map.iter_rules(endpoint))
    own = world.address(endpoint, role).split("/")
    shape = [PART.fullmatch(step) for step in rule.rule.split("/")]
    return "/".join(raw if step and step[1] == part else mine for step, mine in zip(shape, own, strict=True))
