"""Say which types of booth a fair offers, with size, kit, price and support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Required, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.fair import Fair
from events.floor_plans.booth_type import MOST_OPEN_SIDES, BoothType, BoothTypeKind
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.overtaken import say_anew
from foundation.refusal import Refused

LONGEST_SIDE_M = 50
MOST_BOOTHS = 100
MOST_TYPES = 30
HIGHEST_PRICE = 1_000_000_000
LONGEST_NAME = 120
LONGEST_KIT = 2000
TEXTS = ("name_vi", "name_en", "kit_vi", "kit_en")


class BoothTypeFacts(TypedDict, total=False):
    """What is said about a type; lengths in metres, money in whole đồng a booth; None means no size or no cap."""

    kind: Required[str]
    name_vi: Required[str]
    name_en: str
    width_m: float | None
    depth_m: float | None
    open_sides: int
    kit_vi: str
    kit_en: str
    price: int
    support_percent: int
    support_cap: int | None
    most_supported: int | None
    most_booths: int | None


DEFAULTS = BoothTypeFacts(
    kind=BoothTypeKind.STANDARD.value,
    name_vi="",
    name_en="",
    width_m=None,
    depth_m=None,
    open_sides=1,
    kit_vi="",
    kit_en="",
    price=0,
    support_percent=0,
    support_cap=None,
    most_supported=None,
    most_booths=None,
)

KIT = (
    "Vách ngăn cao 2,5 m, biển tên, 1 bàn, 2 ghế, đèn, 1 ổ cắm 220 V 500 W",
    "Partitions 2.5 m high, fascia board, 1 table, 2 chairs, lights, one 220 V 500 W socket",
)
USUAL_TYPES: tuple[BoothTypeFacts, ...] = (
    {
        "kind": "standard",
        "name_vi": "Gian tiêu chuẩn 3 × 3 m",
        "name_en": "Standard booth 3 × 3 m",
        "width_m": 3,
        "depth_m": 3,
        "open_sides": 1,
        "kit_vi": KIT[0],
        "kit_en": KIT[1],
    },
    {
        "kind": "corner",
        "name_vi": "Gian góc 3 × 3 m",
        "name_en": "Corner booth 3 × 3 m",
        "width_m": 3,
        "depth_m": 3,
        "open_sides": 2,
        "kit_vi": KIT[0],
        "kit_en": KIT[1],
    },
    {"kind": "raw_space", "name_vi": "Đất trống", "name_en": "Raw space", "open_sides": 4},
    {"kind": "locality_block", "name_vi": "Khu gian của địa phương", "name_en": "Locality block", "open_sides": 3},
    {"kind": "common_display", "name_vi": "Khu trưng bày chung", "name_en": "Common display", "open_sides": 4},
    {
        "kind": "food",
        "name_vi": "Gian ẩm thực 3 × 3 m",
        "name_en": "Food booth 3 × 3 m",
        "width_m": 3,
        "depth_m": 3,
        "open_sides": 1,
    },
)  # fmt: skip - read as a table; sizes and kit as at real fairs, prices are the organiser's


def add_booth_type(session: Session, actor: Actor, fair: Fair, **facts: Unpack[BoothTypeFacts]) -> BoothType:
    """One more type, last in the list. Refuses as `_columns` does, `booth_type_taken` and `too_many_booth_types`."""
    columns = _columns(facts)
    _lock(session, fair)
    last, count = session.execute(
        select(func.max(BoothType.position), func.count(BoothType.id)).where(BoothType.fair_id == fair.id)
    ).one()
    if count >= MOST_TYPES:
        raise Refused("too_many_booth_types", most=MOST_TYPES)
    _refuse_taken_name(session, fair, str(columns["name_vi"]))
    booth_type = BoothType(fair=fair, position=(last or 0) + 1, **columns)
    session.add(booth_type)
    session.flush()
    record(session, actor, "booth_type.add", booth_type, fair_id=fair.id, new=columns)
    return booth_type


def add_usual_types(session: Session, actor: Actor, fair: Fair) -> list[BoothType]:
    """The six types of most fairs, without price; those whose name is there already are left out."""
    present = set(session.scalars(select(BoothType.name_vi).where(BoothType.fair_id == fair.id)))
    return [add_booth_type(session, actor, fair, **facts) for facts in USUAL_TYPES if facts["name_vi"] not in present]


def change_booth_type(
    session: Session, actor: Actor, booth_type: BoothType, seen: int | None = None, **facts: Unpack[BoothTypeFacts]
) -> BoothType:
    """Replace all that version `seen` says about a type. Refuses as `add_booth_type` and `say_anew`."""
    columns = _columns(facts)
    _lock(session, booth_type.fair)
    if columns["name_vi"] != booth_type.name_vi:
        _refuse_taken_name(session, booth_type.fair, str(columns["name_vi"]))
    before, after = say_anew(session, booth_type, columns, seen)
    if after:
        session.flush()
        record(session, actor, "booth_type.change", booth_type, fair_id=booth_type.fair_id, old=before, new=after)
    return booth_type


def remove_booth_type(session: Session, actor: Actor, booth_type: BoothType) -> None:
    """Take a type off the list. Refuses `booth_type_in_use` while booths or applications name it."""
    fair_id, name = booth_type.fair_id, booth_type.name_vi
    try:
        with session.begin_nested():
            session.delete(booth_type)
            session.flush()
    except IntegrityError as error:
        raise Refused("booth_type_in_use", name=name) from error
    record(session, actor, "booth_type.remove", booth_type, fair_id=fair_id, old={"name_vi": name})


@copies_with_edition(Stage.FAIR)
def copy_booth_types(edition: Edition) -> None:
    """The next edition offers the same types; before its plan, so that copied booths name the copies."""
    edition.copy_all(BoothType, BoothType.fair_id == edition.source.id)


def _columns(facts: BoothTypeFacts) -> dict[str, object]:
    """The values of the columns, checked.

    Refuses booth_type_name_missing, booth_type_text_too_long, booth_type_kind_unknown, booth_type_size_wrong,
    open_sides_wrong, booth_price_wrong, support_percent_wrong and booth_cap_wrong.
    """
    for fault in booth_type_faults(facts):
        raise fault
    said: BoothTypeFacts = {**DEFAULTS, **facts}
    return {
        "kind": said["kind"],
        **_words(said),
        "width_cm": _cm(said["width_m"]),
        "depth_cm": _cm(said["depth_m"]),
        "open_sides": said["open_sides"],
        "price": said["price"],
        "support_percent": said["support_percent"],
        "support_cap": said["support_cap"],
        "most_supported": said["most_supported"],
        "most_booths": said["most_booths"],
    }


def booth_type_faults(facts: BoothTypeFacts) -> Iterator[Refused]:
    """All that is wrong with what is said, field by field: the codes that `_columns` names."""
    said: BoothTypeFacts = {**DEFAULTS, **facts}
    if said["kind"] not in set(BoothTypeKind):
        yield Refused("booth_type_kind_unknown", kind=said["kind"])
    words = _words(said)
    if not words["name_vi"]:
        yield Refused("booth_type_name_missing")
    for name, text in words.items():
        most = LONGEST_NAME if name.startswith("name") else LONGEST_KIT
        if len(text) > most:
            yield Refused("booth_type_text_too_long", field=name, most=most)
    yield from _wrong_numbers(said)


def _wrong_numbers(said: BoothTypeFacts) -> Iterator[Refused]:
    sides = (said["width_m"], said["depth_m"])
    outside = any(side is not None and not 0.1 <= side <= LONGEST_SIDE_M for side in sides)
    if outside or sides.count(None) == 1:
        yield Refused("booth_type_size_wrong", most=LONGEST_SIDE_M)
    if not 0 <= said["open_sides"] <= MOST_OPEN_SIDES:
        yield Refused("open_sides_wrong", most=MOST_OPEN_SIDES)
    for name, money in (("price", said["price"]), ("support_cap", said["support_cap"])):
        if money is not None and not 0 <= money <= HIGHEST_PRICE:
            yield Refused("booth_price_wrong", field=name)
    if not 0 <= said["support_percent"] <= 100:
        yield Refused("support_percent_wrong")
    for name, cap, least in (("most_supported", said["most_supported"], 0), ("most_booths", said["most_booths"], 1)):
        if cap is not None and not least <= cap <= MOST_BOOTHS:
            yield Refused("booth_cap_wrong", field=name, least=least, most=MOST_BOOTHS)


def _words(said: BoothTypeFacts) -> dict[str, str]:
    texts = {name: said[name] for name in TEXTS}  # type: ignore[literal-required]  # the four names of texts
    return {name: nfc(str(text).strip()) for name, text in texts.items()}


def _refuse_taken_name(session: Session, fair: Fair, name_vi: str) -> None:
    taken = select(BoothType.id).where(BoothType.fair_id == fair.id, BoothType.name_vi == name_vi)
    if session.scalar(taken) is not None:
        raise Refused("booth_type_taken", name=name_vi)


def _lock(session: Session, fair: Fair) -> None:
    """One at a time for each fair, so that two who add the same name get a sentence instead of an error."""
    session.flush()
    session.scalar(select(Fair.id).where(Fair.id == fair.id).with_for_update())


def _cm(metres: float | None) -> int | None:
    return None if metres is None else round(metres * 100)
