"""The one answer about a thing of a fair that a colleague removed meanwhile: by whom, when, and what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import abort, make_response, render_template, request
from flask_babel import gettext as _

from events.fairs.fair import Fair
from events.fairs.fair_history import Removal, removal_of
from events.fairs.overtaken_form import typed_rows
from events.fairs.workbench import workbench_of
from foundation import clock
from foundation.audience import found, signed_in_actor
from foundation.database import Base
from foundation.days import format_when
from foundation.flask_database import current_session
from foundation.house_form import HouseForm
from foundation.languages import current_language
from foundation.made_once import new_form_token

GONE = 410
Thing = TypeVar("Thing", bound=Base)
CARRIED = frozenset({"csrf_token", "version", "once"})
"""Fields that belong to the page which was sent, not to what somebody typed."""


def removed_meanwhile(fair: Fair, kind: type[Base], thing_id: int) -> Removal | None:
    """Who removed it, None when there never was such a thing at this fair. Ask `demand(fair)` before."""
    return removal_of(current_session(), fair, kind, thing_id)


def removed_words(what: str, removal: Removal) -> str:
    """One sentence: what it was ("The question"), who removed it, and when."""
    when = format_when(removal.at, current_language(), today=clock.today())
    if not removal.name:
        return str(_("%(what)s was removed at %(when)s.", what=what, when=when))
    return str(_("%(what)s was removed by %(name)s at %(when)s.", what=what, name=removal.name, when=when))


def found_or_told(
    thing: Thing | None,
    fair: Fair,
    kind: type[Thing],
    thing_id: int,
    *,
    what: str,
    back_url: str,
    step: str = "call",
    form: Callable[[], HouseForm] | None = None,
    anew_url: str = "",
    more: Callable[[], tuple[tuple[str, str], ...]] = tuple,
) -> Thing:
    """The thing; of one that was removed a page (410) that shows what was typed; 404 for what never was.

    `what` is what it is ("The question"); `form` reads what was typed, `more` what has no field; what was sent can be
    sent again to `anew_url`, where the same form makes a new one. Ask `demand(fair)` before: the page names people.
    """
    if thing is None:
        removal = found(removed_meanwhile(fair, kind, thing_id))
        rows = [*typed_rows(form()), *more()] if request.method == "POST" and form else []
        page = render_template(
            "events/fairs/removed_answers/removed.html",
            fair=fair,
            said=removed_words(what, removal),
            called=removal.called,
            rows=rows,
            sent=_to_send_again() if anew_url and rows else [],
            anew_url=anew_url,
            back_url=back_url,
            step=step,
            workbench=workbench_of(current_session(), signed_in_actor(), fair),
        )
        answer = make_response(page, GONE)
        answer.headers["Cache-Control"] = "no-store"
        abort(answer)
    return thing


def _to_send_again() -> list[tuple[str, str]]:
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in CARRIED]
    return [*sent, ("once", new_form_token())]
