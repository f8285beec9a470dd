"""Pages of a list: which one the address asks for, and the addresses of the pages beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from flask import abort, make_response, render_template, request, url_for
from flask_babel import gettext as _

Row_co = TypeVar("Row_co", covariant=True)


class FoundPage(Protocol[Row_co]):
    """What a question answers: the rows of one page out of so many."""

    @property
    def rows(self) -> Sequence[Row_co]: ...
    @property
    def total(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def pages(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Paging(Generic[Row_co]):
    """A page as the `pagination` macro takes it; the neighbours' addresses keep every filter."""

    rows: Sequence[Row_co]
    total: int
    number: int
    pages: int
    first: int
    last: int
    previous_url: str | None
    next_url: str | None

    @classmethod
    def of(cls, page: FoundPage[Row_co], per_page: int, endpoint: str = "") -> Paging[Row_co]:
        """The answer of a question with the addresses of its neighbours; the endpoint is named where the list may be
        shown again by a form that was sent.
        """
        first = (page.number - 1) * per_page + 1
        return cls(
            rows=page.rows,
            total=page.total,
            number=page.number,
            pages=page.pages,
            first=first,
            last=first + len(page.rows) - 1,
            previous_url=_address(page.number - 1, endpoint) if page.number > 1 else None,
            next_url=_address(page.number + 1, endpoint) if page.number < page.pages else None,
        )


def asked_page() -> int:
    """The number in the address, 1 for anything else."""
    asked = request.args.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def refuse_beyond(page: FoundPage[Any]) -> None:
    """Answer 404 with the way to the last page where the address asks for one that there is not."""
    asked = asked_page()
    if asked <= page.pages:
        return
    title = _("There is no page %(number)s", number=asked)
    text = _("The list ends with page %(number)s.", number=page.pages)
    actions = [(_("To the last page"), _address(page.pages), "")]
    html = render_template("foundation/message.html", title=title, text=text, icon="search", actions=actions)
    abort(make_response(html, 404))


def _address(number: int, endpoint: str = "") -> str:
    kept: dict[str, Any] = {name: values for name, values in request.args.lists() if name != "page"}
    return url_for(endpoint or request.endpoint or "", **(request.view_args or {}), **kept, page=number)
