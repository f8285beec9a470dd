"""The life of a fair as its followers read it: after each step UID, SEQUENCE, LAST-MODIFIED and DTSTAMP are right.

Each step happens at a moment of its own; what is read are the octets of the feeds, in both languages.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from events.calendars.read_feeds import everything_feed, fair_feed
from events.fairs.fair import Fair
from events.fairs.organise_fair import (
    cancel_fair,
    postpone_fair,
    publish_fair,
    restore,
    resume,
    withdraw_from_public,
)
from events.places.venue import find_or_add_venue
from events.programme.plan_programme import add_item
from foundation import clock
from foundation.bilingual import LANGUAGES
from tests.cast import OrganiserPlayer, a_draft_fair, an_organiser
from tests.scenes import Play

FIRST_DAY = date(2027, 2, 3)
BEGIN = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


class Read(NamedTuple):
    """What a reader compares of one event, and what it shows."""

    sequence: int
    last_modified: datetime
    stamp: datetime
    status: str
    summary: str
    location: str
    starts: object


class Follower:
    """Somebody who reads the feed of all fairs and that of the one, in both languages, after each step."""

    def __init__(self, session: Session, fair: Fair, uid: str) -> None:
        self.session, self.fair, self.uid, self.moment = session, fair, uid, BEGIN

    def after(self, act: Callable[[], object], days: int = 1) -> Read | None:
        """What is read once the act has happened, `days` after the one before; None when the event is gone."""
        self.moment += timedelta(days=days, seconds=17)
        with clock.as_of(self.moment):
            act()
            self.session.commit()
        return self.read("vi")

    def read(self, language: str) -> Read | None:
        """The same in every feed and language but for its words."""
        feeds = {
            (tongue, name): _event(feed.body, self.uid)
            for tongue in LANGUAGES
            for name, feed in (
                ("all", everything_feed(self.session, tongue, clock.local_day(self.moment))),
                ("one", fair_feed(self.session, self.fair, tongue, clock.local_day(self.moment))),
            )
        }
        revisions = {read and read[:4] for read in feeds.values()}
        assert len(revisions) == 1
        return feeds[language, "all"]


def _event(body: bytes, uid: str) -> Read | None:
    calendar = Calendar.from_ical(body)
    found = [one for one in calendar.walk("VEVENT") if str(one["UID"]) == uid]
    assert len(found) < 2
    if not found:
        return None
    one = found[0]
    assert calendar["LAST-MODIFIED"].dt >= one["LAST-MODIFIED"].dt
    words = [str(one.get(name, "")) for name in ("STATUS", "SUMMARY", "LOCATION")]
    return Read(int(one["SEQUENCE"]), one["LAST-MODIFIED"].dt, one["DTSTAMP"].dt, *words, one["DTSTART"].dt)


@pytest.fixture
def organiser(play: Play) -> OrganiserPlayer:
    """Somebody who runs fairs."""
    return play(an_organiser)


@pytest.fixture
def fair(session: Session, organiser: OrganiserPlayer) -> Fair:
    """A draft of six days."""
    with clock.as_of(BEGIN):
        made = a_draft_fair(session, organiser, first_day=FIRST_DAY)
        session.commit()
    return made


def change(thing: object, **facts: object) -> Callable[[], None]:
    """An act that sets columns."""

    def act() -> None:
        for name, value in facts.items():
            setattr(thing, name, value)

    return act


def test_life_of_a_fair(session: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    actor, venue = organiser.actor, fair.venues[0].venue
    follower = Follower(session, fair, f"su-kien-{fair.id}@127.0.0.1")
    elsewhere = find_or_add_venue(session, name_vi="Hạ Long Park", locality=venue.locality)
    moved = {"first_day": FIRST_DAY + timedelta(days=7), "last_day": FIRST_DAY + timedelta(days=9)}
    steps: list[tuple[str, Callable[[], object], int, str]] = [
        ("published", lambda: publish_fair(session, actor, fair), 0, "CONFIRMED"),
        ("renamed", change(fair, name_vi="Hội chợ Tết", name_en="Tet Fair"), 0, "CONFIRMED"),
        ("told more", change(fair, summary_vi="Thêm chương trình"), 0, "CONFIRMED"),
        ("venue renamed", change(venue, name_vi="GO! Hạ Long mới"), 0, "CONFIRMED"),
        ("organiser renamed", change(organiser.organisation, name_vi="Ban tổ chức mới"), 0, "CONFIRMED"),
        ("days moved", change(fair, **moved), 1, "CONFIRMED"),
        ("to another place", change(fair.venues[0], venue=elsewhere), 2, "CONFIRMED"),
        ("postponed", lambda: postpone_fair(session, actor, fair, reason="Dịch"), 3, "TENTATIVE"),
        ("resumed", lambda: resume(session, actor, fair), 4, "CONFIRMED"),
        ("cancelled", lambda: cancel_fair(session, actor, fair, reason="Bão số 3"), 5, "CANCELLED"),
        ("restored", lambda: restore(session, actor, fair), 6, "CONFIRMED"),
    ]
    for name, act, sequence, status in steps:
        read = follower.after(act)
        assert read is not None, name
        assert (name, read.sequence, read.status) == (name, sequence, status)
        assert (name, read.last_modified, read.stamp) == (name, follower.moment, follower.moment)
    assert read.summary == "Hội chợ Tết"
    assert read.location.startswith("Hạ Long Park")
    assert read.starts == moved["first_day"]
    assert follower.after(lambda: withdraw_from_public(session, actor, fair)) is None
    back = follower.after(lambda: publish_fair(session, actor, fair))
    assert back is not None
    assert (back.sequence, back.last_modified) == (7, follower.moment)


def test_what_nobody_sees_leaves_the_revision(session: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    follower = Follower(session, fair, f"su-kien-{fair.id}@127.0.0.1")
    published = follower.after(lambda: publish_fair(session, organiser.actor, fair))
    assert follower.after(change(fair, source="Kế hoạch 12")) == published
    assert follower.after(change(fair.venues[0].venue, name_vi=fair.venues[0].venue.name_vi)) == published
    assert follower.after(lambda: None, days=300) == published


def test_cancelled_fair_is_dropped_thirty_days_after_it_would_have_ended(
    session: Session, organiser: OrganiserPlayer, fair: Fair
) -> None:
    follower = Follower(session, fair, f"su-kien-{fair.id}@127.0.0.1")
    follower.after(lambda: publish_fair(session, organiser.actor, fair))
    told = follower.after(lambda: cancel_fair(session, organiser.actor, fair, reason="Bão"))
    assert told is not None
    assert told.summary.startswith("ĐÃ HỦY: ")
    follower.moment = datetime.combine(FIRST_DAY + timedelta(days=35), time(5), UTC)
    assert follower.read("vi") == told
    follower.moment += timedelta(days=1)
    assert follower.read("vi") is None


def test_life_of_an_item_of_the_programme(session: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    """Only the fair's own feed tells of it; its place and its hour are its schedule."""
    actor = organiser.actor
    follower = Follower(session, fair, f"su-kien-{fair.id}@127.0.0.1")
    follower.after(lambda: publish_fair(session, actor, fair))
    with clock.as_of(follower.moment):
        facts = {"day": FIRST_DAY, "starts_at": time(9), "title_vi": "Khai mạc"}
        item = add_item(session, actor, fair, kind="opening", **facts)
        session.commit()
    seen = []
    for changed in (
        {"title_vi": "Lễ khai mạc"}, {"starts_at": time(10)}, {"place_vi": "Sân khấu"}, {"is_cancelled": True},
        {"is_cancelled": False},
    ):  # fmt: skip
        follower.after(change(item, **changed))
        body = fair_feed(session, fair, "vi", clock.local_day(follower.moment)).body
        read = _event(body, f"chuong-trinh-{item.id}@127.0.0.1")
        assert read is not None
        assert read.last_modified == read.stamp == follower.moment
        seen.append((read.sequence, read.status))
    assert seen == [(0, "CONFIRMED"), (1, "CONFIRMED"), (2, "CONFIRMED"), (3, "CANCELLED"), (4, "CONFIRMED")]
