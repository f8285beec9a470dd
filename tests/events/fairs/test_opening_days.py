"""Days that are not one unbroken range: closed ones, ones with their own hours, and days for building."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from events.calendars.calendar_entry import CalendarEntry
from events.fairs.clone_fair import clone_fair, preview_dates
from events.fairs.fair import Fair
from events.fairs.opening_days import OpeningDays, days_version, opening_days_of, set_opening_days
from events.fairs.organise_fair import change_fair, create_fair, details_version, publish_fair
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_venue

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.events.conftest import OrganiserBrowser

FIRST, LAST = date(2027, 2, 3), date(2027, 2, 8)
MIDDLE = date(2027, 2, 5)
EVENING = (time(14), time(22))
SAID = OpeningDays(
    closed_days=[date(2027, 2, 6)],
    own_hours={FIRST: EVENING, LAST: (time(8), time(17))},
    build_up_from=date(2027, 1, 31),
    tear_down_until=date(2027, 2, 10),
    site_opens_at=time(7),
    site_closes_at=time(22),
)


def facts(session: Session, **said: Any) -> dict[str, Any]:
    named = {"kind": "fair", "name_vi": "Hội chợ Xuân", "first_day": FIRST, "last_day": LAST}
    return named | {"venue_ids": [a_venue(session).id]} | said


@pytest.fixture
def fair(session: Session, player: OrganiserPlayer) -> Fair:
    return create_fair(session, player.actor, organisation_id=player.organisation.id, **facts(session))


def test_day_has_its_own_hours_or_the_usual_ones(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    set_opening_days(session, player.actor, fair, SAID, expected_version=days_version(fair))
    session.commit()
    session.expire_all()
    assert opening_days_of(fair) == SAID
    assert (fair.hours_on(FIRST), fair.hours_on(date(2027, 2, 4))) == (EVENING, (time(8), time(21, 30)))
    assert [fair.is_open_on(FIRST + timedelta(days=number)) for number in range(6)] == [
        True,
        True,
        True,
        False,
        True,
        True,
    ]


def test_calendar_follows(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    publish_fair(session, player.actor, fair)
    session.flush()
    set_opening_days(session, player.actor, fair, SAID, expected_version=days_version(fair))
    session.commit()
    of_days = sa.select(CalendarEntry).where(CalendarEntry.kind == "day", CalendarEntry.is_dropped.is_(False))
    entries = {entry.first_day: entry.fragment("vi").decode() for entry in session.scalars(of_days)}
    assert sorted(entries) == [date(2027, 2, day) for day in (3, 4, 5, 7, 8)]
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20270203T140000" in entries[FIRST]
    assert "DTEND;TZID=Asia/Ho_Chi_Minh:20270208T170000" in entries[LAST]
    whole = session.scalars(sa.select(CalendarEntry).where(CalendarEntry.kind == "fair")).one()
    text = whole.fragment("en").decode().replace("\r\n ", "")
    assert "Other hours: 03/02/2027 14:00 to 22:00\\; 08/02/2027 8:00 to 17:00" in text


def test_own_hours_and_building_move_with_the_fair(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    set_opening_days(session, player.actor, fair, SAID, expected_version=days_version(fair))
    moved = facts(session, first_day=FIRST + timedelta(days=30), last_day=LAST + timedelta(days=31))
    change_fair(session, player.actor, fair, expected_version=details_version(fair), **moved)
    session.flush()
    assert [hours.day for hours in fair.own_hours] == [date(2027, 3, 5), date(2027, 3, 10)]
    assert (fair.build_up_from, fair.tear_down_until) == (date(2027, 3, 2), date(2027, 3, 13))


def test_fair_without_days_has_no_hours_of_days(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    set_opening_days(session, player.actor, fair, SAID, expected_version=days_version(fair))
    unknown = facts(session, first_day=None, last_day=None, date_state="unknown", year=2027)
    change_fair(session, player.actor, fair, expected_version=details_version(fair), **unknown)
    session.flush()
    assert (fair.own_hours, fair.build_up_from) == ([], None)


def test_shorter_fair_that_would_lose_a_day_with_hours_is_refused(
    session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    set_opening_days(session, player.actor, fair, SAID, expected_version=days_version(fair))
    with pytest.raises(Refused) as refused:
        change_fair(
            session,
            player.actor,
            fair,
            expected_version=details_version(fair),
            **facts(session, last_day=date(2027, 2, 7)),
        )
    assert (refused.value.reason, refused.value.facts["day"]) == ("own_hours_outside", "08/02/2027")


def test_next_edition_takes_hours_and_building_along(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    set_opening_days(session, player.actor, fair, SAID, expected_version=days_version(fair))
    made = clone_fair(
        session, player.actor, fair, first_day=date(2028, 2, 26), name_vi="Xuân 2028", series_name_vi="Xuân"
    )
    assert [(own.day, own.opens_at) for own in made.own_hours] == [
        (date(2028, 2, 26), time(14)),
        (date(2028, 3, 2), time(8)),
    ]
    assert (made.build_up_from, made.tear_down_until) == (date(2028, 2, 23), date(2028, 3, 4))
    names = [name for name, _, _ in preview_dates(fair, date(2028, 2, 26))]
    assert sorted(names) == sorted(
        ["build_up_from", "first_day", "own_hours", "closed_day", "last_day", "own_hours", "tear_down_until"]
    )


WRONG = [
    (OpeningDays(closed_days=[date(2027, 2, 9)]), "closed_day_outside"),
    (OpeningDays(closed_days=[FIRST + timedelta(days=number) for number in range(6)]), "no_open_day"),
    (OpeningDays(own_hours={date(2027, 2, 9): EVENING}), "own_hours_outside"),
    (OpeningDays(closed_days=[MIDDLE], own_hours={MIDDLE: EVENING}), "own_hours_of_closed_day"),
    (OpeningDays(closed_days=[LAST]), "closed_day_at_end"),
    (OpeningDays(own_hours={FIRST: (time(9), time(9))}), "own_hours_in_order"),
    (OpeningDays(build_up_from=FIRST), "build_up_after_opening"),
    (OpeningDays(tear_down_until=LAST), "tear_down_before_closing"),
    (OpeningDays(build_up_from=date(2026, 2, 1)), "building_too_long"),
    (OpeningDays(tear_down_until=date(2028, 2, 1)), "building_too_long"),
    (OpeningDays(site_opens_at=time(7)), "site_hours_half"),
    (OpeningDays(site_opens_at=time(7), site_closes_at=time(6)), "site_hours_in_order"),
]


@pytest.mark.parametrize(("said", "reason"), WRONG)
def test_wrong_days_are_refused(
    session: Session, player: OrganiserPlayer, fair: Fair, said: OpeningDays, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        set_opening_days(session, player.actor, fair, said, expected_version=days_version(fair))
    assert refused.value.reason == reason


def test_stale_version_and_missing_days_are_refused(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    with pytest.raises(Refused) as refused:
        set_opening_days(session, player.actor, fair, SAID, expected_version=days_version(fair) - 1)
    assert refused.value.reason == "set_up_changed_meanwhile"
    assert [fault.reason for fault in SAID.faults(None, None)] == ["days_needed"]


def test_database_refuses_building_after_the_opening(session: Session, fair: Fair) -> None:
    fair.build_up_from = LAST
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


# --- the page -------------------------------------------------------------------------------------------------------


def typed(**more: object) -> dict[str, object]:
    rows: dict[str, object] = {}
    for number in range(6):
        rows[f"days-{number}-day"] = (FIRST + timedelta(days=number)).isoformat()
        rows[f"days-{number}-opens_at"] = rows[f"days-{number}-closes_at"] = ""
    rest = dict.fromkeys(("build_up_from", "tear_down_until", "site_opens_at", "site_closes_at"), "")
    return rows | rest | {"version": "1"} | more


def test_page_sets_days(desk: OrganiserBrowser, session: Session, fair: Fair) -> None:
    session.commit()
    address = f"/organise/fairs/{fair.slug}/days"
    page = desk.get(address).text
    assert ("Thứ Tư 03/02/2027" in page, "Ngày 27 tháng Chạp, năm Bính Ngọ" in page) == (True, True)
    evening = {"days-0-opens_at": "14:00", "days-0-closes_at": "22h"}
    changed = {"days-3-closed": "y", "build_up_from": "31/01/2027", "version": days_version(fair)}
    session.commit()  # what was read for the version
    sent = typed(**evening, **changed)
    assert desk.send(address, sent).status_code == 303
    session.expire_all()
    assert (fair.hours_on(FIRST), sorted(fair.days_shut)) == (EVENING, [date(2027, 2, 6)])
    assert fair.build_up_from == date(2027, 1, 31)
    session.commit()
    assert desk.send(address, typed()).status_code == 422  # the version has moved on
    assert "Người khác vừa lưu ở đây" in desk.send(address, typed()).text


def test_page_says_all_faults_at_once_and_keeps_what_was_typed(
    desk: OrganiserBrowser, session: Session, fair: Fair
) -> None:
    session.commit()
    address = f"/organise/fairs/{fair.slug}/days"
    sent = typed(**{
        "days-0-closed": "y", "days-0-opens_at": "14:00", "days-0-closes_at": "22:00", "days-1-opens_at": "9:00",
        "days-1-closes_at": "8:00", "days-2-opens_at": "9:00", "build_up_from": "2027-02-03",
        "tear_down_until": "2027-02-08",
        "site_opens_at": "7:00", "site_closes_at": "6:00",
    })  # fmt: skip
    for prefix, sentences in (
        ("", ["03/02/2027 nghỉ.", "Ngày 04/02/2027 giờ đóng cửa phải sau",
              "05/02/2027, Đóng cửa lúc: Nhập cả hai giờ, hoặc để trống cả hai.",
              "Dựng gian phải bắt đầu trước ngày khai mạc 03/02/2027.",
              "Tháo dỡ phải xong sau ngày bế mạc 08/02/2027.", "Giờ đóng mặt bằng phải sau giờ mở."]),
        ("/en", ["03/02/2027 is closed.", "On 04/02/2027 the closing time must be later",
                "05/02/2027, Closes at: Enter both times, or none.", "Build-up must begin before",
                 "Tear-down must end after the closing on 08/02/2027.", "The site must close later than it opens."]),
    ):  # fmt: skip
        answer = desk.send(prefix + address, sent)
        assert answer.status_code == 422
        assert [sentence for sentence in sentences if sentence not in answer.text] == []
        assert 'value="9:00"' in answer.text
    half = desk.send(address, typed(**{"days-2-opens_at": "9:00"}))
    assert (half.status_code, "Nhập cả hai giờ, hoặc để trống cả hai." in half.text) == (422, True)


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [("", "Ngày nào cũng đóng cửa."), ("/en", "Every day is marked as closed.")],
)
def test_all_days_closed_is_told_at_the_first_day(
    desk: OrganiserBrowser, session: Session, fair: Fair, prefix: str, sentence: str
) -> None:
    session.commit()
    answer = desk.send(
        f"{prefix}/organise/fairs/{fair.slug}/days", typed(**{f"days-{n}-closed": "y" for n in range(6)})
    )
    assert answer.status_code == 422
    message = answer.text.partition('id="days-0-day-error"')[2].partition("</p>")[0]
    assert sentence in message
    assert '<a href="#days-0-closed">' in answer.text  # the summary leads there
    tick = answer.text.partition('id="days-0-closed"')[2].partition(">")[0]
    before = answer.text.partition('id="days-0-closed"')[0].rpartition("<")[2]
    assert 'aria-describedby="days-0-day-error"' in before + tick


def test_page_without_days_says_where_to_set_them(
    desk: OrganiserBrowser, session: Session, player: OrganiserPlayer
) -> None:
    said = {"kind": "fair", "name_vi": "Chưa rõ", "date_state": "unknown", "year": 2027}
    made = create_fair(session, player.actor, organisation_id=player.organisation.id, **said)
    session.commit()
    assert "Hội chợ chưa có ngày." in desk.get(f"/organise/fairs/{made.slug}/days").text


def test_long_fair_keeps_closed_days_that_have_no_row(
    desk: OrganiserBrowser, session: Session, player: OrganiserPlayer
) -> None:
    said = facts(session, last_day=FIRST + timedelta(days=120), closed_days=[FIRST + timedelta(days=3)])
    made = create_fair(session, player.actor, organisation_id=player.organisation.id, **said)
    session.commit()
    address = f"/organise/fairs/{made.slug}/days"
    sent = {"build_up_from": "2027-02-01", "version": days_version(made)}
    session.commit()  # what was read for the version
    assert desk.send(address, sent).status_code == 303
    session.expire_all()
    assert (sorted(made.days_shut), made.build_up_from) == ([FIRST + timedelta(days=3)], date(2027, 2, 1))


def test_rows_of_other_days_are_not_taken_for_these(desk: OrganiserBrowser, session: Session, fair: Fair) -> None:
    session.commit()
    fewer = {name: value for name, value in typed().items() if not name.startswith("days-5")}
    answer = desk.send(f"/organise/fairs/{fair.slug}/days", fewer)
    assert (answer.status_code, "Người khác vừa lưu ở đây" in answer.text) == (422, True)
