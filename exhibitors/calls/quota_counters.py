"""How far quotas are used: pure counting of the booths asked for, noted and published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class QuotaKind(StrEnum):
    """What a quota counts."""

    ZONE = "zone"
    PLACE = "place"
    PLACE_GROUP = "place_group"
    PRODUCT_GROUP = "product_group"
    INSIDE = "inside"
    OUTSIDE = "outside"
    RESERVE = "reserve"


class Stage(StrEnum):
    """How firm the booths of an application are."""

    APPLIED = "applied"
    STAGED = "staged"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Asked:
    """The booths of one application: in all, and by zone (the booths it holds, else its first wish)."""

    application_id: int
    stage: Stage
    booths: int
    by_zone: Mapping[int, int] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """What one quota counts: `zone_id`, `places` or `group` as the kind needs; a reserve counts every booth."""

    kind: QuotaKind
    zone_id: int | None = None
    places: frozenset[str] = frozenset()
    group: str = ""

    def booths_of(self, asked: Asked) -> int:
        """How many booths of the application count. A unit of which only the former district is known counts for a
        set of localities when all of that district belongs to it; a booth counts in every product group it brings.
        """
        if self.kind is QuotaKind.ZONE:
            return asked.by_zone.get(self.zone_id or 0, 0)
        counts = {
            QuotaKind.PLACE: bool(asked.places) and asked.places <= self.places,
            QuotaKind.PLACE_GROUP: bool(asked.places) and asked.places <= self.places,
            QuotaKind.PRODUCT_GROUP: self.group in asked.groups,
            QuotaKind.INSIDE: bool(asked.places),
            QuotaKind.OUTSIDE: not asked.places,
            QuotaKind.RESERVE: True,
        }
        return asked.booths if counts[self.kind] else 0


@dataclass(frozen=True, slots=True)
class Count:
    """Booths of a quota: asked for in all, noted as accepted, published; `least` and `most` as set (None: open)."""

    applied: int = 0
    staged: int = 0
    published: int = 0
    least: int | None = None
    most: int | None = None

    @property
    def given(self) -> int:
        """Noted and published together."""
        return self.staged + self.published

    @property
    def room(self) -> int | None:
        """Booths that can still be given; negative when more was given than the quota says, None without a most."""
        return None if self.most is None else self.most - self.given

    @property
    def missing(self) -> int:
        """Booths that are still to be given to reach the least."""
        return max(0, (self.least or 0) - self.given)


def count_booths(measure: Measure, asked: Iterable[Asked], *, least: int | None, most: int | None) -> Count:
    """The count of one quota."""
    sums = dict.fromkeys(Stage, 0)
    for one in asked:
        sums[one.stage] += measure.booths_of(one)
    staged, published = sums[Stage.STAGED], sums[Stage.PUBLISHED]
    return Count(sums[Stage.APPLIED] + staged + published, staged, published, least, most)


def exceeds(measure: Measure, most: int | None, others: Iterable[Asked], one: Asked) -> bool:
    """Whether accepting one application, beside those given already, would pass the most."""
    wanted = measure.booths_of(one)
    if most is None or not wanted:
        return False
    given = count_booths(measure, (other for other in others if other.application_id != one.application_id),
                         least=None, most=most).given  # fmt: skip
    return given + wanted > most
