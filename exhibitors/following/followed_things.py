"""What a follow is of: its name, and which follows a fair or a stand concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from events.calendars.feed_topics import Family, find_topic
from events.calendars.read_feeds import CALENDAR_NAME
from events.fairs.fair import Fair, FairState, find_fair
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.calendars.stand_feeds import GROUP_TITLE
from exhibitors.following.follow import Follow, FollowFamily
from exhibitors.following.told_news import ToldNews
from exhibitors.producers.merging.unit_belongings import goes_over_with_unit
from exhibitors.producers.producer import Producer, Product, ProductGroup
from exhibitors.producers.producer_directory import show_producer, show_product
from foundation.bilingual import Bilingual

ALL = "all"
Keys = Mapping[FollowFamily, Sequence[str]]


def followed_name(session: Session, family: FollowFamily, key: str) -> Bilingual | None:
    """What the thing is called; None when there is no such thing that everybody may see."""
    if family is FollowFamily.EVERYTHING:
        return CALENDAR_NAME if key == ALL else None
    if family.value in set(Family):
        topic = find_topic(session, Family(family.value), key)
        return topic.title if topic else None
    if family is FollowFamily.FAIRS:
        fair = find_fair(session, key)
        return fair.name if fair and fair.state != FairState.DRAFT else None
    if family is FollowFamily.PRODUCERS:
        producer = show_producer(session, key)
        return producer.name if producer else None
    if family is FollowFamily.GROUPS:
        group = session.scalar(select(ProductGroup).where(ProductGroup.key == key))
        return _titled(group) if group else None
    product = show_product(session, int(key)) if key.isascii() and key.isdecimal() and len(key) < 10 else None
    return product.name if product else None


def keys_of_fair(session: Session, fair: Fair) -> Keys:
    """Everything by which a fair may be followed: itself, its kind and places, and who sells what there for sure."""
    places = [row.venue for row in fair.venues]
    # Who was told of a stand hears of the cancellation too, though the stand has ended with the fair.
    told = select(ToldNews.application_id).where(ToldNews.fair_id == fair.id, ToldNews.state != "")
    stands = or_(BoothApplication.state == ApplicationState.CONFIRMED, BoothApplication.id.in_(told))
    there = select(BoothApplication.id).where(BoothApplication.fair_id == fair.id, stands)
    goods = session.execute(
        select(Product.id, ProductGroup.key)
        .join(ApplicationProduct, ApplicationProduct.product_id == Product.id)
        .join(ProductGroup, ProductGroup.id == Product.group_id)
        .where(ApplicationProduct.application_id.in_(there))
    ).all()
    producers = select(Producer.slug).join(BoothApplication, BoothApplication.producer_id == Producer.id)
    return {
        FollowFamily.EVERYTHING: [ALL],
        FollowFamily.KINDS: [fair.kind.replace("_", "-")],
        FollowFamily.LOCALITIES: [venue.locality.code for venue in places],
        FollowFamily.DISTRICTS: [venue.locality.district.slug for venue in places if venue.locality.district],
        FollowFamily.VENUES: [str(venue.id) for venue in places],
        FollowFamily.FAIRS: [fair.slug],
        FollowFamily.GROUPS: sorted({group for _, group in goods}),
        FollowFamily.PRODUCERS: list(session.scalars(producers.where(BoothApplication.id.in_(there)))),
        FollowFamily.PRODUCTS: [str(product) for product, _ in goods],
    }


def keys_of_stand(application: BoothApplication, *, is_new: bool) -> Keys:
    """Everything by which a stand may be followed; who follows a group hears of new ones alone."""
    brought = [row.product for row in application.goods]
    return {
        FollowFamily.PRODUCERS: [application.producer.slug],
        FollowFamily.PRODUCTS: [str(product.id) for product in brought],
        FollowFamily.GROUPS: sorted({product.group.key for product in brought if product.group and is_new}),
    }


def follows_of(session: Session, keys: Keys, since: datetime) -> list[Follow]:
    """The follows of any of these things that were confirmed before the news: one for each address, the oldest."""
    concerned = or_(*(and_(Follow.family == family.value, Follow.key.in_(named)) for family, named in keys.items()))
    rows = session.scalars(select(Follow).where(Follow.confirmed_at <= since, concerned).order_by(Follow.id))
    by_address: dict[str, Follow] = {}
    for row in rows:
        by_address.setdefault(row.email_key, row)
    return list(by_address.values())


def _titled(group: ProductGroup) -> Bilingual:
    vi, en = (GROUP_TITLE.local(one).replace("{}", group.name.local(one)) for one in ("vi", "en"))
    return Bilingual(vi, en)


@goes_over_with_unit
def move_followers(session: Session, gone: Producer, kept: Producer) -> dict[str, Any]:
    """Whoever followed a unit that has become part of another follows that one, once."""
    family = Follow.family == FollowFamily.PRODUCERS.value
    own = set(session.scalars(select(Follow.email_key).where(family, Follow.key == kept.slug)))
    for follow in session.scalars(select(Follow).where(family, Follow.key == gone.slug)):
        if follow.email_key in own:
            session.delete(follow)
        else:
            follow.key = kept.slug
    session.flush()
    return {}
