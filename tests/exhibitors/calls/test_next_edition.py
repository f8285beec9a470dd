"""The next edition of a fair takes over booth types, terms, quotas, papers and questions, with every date moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.clone_fair import clone_fair, moved_dates
from events.fairs.fair import Fair
from events.floor_plans.booth_type import booth_types_of
from events.floor_plans.floor_plan import Booth, Zone, zones_of
from events.floor_plans.set_up_booth_types import add_booth_type
from exhibitors.calls.call_terms import terms_of, zone_calls_of
from exhibitors.calls.call_window import CallWindow
from exhibitors.calls.invitation_code import codes_of
from exhibitors.calls.invite import make_code
from exhibitors.calls.paper import papers_of
from exhibitors.calls.question import questions_of
from exhibitors.calls.quota import place_groups_of, quotas_of
from exhibitors.calls.set_up_call import set_call_terms, set_zone_call
from exhibitors.calls.set_up_papers import set_paper
from exhibitors.calls.set_up_questions import set_question
from exhibitors.calls.set_up_quotas import name_place_group, set_quota
from foundation import clock
from tests.cast import OrganiserPlayer
from tests.events.conftest import OrganiserBrowser

if TYPE_CHECKING:
    from flask import Flask

SHIFT = timedelta(days=364)
DAY = timedelta(days=1)


@pytest.fixture
def set_up(session: Session, host: OrganiserPlayer, open_fair: Fair, zones: list[Zone]) -> Fair:
    """The fair with something of everything that a call asks."""
    actor, soon = host.actor, clock.now()
    corner = add_booth_type(session, actor, open_fair, kind="corner", name_vi="Gian góc", price=6_000_000)
    session.scalars(select(Booth).where(Booth.zone_id == zones[0].id)).first().booth_type = corner  # type: ignore[union-attr]  # it has booths
    set_call_terms(session, actor, open_fair, soft_closes_at=soon + 5 * DAY, kinds=["household"], least_stars=3)
    set_zone_call(session, actor, open_fair, zones[0], CallWindow(closes_at=soon + 9 * DAY))
    make_code(session, actor, open_fair)
    group = name_place_group(session, actor, open_fair, name_vi="Cụm", places=["06652"])
    set_quota(session, actor, open_fair, "place_group", str(group.id), least=1, most=3)
    set_quota(session, actor, open_fair, "zone", str(zones[1].id), least=None, most=4)
    set_paper(session, actor, open_fair, name_vi="Giấy A", cells={"food:farm": "not_needed"}, most_months=12)
    dates = {"required_from": soon + 2 * DAY, "frozen_from": soon + 8 * DAY}
    set_question(session, actor, open_fair, kind="text", text_vi="Biển số xe?", zones=["A"], **dates)
    session.flush()
    return open_fair


def moved(moment: datetime | None) -> datetime | None:
    return moment and moment + SHIFT


def test_next_edition_asks_the_same_with_every_date_moved(
    session: Session, host: OrganiserPlayer, set_up: Fair
) -> None:
    assert set_up.first_day is not None
    made = clone_fair(
        session,
        host.actor,
        set_up,
        first_day=set_up.first_day + SHIFT,
        name_vi="Hội chợ năm sau",
        series_name_vi="Hội chợ Xuân",
    )  # fmt: skip - one line of facts
    old, new = terms_of(session, set_up), terms_of(session, made)
    assert (new.id != old.id, new.kinds, new.least_stars) == (True, ["household"], 3)
    assert new.soft_closes_at == moved(old.soft_closes_at)
    (old_question,), (question,) = questions_of(session, set_up), questions_of(session, made)
    assert (question.required_from, question.frozen_from) == (
        moved(old_question.required_from),
        moved(old_question.frozen_from),
    )  # fmt: skip - one line of moments
    (paper,) = papers_of(session, made)
    assert (paper.name_vi, paper.cells, paper.most_months) == ("Giấy A", {"food:farm": "not_needed"}, 12)


def test_copies_point_to_the_new_plan_and_groups(session: Session, host: OrganiserPlayer, set_up: Fair) -> None:
    assert set_up.first_day is not None
    made = clone_fair(
        session,
        host.actor,
        set_up,
        first_day=set_up.first_day + SHIFT,
        name_vi="Hội chợ năm sau",
        series_name_vi="Hội chợ Xuân",
    )  # fmt: skip - one line of facts
    first, second = zones_of(session, made)
    (corner,), (group,) = booth_types_of(session, made), place_groups_of(session, made)
    named = [booth.booth_type_id for booth in first.booths if booth.booth_type_id]
    assert (corner.price, named) == (6_000_000, [corner.id])
    assert [(quota.zone_id, quota.place_group_id) for quota in quotas_of(session, made)] == [
        (second.id, None),
        (None, group.id),
    ]  # fmt: skip - one line of quotas
    (old_call,) = zone_calls_of(session, set_up).values()
    assert {zone: call.closes_at for zone, call in zone_calls_of(session, made).items()} == {
        first.id: moved(old_call.closes_at)
    }
    assert codes_of(session, made) == []


def test_page_shows_every_date_that_the_set_up_moves(
    app: Flask, session: Session, host: OrganiserPlayer, set_up: Fair
) -> None:
    """Soft close, a zone's window, the dates of questions, each old and new, with its name and the number of dates."""
    assert set_up.first_day is not None
    moved_here = moved_dates(session, set_up, set_up.first_day + SHIFT)
    told = {one.name: (one.old, one.new) for one in moved_here}
    question = questions_of(session, set_up)[0]
    (call,) = zone_calls_of(session, set_up).values()
    for name, old in (
        ("call_soft_closes", terms_of(session, set_up).soft_closes_at),
        ("zone_call_closes", call.closes_at),
        ("question_required_from", question.required_from),
        ("question_frozen_from", question.frozen_from),
    ):
        assert told[name] == (old, moved(old))
    session.commit()
    desk = OrganiserBrowser(app, host.user.email)
    typed = {"name_vi": "Hội chợ năm sau", "way": "days", "series_name_vi": "Hội chợ Xuân", "do": "look"}
    first_day = (set_up.first_day + SHIFT).isoformat()
    page = desk.send(f"/en/organise/fairs/{set_up.slug}/clone", {**typed, "first_day": first_day}).text
    for words in (
        f"{len(moved_here)} dates move", "Later applications go to the waiting list", "The zone's call closes",
        "An answer stays as it is from", "Biển số xe?",
    ):  # fmt: skip
        assert words in page
