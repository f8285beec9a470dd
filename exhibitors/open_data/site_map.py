"""The map of the public pages for search engines (sitemaps.org), each page in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.calendars.calendar_entry import CalendarEntry
from events.calendars.public_address import public_address
from events.fairs.browse_fairs import PUBLIC_STATES
from events.fairs.fair import Fair, FairState
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan
from exhibitors.allocation.booth_assignment import STANDING, BoothAssignment
from exhibitors.open_data.last_changes import last_changes
from exhibitors.producers.producer import Producer, Product
from foundation import clock
from foundation.bilingual import LANGUAGES
from foundation.page_changes import PageFamily, page_changes

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
ALWAYS = (
    "/",
    "/fairs",
    "/calendar",
    "/products",
    "/producers",
    "/calendar/subscribe",
    "/figures",
    "/near",
    "/about/guide",
    "/about/open-data",
)
MOST_PAGES = 24_000
"""Each page stands twice, and a map may hold 50,000 addresses."""


def site_map(session: Session) -> bytes:
    """The whole map as XML; drafts are not in it, and neither is alcohol."""
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for number, (path, changed) in enumerate(_paths(session)):
        if number == MOST_PAGES:
            break
        for language in LANGUAGES:
            page = SubElement(root, "url")
            SubElement(page, "loc").text = public_address(path, language)
            if changed:
                SubElement(page, "lastmod").text = changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            for other in LANGUAGES:
                link = {"rel": "alternate", "hreflang": other, "href": public_address(path, other)}
                SubElement(page, "xhtml:link", link)
    octets: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return octets


def _paths(session: Session) -> Iterator[tuple[str, datetime | None]]:
    """Each path and when what it says last changed, as calendars are told too; none where nobody keeps that."""
    yield from ((path, None) for path in ALWAYS)
    changes = select(CalendarEntry.fair_id, func.max(CalendarEntry.last_modified).label("at"))
    at = changes.group_by(CalendarEntry.fair_id).subquery()
    fairs = (
        select(Fair.slug, Fair.id, at.c.at)
        .outerjoin(at, at.c.fair_id == Fair.id)
        .where(Fair.state.in_(PUBLIC_STATES))
        .order_by(Fair.id.desc())
    )
    shown = page_changes(session, PageFamily.FAIR)
    for slug, number, changed in session.execute(fairs):
        yield f"/fairs/{slug}", max((one for one in (changed, shown.get(number)) if one), default=None)
    in_use = Booth.switch != BoothSwitch.REMOVED
    with_plan = select(FloorPlan.fair_id).join(Booth, Booth.plan_id == FloorPlan.id).where(in_use)
    yield from ((f"/fairs/{slug}/plan", None) for slug, _, _ in session.execute(fairs.where(Fair.id.in_(with_plan))))
    yield from ((path, None) for path in _booths(session))
    offering = select(Product.producer_id).where(Product.is_alcohol.is_(False))
    of_producers, of_products = last_changes(session)
    producers = select(Producer.slug, Producer.id).where(Producer.id.in_(offering)).order_by(Producer.id)
    yield from ((f"/producers/{slug}", of_producers.get(number)) for slug, number in session.execute(producers))
    products = select(Product.id).where(Product.is_alcohol.is_(False)).order_by(Product.id)
    yield from ((f"/products/{number}", of_products.get(number)) for number in session.scalars(products))


def _booths(session: Session) -> Iterator[str]:
    """The booths on which somebody stands for sure, at fairs that are not over."""
    taken = (
        select(Fair.slug, Booth.code)
        .join(FloorPlan, FloorPlan.fair_id == Fair.id)
        .join(Booth, Booth.plan_id == FloorPlan.id)
        .join(BoothAssignment, BoothAssignment.booth_id == Booth.id)
        .where(Fair.state == FairState.PUBLISHED, Fair.last_day >= clock.today(), BoothAssignment.state.in_(STANDING))
        .distinct()
        .order_by(Fair.slug, Booth.code)
    )
    yield from (f"/fairs/{slug}/booths/{quote(code, safe='')}" for slug, code in session.execute(taken))
