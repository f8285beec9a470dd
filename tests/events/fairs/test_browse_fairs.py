"""Questions about public fairs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.browse_fairs import (
    FairFilters,
    coming_fairs,
    fairs_between,
    fairs_page,
    find_public_fair,
    past_fairs,
    public_years,
    whats_on,
)
from events.fairs.fair import Fair
from events.fairs.organise_fair import cancel_fair, create_fair, publish_fair
from tests.cast import OrganiserPlayer, a_venue, an_organiser
from tests.scenes import Play

DAY = date(2027, 3, 1)


def a_fair(session: Session, player: OrganiserPlayer, name: str, starts: int | None, **said: object) -> Fair:
    """A published fair that starts so many days after DAY; None for one of 2022 without days."""
    first = None if starts is None else DAY + timedelta(days=starts)
    facts: dict[str, object] = {
        "kind": "fair",
        "name_vi": name,
        "first_day": first,
        "last_day": first and first + timedelta(days=2),
        "date_state": "fixed" if first else "unknown",
        "year": 2022,
        "source": "Báo",
        "venue_ids": [a_venue(session).id],
    }
    fair = create_fair(session, player.actor, organisation_id=player.organisation.id, **(facts | said))  # type: ignore[arg-type]  # facts of several types
    publish_fair(session, player.actor, fair)
    return fair


def fairs_of_all_times(session: Session) -> OrganiserPlayer:
    """The organiser of fairs before, on and after the day, one cancelled, one a draft."""
    player = an_organiser(session)
    a_fair(session, player, "Tuần trước", -10)
    a_fair(session, player, "Năm 2022", None)
    a_fair(session, player, "Đang mở", -1, kind="promotion_week")
    a_fair(session, player, "Ngày cuối", -2)
    a_fair(session, player, "Mai mở", 1)
    a_fair(session, player, "Tháng sau", 30)
    cancel_fair(session, player.actor, a_fair(session, player, "Đã hủy", 5), reason="Bão")
    create_fair(session, player.actor, organisation_id=player.organisation.id, kind="fair", name_vi="Bản nháp",
                first_day=DAY, last_day=DAY)  # fmt: skip
    return player


@pytest.fixture
def player(play: Play) -> OrganiserPlayer:
    return play(fairs_of_all_times)


def names(fairs: object) -> list[str]:
    return [fair.name_vi for fair in fairs]  # type: ignore[attr-defined]  # any list of fairs


def test_whats_on_names_open_fairs_that_end_first_at_the_top(session: Session, player: OrganiserPlayer) -> None:
    assert names(whats_on(session, DAY)) == ["Ngày cuối", "Đang mở"]


def test_coming_fairs_are_soonest_first_and_say_cancelled_ones(session: Session, player: OrganiserPlayer) -> None:
    assert names(coming_fairs(session, DAY)) == ["Mai mở", "Đã hủy", "Tháng sau"]


def test_past_fairs_are_latest_first_with_those_without_days(session: Session, player: OrganiserPlayer) -> None:
    assert names(past_fairs(session, DAY)) == ["Tuần trước", "Năm 2022"]


def test_fairs_between_touch_the_days(session: Session, player: OrganiserPlayer) -> None:
    assert names(fairs_between(session, DAY, DAY + timedelta(days=1))) == ["Ngày cuối", "Đang mở", "Mai mở"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (FairFilters(), ["Ngày cuối", "Đang mở", "Mai mở", "Đã hủy", "Tháng sau", "Tuần trước", "Năm 2022"]),
        (FairFilters(query="dang MO"), ["Đang mở"]),
        (FairFilters(kind="promotion_week"), ["Đang mở"]),
        (FairFilters(year=2022), ["Năm 2022"]),
        (FairFilters(when="now"), ["Ngày cuối", "Đang mở"]),
        (FairFilters(when="past"), ["Tuần trước", "Năm 2022"]),
        (FairFilters(when="coming", query="mo"), ["Mai mở"]),
        (FairFilters(district="ha-long", when="now"), ["Ngày cuối", "Đang mở"]),
        (FairFilters(district="co-to"), []),
        (FairFilters(when="coming", sort="name"), ["Đã hủy", "Mai mở", "Tháng sau"]),
    ],
)
def test_fairs_page_narrows(session: Session, player: OrganiserPlayer, filters: FairFilters, found: list[str]) -> None:
    page = fairs_page(session, filters, 7, day=DAY)
    assert (names(page.rows), page.total, page.number, page.pages) == (found, len(found), 1, 1)


def test_fairs_page_asks_the_same_number_of_queries_for_one_and_thirty(session: Session) -> None:
    player = an_organiser(session)
    counts = []
    for more in (1, 29):
        for number in range(more):
            a_fair(session, player, f"Hội chợ {number}", number)
        session.commit()
        session.expunge_all()
        counts.append(queries_of(session))
    assert counts[0] == counts[1]


def queries_of(session: Session) -> int:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    engine = session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", note)
    for fair in fairs_page(session, FairFilters()).rows:
        assert (len(fair.venue_names), fair.days_shut) == (1, frozenset())
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_public_years_leave_drafts_out(session: Session, player: OrganiserPlayer) -> None:
    assert public_years(session) == [2027, 2022]


def test_find_public_fair_by_its_address(session: Session, player: OrganiserPlayer) -> None:
    found = find_public_fair(session, "dang-mo")
    assert (found and found.name_vi, find_public_fair(session, "khong-co")) == ("Đang mở", None)
