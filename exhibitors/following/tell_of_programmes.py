"""Write to those who follow a fair itself that its programme has other items, hours or places."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events.calendars.calendar_entry import CalendarEntry, EntryKind
from events.fairs.fair import Fair, FairState
from events.programme.programme_item import items_of
from exhibitors.following.follow import FollowFamily
from exhibitors.following.followed_things import follows_of
from exhibitors.following.letters import programme_news_letter
from exhibitors.following.news_round import MOST_AT_ONCE, SETTLES_WITHIN, Round
from exhibitors.following.told_news import ToldNews
from foundation import clock
from foundation.outbox import post


def tell_of_programmes(session: Session, this: Round) -> int:
    """Tell each change once, when it has settled; answers how many letters were written.

    What changes because the fair itself moved or is off has been told with the fair.
    """
    moment, today = this.moment, clock.local_day(this.moment)
    items = (
        select(
            CalendarEntry.fair_id,
            func.count(CalendarEntry.id).label("count"),
            func.sum(CalendarEntry.sequence).label("moves"),
            func.max(CalendarEntry.last_modified).label("changed_at"),
        )
        .where(CalendarEntry.kind == EntryKind.ITEM, CalendarEntry.is_dropped.is_(False))
        .group_by(CalendarEntry.fair_id)
        .subquery()
    )
    counted, moved = func.coalesce(items.c["count"], 0), func.coalesce(items.c.moves, 0)
    rows = session.execute(
        select(Fair, ToldNews, counted, moved, items.c.changed_at)
        .join(ToldNews, and_(ToldNews.fair_id == Fair.id, ToldNews.application_id.is_(None)))
        .outerjoin(items, items.c.fair_id == Fair.id)
        .where(
            Fair.state == FairState.PUBLISHED,
            Fair.last_day >= today,
            or_(items.c.changed_at.is_(None), items.c.changed_at <= moment - SETTLES_WITHIN),
            or_(
                ToldNews.programme_items.is_(None),
                ToldNews.programme_items != counted,
                ToldNews.programme_moves != moved,
            ),
        )
        .options(selectinload(Fair.venues), joinedload(Fair.organisation))
        .order_by(Fair.id)
        .limit(MOST_AT_ONCE)
    ).all()
    written = 0
    for fair, told, count, moves, changed_at in rows:
        is_news = told.programme_items is not None
        told.programme_items, told.programme_moves = count, moves
        session.flush()
        if is_news:
            written += _tell(session, this, fair, changed_at or moment, f"{count}-{moves}-{moment.timestamp():.0f}")
    return written


def _tell(session: Session, this: Round, fair: Fair, since: datetime, which: str) -> int:
    ahead = [item for item in items_of(session, fair) if item.is_within_fair]
    following = follows_of(session, {FollowFamily.FAIRS: [fair.slug]}, since)
    for follow in following:
        key = f"follow-{follow.id}-{follow.nonce[:8]}-{fair.id}-programme-{which}"
        post(session, programme_news_letter(follow, fair, ahead, key=key, **this.links))
    return len(following)
