"""The letters to followers, each a value for the outbox with the way out in its text and in its headers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.letters import address_of
from events.fairs.fair import Fair
from events.programme.programme_item import ProgrammeItem
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.following.follow import Follow, LinkKind
from foundation.days import format_clock
from foundation.outbox import Letter

FOLDER = "exhibitors/following/letters"
KINDS = ("confirm_follow", "fair_news", "programme_news", "stand_news")
MOST_ITEMS = 12


def confirm_follow_letter(follow: Follow, name: str, secret: str, base_url: str) -> Letter:
    """Whoever typed the address proves here that it is theirs."""
    link = _link(follow, LinkKind.CONFIRM, secret, base_url)
    return Letter(f"{FOLDER}/confirm_follow", follow.email, follow.language, {"name": name, "link": link})


def fair_news_letter(
    follow: Follow, fair: Fair, news: str, *, followed: str, key: str, secret: str, base_url: str
) -> Letter:
    """A fair was announced, changed, put off, is on again or cancelled, or its call opened (`news` says which)."""
    tongue = follow.language
    facts: dict[str, Any] = {
        "news": news,
        "fair": fair.name.local(tongue),
        "first_day": fair.first_day,
        "last_day": fair.last_day,
        "opens_at": fair.opens_at,
        "closes_at": fair.closes_at,
        "venues": [row.venue.name.local(tongue) for row in fair.venues],
        "reason": fair.reason,
        "call_closes_at": fair.call_closes_at if fair.takes_applications() else None,
        "organiser": fair.organisation.name.local(tongue),
    }
    return _news("fair_news", follow, fair, facts, followed=followed, key=key, secret=secret, base_url=base_url)


def programme_news_letter(
    follow: Follow, fair: Fair, items: Sequence[ProgrammeItem], *, key: str, secret: str, base_url: str
) -> Letter:
    """The programme of a fair as it stands now, its first items; cancelled ones say so."""
    tongue = follow.language
    facts: dict[str, Any] = {
        "fair": fair.name.local(tongue),
        "items": [
            {
                "day": item.day,
                "hour": format_clock(item.starts_at),
                "title": item.title.local(tongue),
                "place": item.place.local(tongue),
                "is_cancelled": item.is_cancelled,
            }
            for item in items[:MOST_ITEMS]
        ],
        "more": max(0, len(items) - MOST_ITEMS),
        "organiser": fair.organisation.name.local(tongue),
    }
    name = fair.name.local(tongue)
    return _news("programme_news", follow, fair, facts, followed=name, key=key, secret=secret, base_url=base_url)


def stand_news_letter(
    follow: Follow,
    application: BoothApplication,
    news: str,
    booths: str,
    *,
    followed: str,
    key: str,
    secret: str,
    base_url: str,
) -> Letter:
    """A producer has a booth for sure ("stand"), another one ("stand_moved"), or none any more ("stand_off")."""
    fair, tongue = application.fair, follow.language
    facts: dict[str, Any] = {
        "news": news,
        "producer": application.producer.name.local(tongue),
        "codes": booths,
        "fair": fair.name.local(tongue),
        "first_day": fair.first_day,
        "last_day": fair.last_day,
        "venues": [row.venue.name.local(tongue) for row in fair.venues],
        "organiser": fair.organisation.name.local(tongue),
    }
    return _news("stand_news", follow, fair, facts, followed=followed, key=key, secret=secret, base_url=base_url)


def _news(
    kind: str, follow: Follow, fair: Fair, facts: dict[str, Any], *, followed: str, key: str, secret: str, base_url: str
) -> Letter:
    # No fair_id: the organisers' list of letters must not show who follows.
    stop = _link(follow, LinkKind.STOP, secret, base_url)
    link = address_of(base_url, follow.language, f"/fairs/{fair.slug}")
    said = facts | {"followed": followed, "link": link, "stop": stop}
    return Letter(f"{FOLDER}/{kind}", follow.email, follow.language, said, dedupe_key=key, unsubscribe_url=stop)


def _link(follow: Follow, kind: LinkKind, secret: str, base_url: str) -> str:
    return address_of(base_url, follow.language, f"/follow/{kind.value}/{follow.token(kind, secret)}")
