"""What templates stand on: one map of globals for all of them, and addresses that are worked out once."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache

SLUG = re.compile(r"[a-z0-9-]+")
ANY_SLUG = "any-slug-at-all"


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
    app.jinja_env.globals["url_for"] = _remember_addresses(app)


def keep_compiled_templates(app: Flask, folder: Path) -> None:
    """Read and write what templates compile to in this folder of ours alone: 20 ms and much memory for each spared.

    What lies there is run as code, and so belongs where the secret key does.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def compile_templates(app: Flask) -> None:
    """Compile every template that is not compiled yet, or has changed since."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def _remember_addresses(app: Flask) -> Any:
    """A `url_for` that asks the router once for each kind of page: without parts (the menu, the foot), or of one slug.

    Such an address hangs on the endpoint, on what stands before the path (the language) and on the slug alone.
    """
    known: dict[tuple[str, str, bool], str] = {}

    def url_for(endpoint: str, **parts: Any) -> str:
        slug = parts.get("slug", "")
        is_plain = not parts or (len(parts) == 1 and isinstance(slug, str) and SLUG.fullmatch(slug) is not None)
        if not is_plain or endpoint.startswith(".") or not request:
            return app.url_for(endpoint, **parts)
        key = (request.root_path, endpoint, bool(parts))
        pattern = known.get(key)
        if pattern is None:
            pattern = known[key] = app.url_for(endpoint, **({"slug": ANY_SLUG} if parts else {}))  # type: ignore[arg-type]  # no option of url_for
        return pattern.replace(ANY_SLUG, slug) if slug else pattern

    return url_for
