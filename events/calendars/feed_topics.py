"""What a calendar can be narrowed to: a kind of fair, a locality, a former district, a venue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from events.calendars.fair_events import KINDS
from events.fairs.fair import Fair, FairKind, FairState, FairVenue
from events.places.locality import District, Locality
from events.places.venue import Venue
from foundation.bilingual import Bilingual
from foundation.folding import vietnamese_sort_key

IN = Bilingual("Hội chợ OCOP ở {}", "OCOP fairs in {}")
AT = Bilingual("Hội chợ OCOP tại {}", "OCOP fairs at {}")
OF_KIND = Bilingual("{} OCOP Quảng Ninh", "{}: OCOP in Quảng Ninh")


class Family(StrEnum):
    """The families of topics, as they stand in addresses."""

    KINDS = "kinds"
    LOCALITIES = "localities"
    DISTRICTS = "districts"
    VENUES = "venues"


@dataclass(frozen=True, slots=True)
class FeedTopic:
    """One narrowing; `label` is what it is, `title` the name of its calendar, `holds` the condition on fairs."""

    family: Family
    key: str
    label: Bilingual
    title: Bilingual
    holds: ColumnElement[bool]

    @property
    def path(self) -> str:
        """Where its feed lives, without the language."""
        return f"/calendar/{self.family.value}/{self.key}.ics"


def find_topic(session: Session, family: Family, key: str) -> FeedTopic | None:
    """The topic with this key: a kind, a locality's code, a former district's slug, a venue's number."""
    return _FINDERS[family](session, key)


def topics_in_use(session: Session) -> dict[Family, list[FeedTopic]]:
    """What can be chosen: every kind, and the places at which a public fair has been or will be."""
    places = select(FairVenue.venue_id).join(Fair, Fair.id == FairVenue.fair_id).where(Fair.state != FairState.DRAFT)
    venues = session.scalars(select(Venue).where(Venue.id.in_(places)).order_by(Venue.name_vi, Venue.id)).all()
    localities = {venue.locality_id: venue.locality for venue in venues}  # a venue is read with its place
    districts = {place.district_id: place.district for place in localities.values()}
    return {
        Family.KINDS: [_kind_topic(kind) for kind in FairKind],
        Family.DISTRICTS: [
            _district_topic(row) for row in sorted(districts.values(), key=lambda one: vietnamese_sort_key(one.name))
        ],
        Family.LOCALITIES: [
            _locality_topic(row)
            for row in sorted(localities.values(), key=lambda one: vietnamese_sort_key(one.short_name))
        ],
        Family.VENUES: [_venue_topic(row) for row in venues],
    }


def _find_kind(session: Session, key: str) -> FeedTopic | None:
    kind = next((kind for kind in FairKind if _hyphened(kind) == key), None)
    return _kind_topic(kind) if kind else None


def _find_locality(session: Session, key: str) -> FeedTopic | None:
    row = session.scalar(select(Locality).where(Locality.code == key))
    return _locality_topic(row) if row else None


def _find_district(session: Session, key: str) -> FeedTopic | None:
    row = session.scalar(select(District).where(District.slug == key))
    return _district_topic(row) if row else None


def _find_venue(session: Session, key: str) -> FeedTopic | None:
    # At most nine digits: what does not fit into the database's numbers is no venue.
    row = session.get(Venue, int(key)) if key.isascii() and key.isdecimal() and len(key) < 10 else None
    return _venue_topic(row) if row else None


_FINDERS: dict[Family, Callable[[Session, str], FeedTopic | None]] = {
    Family.KINDS: _find_kind,
    Family.LOCALITIES: _find_locality,
    Family.DISTRICTS: _find_district,
    Family.VENUES: _find_venue,
}


def _kind_topic(kind: FairKind) -> FeedTopic:
    label = KINDS[kind.value]
    return FeedTopic(Family.KINDS, _hyphened(kind), label, _titled(OF_KIND, label), Fair.kind == kind.value)


def _locality_topic(row: Locality) -> FeedTopic:
    holds = Fair.id.in_(_fairs_at(Venue.locality_id == row.id))
    return FeedTopic(Family.LOCALITIES, row.code, row.name, _titled(IN, row.name), holds)


def _district_topic(row: District) -> FeedTopic:
    name = Bilingual(row.name, row.name)
    holds = Fair.id.in_(_fairs_at(Venue.locality_id.in_(select(Locality.id).where(Locality.district_id == row.id))))
    return FeedTopic(Family.DISTRICTS, row.slug, name, _titled(IN, name), holds)


def _venue_topic(row: Venue) -> FeedTopic:
    holds = Fair.id.in_(_fairs_at(Venue.id == row.id))
    return FeedTopic(Family.VENUES, str(row.id), row.name, _titled(AT, row.name), holds)


def _fairs_at(condition: ColumnElement[bool]) -> Select[int]:
    return select(FairVenue.fair_id).join(Venue, Venue.id == FairVenue.venue_id).where(condition)


def _titled(frame: Bilingual, name: Bilingual) -> Bilingual:
    vi, en = (frame.local(language).replace("{}", name.local(language)) for language in ("vi", "en"))
    return Bilingual(vi, en)


def _hyphened(kind: FairKind) -> str:
    return kind.value.replace("_", "-")
