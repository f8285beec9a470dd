"""Write to followers what has changed since they were told last; running it again tells nothing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events.calendars.calendar_entry import CalendarEntry, EntryKind
from events.fairs.fair import CallState, Fair, FairState
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.booth_assignment import STANDING, BoothAssignment
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.calendars.stand_entry import StandEntry
from exhibitors.following.follow import Follow, FollowFamily
from exhibitors.following.followed_things import followed_name, follows_of, keys_of_fair, keys_of_stand
from exhibitors.following.letters import fair_news_letter, stand_news_letter
from exhibitors.following.news_round import MOST_AT_ONCE, SETTLES_WITHIN, Round
from exhibitors.following.tell_of_programmes import tell_of_programmes
from exhibitors.following.told_news import ToldNews
from exhibitors.producers.producer import Product
from foundation import clock
from foundation.outbox import post

NO_BOOTH = ""


def tell_followers(session: Session, moment: datetime, *, secret: str, base_url: str) -> int:
    """Tell what is new of fairs, their programmes and stands; answers how many letters were written."""
    this = Round(moment, secret, base_url)
    return _tell_of_fairs(session, this) + tell_of_programmes(session, this) + _tell_of_stands(session, this)


def _tell_of_fairs(session: Session, this: Round) -> int:
    moment = this.moment
    told = and_(ToldNews.fair_id == Fair.id, ToldNews.application_id.is_(None))
    call_opened = and_(
        Fair.state == FairState.PUBLISHED,
        Fair.call_state == CallState.OPEN,
        or_(Fair.call_opens_at.is_(None), Fair.call_opens_at <= moment),
        or_(Fair.call_closes_at.is_(None), Fair.call_closes_at > moment),
    )
    rows = session.execute(
        select(Fair, CalendarEntry, ToldNews)
        .join(CalendarEntry, and_(CalendarEntry.fair_id == Fair.id, CalendarEntry.kind == EntryKind.FAIR))
        .outerjoin(ToldNews, told)
        .where(
            CalendarEntry.is_dropped.is_(False),
            CalendarEntry.last_day >= clock.local_day(moment),
            CalendarEntry.last_modified <= moment - SETTLES_WITHIN,
            or_(
                ToldNews.id.is_(None),
                ToldNews.sequence != CalendarEntry.sequence,
                and_(ToldNews.call_told_at.is_(None), call_opened),
            ),
        )
        .options(selectinload(Fair.venues), joinedload(Fair.organisation))
        .order_by(Fair.id)
        .limit(MOST_AT_ONCE)
        .execution_options(populate_existing=True)
    ).all()
    return sum(_tell_of_fair(session, this, *row) for row in rows)


def _tell_of_fair(session: Session, this: Round, fair: Fair, entry: CalendarEntry, told: ToldNews | None) -> int:
    news = _news_of_fair(fair, entry, told)
    if told is None:
        told = ToldNews(fair_id=fair.id)
        session.add(told)
    if fair.takes_applications() and told.call_told_at is None:
        told.call_told_at = this.moment
    if told.sequence != entry.sequence:
        told.programme_items = None  # what this did to the programme is no news of its own
    told.sequence, told.state = entry.sequence, fair.state
    session.flush()
    if news is None:
        return 0
    since = this.moment if news == "call" else entry.last_modified
    following = follows_of(session, keys_of_fair(session, fair), since)
    for follow in following:
        key = f"follow-{follow.id}-{follow.nonce[:8]}-{fair.id}-{news}-{entry.sequence}"
        name = _name(session, follow)
        post(session, fair_news_letter(follow, fair, news, followed=name, key=key, **this.links))
    return len(following)


def _news_of_fair(fair: Fair, entry: CalendarEntry, told: ToldNews | None) -> str | None:
    if told is None:
        return "announced" if fair.state == FairState.PUBLISHED else None
    if told.sequence == entry.sequence:
        return "call" if fair.takes_applications() else None
    if fair.state != told.state:
        return {FairState.CANCELLED: "cancelled", FairState.POSTPONED: "postponed"}.get(
            FairState(fair.state), "on_again"
        )
    return "changed"


def _tell_of_stands(session: Session, this: Round) -> int:
    moment = this.moment
    rows = session.execute(
        select(BoothApplication, StandEntry, ToldNews)
        .join(StandEntry, StandEntry.application_id == BoothApplication.id)
        .join(Fair, Fair.id == BoothApplication.fair_id)
        .outerjoin(ToldNews, ToldNews.application_id == BoothApplication.id)
        .where(
            Fair.state == FairState.PUBLISHED,
            StandEntry.last_day >= clock.local_day(moment),
            StandEntry.last_modified <= moment - SETTLES_WITHIN,
            or_(ToldNews.id.is_(None), ToldNews.sequence != StandEntry.sequence),
        )
        .options(
            joinedload(BoothApplication.producer),
            joinedload(BoothApplication.fair).options(selectinload(Fair.venues), joinedload(Fair.organisation)),
            selectinload(BoothApplication.goods).joinedload(ApplicationProduct.product).joinedload(Product.group),
        )
        .order_by(BoothApplication.id)
        .limit(MOST_AT_ONCE)
        .execution_options(populate_existing=True)
    ).all()
    booths = _booths_of(session, [application.id for application, _, _ in rows])
    written = 0
    for application, entry, known in rows:
        before = known.state if known else NO_BOOTH
        # Between two booths it still stands: what it is told of is the next one.
        codes = (booths[application.id] or before) if _stands(application, entry) else NO_BOOTH
        told = known or ToldNews(fair_id=application.fair_id, application_id=application.id)
        session.add(told)
        told.sequence, told.state = entry.sequence, codes
        session.flush()
        if codes != before:  # other days are the fair's news
            written += _tell_of_stand(session, this, application, entry, (before, codes))
    return written


def _stands(application: BoothApplication, entry: StandEntry) -> bool:
    return application.state == ApplicationState.CONFIRMED and not entry.is_dropped


def _tell_of_stand(
    session: Session, this: Round, application: BoothApplication, entry: StandEntry, codes: tuple[str, str]
) -> int:
    before, now = codes
    news = "stand_off" if now == NO_BOOTH else "stand" if before == NO_BOOTH else "stand_moved"
    following = follows_of(session, keys_of_stand(application, is_new=news == "stand"), entry.last_modified)
    for follow in following:
        what = f"{application.id}-{news}-{entry.sequence}"
        if follow.family == FollowFamily.GROUPS:
            what = f"{application.fair_id}-group"  # the first of many who sell it there
        key = f"follow-{follow.id}-{follow.nonce[:8]}-{what}"
        name = _name(session, follow)
        post(session, stand_news_letter(follow, application, news, now or before, followed=name, key=key, **this.links))
    return len(following)


def _name(session: Session, follow: Follow) -> str:
    name = followed_name(session, FollowFamily(follow.family), follow.key)
    return name.local(follow.language) if name else follow.key


def _booths_of(session: Session, application_ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(BoothAssignment.application_id, Booth.code)
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .where(BoothAssignment.application_id.in_(application_ids), BoothAssignment.state.in_(STANDING))
        .order_by(Booth.code)
    )
    grouped: dict[int, str] = defaultdict(str)
    for application_id, code in rows:
        grouped[application_id] = f"{grouped[application_id]} {code}".strip()
    return grouped
