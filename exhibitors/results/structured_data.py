"""Fairs, producers and products as schema.org says them, for search engines (JSON-LD).

Alcohol is never offered to them (Law on prevention of alcohol harm, articles 11 and 12).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from events.calendars.public_address import public_address
from events.fairs.fair import Fair, FairState
from events.fairs.fair_gallery import FairPicture
from events.programme.programme_item import ProgrammeItem
from exhibitors.allocation.exhibitor_directory import Exhibitor
from exhibitors.producers.producer import Producer, Product
from exhibitors.results.gallery import PictureOwner, ShownPicture
from exhibitors.results.show_fair import ShownVenue
from exhibitors.results.where_sold import Stand
from foundation.bilingual import Language
from foundation.clock import VIETNAM, local_moment

CONTEXT = "https://schema.org"
STATUS = {FairState.CANCELLED: "EventCancelled", FairState.POSTPONED: "EventPostponed"}


def web_site(language: Language) -> dict[str, Any]:
    """The whole site with its search, for the first page."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "Gian Hàng",
        "url": public_address("/", language),
        "inLanguage": language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": public_address("/search", language) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def fair_event(
    fair: Fair,
    venues: Sequence[ShownVenue],
    programme: Iterable[tuple[date, Iterable[ProgrammeItem]]],
    language: Language,
    pictures: Iterable[FairPicture] = (),
) -> dict[str, Any]:
    """A fair as an Event from its first opening to its last closing, with its programme (days and their items)
    and its pictures.

    One whose days nobody knows begins in its month or its year, and no end is said.
    """
    places = [_place(venue, language) for venue in venues if not venue.is_again]
    happenings = [_happening(item, places, language) for _, items in programme for item in items]
    preview = public_address(f"/fairs/{fair.slug}/preview.png", language)
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": fair.name.local(language),
        "url": public_address(f"/fairs/{fair.slug}", language),
        "inLanguage": language,
        "description": fair.summary.local(language) or fair.name.local(language),
        **_span(fair),
        "eventStatus": f"{CONTEXT}/{STATUS.get(FairState(fair.state), 'EventScheduled')}",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "organizer": {"@type": "Organization", "name": fair.organisation.name.local(language)},
        "isAccessibleForFree": True,
        "image": [preview, *(_large(picture.file.key) for picture in pictures)],
    }
    return data | {name: rows for name, rows in (("location", places), ("subEvent", happenings)) if rows}


def plan_map(fair: Fair, venues: Sequence[ShownVenue], language: Language) -> dict[str, Any]:
    """The plan of a fair's booths as a Map of the Event."""
    return {
        "@context": CONTEXT,
        "@type": "Map",
        "mapType": f"{CONTEXT}/VenueMap",
        "name": fair.name.local(language),
        "url": public_address(f"/fairs/{fair.slug}/plan", language),
        "inLanguage": language,
        "about": _without_context(fair_event(fair, venues, (), language)),
    }


def booth_page(
    fair: Fair, venues: Sequence[ShownVenue], code: str, units: Sequence[Exhibitor], language: Language
) -> dict[str, Any]:
    """The page of a booth, with the Event it is at and who stands there now."""
    address = public_address(f"/fairs/{fair.slug}/booths/{quote(code, safe='')}", language)
    fair_itself = _without_context(fair_event(fair, venues, (), language))
    holders = [
        {
            "@type": "Organization",
            "name": unit.name.local(language),
            "url": public_address(f"/producers/{unit.slug}", language),
        }
        for unit in units
    ]
    data = {
        "@context": CONTEXT,
        "@type": "WebPage",
        "name": f"{code}, {fair.name.local(language)}",
        "url": address,
        "inLanguage": language,
        "about": fair_itself,
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": fair.name.local(language), "item": fair_itself["url"]},
                {"@type": "ListItem", "position": 2, "name": code, "item": address},
            ],
        },
    }
    return data | ({"mainEntity": holders} if holders else {})


def image_object(picture: ShownPicture, page: str, of: PictureOwner, language: Language) -> dict[str, Any]:
    """One picture with its words; `page` is the path of its own page."""
    width, height = picture.file.pixels_of("large")
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "ImageObject",
        "url": public_address(page, language),
        "contentUrl": _large(picture.file.key),
        "thumbnailUrl": public_address(f"/files/{picture.file.key}/small"),
        "caption": picture.alt.local(language),
        "width": width,
        "height": height,
        "inLanguage": language,
        "about": {"@type": of.type, "name": of.name.local(language), "url": public_address(of.path, language)},
    }
    return data | ({"creditText": picture.credit} if picture.credit else {})


def producer_organisation(producer: Producer, stands: Sequence[Stand], language: Language) -> dict[str, Any]:
    """A producer with its coming stands; the phone only where the producer made it public."""
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": producer.name.local(language),
        "url": public_address(f"/producers/{producer.slug}", language),
        "address": {"@type": "PostalAddress", "addressLocality": producer.place, "addressCountry": "VN"},
        "event": [_stand(stand, language) for stand in stands if stand.first_day and stand.last_day],
    }
    is_public = producer.phone_is_public and producer.contact_phone
    return data | ({"telephone": producer.contact_phone} if is_public else {})


def product_item(product: Product, language: Language) -> dict[str, Any] | None:
    """A product with its OCOP stars as an award; no price, for nothing is sold here. Nothing for alcohol."""
    if product.is_alcohol:
        return None
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": product.name.local(language),
        "url": public_address(f"/products/{product.id}", language),
        "category": product.group.name.local(language),
        "brand": {"@type": "Brand", "name": product.producer.name.local(language)},
    }
    return data | ({"award": f"OCOP {product.stars} sao"} if product.stars else {})


def _span(fair: Fair) -> dict[str, str]:
    if fair.first_day is None or fair.last_day is None:
        return {"startDate": f"{fair.year}-{fair.month:02}" if fair.month else str(fair.year)}
    return {
        "startDate": _moment(local_moment(fair.first_day, fair.hours_on(fair.first_day)[0])),
        "endDate": _moment(local_moment(fair.last_day, fair.hours_on(fair.last_day)[1])),
    }


def _without_context(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "@context"}


def _large(key: str) -> str:
    return public_address(f"/files/{key}/large")


def _stand(stand: Stand, language: Language) -> dict[str, Any]:
    return {
        "@type": "Event",
        "name": stand.fair_name.local(language),
        "url": public_address(f"/fairs/{stand.fair_slug}", language),
        "eventStatus": f"{CONTEXT}/{STATUS.get(FairState(stand.fair_state), 'EventScheduled')}",
        "startDate": f"{stand.first_day:%Y-%m-%d}",
        "endDate": f"{stand.last_day:%Y-%m-%d}",
        "location": {"@type": "Place", "name": stand.venue.local(language), "address": stand.venue.local(language)},
    }


def _happening(item: ProgrammeItem, places: Sequence[dict[str, Any]], language: Language) -> dict[str, Any]:
    status = "EventCancelled" if item.is_cancelled else "EventScheduled"
    data: dict[str, Any] = {
        "@type": "Event",
        "name": item.title.local(language),
        "startDate": _moment(local_moment(item.day, item.starts_at)),
        "eventStatus": f"{CONTEXT}/{status}",
    }
    if item.ends_at:
        data["endDate"] = _moment(local_moment(item.day, item.ends_at))
    if places:
        data["location"] = places[0] | ({"name": spot} if (spot := item.place.local(language)) else {})
    return data


def _place(venue: ShownVenue, language: Language) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue.address,
        "addressLocality": venue.place.local(language),
        "addressCountry": "VN",
    }
    place: dict[str, Any] = {"@type": "Place", "name": venue.name.local(language), "address": address}
    if venue.point:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.point[0], "longitude": venue.point[1]}
    return place


def _moment(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).isoformat(timespec="minutes")  # as people there read it
