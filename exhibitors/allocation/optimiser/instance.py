"""What the optimiser is asked: the fair's floor, the rules, the applications, as plain frozen data with text ids.

The shapes are those of the format "booth-alloc/1" (docs/allocation.md). All quantities are whole numbers: power in
watts, prices in thousands of đồng, sizes in square metres, scores from 0 to 100.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

FieldValue = str | int | bool


class BadInstance(Exception):
    """The question cannot be read; `reason` is a stable code, `facts` name the spot, `str()` is one clear sentence."""

    def __init__(self, reason: str, sentence: str, **facts: object) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the floor with its own categories and its own power line."""

    id: str
    categories: frozenset[str]
    power_w: int
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Booth:
    """One booth; neighbours are booths of the same row with consecutive `pos` (a cross-aisle is a gap in `pos`)."""

    id: str
    zone: str
    row: str
    pos: int
    x: int
    y: int
    corner: bool
    water: bool
    cold: bool
    fire: bool
    blocked: bool
    reserved: tuple[str, FieldValue] | None


@dataclass(frozen=True, slots=True)
class Wish:
    """One line of an applicant's list: a zone or a booth."""

    zone: str | None
    booth: str | None


@dataclass(frozen=True, slots=True)
class Application:
    """One application for `want` booths side by side; `submitted` orders the policy *first come* (None: by id)."""

    id: str
    producer: str
    locality: str
    category: str
    product: str
    stars: int
    entity: str
    first_timer: bool
    no_shows: int
    score: int
    want: int
    power_w: int
    water: bool
    cold: bool
    fire: bool
    corner: bool
    wishes: tuple[Wish, ...]
    accept_any: bool
    withdrawn: bool
    submitted: int | None = None

    def value_of(self, name: str) -> FieldValue:
        """The fact that a quota or a reservation looks at."""
        value: FieldValue = getattr(self, name)
        return value


@dataclass(frozen=True, slots=True)
class Quota:
    """How many admitted applications may (maximum) and should (minimum) share a fact."""

    id: str
    field: str
    value: FieldValue
    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the organiser decided for this fair."""

    weigh_by_booth: bool
    first_timer_bonus: int
    no_show_penalty: int
    booths_per_producer: int
    quotas: tuple[Quota, ...]
    conflict_kinds: frozenset[str]
    score_bands: tuple[int, ...]
    region_street: bool


@dataclass(frozen=True, slots=True)
class Instance:
    """One whole question, sorted by id so that the order of a file never matters."""

    name: str
    seed: str
    commitment: str
    rules: Rules
    zones: tuple[Zone, ...]
    booths: tuple[Booth, ...]
    edges: tuple[tuple[str, str, str], ...]
    applications: tuple[Application, ...]
    pins: dict[str, tuple[str, ...]] = field(default_factory=dict)
    published: dict[str, tuple[str, ...]] | None = None

    def unpublished(self) -> Instance:
        """The same question as if nothing had been published yet."""
        return replace(self, published=None)


def effective_score(rules: Rules, application: Application) -> int:
    """Score with the bonus of a first-timer and the cost of no-shows, kept within 0 to 100."""
    bonus = rules.first_timer_bonus if application.first_timer else 0
    return max(0, min(100, application.score + bonus - rules.no_show_penalty * application.no_shows))


def priority(rules: Rules, application: Application) -> int:
    """What admitting this application adds to the total priority."""
    return max(1, effective_score(rules, application)) * (application.want if rules.weigh_by_booth else 1)


def band_of(rules: Rules, score: int) -> int:
    """0 is the highest band of scores; every threshold missed is one band lower."""
    return sum(score < threshold for threshold in rules.score_bands)
