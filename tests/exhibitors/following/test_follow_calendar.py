"""One calendar of all that an address follows, behind a secret that is shown once and can be renewed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.organise_fair import publish_fair
from exhibitors.following.follow import Follow, FollowFamily, LinkKind
from exhibitors.following.follow_by_email import ask_to_follow, confirm_follow, stop_following
from exhibitors.following.follow_calendar import FollowCalendar, follow_feed, make_follow_calendar
from foundation import clock
from tests.cast import BASE_URL, a_confirmed_application, a_draft_fair, a_producer, an_open_fair, an_organiser

if TYPE_CHECKING:
    from flask import Flask

ADDRESS = re.compile(r"/calendar/following/([\w-]+)\.ics")


def a_follow(
    session: Session, family: FollowFamily, key: str, *, secret: str = BASE_URL, confirmed: bool = True
) -> Follow:
    """A wish of one and the same address."""
    facts = {"family": family, "key": key, "language": "vi", "secret": secret, "base_url": BASE_URL}
    follow = ask_to_follow(session, email="an@khach.example", **facts)
    if confirmed:
        confirm_follow(session, follow)
    return follow


def uids(session: Session, token: str) -> list[str]:
    """What the calendar behind the secret holds."""
    feed = follow_feed(session, token, "vi", clock.today())
    assert feed is not None
    return sorted(str(event["UID"]).partition("@")[0] for event in Calendar.from_ical(feed.body).walk("VEVENT"))


def test_calendar_holds_what_is_followed_each_once(session: Session) -> None:
    organiser, player = an_organiser(session), a_producer(session)
    fair = an_open_fair(session, organiser, name="Hội chợ có gian")
    application = a_confirmed_application(session, organiser, player, fair)
    other = a_draft_fair(session, organiser, name="Hội chợ khác", first_day=clock.today() + timedelta(days=90))
    publish_fair(session, organiser.actor, other)
    session.commit()
    first = a_follow(session, FollowFamily.FAIRS, other.slug)
    a_follow(session, FollowFamily.KINDS, "fair", confirmed=False)
    token = make_follow_calendar(session, first)
    assert uids(session, token) == [f"su-kien-{other.id}"]
    a_follow(session, FollowFamily.PRODUCERS, player.producer.slug)
    a_follow(session, FollowFamily.PRODUCTS, str(player.producer.products[0].id))
    assert uids(session, token) == sorted([f"gian-{application.id}", f"su-kien-{other.id}"])
    group = player.producer.products[0].group
    assert group is not None
    a_follow(session, FollowFamily.GROUPS, group.key)
    everything = sorted([f"gian-{application.id}", f"su-kien-{other.id}", f"su-kien-{fair.id}"])
    assert uids(session, token) == everything
    a_follow(session, FollowFamily.VENUES, str(other.venues[0].venue_id))
    a_follow(session, FollowFamily.EVERYTHING, "all")
    assert uids(session, token) == everything
    again = follow_feed(session, token, "vi", clock.today())
    assert again == follow_feed(session, token, "vi", clock.today())


def test_new_secret_ends_the_old_one_and_stopping_ends_both(session: Session) -> None:
    a_producer(session)
    follow = a_follow(session, FollowFamily.EVERYTHING, "all")
    old, new = make_follow_calendar(session, follow), make_follow_calendar(session, follow)
    assert (follow_feed(session, old, "vi", clock.today()), uids(session, new)) == (None, [])
    assert new not in session.scalars(select(FollowCalendar.token_hash)).one()
    stop_following(session, follow)
    assert follow_feed(session, new, "vi", clock.today()) is None
    assert session.scalars(select(FollowCalendar)).all() == []


def test_secret_is_made_from_the_link_of_a_letter_and_shown_once(app: Flask, session: Session) -> None:
    a_producer(session)
    secret = app.extensions["settings"].secret_key
    token = a_follow(session, FollowFamily.EVERYTHING, "all", secret=secret).token(LinkKind.STOP, secret)
    session.commit()
    visitor = app.test_client()
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get(f"/follow/stop/{token}").text)
    assert csrf is not None
    page = visitor.post(f"/follow/calendar/{token}", data={"csrf_token": csrf.group(1)})
    address = ADDRESS.search(page.text)
    assert address is not None
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    answer = app.test_client().get(address.group(0))
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Cache-Control"].startswith("private")
    same = app.test_client().get(address.group(0), headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304
    assert app.test_client().get("/calendar/following/khong-phai.ics").status_code == 404
