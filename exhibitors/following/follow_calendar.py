"""One calendar of everything that an address follows, read with a secret; only the secret's hash is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import ColumnElement, String, or_, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column

from accounts.user import hash_token, new_token
from events.calendars.feed_topics import Family, find_topic
from events.calendars.read_feeds import Feed, entries_of_fairs, feed_of
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import ApplicationProduct
from exhibitors.calendars.stand_entry import StandEntry
from exhibitors.calendars.stand_feeds import fairs_with_group, stand_entries
from exhibitors.following.follow import Follow, FollowFamily
from exhibitors.producers.producer import Producer, ProductGroup
from foundation import clock
from foundation.bilingual import Bilingual
from foundation.database import Base

NAME = Bilingual("Hội chợ tôi theo dõi", "Fairs that I follow")
TEXT = Bilingual(
    "Mọi hội chợ và gian hàng đang theo dõi. Đừng gửi địa chỉ này cho ai.",
    "All fairs and booths that you follow. Give this address to nobody.",
)


class FollowCalendar(Base):
    """One for each address that asked for it."""

    __tablename__ = "follow_calendar"

    id: Mapped[int] = mapped_column(primary_key=True)
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


def make_follow_calendar(session: Session, follow: Follow) -> str:
    """A new secret for the address's calendar, shown this once; the one before it is worth nothing from now on."""
    token = new_token()
    own = select(FollowCalendar).where(FollowCalendar.email_key == follow.email_key).with_for_update()
    calendar = session.scalar(own) or FollowCalendar(email_key=follow.email_key)
    session.add(calendar)
    calendar.token_hash, calendar.made_at = hash_token(token), clock.now()
    session.flush()
    return token


def follow_feed(session: Session, token: str, language: str, day: date) -> Feed | None:
    """The calendar behind a secret, put together from stored entries; None when it opens nothing."""
    calendar = session.scalar(select(FollowCalendar).where(FollowCalendar.token_hash == hash_token(token)))
    if calendar is None:
        return None
    own = (Follow.email_key == calendar.email_key, Follow.confirmed_at.is_not(None))
    follows = list(session.scalars(select(Follow).where(*own).order_by(Follow.id)))
    fairs = [condition for one in follows for condition in _fairs_of(session, one)]
    stands = [condition for one in follows for condition in _stands_of(one)]
    entries = entries_of_fairs(session, day, language, or_(*fairs)) if fairs else []
    entries += stand_entries(session, day, language, or_(*stands)) if stands else []
    return feed_of(
        sorted(entries),
        language,
        name=NAME.local(language),
        description=TEXT.local(language),
        page="/calendar",
        source="",
    )


def _fairs_of(session: Session, follow: Follow) -> Iterator[ColumnElement[bool]]:
    if follow.family == FollowFamily.EVERYTHING:
        yield true()
    elif follow.family == FollowFamily.FAIRS:
        yield Fair.slug == follow.key
    elif follow.family == FollowFamily.GROUPS:
        group = session.scalar(select(ProductGroup).where(ProductGroup.key == follow.key))
        if group:
            yield fairs_with_group(group)
    elif follow.family in {family.value for family in Family}:
        topic = find_topic(session, Family(follow.family), follow.key)
        if topic:
            yield topic.holds


def _stands_of(follow: Follow) -> Iterator[ColumnElement[bool]]:
    if follow.family == FollowFamily.PRODUCERS:
        yield StandEntry.producer_id.in_(select(Producer.id).where(Producer.slug == follow.key))
    elif follow.family == FollowFamily.PRODUCTS:
        bringing = select(ApplicationProduct.application_id).where(ApplicationProduct.product_id == int(follow.key))
        yield StandEntry.application_id.in_(bringing)
