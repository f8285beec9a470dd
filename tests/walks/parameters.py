"""Finds what every route reads from its address and its body by watching it read, so that nothing is listed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from flask import request
from werkzeug.datastructures import ImmutableMultiDict

from tests.walks.forms import endpoint_of, forms_on, pages_of

if TYPE_CHECKING:
    from flask import Flask

    from tests.small_world import World
    from tests.walks.forms import Form

Names = dict[tuple[str, str], set[str]]
"""Method and endpoint → names in its query or its body."""
PART = re.compile(r"<(?:[^:>]+:)?(\w+)>")


@contextmanager
def watched(app: Flask, names: Names) -> Iterator[None]:
    """Meanwhile every name that a view asks the request for is written down."""

    class Watched(ImmutableMultiDict[str, str]):
        def note(self, name: Any) -> None:
            if isinstance(name, str) and request.endpoint:
                names.setdefault((request.method, request.endpoint), set()).add(name)

        def __getitem__(self, name: Any) -> Any:
            self.note(name)
            return super().__getitem__(name)

        def __contains__(self, name: Any) -> bool:
            self.note(name)
            return super().__contains__(name)

        def getlist(self, name: Any, *more: Any, **options: Any) -> Any:
            self.note(name)
            return super().getlist(name, *more, **options)

    known = app.request_class.parameter_storage_class
    app.request_class.parameter_storage_class = Watched
    try:
        yield
    finally:
        app.request_class.parameter_storage_class = known


def forms_and_names(world: World, roles: tuple[str, ...]) -> tuple[dict[str, Form], Names]:
    """The forms that post, by endpoint, and every name that links, forms or views use."""
    names: Names = {}
    forms: dict[str, Form] = {}
    with watched(world.app, names):
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
        for endpoint in world.endpoints("GET"):
            for role in ("producer A", "organiser A"):
                world.request(role, "GET", world.address(endpoint, "producer A"))
        for endpoint in world.endpoints("POST"):
            form = forms.get(endpoint)
            role = form.role if form else "producer A"
            address = form.action if form else world.address(endpoint, role)
            world.request(role, "POST", address, data={"csrf_token": world.csrf_token()})
            world.restore()
    for asked in names.values():
        asked.discard("csrf_token")
    return {endpoint: form for endpoint, form in forms.items() if form.method == "POST"}, names


def address_with(world: World, endpoint: str, role: str, part: str, raw: str) -> str:
    """The address of a route with one part replaced by raw, percent-encoded text."""
    rule = next(world.app.url_map.iter_rules(endpoint))
    own = world.address(endpoint, role).split("/")
    shape = [PART.fullmatch(step) for step in rule.rule.split("/")]
    return "/".join(raw if step and step[1] == part else mine for step, mine in zip(shape, own, strict=True))
