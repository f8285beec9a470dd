"""Who may apply: the organiser's conditions on a unit and its products, asked of plain facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from foundation.refusal import Refused


class Origin(StrEnum):
    """From where producers may come."""

    ANYWHERE = "anywhere"
    INSIDE = "inside"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Brought:
    """A product: `group` is the key of the group that holds today, `is_certified` on the fair's last day."""

    name: str
    group: str
    stars: int | None = None
    is_certified: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A producer: `places` are the codes of localities it may stand for, several when only the former district is
    known, none when it is from outside the province.
    """

    kind: str
    places: frozenset[str] = frozenset()
    products: Sequence[Brought] = ()

    @property
    def is_inside(self) -> bool:
        """Whether it is known to be in the province."""
        return bool(self.places)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The organiser's conditions; an empty set asks nothing."""

    kinds: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    least_stars: int | None = None
    needs_certificate: bool = False
    origin: Origin = Origin.ANYWHERE
    places: frozenset[str] = frozenset()

    def objections(self, unit: Unit, brought: Iterable[Brought]) -> list[Refused]:
        """Everything that stands in the way of this unit with what it brings, as refusals with their facts.

        Reasons: kind_not_invited, only_inside, only_outside, place_not_invited, group_not_invited, stars_too_few,
        certificate_needed; the last three name the product.
        """
        return [*self._about_unit(unit), *(found for product in brought for found in self._about_product(product))]

    def may_apply(self, unit: Unit) -> bool:
        """Whether the unit qualifies with one of its products (or with none where nothing is asked of them)."""
        if any(True for _ in self._about_unit(unit)):
            return False
        asks_nothing = not self.groups and self.least_stars is None and not self.needs_certificate
        return asks_nothing or any(not list(self._about_product(product)) for product in unit.products)

    def _about_unit(self, unit: Unit) -> Iterator[Refused]:
        if self.kinds and unit.kind not in self.kinds:
            yield Refused("kind_not_invited", kind=unit.kind)
        if self.origin is Origin.INSIDE and not unit.is_inside:
            yield Refused("only_inside")
        if self.origin is Origin.OUTSIDE and unit.is_inside:
            yield Refused("only_outside")
        # A unit of which only the former district is known belongs where all of that district belongs.
        if self.places and unit.is_inside and not unit.places <= self.places:
            yield Refused("place_not_invited")
        if self.places and not unit.is_inside and self.origin is Origin.ANYWHERE:
            yield Refused("place_not_invited")

    def _about_product(self, product: Brought) -> Iterator[Refused]:
        if self.groups and product.group not in self.groups:
            yield Refused("group_not_invited", product=product.name)
        if self.least_stars is not None and (product.stars or 0) < self.least_stars:
            yield Refused("stars_too_few", product=product.name, least=self.least_stars)
        if self.needs_certificate and not product.is_certified:
            yield Refused("certificate_needed", product=product.name)
