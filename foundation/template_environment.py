"""What templates stand on: one map of globals for all of them, and addresses that are worked out once."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask import Flask, request
from flask.templating import Environment


class HouseEnvironment(Environment):
    """Jinja's environment as Flask makes it, but for one thing: no template has globals of its own.

    Jinja lays a chain of maps under every template, and walks it in Python for each import of each page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own globals, unless a template is loaded with others."""
        return super().make_globals(d) if d else self.globals


def prepare_templates(app: Flask) -> None:
    """Use our environment; call this before anything adds words or filters to it."""
    app.jinja_environment = HouseEnvironment
    app.jinja_env.globals["url_for"] = _remember_plain_addresses(app)


def _remember_plain_addresses(app: Flask) -> Any:
    """A `url_for` that asks the router once for a page whose address has no parts: the menu and the foot of every page.

    Such an address hangs on the endpoint and on what stands before the path (the language), and on nothing else.
    """
    known: dict[tuple[str, str], str] = {}

    def url_for(endpoint: str, **parts: Any) -> str:
        if parts or endpoint.startswith(".") or not request:
            return app.url_for(endpoint, **parts)
        key = (request.root_path, endpoint)
        address = known.get(key)
        if address is None:
            address = known[key] = app.url_for(endpoint)
        return address

    return url_for
