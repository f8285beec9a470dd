"""The products that the press names, registered as illustrative data with their sources."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from demonstration.made_up import MadeUpProducer
from demonstration.people import Cast
from events.places.locality import District
from exhibitors.producers.ocop_catalogue import CataloguedProduct, catalogued_products
from exhibitors.producers.producer import ProducerKind, ProductGroup
from exhibitors.producers.register_producer import add_product, register_producer
from foundation.actor import Actor, Role

KINDS = {
    "doanh nghiệp": ProducerKind.ENTERPRISE,
    "hợp tác xã": ProducerKind.COOPERATIVE,
    "tổ hợp tác": ProducerKind.COOPERATIVE_GROUP,
    "trang trại": ProducerKind.FARM,
    "hộ kinh doanh": ProducerKind.HOUSEHOLD,
}
UNNAMED = "Cơ sở tại {district} (báo chí không nêu tên)"
ALCOHOL = ("rượu", "bia", "vang")


def add_press_catalogue(session: Session, cast: Cast) -> list[MadeUpProducer]:
    """Every product of the catalogue under its producer; where the source names none, the producer says so."""
    groups = {group.key: group for group in session.scalars(select(ProductGroup))}
    districts = {district.name: district for district in session.scalars(select(District))}
    makers: dict[str, MadeUpProducer] = {}
    for item in catalogued_products():
        name = item.producer or UNNAMED.format(district=item.former_district)
        maker = makers.get(name)
        if maker is None:
            maker = makers[name] = _register(session, cast, name, item, districts.get(item.former_district))
        add_product(
            session,
            maker.actor,
            maker.producer,
            group_id=groups[item.group.key].id,
            name_vi=item.name_vi,
            stars=item.stars,
            is_alcohol=any(word in item.name_vi.lower().split() for word in ALCOHOL),
            source=item.source,
            is_demonstration=True,
        )
    return list(makers.values())


def _register(
    session: Session, cast: Cast, name: str, item: CataloguedProduct, district: District | None
) -> MadeUpProducer:
    producer = register_producer(
        session,
        None,
        user=cast.keeper,
        kind=KINDS.get(item.producer_kind, ProducerKind.OTHER),
        name_vi=name,
        district_id=district.id if district else None,
        place_outside="" if district else item.former_district,
        source=item.source,
        is_demonstration=True,
    )
    roles = {producer.organisation_id: Role.OWNER}
    return MadeUpProducer(producer, Actor(cast.keeper.id, cast.keeper.name, producer_roles=roles))
