"""Who takes part in a fair for everybody to see: confirmed units alone, with their booths and products."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth, Zone
from events.places.locality import District, Locality
from exhibitors.allocation.booth_assignment import STANDING, BoothAssignment
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.producers.producer import Producer, Product, ProductGroup
from exhibitors.producers.product_group_register import RegisteredGroup, glyph_of, registered_groups
from foundation.bilingual import Bilingual
from foundation.database import read_rows
from foundation.folding import expand_abbreviations

GROUP_OF_GLYPH = {
    "fish": "seafood",
    "egg": "meat",
    "wheat": "noodles",
    "cookie": "cakes",
    "milk": "drinks",
    "leaf": "herbs",
    "gem": "crafts",
}
"""What visitors look for is finer than the programme's six groups."""


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """A product brought to the fair; `group` is a key of the plan's colours, `programme_group` the official one."""

    id: int
    name: Bilingual
    stars: int | None
    group: str
    glyph: str
    programme_group: str


@dataclass(frozen=True, slots=True)
class ExhibitorBooth:
    """A booth somebody stands on for sure."""

    id: int
    plan_id: int
    code: str
    zone_code: str


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """A confirmed unit; products best rated first, `words` is all it is found by, `sort_key` in Vietnamese order."""

    application_id: int
    producer_id: int
    slug: str
    name: Bilingual
    kind: str
    place: str
    fascia: str
    booths: tuple[ExhibitorBooth, ...]
    products: tuple[ShownProduct, ...]
    words: str
    sort_key: str

    @property
    def search_text(self) -> str:
        """Folded words; made when somebody searches, for most pages show everybody."""
        return expand_abbreviations(self.words)

    @property
    def booth_codes(self) -> tuple[str, ...]:
        """The codes of its booths in order; empty while none is given."""
        return tuple(booth.code for booth in self.booths)

    @property
    def booth_ids(self) -> tuple[int, ...]:
        """The ids of its booths, in the order of their codes."""
        return tuple(booth.id for booth in self.booths)

    @property
    def code(self) -> str:
        """The first booth's code, for anchors and captions."""
        return self.booths[0].code if self.booths else ""

    @property
    def stars(self) -> int | None:
        """The stars of the best rated product."""
        return self.products[0].stars if self.products else None

    @property
    def group(self) -> str:
        """What the best rated product is, as the plan colours it."""
        return self.products[0].group if self.products else ""

    @property
    def glyph(self) -> str:
        """The drawing of the best rated product."""
        return self.products[0].glyph if self.products else ""


_OWN, _THROUGH = aliased(District), aliased(District)
# Plain columns, and statements written once: the busiest page of the product shows these rows and changes nothing.
_EXHIBITORS = (
    select(
        BoothApplication.id, BoothApplication.fascia_name, Producer.id, Producer.slug, Producer.name_vi,
        Producer.name_en, Producer.kind, Producer.sort_key, Producer.folded,
        func.coalesce(_OWN.name, _THROUGH.name, Producer.place_outside),
    )
    .join(Producer, Producer.id == BoothApplication.producer_id)
    .outerjoin(_OWN, _OWN.id == Producer.district_id)
    .outerjoin(Locality, Locality.id == Producer.locality_id)
    .outerjoin(_THROUGH, _THROUGH.id == Locality.district_id)
    .where(BoothApplication.fair_id == bindparam("fair_id"), BoothApplication.state == ApplicationState.CONFIRMED)
    .order_by(Producer.sort_key, BoothApplication.id)
)  # fmt: skip
_BOOTHS = (
    select(BoothAssignment.application_id, Booth.id, Booth.plan_id, Booth.code, Zone.code)
    .join(Booth, Booth.id == BoothAssignment.booth_id)
    .join(Zone, Zone.id == Booth.zone_id)
    .join(BoothApplication, BoothApplication.id == BoothAssignment.application_id)
    .where(BoothApplication.fair_id == bindparam("fair_id"), BoothAssignment.state.in_(STANDING))
    .order_by(Booth.code)
)
_PRODUCTS = (
    select(
        ApplicationProduct.application_id, Product.id, Product.name_vi, Product.name_en, Product.stars,
        ProductGroup.key,
    )
    .join(Product, Product.id == ApplicationProduct.product_id)
    .join(ProductGroup, ProductGroup.id == Product.group_id)
    .join(BoothApplication, BoothApplication.id == ApplicationProduct.application_id)
    .where(BoothApplication.fair_id == bindparam("fair_id"), BoothApplication.state == ApplicationState.CONFIRMED)
    .order_by(func.coalesce(Product.stars, 0).desc(), Product.name_vi, Product.id)
)  # fmt: skip


def exhibitors_of(session: Session, fair: Fair) -> list[Exhibitor]:
    """The confirmed exhibitors of a fair in the order of their names; three queries whatever their number."""
    rows = read_rows(session, _EXHIBITORS, {"fair_id": fair.id})
    booths, products = _booths(session, fair), _products(session, fair)
    shown = []
    for key, fascia, producer_id, slug, name_vi, name_en, kind, sort_key, folded, place in rows:
        stands, brought = booths.get(key, ()), products.get(key, ())
        words = (folded, fascia, *(f"{one.name.vi} {one.name.en}" for one in brought), *(one.code for one in stands))
        shown.append(
            Exhibitor(
                application_id=key,
                producer_id=producer_id,
                slug=slug,
                name=Bilingual(name_vi, name_en),
                kind=kind,
                place=place,
                fascia=fascia,
                booths=tuple(stands),
                products=tuple(brought),
                words=" ".join(words),
                sort_key=sort_key,
            )
        )
    return sorted(shown, key=lambda exhibitor: (exhibitor.sort_key, exhibitor.application_id))


def shown_product(product: Product) -> ShownProduct:
    """The product as visitors see it."""
    return _shown(product.id, product.name_vi, product.name_en, product.stars, product.group.key)


def _shown(product_id: int, name_vi: str, name_en: str, stars: int | None, programme_group: str) -> ShownProduct:
    registered = _register().get(programme_group)
    glyph = glyph_of(registered, name_vi) if registered else "gem"
    return ShownProduct(
        product_id, Bilingual(name_vi, name_en), stars, GROUP_OF_GLYPH.get(glyph, ""), glyph, programme_group
    )


@cache
def _register() -> dict[str, RegisteredGroup]:
    return {group.key: group for group in registered_groups()}


def _booths(session: Session, fair: Fair) -> dict[int, list[ExhibitorBooth]]:
    rows = read_rows(session, _BOOTHS, {"fair_id": fair.id})
    grouped: dict[int, list[ExhibitorBooth]] = {}
    for application_id, booth_id, plan_id, code, zone_code in rows:
        grouped.setdefault(application_id, []).append(ExhibitorBooth(booth_id, plan_id, code, zone_code))
    return grouped


def _products(session: Session, fair: Fair) -> dict[int, list[ShownProduct]]:
    rows = read_rows(session, _PRODUCTS, {"fair_id": fair.id})
    grouped: dict[int, list[ShownProduct]] = {}
    for application_id, product_id, name_vi, name_en, stars, group in rows:
        grouped.setdefault(application_id, []).append(_shown(product_id, name_vi, name_en, stars, group))
    return grouped
