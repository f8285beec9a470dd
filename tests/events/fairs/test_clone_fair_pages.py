"""The page of the next edition: dates shown first, then the draft; refused forms keep what was typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from events.fairs.clone_fair_form import next_values
from events.fairs.fair import Fair
from events.fairs.organise_fair import create_fair
from foundation import clock
from tests.cast import OrganiserPlayer, a_draft_fair

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.events.conftest import OrganiserBrowser

TYPED: dict[str, object] = {
    "name_vi": "Hội chợ OCOP 2028",
    "name_en": "",
    "first_day": "2028-02-29",
    "way": "days",
    "series_name_vi": "Hội chợ OCOP",
    "series_name_en": "",
    "do": "make",
}


def plain_fair(session: Session, player: OrganiserPlayer, **said: Any) -> Fair:
    """A fair without a call."""
    return create_fair(session, player.actor, organisation_id=player.organisation.id, kind="fair", name_vi="Hè", **said)


@pytest.fixture
def address(session: Session, player: OrganiserPlayer) -> str:
    fair = a_draft_fair(session, player, first_day=date(2027, 2, 3), name="Hội chợ OCOP 2027")
    session.commit()
    return f"/organise/fairs/{fair.slug}/clone"


def test_form_offers_the_next_year(desk: OrganiserBrowser, address: str) -> None:
    page = desk.get(address)
    assert page.status_code == 200
    for offered in ("Hội chợ OCOP 2028", 'value="2028-02-02"', 'value="Hội chợ OCOP"'):
        assert offered in page.text


def test_all_dates_are_shown_before_anything_is_made(desk: OrganiserBrowser, session: Session, address: str) -> None:
    page = desk.send(address, {**TYPED, "do": "look"})
    assert page.status_code == 200
    for shown in ("03/02/2027", "29/02/2028", "05/03/2028", "27/12 âm"):
        assert shown in page.text
    assert session.scalar(sa.select(sa.func.count(Fair.id))) == 1


def test_edition_is_made(desk: OrganiserBrowser, session: Session, address: str) -> None:
    answer = desk.send(address, TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organise/fairs/hoi-cho-ocop-2028/edit")
    made = session.scalars(sa.select(Fair).where(Fair.slug == "hoi-cho-ocop-2028")).one()
    assert (made.first_day, made.last_day) == (date(2028, 2, 29), date(2028, 3, 5))
    assert "Kỳ mới là bản nháp; đã dời 5 mốc ngày." in desk.get(answer.headers["Location"]).text
    assert "Hội chợ OCOP 2028" in desk.get(address).text


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        ({"name_vi": ""}, "Nhập tên tiếng Việt.", "Enter the name in Vietnamese."),
        (
            {"first_day": ""},
            "Nhập ngày khai mạc của kỳ mới: mọi ngày khác dời theo.",
            "Enter the first day of the new edition: all other dates follow it.",
        ),
        ({"first_day": "2012-05-01"}, "Năm phải từ 2013 đến 2100.", "The year must be from 2013 to 2100."),
        ({"series_name_vi": ""}, "Nhập tên chung của các kỳ.", "Enter the name that all editions have in common."),
    ],
)
def test_fault_is_said_and_nothing_typed_is_lost(
    desk: OrganiserBrowser, address: str, typed: dict[str, object], vi: str, en: str
) -> None:
    for prefix, sentence in (("", vi), ("/en", en)):
        answer = desk.send(prefix + address, {**TYPED, "name_en": "Kept as typed", **typed})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'value="Kept as typed"' in answer.text


def test_leap_month_and_unknown_days_are_explained(
    desk: OrganiserBrowser, session: Session, player: OrganiserPlayer
) -> None:
    leap = plain_fair(session, player, first_day=date(2025, 7, 14), last_day=date(2025, 7, 29))
    unknown = plain_fair(session, player, date_state="unknown", year=2022)
    session.commit()
    for fair, way, vi, en in (
        (leap, "lunar", "Dời theo âm lịch thì thứ tự các ngày", "By the lunar calendar the order of this fair"),
        (unknown, "days", "Chưa biết ngày của hội chợ này", "The days of this fair are not known"),
    ):
        for prefix, sentence in (("", vi), ("/en", en)):
            answer = desk.send(
                f"{prefix}/organise/fairs/{fair.slug}/clone", {**TYPED, "first_day": "2026-07-03", "way": way}
            )
            assert (answer.status_code, sentence in answer.text) == (422, True)


def test_lunar_day_that_overrules_the_typed_one_is_said_before_the_edition_is_made(
    desk: OrganiserBrowser, session: Session, address: str
) -> None:
    by_moon = {**TYPED, "way": "lunar"}
    for prefix, sentence in (
        ("", "Theo âm lịch, kỳ mới khai mạc Chủ Nhật 23/01/2028 (27/12 âm), không phải Thứ Ba 29/02/2028 như đã nhập."),
        ("/en", "By the lunar calendar the new edition begins on Sunday 23/01/2028 (27/12 lunar), not on Tuesday"),
    ):
        answer = desk.send(prefix + address, by_moon)
        assert (answer.status_code, sentence in answer.text) == (422, True)
    assert session.scalar(sa.select(sa.func.count(Fair.id))) == 1
    session.rollback()
    confirmed = desk.send(address, by_moon | {"seen": "2028-01-23"})
    assert confirmed.status_code == 303
    made = session.scalars(sa.select(Fair).where(Fair.slug == "hoi-cho-ocop-2028")).one()
    assert made.first_day == date(2028, 1, 23)


def test_day_that_has_passed_is_shown_with_a_warning_before_the_edition_is_made(
    desk: OrganiserBrowser, session: Session, address: str
) -> None:
    past = {**TYPED, "first_day": "2019-04-26"}
    for prefix, sentence in (("", "Thứ Sáu 26/04/2019 đã qua."), ("/en", "Friday 26/04/2019 has passed.")):
        for do, status in (("look", 200), ("make", 422)):
            answer = desk.send(prefix + address, past | {"do": do})
            assert (answer.status_code, sentence in answer.text) == (status, True)
            assert 'name="seen" type="hidden" value="2019-04-26"' in answer.text
    assert session.scalar(sa.select(sa.func.count(Fair.id))) == 1
    session.rollback()
    assert desk.send(address, past | {"seen": "2028-02-29"}).status_code == 422  # another day has been seen
    assert desk.send(address, past | {"seen": "2019-04-26"}).status_code == 303


def test_stranger_finds_nothing(stranger: OrganiserBrowser, address: str) -> None:
    assert stranger.get(address).status_code == 404


def test_offered_day_is_still_to_come(session: Session, player: OrganiserPlayer) -> None:
    fair = plain_fair(session, player, first_day=date(2019, 4, 26), last_day=date(2019, 5, 1))
    offered = next_values(fair)["first_day"]
    assert offered > clock.today()
    assert offered.weekday() == date(2019, 4, 26).weekday()
