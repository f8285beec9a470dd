"""The life of a stand in the rendered feeds of its producer and its product: the right revision after each step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar
from sqlalchemy.orm import Session

from events.fairs.organise_fair import cancel_fair, restore
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.calendars.stand_feeds import producer_feed, product_feed
from foundation import clock
from tests.cast import BASE_URL, a_confirmed_application, a_producer, an_open_fair, an_organiser, booths_of

Read = tuple[int, datetime, datetime, str]


def test_life_of_a_stand(session: Session) -> None:
    organiser, player = an_organiser(session), a_producer(session)
    fair = an_open_fair(session, organiser)
    stand = a_confirmed_application(session, organiser, player, fair)
    session.commit()
    assert fair.first_day
    unit, moment = player.producer, clock.now().replace(microsecond=0).astimezone(UTC)

    def read() -> Read:
        events = []
        for language in ("vi", "en"):
            for feed in (
                producer_feed(session, unit, language, date(fair.first_day.year, 1, 1)),  # type: ignore[union-attr]  # known above
                product_feed(session, unit.products[0], language, date(fair.first_day.year, 1, 1)),  # type: ignore[union-attr]  # known above
            ):
                (one,) = Calendar.from_ical(feed.body).walk("VEVENT")
                assert str(one["UID"]) == f"gian-{stand.id}@127.0.0.1"
                revision = int(one["SEQUENCE"]), one["LAST-MODIFIED"].dt, one["DTSTAMP"].dt, str(one["STATUS"])
                events.append(revision)
        assert len(set(events)) == 1
        return events[0]

    def after(act: Callable[[], object]) -> Read:
        nonlocal moment
        moment += timedelta(hours=1)
        with clock.as_of(moment):
            act()
            session.commit()
        return read()

    first = read()
    assert (first[0], first[3]) == (0, "CONFIRMED")
    booth = booths_of(session, fair)[0]
    steps: list[tuple[Callable[[], object], int, str]] = [
        (lambda: setattr(unit, "name_vi", "HTX Đổi Tên"), 0, "CONFIRMED"),
        (lambda: setattr(unit.products[0], "name_vi", "Miến sợi nhỏ"), 0, "CONFIRMED"),
        (lambda: setattr(fair.venues[0].venue, "name_vi", "GO! mới"), 0, "CONFIRMED"),
        (lambda: setattr(booth, "code", "A99"), 1, "CONFIRMED"),
        (lambda: cancel_fair(session, organiser.actor, fair, reason="Bão"), 2, "CANCELLED"),
        (lambda: restore(session, organiser.actor, fair), 3, "CONFIRMED"),
        (
            lambda: withdraw_application(session, player.actor, stand, reason="Mất mùa", base_url=BASE_URL),
            4,
            "CANCELLED",
        ),
    ]
    for act, sequence, status in steps:
        assert after(act) == (sequence, moment, moment, status)
    assert after(lambda: setattr(unit, "contact_phone", "0912345678"))[0] == 4
