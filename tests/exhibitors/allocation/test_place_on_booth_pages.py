"""The organiser's way through queue, board and publication in the staff, and what others find at these addresses."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.user import User
from exhibitors.allocation.booth_assignment import BoothAssignment, assignments_of
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation import clock
from foundation.outbox import OutboxLetter
from tests.cast import ProducerPlayer, a_producer, a_submitted_application, an_open_fair, an_organiser, booths_of
from tests.exhibitors.allocation.conftest import Screening
from tests.repeated_rows import MARK, repeat
from tests.signed_in import sign_in

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def signed_in(app: Flask, user: User) -> FlaskClient:
    client = app.test_client()
    sign_in(app, client, user.email)
    return client


def post(client: FlaskClient, page: str, address: str, **typed: str) -> TestResponse:
    """Open a page, then send a form with its token."""
    token = TOKEN.search(client.get(page).text)
    return client.post(address, data={"csrf_token": token.group(1) if token else "", **typed})


@pytest.fixture
def desk(screening: Screening) -> str:
    """Where the pages of the fair begin."""
    return f"/organise/fairs/{screening.fair.slug}"


@pytest.fixture
def staff(app: Flask, screening: Screening) -> FlaskClient:
    """The organiser's staff."""
    return signed_in(app, screening.organiser.user)


def test_organiser_decides_places_and_publishes(
    session: Session, screening: Screening, staff: FlaskClient, desk: str
) -> None:
    application = screening.applications[0]
    code = application.code
    here = f"{desk}/applications/{code}"
    answer = post(staff, here, f"{here}/decision", decision="accept", reason="", go="stay")
    assert (answer.status_code, answer.location) == (303, here)
    booth = f"{desk}/booths/A01?application={code}"
    answer = post(staff, booth, f"{desk}/booths/A01/place", application=code)
    assert (answer.status_code, answer.location) == (303, f"{desk}/booths")
    day = (clock.today() + timedelta(days=7)).isoformat()
    for _ in range(2):
        answer = post(staff, here, f"{desk}/publish", confirm_by=day, seen=str(application.id))
        assert (answer.status_code, answer.location) == (303, f"{desk}/letters")
    session.expire_all()
    assert application.state == ApplicationState.ACCEPTED
    accepted = sa.select(sa.func.count()).where(OutboxLetter.kind == "accepted")
    assert session.scalar(accepted) == 1


def test_second_taker_sees_who_was_first(session: Session, screening: Screening, staff: FlaskClient, desk: str) -> None:
    first, second, _ = screening.applications
    for application in (first, second):
        take_up(session, screening.organiser.actor, application)
    place_on_booth(session, screening.organiser.actor, first, screening.booth("A01"))
    session.commit()
    page = f"{desk}/booths/A01?application={second.code}"
    answer = post(staff, page, f"{desk}/booths/A01/place", application=second.code)
    assert answer.status_code == 409
    assert len(re.findall(rf"{first.producer.name_vi} đã được xếp vào gian A01 lúc", unescape(answer.text))) == 1
    english = post(staff, f"/en{page}", f"/en{desk}/booths/A01/place", application=second.code)
    assert len(re.findall(r"has been on booth A01 since", unescape(english.text))) == 1


def test_plan_is_coloured_by_place_with_letters_and_a_key(
    session: Session, screening: Screening, staff: FlaskClient, desk: str
) -> None:
    application = screening.applications[0]
    take_up(session, screening.organiser.actor, application)
    place_on_booth(session, screening.organiser.actor, application, screening.booth("A01"))
    session.commit()
    page = unescape(staff.get(f"{desk}/booths?by=loc").text)
    assert 'data-by="loc"' in page
    assert re.findall(r'class="lc"[^>]*>([^<]+)<', page) == ["BL"]
    assert "Miền Đông: BL" in page
    assert "Miền Tây" not in page


def test_board_names_the_very_booth_that_was_wished_for(
    session: Session, screening: Screening, staff: FlaskClient, desk: str
) -> None:
    application = screening.applications[0]
    booth = screening.booth("A02")
    application.wishes[0].zone_id, application.wishes[0].booth_id = booth.zone_id, booth.id
    stage_decision(session, screening.organiser.actor, application, Decision.ACCEPT)
    session.commit()
    assert re.findall(r"nguyện vọng ([^<]+)<", staff.get(f"{desk}/booths").text)[0].split(", ")[0] == "A02"
    page = staff.get(f"{desk}/booths?application={application.code}").text
    assert sorted(re.findall(r'class="over".*?>(\d)</text>', page)) == [str(wish.rank) for wish in application.wishes]
    assert "Số trên sơ đồ" in page
    others = [wish.zone_id for wish in application.wishes[1:]]
    open_booths = re.findall(r'data-b="(\w+)" data-s="open"', page)
    assert open_booths == ["A02", *(code for code in open_booths if screening.booth(code).zone_id in others)]


def test_move_and_vacate_by_form(session: Session, screening: Screening, staff: FlaskClient, desk: str) -> None:
    application = screening.applications[0]
    take_up(session, screening.organiser.actor, application)
    place_on_booth(session, screening.organiser.actor, application, screening.booth("A01"))
    session.commit()
    page = f"{desk}/booths/B01?application={application.code}"
    post(staff, page, f"{desk}/booths/B01/place", application=application.code, instead_of="A01")
    session.expire_all()
    assert [held.booth.code for held in assignments_of(session, application.id)] == ["B01"]
    session.rollback()
    post(staff, page, f"{desk}/booths/B01/vacate")
    session.expire_all()
    assert assignments_of(session, application.id) == []


def test_act_on_an_old_page_moves_nobody_else(
    session: Session, screening: Screening, staff: FlaskClient, desk: str
) -> None:
    moon, star, sun = screening.applications
    for application, code in ((moon, "A01"), (star, "A02"), (sun, "A03")):
        take_up(session, screening.organiser.actor, application)
        place_on_booth(session, screening.organiser.actor, application, screening.booth(code))
    session.commit()
    board, on = f"{desk}/booths", {"A01": moon.code, "A02": star.code, "A03": sun.code}
    stale = [
        ("A02/vacate", {"holder": moon.code}, "Gian A02 nay do đơn vị khác giữ"),
        ("A02/swap", {"application": sun.code, "instead_of": "A03", "holder": moon.code}, "Gian A02 nay do đơn vị"),
        ("A02/swap", {"application": sun.code, "instead_of": "A04", "holder": star.code}, "không còn ở gian A04"),
        ("A04/place", {"application": sun.code, "instead_of": "B01"}, "không còn ở gian B01"),
    ]
    for address, typed, words in stale:
        answer = post(staff, board, f"{board}/{address}", **typed)
        assert (answer.status_code, words in unescape(answer.text)) == (409, True), address
        held = session.scalars(sa.select(BoothAssignment).where(BoothAssignment.state != "released"))
        assert {one.booth.code: one.application.code for one in held} == on
        session.commit()
    assert post(staff, board, f"{board}/A02/vacate", holder=star.code).status_code == 303


def test_refusal_without_reason_keeps_what_was_chosen(
    session: Session, screening: Screening, staff: FlaskClient, desk: str
) -> None:
    here = f"{desk}/applications/{screening.applications[0].code}"
    answer = post(staff, here, f"{here}/decision", decision="reject", reason="  ", go="stay")
    assert answer.status_code == 422
    assert len(re.findall(r'<input checked[^>]*value="reject"', answer.text)) == 1
    long = "Lý do dài " * 300
    answer = post(staff, here, f"{here}/decision", decision="reject", reason=long, go="stay")
    assert (answer.status_code, answer.text.count("Lý do dài")) == (422, 300)


def test_decision_on_an_old_screen_is_refused(
    session: Session, screening: Screening, staff: FlaskClient, desk: str
) -> None:
    application = screening.applications[0]
    here, seen = f"{desk}/applications/{application.code}", str(application.version)
    stage_decision(session, screening.organiser.actor, application, Decision.ACCEPT)
    session.commit()
    answer = post(staff, here, f"{here}/decision", decision="reject", reason="Hết chỗ", version=seen)
    assert answer.status_code == 422
    session.expire_all()
    assert application.decision is Decision.ACCEPT


def test_other_organiser_and_nested_addresses_find_nothing(
    app: Flask, session: Session, screening: Screening, staff: FlaskClient, desk: str
) -> None:
    other = an_organiser(session, "Ban tổ chức Móng Cái", "btc@mongcai.example")
    fair = an_open_fair(session, other, booths=2, name="Phiên chợ Móng Cái")
    foreign = a_submitted_application(session, fair, a_producer(session, "HTX Móng Cái", "mc@units.example"))
    letter = session.scalars(sa.select(OutboxLetter.id).where(OutboxLetter.fair_id == fair.id)).first()
    booth = booths_of(session, fair)[0]
    session.commit()
    stranger, code = signed_in(app, other.user), screening.applications[0].code
    pages = ["applications", f"applications/{code}", "booths", "booths/A01", "publish", "letters"]
    assert [stranger.get(f"{desk}/{page}").status_code for page in pages] == [404] * len(pages)
    # One's own fair in front does not open what belongs to another fair.
    mixed = [f"applications/{foreign.code}", f"letters/{letter}"]
    assert [staff.get(f"{desk}/{page}").status_code for page in mixed] == [404, 404]
    acts = [f"{desk}/applications/{foreign.code}/decision", f"/organise/fairs/{fair.slug}/booths/{booth.code}/place"]
    typed = {"decision": "accept", "application": code}
    assert [post(staff, f"{desk}/booths", act, **typed).status_code for act in acts] == [404, 404]
    # A booth of one's own and somebody else's application.
    answer = post(staff, f"{desk}/booths", f"{desk}/booths/A01/place", application=foreign.code)
    assert answer.status_code == 422


def test_producer_sees_nothing_of_a_staged_decision(
    app: Flask, session: Session, screening: Screening, desk: str
) -> None:
    actor, application = screening.organiser.actor, screening.applications[0]
    stage_decision(session, actor, application, Decision.REJECT, reason="Lý do riêng", reason_code=ReasonCode.NO_ROOM)
    other = screening.applications[1]
    stage_decision(session, actor, other, Decision.ACCEPT)
    place_on_booth(session, actor, other, screening.booth("A01"))
    session.commit()
    for number, mine in enumerate((application, other)):
        client = signed_in(app, screening.producers[number].user)
        own = [f"/applications/{mine.code}", "/producer", f"/applications/{mine.code}/decline"]
        texts = "".join(client.get(page, follow_redirects=True).text for page in own)
        assert re.findall(r"Lý do riêng|A01|Đã ghi", texts) == []
        pages = ["applications", f"applications/{mine.code}", "booths", "booths/A01", "publish", "letters"]
        assert {client.get(f"{desk}/{page}").status_code for page in pages} == {403}


def test_list_pages_ask_the_same_number_of_queries_for_one_and_thirty(
    app: Flask, session: Session, screening: Screening, staff: FlaskClient, desk: str
) -> None:
    actor = screening.organiser.actor
    lonely = an_open_fair(session, screening.organiser, booths=40, name="Hội chợ khác")
    addresses = [f"/organise/fairs/{lonely.slug}/{page}" for page in ("applications", "booths", "publish", "letters")]
    addresses.append(
        f"/organise/fairs/{lonely.slug}/applications?q=mien&zone=A&group=food&district=binh-lieu&sort=name"
    )
    booths = {booth.code: booth for booth in booths_of(session, lonely)}
    session.commit()
    assert [staff.get(address).status_code for address in addresses] == [200] * len(addresses)

    def place(player: ProducerPlayer, code: str) -> None:
        application = a_submitted_application(session, lonely, player)
        stage_decision(session, actor, application, Decision.ACCEPT)
        place_on_booth(session, actor, application, booths[code])
        session.commit()

    place(screening.producers[0], "A01")
    few = [_count_queries(app, staff, address) for address in addresses]
    others = {"booth_assignment.booth_id": [booths[f"A{number:02}"].id for number in range(3, 31)]}
    unit = f"HTX Cô Tô {MARK}", f"c{MARK}@units.example"
    repeat(session, 28, lambda: place(a_producer(session, *unit), "A02"), instead=others)
    session.commit()
    assert [_count_queries(app, staff, address) for address in addresses] == few


def _count_queries(app: Flask, staff: FlaskClient, address: str) -> int:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    sa.event.listen(engine, "before_cursor_execute", note)
    assert staff.get(address).status_code == 200
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)
