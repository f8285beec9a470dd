"""The programme of a fair: entered, changed, cancelled, on its page and in its detailed feed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.calendars.read_feeds import everything_feed, fair_feed
from events.fairs.clone_fair import clone_fair
from events.fairs.fair import ClosedDay, Fair
from events.fairs.organise_fair import cancel_fair, publish_fair
from events.programme.browse_programme import programme_days
from events.programme.plan_programme import add_item, change_item, remove_item
from events.programme.programme_item import ProgrammeItem, items_of
from foundation.audit_trail import AuditEntry
from tests.cast import OrganiserPlayer, a_draft_fair
from tests.refused import Refusal

if TYPE_CHECKING:
    from flask import Flask

    from tests.events.conftest import OrganiserBrowser

Call = Callable[..., Any]
FIRST_DAY = date(2027, 2, 3)
TODAY = date(2027, 1, 1)


@pytest.fixture
def fair(session: Session, player: OrganiserPlayer) -> Fair:
    """A published fair of six days."""
    made = a_draft_fair(session, player, first_day=FIRST_DAY)
    publish_fair(session, player.actor, made)
    session.commit()
    return made


def facts(**changes: Any) -> dict[str, Any]:
    """An opening in the evening of the first day, but for the changes."""
    opening = {"kind": "opening", "day": FIRST_DAY, "starts_at": time(19), "ends_at": time(20, 30)}
    words = {"title_vi": "Lễ khai mạc", "title_en": "Opening", "place_vi": "Sân khấu chính", "place_en": "Main stage"}
    return opening | words | changes


def happenings(session: Session, fair: Fair, language: str = "vi") -> list[Any]:
    """The programme as the fair's detailed feed has it."""
    events = Calendar.from_ical(fair_feed(session, fair, language, TODAY).body).walk("VEVENT")
    return [event for event in events if str(event["UID"]).startswith("chuong-trinh-")]


def test_item_is_in_the_detailed_feed_with_place_and_time(
    session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    item = add_item(session, player.actor, fair, **facts())
    session.commit()
    (event,) = happenings(session, fair)
    assert str(event["UID"]) == f"chuong-trinh-{item.id}@127.0.0.1"
    assert event.decoded("DTSTART").isoformat() == "2027-02-03T19:00:00+07:00"
    assert event.decoded("DTEND").isoformat() == "2027-02-03T20:30:00+07:00"
    assert (str(event["SUMMARY"]), int(event["SEQUENCE"])) == ("Lễ khai mạc", 0)
    assert str(event["LOCATION"]).startswith("Sân khấu chính, Siêu thị GO! Hạ Long")
    assert str(event["RELATED-TO"]) == f"su-kien-{fair.id}@127.0.0.1"
    assert str(happenings(session, fair, "en")[0]["SUMMARY"]) == "Opening"
    assert len(Calendar.from_ical(everything_feed(session, "vi", TODAY).body).walk("VEVENT")) == 1
    assert b"chuong-trinh" not in fair_feed(session, fair, "vi", TODAY, with_hours=False).body


def test_new_hour_or_place_raises_the_sequence_new_words_do_not(
    session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    item = add_item(session, player.actor, fair, **facts())
    session.commit()
    seen = []
    for change in ({"text_vi": "Vào cửa tự do"}, {"starts_at": time(18)}, {"place_vi": "Sân khấu phụ"}, {}):
        change_item(session, player.actor, item, **facts(**change))
        session.commit()
        (event,) = happenings(session, fair)
        seen.append((int(event["SEQUENCE"]), event.decoded("LAST-MODIFIED")))
    assert [sequence for sequence, _ in seen] == [0, 1, 2, 3]
    assert all(later > earlier for (_, earlier), (_, later) in pairwise(seen))


def test_cancelled_item_stays_and_removed_item_leaves(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    item = add_item(session, player.actor, fair, **facts())
    session.commit()
    change_item(session, player.actor, item, **facts(is_cancelled=True))
    session.commit()
    (event,) = happenings(session, fair)
    assert (str(event["STATUS"]), str(event["SUMMARY"])) == ("CANCELLED", "ĐÃ HỦY: Lễ khai mạc")
    remove_item(session, player.actor, item)
    session.commit()
    assert (happenings(session, fair), items_of(session, fair)) == ([], [])
    again = add_item(session, player.actor, fair, **facts())
    session.commit()
    assert [str(event["UID"]) for event in happenings(session, fair)] == [f"chuong-trinh-{again.id}@127.0.0.1"]
    assert again.id != item.id


def test_cancelled_fair_cancels_its_programme(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    add_item(session, player.actor, fair, **facts())
    session.commit()
    cancel_fair(session, player.actor, fair, reason="Bão số 3")
    session.commit()
    assert [str(event["STATUS"]) for event in happenings(session, fair)] == ["CANCELLED"]


def test_item_left_behind_by_a_moved_fair_is_not_shown(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    add_item(session, player.actor, fair, **facts())
    fair.first_day = FIRST_DAY + timedelta(days=1)
    session.commit()
    assert (happenings(session, fair), programme_days(session, fair), len(items_of(session, fair))) == ([], [], 1)


def test_change_writes_only_what_differs(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    item = add_item(session, player.actor, fair, **facts())
    change_item(session, player.actor, item, **facts(ends_at=None))
    entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "programme_item.change")).one()
    assert (entry.old, entry.new) == ({"ends_at": "20:30:00"}, {"ends_at": None})


REFUSED = [
    ({"kind": "rave"}, "programme_kind_unknown", "Chọn một loại hình trong danh sách.", "Choose a kind from the list."),
    ({"title_vi": " "}, "programme_title_missing", "Nhập tiêu đề tiếng Việt.", "Enter the title in Vietnamese."),
    (
        {"text_vi": "x" * 2001},
        "programme_text_too_long",
        "Đoạn này quá dài: chỉ đủ chỗ cho 2000 ký tự.",
        "This text is too long: there is room for 2000 characters.",
    ),
    (
        {"day": FIRST_DAY - timedelta(days=1)},
        "programme_day_outside",
        "Hội chợ không diễn ra vào ngày đó. Chọn một ngày của hội chợ.",
        "The fair is not on that day. Choose a day of the fair.",
    ),
    (
        {"day": FIRST_DAY + timedelta(days=1)},
        "programme_day_closed",
        "Hội chợ đóng cửa ngày đó. Chọn ngày khác.",
        "The fair is closed on that day. Choose another.",
    ),
    (
        {"ends_at": time(19)},
        "programme_ends_before_start",
        "Giờ kết thúc phải sau giờ bắt đầu, trong cùng ngày.",
        "The end must be later than the start, on the same day.",
    ),
    (
        {"kind": "award"},
        "programme_item_twice",
        "“Lễ khai mạc” đã có trong chương trình vào giờ đó.",
        "“Lễ khai mạc” stands in the programme at that hour already.",
    ),
]  # fmt: skip - read as a table


@pytest.mark.parametrize(("changes", "reason", "vi", "en"), REFUSED)
def test_wrong_item_is_refused_in_words(
    session: Session,
    player: OrganiserPlayer,
    fair: Fair,
    refused: Refusal,
    changes: dict[str, Any],
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    add_item(session, player.actor, fair, **facts())
    fair.closed_days = [ClosedDay(day=FIRST_DAY + timedelta(days=1))]
    session.commit()
    assert refused(lambda: add_item(session, player.actor, fair, **facts(**changes))) == (reason, vi, en)


TYPED: dict[str, object] = {
    "kind": "opening",
    "title_vi": "Lễ khai mạc",
    "day": "03/02/2027",
    "starts_at": "19h",
    "ends_at": "20h30",
    "place_vi": "Sân khấu chính",
}  # fmt: skip - what a person types


def test_item_is_entered_and_stands_on_the_public_page(
    app: Flask, desk: OrganiserBrowser, fair: Fair, session: Session
) -> None:
    address = f"/organise/fairs/{fair.slug}/programme"
    assert desk.send(f"{address}/new", TYPED).status_code == 303
    item = session.scalars(select(ProgrammeItem)).one()
    assert (item.starts_at, item.ends_at) == (time(19), time(20, 30))
    page = app.test_client().get(f"/fairs/{fair.slug}").text
    assert ("Lễ khai mạc" in page, "Sân khấu chính" in page) == (True, True)
    assert "Lễ khai mạc" in desk.get(address).text
    session.commit()
    assert desk.send(f"{address}/{item.id}", TYPED | {"is_cancelled": "y"}).status_code == 303
    assert "Đã hủy" in app.test_client().get(f"/fairs/{fair.slug}").text
    assert desk.send(f"{address}/{item.id}/remove", {}).status_code == 303
    assert "Lễ khai mạc" not in app.test_client().get(f"/fairs/{fair.slug}").text


def test_all_faults_come_back_at_once_with_what_was_typed(desk: OrganiserBrowser, fair: Fair) -> None:
    wrong = TYPED | {"title_vi": "", "day": "01/01/2027", "ends_at": "18:00", "place_vi": "Sân khấu nổi"}
    answer = desk.send(f"/organise/fairs/{fair.slug}/programme/new", wrong)
    assert answer.status_code == 422
    faults = [f'id="{name}-error"' in answer.text for name in ("title_vi", "day", "ends_at")]
    assert (faults, "Sân khấu nổi" in answer.text) == ([True, True, True], True)


def test_item_of_another_fair_is_not_found(
    desk: OrganiserBrowser, fair: Fair, session: Session, player: OrganiserPlayer
) -> None:
    item = add_item(session, player.actor, fair, **facts())
    other = a_draft_fair(session, player, name="Hội chợ khác")
    session.commit()
    assert desk.get(f"/organise/fairs/{other.slug}/programme/{item.id}").status_code == 404


def test_programme_goes_with_the_next_edition_on_its_own_days(
    session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    add_item(session, player.actor, fair, **facts())
    add_item(session, player.actor, fair, **facts(title_vi="Hội thi", is_cancelled=True))
    made = clone_fair(
        session,
        player.actor,
        fair,
        first_day=FIRST_DAY + timedelta(days=364),
        name_vi="Lần sau",
        series_name_vi="Chợ xuân",
    )
    assert [(one.title_vi, one.day) for one in items_of(session, made)] == [
        ("Lễ khai mạc", FIRST_DAY + timedelta(days=364))
    ]


def test_programme_longer_than_allowed_is_refused(
    session: Session, player: OrganiserPlayer, fair: Fair, refused: Refusal
) -> None:
    rows = [ProgrammeItem(fair=fair, **facts(title_vi=f"Nội dung {number}")) for number in range(300)]
    session.add_all(rows)
    session.flush()
    assert refused(lambda: add_item(session, player.actor, fair, **facts())) == (
        "programme_too_long",
        "Chương trình có tối đa 300 nội dung.",
        "A programme has room for 300 items.",
    )


def test_item_needs_a_fair_with_days(session: Session, player: OrganiserPlayer, fair: Fair, refused: Refusal) -> None:
    fair.first_day = fair.last_day = None
    with session.no_autoflush:
        assert refused(lambda: add_item(session, player.actor, fair, **facts())) == (
            "programme_needs_days",
            "Hãy nhập ngày của hội chợ trước: mỗi nội dung diễn ra vào một ngày trong đó.",
            "Set the fair's days first: an item stands on one of them.",
        )
