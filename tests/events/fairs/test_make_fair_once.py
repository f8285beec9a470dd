"""The form for a new fair makes one fair, however often it is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from tests.events.fairs.test_organise_fair_pages import TYPED

if TYPE_CHECKING:
    from tests.events.conftest import OrganiserBrowser

pytestmark = pytest.mark.each_database


def once_on(page: str) -> str:
    """The mark of one copy of the form."""
    found = re.search(r'name="once"[^>]* value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_form_sent_twice_makes_one_fair(session: Session, desk: OrganiserBrowser) -> None:
    once = once_on(desk.get("/organise/fairs/new").text)
    sent = [desk.send("/organise/fairs/new", {**TYPED, "once": once}).location for _ in range(2)]
    assert sent == ["/organise/fairs/hoi-cho-ocop-quang-ninh-xuan-2027/steps"] * 2
    assert len(session.scalars(select(Fair)).all()) == 1


def test_going_back_and_saving_again_changes_the_fair_that_was_made(session: Session, desk: OrganiserBrowser) -> None:
    once = once_on(desk.get("/organise/fairs/new").text)
    for host in ("", "Lễ hội hoa"):
        desk.send("/organise/fairs/new", {**TYPED, "once": once, "host_event": host})
    assert [fair.host_event for fair in session.scalars(select(Fair))] == ["Lễ hội hoa"]


def test_going_back_after_somebody_worked_on_the_fair_compares_the_two(
    session: Session, desk: OrganiserBrowser
) -> None:
    once = once_on(desk.get("/organise/fairs/new").text)
    desk.send("/organise/fairs/new", {**TYPED, "once": once})
    fair = session.scalars(select(Fair)).one()
    fair.host_event = "Lễ hội hoa"
    session.commit()
    answer = desk.send("/organise/fairs/new", {**TYPED, "once": once, "name_en": "Typed later"})
    assert (answer.status_code, 'value="Typed later"' in answer.text) == (422, True)
    assert f'action="/organise/fairs/{fair.slug}/edit"' in answer.text
    session.expire_all()
    assert [(one.host_event, one.name_en) for one in session.scalars(select(Fair))] == [("Lễ hội hoa", "")]


def test_two_copies_of_the_form_make_two_fairs(session: Session, desk: OrganiserBrowser) -> None:
    for _ in range(2):
        desk.send("/organise/fairs/new", {**TYPED, "once": once_on(desk.get("/organise/fairs/new").text)})
    assert len(session.scalars(select(Fair)).all()) == 2
