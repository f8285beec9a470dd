"""Questions: public fairs, their venues and confirmed exhibitors in the shapes of the JSON interface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events.calendars.feed_topics import topics_in_use
from events.calendars.public_address import public_address
from events.calendars.read_feeds import CALENDAR_NAME, EVERYTHING
from events.fairs import browse_fairs
from events.fairs import fair as fairs
from events.places import locality as localities
from events.places import venue as venues
from exhibitors.allocation import exhibitor_directory
from exhibitors.calendars.stand_feeds import GROUP_TITLE
from exhibitors.fair_days.sold_out import sold_out_at
from exhibitors.open_data import api_shapes as shapes
from exhibitors.producers.producer_directory import groups_in_use
from foundation import clock
from foundation.bilingual import Bilingual

PER_PAGE = browse_fairs.PER_PAGE
RowT = TypeVar("RowT")
NextAddress = Callable[[int], str]
"""The address of a page of the same list."""


class NumberedPage(Protocol):
    """Which page of how many a question answered."""

    @property
    def total(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def pages(self) -> int: ...


def fairs_answer(
    session: Session, query: shapes.FairsQuery, day: date, next_address: NextAddress
) -> shapes.PageOf[shapes.Fair]:
    """One page of public fairs; a constant number of questions."""
    filters = browse_fairs.FairFilters(
        query=query.q, kind=query.kind or "", when=query.when or "", year=query.year, district=query.district
    )
    page = browse_fairs.fairs_page(session, filters, query.page, day=day)
    whole = _whole_fairs(session, [row.id for row in page.rows])
    items = [fair_shape(whole[row.id]) for row in page.rows]
    return page_of(items, page, query.page, next_address)


def page_of(
    items: list[shapes.Item], page: NumberedPage, asked: int, next_address: NextAddress, meant: str = ""
) -> shapes.PageOf[shapes.Item]:
    """The page that was asked for; beyond the last one it is empty and says how many there are."""
    if asked > page.pages:
        return shapes.PageOf([], page.total, asked, page.pages, None, meant)
    more = next_address(page.number + 1) if page.number < page.pages else None
    return shapes.PageOf(items, page.total, page.number, page.pages, more, meant)


def exhibitors_answer(
    session: Session, fair: fairs.Fair, asked: int, next_address: NextAddress
) -> shapes.PageOf[shapes.Exhibitor]:
    """One page of the confirmed exhibitors of a fair in the order of their names."""
    gone = sold_out_at(session, fair, clock.today())
    whole = exhibitor_directory.exhibitors_of(session, fair)
    page = part_of(whole, asked)
    items = [
        shapes.Exhibitor(
            producer=row.slug,
            url=public_address(f"/producers/{row.slug}"),
            name=text(row.name),
            kind=row.kind,
            place=row.place or "",
            booths=[shapes.Booth(booth.code, booth.zone_code) for booth in row.booths],
            products=[
                shapes.BroughtProduct(
                    one.id, text(one.name), one.stars, one.programme_group, (row.application_id, one.id) in gone
                )
                for one in row.products
            ],
        )
        for row in page.rows
    ]
    return page_of(items, page, asked, next_address)


def venues_answer(session: Session, asked: int, next_address: NextAddress) -> shapes.PageOf[shapes.Venue]:
    """One page of the venues at which a public fair has been or will be, by name."""
    used = select(fairs.FairVenue.venue_id).join(fairs.Fair).where(fairs.Fair.state.in_(browse_fairs.PUBLIC_STATES))
    statement = select(venues.Venue).where(venues.Venue.id.in_(used))
    whole = session.scalars(statement.order_by(venues.Venue.name_vi, venues.Venue.id)).all()
    page = part_of(whole, asked)
    return page_of([venue_shape(row) for row in page.rows], page, asked, next_address)


def feeds_answer(session: Session, day: date, asked: int, next_address: NextAddress) -> shapes.PageOf[shapes.Feed]:
    """One page of the calendars of many fairs; those of one fair, producer or product stand with them."""
    feeds = [shapes.Feed("everything", text(CALENDAR_NAME), public_address(f"/calendar/{EVERYTHING}.ics"))]
    for family, topics in topics_in_use(session).items():
        feeds += [shapes.Feed(family.value, text(topic.title), public_address(topic.path)) for topic in topics]
    for group in groups_in_use(session, day):
        vi, en = (GROUP_TITLE.local(language).replace("{}", group.name.local(language)) for language in ("vi", "en"))
        feeds.append(shapes.Feed("groups", shapes.Text(vi, en), public_address(f"/calendar/groups/{group.key}.ics")))
    page = part_of(feeds, asked)
    return page_of(list(page.rows), page, asked, next_address)


@dataclass(frozen=True, slots=True)
class Part(Generic[RowT]):
    """One page of a list that is read whole; `number` counts from 1."""

    rows: Sequence[RowT]
    total: int
    number: int
    pages: int


def part_of(whole: Sequence[RowT], asked: int) -> Part[RowT]:
    """The page asked for, else the last one; as long as those of other lists."""
    pages = max(1, -(-len(whole) // PER_PAGE))
    number = min(asked, pages)
    return Part(whole[(number - 1) * PER_PAGE : number * PER_PAGE], len(whole), number, pages)


def fair_shape(fair: fairs.Fair) -> shapes.Fair:
    """A fair whose venues, closed days and organiser are loaded."""
    takes = fair.takes_applications()
    return shapes.Fair(
        slug=fair.slug,
        url=public_address(f"/fairs/{fair.slug}"),
        calendar=public_address(f"/calendar/fairs/{fair.slug}.ics"),
        name=text(fair.name),
        kind=fair.kind,
        state=cast("shapes.FairStateName", fair.state),
        reason=fair.reason,
        summary=text(fair.summary),
        host_event=fair.host_event,
        organiser=text(fair.organisation.name),
        year=fair.year,
        month=fair.month,
        date_state=cast("shapes.DateStateName", fair.date_state),
        first_day=fair.first_day,
        last_day=fair.last_day,
        opens_at=f"{fair.opens_at:%H:%M}",
        closes_at=f"{fair.closes_at:%H:%M}",
        closed_days=[closed.day for closed in fair.closed_days],
        call=shapes.Call(takes, fair.call_opens_at, fair.call_closes_at),
        venues=[venue_shape(row.venue) for row in fair.venues],
        is_illustrative=fair.is_demonstration,
    )


def venue_shape(venue: venues.Venue) -> shapes.Venue:
    """A venue with its place."""
    return shapes.Venue(
        id=venue.id,
        name=text(venue.name),
        address=venue.address,
        locality=locality_shape(venue.locality),
        latitude=venue.latitude,
        longitude=venue.longitude,
    )


def locality_shape(locality: localities.Locality) -> shapes.Locality:
    """A commune-level unit with its former district."""
    return shapes.Locality(locality.code, text(locality.name), locality.district.name)


def text(words: Bilingual) -> shapes.Text:
    """Both languages; English is empty where nobody wrote it."""
    return shapes.Text(words.vi, words.en)


def _whole_fairs(session: Session, ids: Sequence[int]) -> dict[int, fairs.Fair]:
    statement = (
        select(fairs.Fair)
        .options(*browse_fairs.with_places(), joinedload(fairs.Fair.organisation))
        .where(fairs.Fair.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    return {fair.id: fair for fair in session.scalars(statement)}
