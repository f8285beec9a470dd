"""Brings the calendar entries of fairs up to date in the same transaction as whatever changed them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import Session, selectinload

from accounts.organisation import Organisation
from events.calendars.calendar_entry import CalendarEntry, EntryKind, entries_of
from events.calendars.fair_events import open_days, opening_of, whole_fair
from events.calendars.fair_places import places_of
from events.calendars.programme_events import happening_of
from events.calendars.public_address import public_host
from events.calendars.revised_entry import Both
from events.fairs.fair import ClosedDay, Fair, FairState, FairVenue
from events.fairs.fair_hours import FairHours
from events.places.locality import AdministrativeName, District, Locality
from events.places.venue import Venue
from events.programme.programme_item import ProgrammeItem, items_of
from foundation import clock
from foundation.bilingual import LANGUAGES
from foundation.database import Base
from foundation.revisions import follow_public_changes

OF_ALL_FAIRS = (Locality, District, AdministrativeName)
Key = tuple[str, date | int | None]
_PUBLIC_DAYS = (Fair.state != FairState.DRAFT) & Fair.first_day.is_not(None)


@follow_public_changes
def revise_changed(session: Session, changed: list[Base]) -> None:
    """Revise the entries of every fair that shows something of what changed."""
    touched = touches_fairs(changed)
    if touched is None:
        return
    in_calendars = _PUBLIC_DAYS | Fair.id.in_(select(CalendarEntry.fair_id))  # drafts cost nothing here
    for fair in session.scalars(_whole_fairs().where(touched, in_calendars)):
        revise_fair(session, fair)


def revise_all(session: Session) -> int:
    """Revise all entries, for a new address of the product or a new way of writing; answers how many changed."""
    before = {row.id: row.body_hash for row in session.scalars(select(CalendarEntry))}
    for fair in session.scalars(_whole_fairs()):
        revise_fair(session, fair)
    after = {row.id: row.body_hash for row in session.scalars(select(CalendarEntry))}
    return sum(before.get(key) != value for key, value in after.items())


def revise_fair(session: Session, fair: Fair) -> None:
    """Write what the fair says in calendars now; its revision grows only where an octet changed."""
    known = entries_of(session, fair.id)
    if not known and not _has_public_days(fair):
        return
    place_key = " ".join(str(place.venue_id) for place in fair.venues)
    items = [item for item in items_of(session, fair) if item.is_within_fair] if _has_public_days(fair) else []
    spots: dict[Key, str] = {(EntryKind.ITEM.value, item.id): item.place_vi for item in items}
    wanted = _entries_wanted(session, fair, known, items) if _has_public_days(fair) else {}
    for key, events in wanted.items():
        if key not in known:
            known[key] = _new_entry(fair, key, events["vi"].uid)
            session.add(known[key])
        known[key].bring_up_to_date(events, f"{place_key} {spots[key]}" if key in spots else place_key)
    for key, entry in known.items():
        if key not in wanted:
            entry.is_dropped = True
    session.flush()


def _has_public_days(fair: Fair) -> bool:
    return fair.state != FairState.DRAFT and fair.first_day is not None


def _new_entry(fair: Fair, key: Key, uid: str) -> CalendarEntry:
    moment, kind = clock.now(), key[0]
    return CalendarEntry(
        uid=uid,
        fair_id=fair.id,
        kind=kind,
        item_id=key[1] if kind == EntryKind.ITEM else None,
        is_dropped=True,
        sequence=-1,
        created_at=moment,
        last_modified=moment,
    )


def _entries_wanted(
    session: Session, fair: Fair, known: dict[Key, CalendarEntry], items: list[ProgrammeItem]
) -> dict[Key, Both]:
    places = places_of(session, fair)
    host = public_host()

    def uid_of(key: Key, made: str) -> str:
        return known[key].uid if key in known else f"{made}@{host}"

    whole: Key = (EntryKind.FAIR.value, None)
    whole_uid = uid_of(whole, f"su-kien-{fair.id}")
    wanted: dict[Key, Both] = {whole: {tongue: whole_fair(fair, whole_uid, places, tongue) for tongue in LANGUAGES}}
    key: Key
    for day in open_days(fair):
        key = (EntryKind.DAY.value, day)
        uid = uid_of(key, f"gio-{fair.id}-{day:%Y%m%d}")
        facts = {"uid": uid, "whole_uid": whole_uid}
        wanted[key] = {tongue: opening_of(fair, day, places=places, language=tongue, **facts) for tongue in LANGUAGES}
    for item in items:
        key = (EntryKind.ITEM.value, item.id)
        facts = {"uid": uid_of(key, f"chuong-trinh-{item.id}"), "whole_uid": whole_uid}
        wanted[key] = {tongue: happening_of(item, places=places, language=tongue, **facts) for tongue in LANGUAGES}
    return wanted


def touches_fairs(changed: Iterable[Base]) -> ColumnElement[bool] | None:
    """The condition on fairs that show something of what changed; none where no fair does."""
    ids: set[int] = set()
    venues: set[int] = set()
    organisations: set[int] = set()
    for thing in changed:
        if isinstance(thing, OF_ALL_FAIRS):
            return true()
        if isinstance(thing, Fair):
            ids.add(thing.id)
        elif isinstance(thing, FairVenue | ClosedDay | FairHours | ProgrammeItem):
            ids.add(thing.fair_id)
        elif isinstance(thing, Venue):
            venues.add(thing.id)
        elif isinstance(thing, Organisation):
            organisations.add(thing.id)
    conditions: list[ColumnElement[bool]] = []
    if ids:
        conditions.append(Fair.id.in_(ids))
    if organisations:
        conditions.append(Fair.organisation_id.in_(organisations))
    if venues:
        conditions.append(Fair.id.in_(select(FairVenue.fair_id).where(FairVenue.venue_id.in_(venues))))
    return or_(*conditions) if conditions else None


def _whole_fairs() -> Select[Fair]:
    """Fairs with their venues, closed days and organiser, read anew."""
    return (
        select(Fair)
        .options(
            selectinload(Fair.venues),
            selectinload(Fair.closed_days),
            selectinload(Fair.own_hours),
            selectinload(Fair.organisation),
        )
        .order_by(Fair.id)
        .execution_options(populate_existing=True)
    )
