"""Register a producer's unit with its products, and keep the facts of both true."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Required, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.join_organisation import found_organisation
from accounts.organisation import Membership, OrganisationKind
from accounts.user import User
from events.places.directions import refuse_point_outside
from exhibitors.producers.barcode import normalise_barcode
from exhibitors.producers.certificate_life import certificate_end, refuse_issued_later
from exhibitors.producers.former_unit import FormerUnit
from exhibitors.producers.phone import normalise_phone
from exhibitors.producers.producer import (
    AwardKind,
    Producer,
    ProducerKind,
    Product,
    ProductGroup,
    ProductSubgroup,
    RankLevel,
)
from exhibitors.producers.product_removal import ask_objectors
from exhibitors.producers.tax_code import normalise_tax_code
from exhibitors.producers.web_address import web_address
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc, organisation_sort_key, slugify
from foundation.overtaken import refuse_overtaken, version_of_facts
from foundation.page_changes import PageFamily, pages_changed
from foundation.refusal import Refused

LONGEST_STORY = 8000
WITHOUT_GOODS = frozenset({"tourism"})
"""Groups whose products may be shown at a fair without goods."""


class ProducerFacts(TypedDict, total=False):
    """What a unit says about itself; a fact left out stays as it is (empty for a new unit)."""

    kind: Required[str]
    name_vi: Required[str]
    name_en: str
    tax_code: str
    locality_id: int | None
    district_id: int | None
    place_outside: str
    address: str
    contact_person: str
    contact_phone: str
    contact_email: str
    person_is_public: bool
    phone_is_public: bool
    email_is_public: bool
    address_is_public: bool
    website: str
    shop_url: str
    social_url: str
    wants_calls: bool
    wants_warnings: bool
    story_vi: str
    story_en: str
    latitude: float | None
    longitude: float | None
    point_is_public: bool
    source: str


class ProductFacts(TypedDict, total=False):
    """What a unit says about a product; a fact left out stays as it is (empty for a new product)."""

    group_id: Required[int]
    subgroup_id: int | None
    is_service: bool
    name_vi: Required[str]
    name_en: str
    stars: int | None
    certificate_number: str
    certificate_issuer: str
    certificate_issued_on: date | None
    certificate_expires_on: date | None
    rank_level: str
    award_kind: str
    renewal_under_way: bool
    price: int | None
    pack: str
    barcode: str
    is_alcohol: bool
    alcohol_degrees: float | None
    is_export_ready: bool
    source: str


def register_producer(
    session: Session, actor: Actor | None, *, user: User, is_demonstration: bool = False, **facts: Unpack[ProducerFacts]
) -> Producer:
    """Make the unit, its organisation and the person's ownership; sending the same form twice gives one unit.

    Without an actor the person registers for themselves.
    Refuses `producer_kind_unknown`, `producer_name_missing`, `tax_code_form`, `phone_form`, `web_address_form`,
    `story_too_long` and `point_outside`.
    """
    session.scalar(select(User.id).where(User.id == user.id).with_for_update())
    known = _own_producer_named(session, user, facts["name_vi"])
    if known is not None:
        return known
    organisation = found_organisation(
        session,
        user,
        kind=OrganisationKind.PRODUCER,
        name_vi=_clean(facts["name_vi"]),
        name_en=_clean(facts.get("name_en", "")),
        is_demonstration=is_demonstration,
    )
    producer = Producer(
        organisation=organisation,
        slug=_free_slug(session, facts["name_vi"]),
        created_at=clock.now(),
        is_demonstration=is_demonstration,
    )
    take_unit_facts(producer, facts)
    session.add(producer)
    session.flush()
    actor = actor or Actor(user_id=user.id, name=user.name)
    record(session, actor, "producer.register", producer, new={"kind": producer.kind, "name": producer.name_vi})
    return producer


def change_producer(
    session: Session,
    actor: Actor,
    producer: Producer,
    *,
    expected_version: int | None = None,
    **facts: Unpack[ProducerFacts],
) -> Producer:
    """Change the unit's facts.

    Refuses as `register_producer` does, and `changed_meanwhile` when the version is not the expected one.
    """
    session.refresh(producer, with_for_update={"of": Producer})
    if expected_version is not None and producer.version != expected_version:
        raise Refused("changed_meanwhile", version=producer.version)
    before = {name: getattr(producer, name) for name in facts}
    take_unit_facts(producer, facts)
    producer.organisation.name_vi = producer.name_vi
    producer.organisation.name_en = producer.name_en
    changed = sorted(name for name, old in before.items() if getattr(producer, name) != old)
    if changed:
        # Names of facts only: values may be contacts or a personal number.
        record(session, actor, "producer.change", producer, new={"changed": changed})
        session.flush()
    return producer


def add_product(
    session: Session, actor: Actor, producer: Producer, *, is_demonstration: bool = False, **facts: Unpack[ProductFacts]
) -> Product:
    """Enter a product; without an end its certificate holds for 36 months (price in whole đồng).

    Refuses `product_name_missing`, `product_group_unknown`, `stars_unknown`, `price_negative`,
    `certificate_days_wrong`, `certificate_issued_later`, `barcode_form`, `barcode_check`, `alcohol_degrees_wrong`,
    `award_unknown`, `subgroup_elsewhere` and `service_of_tourism`.
    """
    product = Product(producer=producer, is_demonstration=is_demonstration)
    with session.no_autoflush:
        take_product_facts(session, product, facts)
    session.add(product)
    session.flush()
    record(session, actor, "product.add", product, new={"name": product.name_vi, "producer": producer.id})
    return product


def product_version(product: Product) -> int:
    """Another number when other facts are said about it."""
    return version_of_facts(*(getattr(product, name) for name in ProductFacts.__annotations__))


def change_product(
    session: Session,
    actor: Actor,
    product: Product,
    *,
    expected_version: int | None = None,
    **facts: Unpack[ProductFacts],
) -> Product:
    """Change what is said about a product; refuses as `add_product` does, and `set_up_changed_meanwhile` when something
    else than in the expected version (`product_version`) is said by now.
    """
    session.refresh(product, with_for_update={"of": Product})
    present, before = product_version(product), {name: getattr(product, name) for name in facts}
    with session.no_autoflush:
        take_product_facts(session, product, facts)
    changed = sorted(name for name, old in before.items() if getattr(product, name) != old)
    if changed:
        refuse_overtaken(present, expected_version)
        record(session, actor, "product.change", product, new={"changed": changed})
        session.flush()
    return product


def remove_product(session: Session, actor: Actor, product: Product) -> None:
    """Take a product off the unit's list; refuses what the floors above object to (`product_in_use`)."""
    ask_objectors(session, product)
    record(session, actor, "product.remove", product, old={"name": product.name_vi, "stars": product.stars})
    pages_changed(session, PageFamily.PRODUCER, [product.producer_id])
    product.producer.products.remove(product)
    session.flush()


def take_product_facts(session: Session, product: Product, facts: ProductFacts) -> None:
    """Write facts down on a product; refuses as `add_product` does."""
    group = session.get(ProductGroup, facts["group_id"])
    if group is None:
        raise Refused("product_group_unknown")
    if not _clean(facts["name_vi"]):
        raise Refused("product_name_missing")
    for name, value in facts.items():
        setattr(product, name, _clean(value) if isinstance(value, str) else value)
    product.group = group
    _place_in_group(session, product)
    if product.stars is not None and not 1 <= product.stars <= 5:
        raise Refused("stars_unknown", stars=product.stars)
    if product.price is not None and product.price < 0:
        raise Refused("price_negative")
    product.barcode = normalise_barcode(product.barcode or "")
    degrees = product.alcohol_degrees
    if degrees is not None and not 0 < degrees < 100:
        raise Refused("alcohol_degrees_wrong")
    product.is_alcohol = bool(product.is_alcohol or degrees)
    if (product.rank_level or "") not in {"", *RankLevel} or (product.award_kind or "") not in {"", *AwardKind}:
        raise Refused("award_unknown")
    issued, expires = product.certificate_issued_on, product.certificate_expires_on
    if issued is not None and expires is None:
        product.certificate_expires_on = certificate_end(issued)
    if issued is not None and expires is not None and expires <= issued:
        raise Refused("certificate_days_wrong")
    refuse_issued_later(facts.get("certificate_issued_on"))


def _place_in_group(session: Session, product: Product) -> None:
    """Sub-groups belong to their group; only tourism comes without goods."""
    subgroup = session.get(ProductSubgroup, product.subgroup_id) if product.subgroup_id is not None else None
    if (product.subgroup_id is None) != (subgroup is None) or (subgroup and subgroup.group_id != product.group.id):
        raise Refused("subgroup_elsewhere")
    product.subgroup = subgroup
    if product.is_service and product.group.key not in WITHOUT_GOODS:
        raise Refused("service_of_tourism")


def take_unit_facts(producer: Producer, facts: ProducerFacts) -> None:
    """Write facts down on a unit; refuses as `register_producer` does."""
    if facts["kind"] not in list(ProducerKind):
        raise Refused("producer_kind_unknown", kind=facts["kind"])
    if not _clean(facts["name_vi"]):
        raise Refused("producer_name_missing")
    for name, value in facts.items():
        setattr(producer, name, _clean(value) if isinstance(value, str) else value)
    if max(len(producer.story_vi or ""), len(producer.story_en or "")) > LONGEST_STORY:
        raise Refused("story_too_long", most=LONGEST_STORY)
    refuse_point_outside(producer.point)
    for name in ("website", "shop_url", "social_url"):
        setattr(producer, name, web_address(getattr(producer, name) or ""))
    producer.tax_code = normalise_tax_code(producer.tax_code or "")
    producer.contact_phone = normalise_phone(producer.contact_phone or "")
    producer.sort_key = organisation_sort_key(producer.name_vi)
    if producer.locality_id is not None:
        producer.place_outside = ""


def _clean(text: str) -> str:
    return nfc(text.strip())


def _own_producer_named(session: Session, user: User, name_vi: str) -> Producer | None:
    return session.scalar(
        select(Producer)
        .join(Membership, Membership.organisation_id == Producer.organisation_id)
        .where(Membership.user_id == user.id, Producer.name_vi == _clean(name_vi))
    )


def _free_slug(session: Session, name: str) -> str:
    stem = slugify(name) or "co-so"
    taken = {
        slug
        for column in (Producer.slug, FormerUnit.slug)
        for slug in session.scalars(select(column).where(column.startswith(stem, autoescape=True)))
    }
    return next(slug for number in count(1) if (slug := stem if number == 1 else f"{stem}-{number}") not in taken)
