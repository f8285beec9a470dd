"""The desk of all fairs and the dashboard of one."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.organise_fair import cancel_fair, close_call, open_call
from events.floor_plans.draw_floor_plan import block_booth
from exhibitors.allocation.answer_offer import confirm_booth
from exhibitors.allocation.fair_dashboard import ZoneFill, dashboard_of
from exhibitors.allocation.fair_deadlines import next_deadlines
from exhibitors.allocation.organiser_desk import ApplicationCounts, BoothCounts, desk_page
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation import clock
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    a_draft_fair,
    a_producer,
    a_submitted_application,
    an_open_fair,
    an_organiser,
    booths_of,
)
from tests.repeated_rows import MARK, repeat
from tests.signed_in import sign_in

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


def signed_in(app: Flask, player: OrganiserPlayer) -> FlaskClient:
    client = app.test_client()
    sign_in(app, client, player.user.email)
    return client


def queries_of(session: Session, player: OrganiserPlayer) -> int:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    session.commit()
    session.expunge_all()
    engine = session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", note)
    for row in desk_page(session, player.actor).rows:
        assert [place.venue.name_vi for place in row.fair.venues] == ["Siêu thị GO! Hạ Long"]
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_desk_asks_the_same_number_of_queries_for_one_and_thirty_fairs(session: Session) -> None:
    player = an_organiser(session)
    an_open_fair(session, player)
    one = queries_of(session, player)
    repeat(session, 28, lambda: an_open_fair(session, player, name=f"Hội chợ {MARK}"))
    assert queries_of(session, player) == one


def test_desk_shows_own_fairs_alone_and_those_to_work_on_first(session: Session) -> None:
    player, other = an_organiser(session), an_organiser(session, "Khác", "khac@halong.example")
    later = a_draft_fair(session, player, name="Sau", first_day=clock.today() + timedelta(days=90))
    sooner = a_draft_fair(session, player, name="Trước")
    cancelled = an_open_fair(session, player, name="Hủy")
    cancel_fair(session, player.actor, cancelled, reason="Bão")
    a_draft_fair(session, other, name="Của người khác")
    session.flush()
    assert [row.fair for row in desk_page(session, player.actor).rows] == [sooner, later, cancelled]


def test_counts_follow_the_applications(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player, booths=3)
    applications = [
        a_submitted_application(session, fair, a_producer(session, f"HTX {name}", f"{name}@x.example"))
        for name in ("mot", "hai", "ba", "bon")
    ]
    for application in applications[:3]:
        take_up(session, player.actor, application)
    for application in applications[:2]:
        stage_decision(session, player.actor, application, Decision.ACCEPT)
    booths = booths_of(session, fair)
    place_on_booth(session, player.actor, applications[0], booths[0])
    block_booth(session, player.actor, booths[5], "Cột điện")
    session.flush()
    row = desk_page(session, player.actor).rows[0]
    assert row.applications == ApplicationCounts(
        submitted=4, to_review=2, staged=2, eligible=2, with_booth=1, eligible_without_booth=1
    )
    assert row.booths == BoothCounts(usable=5, free=4)
    assert row.waits == [("to_review", 2), ("eligible_without_booth", 1), ("staged", 2)]


def test_dashboard_counts_firm_and_waiting_booths(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player, booths=3)
    producers = [a_producer(session, f"HTX {name}", f"{name}@x.example") for name in ("mot", "hai")]
    applications = [a_submitted_application(session, fair, producer) for producer in producers]
    for application, booth in zip(applications, booths_of(session, fair), strict=False):
        take_up(session, player.actor, application)
        stage_decision(session, player.actor, application, Decision.ACCEPT)
        place_on_booth(session, player.actor, application, booth)
    confirm_by = clock.now() + timedelta(days=5)
    publish_decisions(session, player.actor, fair, confirm_by=confirm_by, base_url=BASE_URL)
    confirm_booth(session, producers[0].actor, applications[0], base_url=BASE_URL)
    session.flush()
    board = dashboard_of(session, fair)
    assert [(zone.code, zone.confirmed, zone.waiting, zone.free) for zone in board.zones] == [
        ("A", 1, 1, 1),
        ("B", 0, 0, 3),
    ]
    assert (board.total.confirmed, board.total.waiting, board.total.free) == (1, 1, 4)
    assert (board.places, board.confirm_by) == ([("Bình Liêu", 2)], confirm_by)
    assert [(mark.code, mark.state) for mark in board.milestones] == [
        ("call_opens", "done"),
        ("confirm_by", "current"),
        ("call_closes", "todo"),
        ("answer_by", "todo"),
        ("opening", "todo"),
        ("closing", "todo"),
        ("report", "todo"),
    ]


def test_dates_of_a_call_that_was_closed_by_hand_are_no_longer_worked_towards(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player)
    close_call(session, player.actor, fair)
    shown = [(mark.code, mark.state) for mark in dashboard_of(session, fair).milestones]
    assert shown[:2] == [("call_opens", "done"), ("answer_by", "current")]
    assert "call_closes" not in dict(shown)
    assert "call_closes" not in {one.code for one in next_deadlines([fair], {}, 9)}
    open_call(session, player.actor, fair)
    assert "call_closes" in {mark.code for mark in dashboard_of(session, fair).milestones}


def test_zone_fill_counts_what_can_be_used(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player, booths=3)
    block_booth(session, player.actor, booths_of(session, fair)[0], "Cột điện")
    session.flush()
    fills: list[ZoneFill] = list(dashboard_of(session, fair).zones)
    assert [(zone.code, zone.booths) for zone in fills] == [("A", 2), ("B", 3)]


def test_desk_and_dashboard_pages_in_both_languages(app: Flask, session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player)
    a_submitted_application(session, fair, a_producer(session))
    session.commit()
    client = signed_in(app, player)
    page = unescape(client.get(f"/en/organise/fairs/{fair.slug}").text)
    assert re.findall(r"<b>(\d+)</b><span class=\"b6\">(.*?)</span>", page)[:2] == [
        ("1", "Sent"),
        ("1", "Under review"),
    ]
    assert "1 application to review" in page
    paths = ("/organise", "/en/organise", f"/organise/fairs/{fair.slug}", "/organise?page=99", "/organise?page=x")
    assert [client.get(path).status_code for path in paths] == [200] * 5


def test_fair_of_which_only_the_year_is_known_says_so_on_the_desk(app: Flask, session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player)
    fair.date_state, fair.first_day, fair.last_day, fair.year = "unknown", None, None, 2022
    session.commit()
    page = signed_in(app, player).get("/en/organise").text
    leaf = '<span class="leaf open"><span>2022</span><b aria-hidden="true">?</b><span>day not known</span></span>'
    assert page.count(leaf) == 1


def test_empty_desk_leads_to_a_first_fair(app: Flask, session: Session) -> None:
    player = an_organiser(session)
    session.commit()
    assert "No fair yet" in signed_in(app, player).get("/en/organise").text


def test_dashboard_of_others_is_not_found(app: Flask, session: Session) -> None:
    player, other = an_organiser(session), an_organiser(session, "Khác", "khac@halong.example")
    fair = an_open_fair(session, player)
    session.commit()
    assert signed_in(app, other).get(f"/organise/fairs/{fair.slug}").status_code == 404


def test_desk_asks_visitors_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/organise")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/organise")
