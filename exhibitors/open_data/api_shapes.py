"""The shapes of the JSON interface: what may be asked and what is answered; the description is made from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta, Struct

MOST_PAGES = 1_000_000
NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f]*$"
Words = Annotated[
    str, Meta(max_length=100, pattern=NO_CONTROLS, description="Words to look for; accents may be left out.")
]
Slug = Annotated[str, Meta(max_length=120, pattern="^[a-z0-9-]*$")]
PageNumber = Annotated[
    int, Meta(ge=1, le=MOST_PAGES, description="Pages count from 1; one beyond the last answers the last.")
]
ProductNumber = Annotated[int, Meta(ge=1, lt=1_000_000_000)]
FairStateName = Literal["published", "postponed", "cancelled", "archived"]
DateStateName = Literal["fixed", "tentative", "unknown"]
Item = TypeVar("Item")


class PageQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which page of a list."""

    page: PageNumber = 1


class FairsQuery(PageQuery, frozen=True, forbid_unknown_fields=True):
    """What the list of fairs can be narrowed to."""

    q: Words = ""
    kind: (
        Literal[
            "fair",
            "promotion_week",
            "display_area",
            "brand_week",
            "country_week",
            "connection_programme",
            "conference",
        ]
        | None
    ) = None
    when: Literal["now", "coming", "past"] | None = None
    year: Annotated[int, Meta(ge=2013, le=2100)] | None = None
    district: Annotated[
        Slug, Meta(description="The slug of a former district, such as binh-lieu, or the code of a locality.")
    ] = ""


class ProductsQuery(PageQuery, frozen=True, forbid_unknown_fields=True):
    """What the list of products can be narrowed to."""

    q: Words = ""
    group: Annotated[
        str, Meta(max_length=40, pattern="^[a-z_]*$", description="The key of a product group, such as food.")
    ] = ""
    stars: Annotated[int, Meta(ge=3, le=5, description="At least so many stars.")] | None = None
    district: Slug = ""


class ProducersQuery(PageQuery, frozen=True, forbid_unknown_fields=True):
    """What the list of producers can be narrowed to."""

    q: Words = ""
    kind: Literal["enterprise", "cooperative", "cooperative_group", "farm", "household", "other"] | None = None
    district: Slug = ""


class NoQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing may be asked beyond the address."""


class Text(Struct, frozen=True):
    """A text in Vietnamese and, where somebody wrote it, in English (else empty)."""

    vi: str
    en: str


class Locality(Struct, frozen=True):
    """A commune, ward or special zone; its official code."""

    code: str
    name: Text
    former_district: str


class Venue(Struct, frozen=True):
    """Where fairs take place."""

    id: int
    name: Text
    address: str
    locality: Locality
    latitude: float | None
    longitude: float | None


class Call(Struct, frozen=True):
    """The call for applications for booths."""

    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None


class Fair(Struct, frozen=True):
    """A public fair. A day that nobody knows is null; `date_state` then says `unknown`."""

    slug: str
    url: str
    calendar: str
    name: Text
    kind: str
    state: FairStateName
    reason: str
    summary: Text
    host_event: str
    organiser: Text
    year: int
    month: Annotated[int | None, Meta(description="Known where no day is; null otherwise.")]
    date_state: DateStateName
    first_day: date | None
    last_day: date | None
    opens_at: Annotated[str, Meta(description="Opens daily, in Asia/Ho_Chi_Minh, such as 08:00.")]
    closes_at: str
    closed_days: list[date]
    call: Call
    venues: list[Venue]
    is_illustrative: bool


class Booth(Struct, frozen=True):
    """A booth that somebody stands on for sure."""

    code: str
    zone: str


class BroughtProduct(Struct, frozen=True):
    """A product that an exhibitor brings to a fair; `sold_out_today` as the exhibitor says, until midnight there."""

    id: int
    name: Text
    stars: int | None
    group: str
    sold_out_today: bool = False


class Exhibitor(Struct, frozen=True):
    """A producer whose booth at the fair is confirmed."""

    producer: str
    url: str
    name: Text
    kind: str
    place: str
    booths: list[Booth]
    products: list[BroughtProduct]


class Certificate(Struct, frozen=True):
    """The OCOP certificate as its producer states it."""

    number: str
    issuer: str
    issued_on: date | None
    expires_on: date | None


class Stand(Struct, frozen=True):
    """A confirmed stand at a fair that is on or to come."""

    fair: str
    name: Text
    venue: Text
    first_day: date | None
    last_day: date | None
    booths: list[str]


class Product(Struct, frozen=True):
    """A product with its stars; `price` in đồng. Alcohol is only for people from 18 years of age."""

    id: int
    name: Text
    producer: str
    producer_name: Text
    group: str
    stars: int | None
    certificate: Certificate
    price: int | None
    pack: str
    is_alcohol: bool
    source: str
    is_illustrative: bool
    calendar: str
    stands: list[Stand]


class Producer(Struct, frozen=True):
    """A producer; phone and e-mail only where the producer made them public."""

    slug: str
    url: str
    calendar: str
    name: Text
    kind: str
    place: str
    locality: Locality | None
    phone: str
    email: str
    is_illustrative: bool
    stands: list[Stand]


class Feed(Struct, frozen=True):
    """A calendar to subscribe to."""

    family: Literal["everything", "kinds", "localities", "districts", "venues", "groups"]
    name: Text
    url: str


class PageOf(Struct, Generic[Item], frozen=True):
    """One page of a list; `next` is the address of the following one. Beyond the last page it is empty.

    `meant` are the words that were looked for instead, where those of `q` find nothing and seem mistyped.
    """

    items: list[Item]
    total: int
    page: int
    pages: int
    next: str | None
    meant: str = ""


class Problem(Struct, frozen=True, omit_defaults=True):
    """What went wrong (RFC 9457)."""

    title: str
    status: int
    detail: str = ""
