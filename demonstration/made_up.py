"""Producers and products beyond the press catalogue: names that nobody can take for real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.user import User
from events.places.locality import Locality
from exhibitors.producers.producer import Producer, ProducerKind, ProductGroup
from exhibitors.producers.register_producer import add_product, register_producer
from foundation.actor import Actor, Role

KINDS = {
    ProducerKind.COOPERATIVE: "HTX",
    ProducerKind.HOUSEHOLD: "Hộ kinh doanh",
    ProducerKind.ENTERPRISE: "Công ty TNHH",
    ProducerKind.COOPERATIVE_GROUP: "Tổ hợp tác",
}
WORDS = ("Sóng Biếc", "Núi Mây", "Đảo Xanh", "Nắng Sớm", "Thuyền Nan", "Hoa Ban", "Rừng Hồi", "Suối Trong")
GOODS: dict[str, tuple[str, ...]] = {
    "food": ("Miến dong", "Chả mực", "Trứng vịt", "Mật ong", "Nem chua", "Sá sùng khô", "Gà đồi", "Bánh gai"),
    "drinks": ("Trà hoa vàng", "Nước khoáng", "Trà gạo lứt"),
    "herbs": ("Tinh dầu hồi", "Dầu sở", "Cao ba kích"),
    "handicrafts": ("Gốm trang trí", "Ngọc trai", "Đồ than đá"),
}


@dataclass(frozen=True, slots=True)
class MadeUpProducer:
    """A unit of the demonstration with the actor who files for it."""

    producer: Producer
    actor: Actor


def make_up_producers(session: Session, keeper: User, count: int, random: Random, day: date) -> list[MadeUpProducer]:
    """Register `count` made-up units with one or two products each, certificates valid around `day`."""
    localities = list(session.scalars(select(Locality).order_by(Locality.code)))
    groups = [group for group in session.scalars(select(ProductGroup).order_by(ProductGroup.id)) if group.key in GOODS]
    first = session.scalar(select(func.count(Producer.id))) or 0
    made = []
    for number in range(first + 1, first + count + 1):
        maker = _make_up_unit(session, keeper, number, random, random.choice(localities))
        for group in random.sample(groups, k=random.choice((1, 1, 2))):
            _make_up_product(session, maker, group, random, day)
        made.append(maker)
    return made


def enter_food(session: Session, maker: MadeUpProducer, name: str, *, stars: int, issued_on: date) -> None:
    """A rated food of an account that people sign in with; its certificate names nobody."""
    food = session.scalars(select(ProductGroup).where(ProductGroup.key == "food")).one()
    add_product(
        session,
        maker.actor,
        maker.producer,
        group_id=food.id,
        name_vi=name,
        stars=stars,
        certificate_number="MH-0000",
        certificate_issuer="Nơi cấp minh họa",
        certificate_issued_on=issued_on,
        is_demonstration=True,
    )


def _make_up_unit(session: Session, keeper: User, number: int, random: Random, locality: Locality) -> MadeUpProducer:
    kind, prefix = random.choice(list(KINDS.items()))
    producer = register_producer(
        session,
        None,
        user=keeper,
        kind=kind,
        name_vi=f"{prefix} Minh Họa {random.choice(WORDS)} {number}",
        locality_id=locality.id,
        contact_person="Người minh họa",
        contact_email=keeper.email,
        is_demonstration=True,
    )
    roles = {producer.organisation_id: Role.OWNER}
    return MadeUpProducer(producer, Actor(keeper.id, keeper.name, producer_roles=roles))


def _make_up_product(session: Session, maker: MadeUpProducer, group: ProductGroup, random: Random, day: date) -> None:
    number = maker.producer.id
    add_product(
        session,
        maker.actor,
        maker.producer,
        group_id=group.id,
        name_vi=f"{random.choice(GOODS[group.key])} Minh Họa {number}",
        stars=random.choice((3, 3, 3, 4, 4, 5)),
        certificate_number=f"MH-{number:04d}",
        certificate_issuer="Nơi cấp minh họa",
        certificate_issued_on=day - timedelta(days=random.randint(30, 1000)),
        is_demonstration=True,
    )
