"""Audience: organisers. The letters written about a fair, sent or waiting (/organise/fairs/…/letters)."""

from __future__ import annotations

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_read_desk
from events.fairs.workbench import workbench_of
from exhibitors.applications.fair_letters import (
    PER_PAGE,
    VIEWS,
    LettersPage,
    applications_of,
    count_held,
    find_letter,
    letters_page,
)
from exhibitors.applications.permissions import may_publish
from exhibitors.applications.screening_wording import LETTER_VIEWS
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import clean
from foundation.outbox import OutboxLetter
from foundation.paging import Paging, asked_page
from foundation.settings import Settings

pages = Pages("outbox", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/applications/fair_letters"


@pages.page("/fairs/<slug>/letters", may=may_read_desk)
def letters(slug: str) -> ResponseReturnValue:
    """All letters about the fair."""
    session, fair = current_session(), _fair(slug)
    query = str(clean(request.args.get("q", "")))[:100]
    page = _page_of(fair, query)
    return render_template(
        f"{FOLDER}/letters.html",
        fair=fair,
        query=query,
        view=_view(),
        views=LETTER_VIEWS,
        held=count_held(session, fair),
        may_hold=may_publish(signed_in_actor(), fair),
        page=Paging.of(page, PER_PAGE),
        about=applications_of(session, page.rows),
        keeps_letters=_keeps_letters(),
        workbench=workbench_of(session, signed_in_actor(), fair),
    )


@pages.page("/fairs/<slug>/letters/<int(max=2147483647):letter_id>", may=may_read_desk)
def letter(slug: str, letter_id: int) -> ResponseReturnValue:
    """One letter as it was written."""
    session, fair = current_session(), _fair(slug)
    letter = _shown(find_letter(session, fair, letter_id))
    return render_template(
        f"{FOLDER}/letter.html",
        fair=fair,
        letter=letter,
        application=applications_of(session, [letter]).get(letter.application_id or 0),
        keeps_letters=_keeps_letters(),
        may_hold=may_publish(signed_in_actor(), fair),
        workbench=workbench_of(session, signed_in_actor(), fair),
    )


def _page_of(fair: Fair, query: str) -> LettersPage:
    hidden = signed_in_actor().stands_aside
    return letters_page(current_session(), fair, asked_page(), query=query, hidden=hidden, view=_view())


def _view() -> str:
    asked = request.args.get("view", "")
    return asked if asked in VIEWS else "all"


def _shown(letter: OutboxLetter | None) -> OutboxLetter:
    """The letter, unless it is about an application from which the person stands aside."""
    hidden = letter is not None and letter.application_id in signed_in_actor().stands_aside
    return found(None if hidden else letter)


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair


def _keeps_letters() -> bool:
    settings: Settings = current_app.extensions["settings"]
    return settings.keeps_letters
