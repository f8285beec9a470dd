"""Finds what a route reads from its address and its body by watching it read, so that nothing is listed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import request
from werkzeug.datastructures import ImmutableMultiDict

if TYPE_CHECKING:
    from flask import Flask

Names = dict[tuple[str, str], set[str]]
"""Method and endpoint → names in its query or its body."""


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
