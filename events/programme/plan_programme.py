"""Enter, change and take out the items of a fair's programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Required, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.edition_dates import EditionDate, dates_with_edition
from events.fairs.fair import Fair
from events.programme.programme_item import ItemKind, ProgrammeItem, items_of
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.folding import nfc
from foundation.overtaken import say_anew
from foundation.refusal import Refused

MOST_ITEMS = 300
LONGEST = {"title_vi": 160, "title_en": 160, "place_vi": 120, "place_en": 120, "text_vi": 2000, "text_en": 2000}


class ItemFacts(TypedDict, total=False):
    """What is said about an item; hours in Vietnam's time, `ends_at` None when the end is not known."""

    kind: Required[str]
    day: Required[date]
    starts_at: Required[time]
    ends_at: time | None
    title_vi: Required[str]
    title_en: str
    place_vi: str
    place_en: str
    text_vi: str
    text_en: str
    is_cancelled: bool


def add_item(session: Session, actor: Actor, fair: Fair, **facts: Unpack[ItemFacts]) -> ProgrammeItem:
    """One more item. Refuses the first of `item_faults`, `programme_item_twice` and `programme_too_long`."""
    columns = _columns(fair, facts)
    _lock(session, fair)
    present = select(func.count(ProgrammeItem.id)).where(ProgrammeItem.fair_id == fair.id)
    if (session.scalar(present.where(ProgrammeItem.is_removed.is_(False))) or 0) >= MOST_ITEMS:
        raise Refused("programme_too_long", most=MOST_ITEMS)
    _refuse_twice(session, fair, columns, None)
    item = ProgrammeItem(fair=fair, **columns)
    session.add(item)
    session.flush()
    record(session, actor, "programme_item.add", item, fair_id=fair.id, new=_for_audit(columns))
    return item


def change_item(
    session: Session, actor: Actor, item: ProgrammeItem, seen: int | None = None, **facts: Unpack[ItemFacts]
) -> ProgrammeItem:
    """Replace everything said about an item as its version `seen` said it, `is_cancelled` too.

    Refuses as `add_item` and `say_anew`.
    """
    columns = _columns(item.fair, facts)
    _lock(session, item.fair)
    _refuse_twice(session, item.fair, columns, item.id)
    before, after = say_anew(session, item, columns, seen)
    if after:
        session.flush()
        before, after = _for_audit(before), _for_audit(after)
        record(session, actor, "programme_item.change", item, fair_id=item.fair_id, old=before, new=after)
    return item


def remove_item(session: Session, actor: Actor, item: ProgrammeItem) -> None:
    """Take out what was entered by mistake; what visitors were told is better cancelled."""
    item.is_removed = True
    session.flush()
    record(session, actor, "programme_item.remove", item, fair_id=item.fair_id, old={"title_vi": item.title_vi})


def item_faults(fair: Fair, facts: ItemFacts) -> Iterator[Refused]:
    """All that is wrong with what is said, field by field."""
    if facts["kind"] not in set(ItemKind):
        yield Refused("programme_kind_unknown", kind=facts["kind"])
    texts = _texts(facts)
    if not texts["title_vi"]:
        yield Refused("programme_title_missing")
    for name, words in texts.items():
        if len(words) > LONGEST[name]:
            yield Refused("programme_text_too_long", field=name, most=LONGEST[name])
    if fair.first_day is None or fair.last_day is None:
        yield Refused("programme_needs_days")
    elif not fair.first_day <= facts["day"] <= fair.last_day:
        yield Refused("programme_day_outside", first_day=fair.first_day, last_day=fair.last_day)
    elif facts["day"] in fair.days_shut:
        yield Refused("programme_day_closed", day=facts["day"])
    ends_at = facts.get("ends_at")
    if ends_at is not None and ends_at <= facts["starts_at"]:
        yield Refused("programme_ends_before_start")


@dates_with_edition
def days_of_programme(session: Session, fair: Fair) -> Iterator[EditionDate]:
    """The day of every item that is not cancelled."""
    live = (item for item in items_of(session, fair) if not item.is_cancelled)
    yield from (EditionDate("programme_item", item.day, Bilingual(item.title_vi, item.title_en)) for item in live)


@copies_with_edition(Stage.FAIR)
def copy_programme(edition: Edition) -> None:
    """The next edition begins with the same items on its own days; what was cancelled is not taken over."""
    live = [item for item in items_of(edition.session, edition.source) if not item.is_cancelled]
    # two days may fall on one lunar day: what is on both days at one hour is on once
    once = {(edition.moved(item.day), item.starts_at, item.title_vi): item.id for item in live}
    edition.copy_all(ProgrammeItem, ProgrammeItem.id.in_(once.values()))


def _columns(fair: Fair, facts: ItemFacts) -> dict[str, object]:
    for fault in item_faults(fair, facts):
        raise fault
    return {
        "kind": facts["kind"],
        "day": facts["day"],
        "starts_at": facts["starts_at"],
        "ends_at": facts.get("ends_at"),
        **_texts(facts),
        "is_cancelled": facts.get("is_cancelled", False),
    }


def _texts(facts: ItemFacts) -> dict[str, str]:
    return {name: nfc(str(facts.get(name) or "").strip()) for name in LONGEST}


def _refuse_twice(session: Session, fair: Fair, columns: dict[str, object], own_id: int | None) -> None:
    same = (
        ProgrammeItem.fair_id == fair.id,
        ProgrammeItem.is_removed.is_(False),
        ProgrammeItem.day == columns["day"],
        ProgrammeItem.starts_at == columns["starts_at"],
        ProgrammeItem.title_vi == columns["title_vi"],
    )
    twin = session.scalar(select(ProgrammeItem.id).where(*same))
    if twin not in {None, own_id}:
        raise Refused("programme_item_twice", title=columns["title_vi"])


def _lock(session: Session, fair: Fair) -> None:
    """One at a time for each fair, so that two who enter the same thing get a sentence instead of an error."""
    session.flush()
    session.scalar(select(Fair.id).where(Fair.id == fair.id).with_for_update())


def _for_audit(values: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date | time) else value for name, value in values.items()}
