"""Twenty thousand products of two thousand producers, written in bulk: the ground that search is measured on."""

from __future__ import annotations

from itertools import count
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from accounts.organisation import Organisation, OrganisationKind
from events.places.locality import District, Locality
from exhibitors.producers.producer import Producer, ProducerKind, Product, ProductGroup
from foundation import clock
from foundation.folding import expand_abbreviations, organisation_sort_key, slugify
from foundation.known_words import remember_words
from tests.benchmarks.fresh_statistics import gather_statistics

PRODUCTS = 20_000
PRODUCERS = 2_000
FORMS = ("HTX", "Hộ kinh doanh", "Công ty TNHH", "Công ty CP", "Tổ hợp tác")
FAMILIES = ("Đình Trung", "Hải Yến", "Bình Minh", "An Nhiên", "Thành Công", "Quyết Tiến", "Hồng Hạnh", "Phương Đông")
GOODS = (
    "Miến dong", "Chả mực", "Nước mắm", "Trà hoa vàng", "Mật ong rừng", "Ruốc hàu", "Gà đồi", "Trứng vịt biển",
    "Sá sùng khô", "Nem chua", "Bánh gio", "Gạo nếp", "Rượu ba kích", "Tinh dầu hồi", "Ổi sạch", "Khoai lang",
)  # fmt: skip
MANNERS = ("truyền thống", "đặc biệt", "thượng hạng", "sấy lạnh", "loại một", "hữu cơ", "gia truyền", "nguyên chất")


def write_products(session: Session, products: int = PRODUCTS, producers: int = PRODUCERS) -> None:
    """Write and commit that many of each; folded words as the nouns themselves would have them."""
    random, numbers = Random(7), count(1)  # noqa: S311 - shapes data that is measured on
    places = list(session.execute(select(Locality.id, Locality.name_vi, District.name).join(Locality.district)))
    group = session.scalars(select(ProductGroup.id).limit(1)).one()
    names = [f"{random.choice(FORMS)} {random.choice(FAMILIES)} {number}" for number in range(producers)]
    keys = _organisations(session, names)
    found_by: dict[int, str] = {}
    rows = []
    for key, name in zip(keys, names, strict=True):
        locality_id, locality, district = random.choice(places)
        words = f"{name} {locality} {district}"
        rows.append(
            {
                "organisation_id": key,
                "slug": slugify(name),
                "kind": ProducerKind.COOPERATIVE,
                "name_vi": name,
                "locality_id": locality_id,
                "sort_key": organisation_sort_key(name),
                "created_at": clock.now(),
                "folded": expand_abbreviations(words),
            }
        )
        found_by[key] = words
    session.execute(insert(Producer), rows)
    owners = session.execute(select(Producer.id, Producer.organisation_id)).all()
    goods = []
    for number in range(products):
        producer_id, organisation_id = owners[number % len(owners)]
        name = f"{random.choice(GOODS)} {random.choice(MANNERS)} số {next(numbers)}"
        folded = expand_abbreviations(f"{name} {found_by.get(organisation_id, '')}")
        stars = random.choice((3, 4, 5))
        goods.append({"producer_id": producer_id, "group_id": group, "name_vi": name, "stars": stars, "folded": folded})
    session.execute(insert(Product), goods)
    remember_words(session, (str(row["folded"]) for row in goods))
    session.commit()
    gather_statistics(session)


def _organisations(session: Session, names: list[str]) -> list[int]:
    rows = [{"kind": OrganisationKind.PRODUCER, "name_vi": name} for name in names]
    session.execute(insert(Organisation), rows)
    kind = Organisation.kind == OrganisationKind.PRODUCER
    return list(session.scalars(select(Organisation.id).where(kind).order_by(Organisation.id)))[-len(names) :]
