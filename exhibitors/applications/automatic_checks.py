"""What the program can see by itself in an application; it informs, people decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from exhibitors.producers.certificate_life import holds_on
from foundation import clock


class Finding(StrEnum):
    """What was found; the words stand in screening_wording."""

    CERTIFICATE_HOLDS = "certificate_holds"
    CERTIFICATE_ENDS_BEFORE = "certificate_ends_before"
    CERTIFICATE_BEGINS_AFTER = "certificate_begins_after"
    CERTIFICATE_UNKNOWN = "certificate_unknown"
    FAIR_HAS_NO_DAY = "fair_has_no_day"
    RENEWAL = "renewal"
    NO_STARS = "no_stars"
    ALCOHOL = "alcohol"
    LATE = "late"
    NO_TAX_CODE = "no_tax_code"
    OUTSIDE_PROVINCE = "outside_province"
    SAME_NAME = "same_name"
    SAME_TAX_CODE = "same_tax_code"
    SAME_PHONE = "same_phone"
    OFFER_LAPSED = "offer_lapsed"
    GAVE_UP = "gave_up"
    CANCELLED = "cancelled"
    QUOTA_FULL = "quota_full"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding with the facts of its sentence; tone ok, info, warn or bad."""

    finding: Finding
    tone: str
    facts: dict[str, object] = field(default_factory=dict)


class CheckedGood(Protocol):
    """What is looked at of a product."""

    @property
    def stars(self) -> int | None:
        """OCOP stars."""

    @property
    def certificate_issued_on(self) -> date | None:
        """First day of the certificate."""

    @property
    def certificate_expires_on(self) -> date | None:
        """Last day of the certificate."""

    @property
    def is_alcohol(self) -> bool:
        """15 degrees of alcohol or more."""

    @property
    def renewal_under_way(self) -> bool:
        """Whether the unit says that the certificate is being renewed."""


class CheckedUnit(Protocol):
    """What is looked at of an application and its unit."""

    @property
    def is_late(self) -> bool:
        """Handed in after the call had closed."""

    @property
    def tax_code(self) -> str:
        """Empty where none was entered."""

    @property
    def is_from_outside(self) -> bool:
        """From outside the province."""


def product_checks(product: CheckedGood, last_day: date | None) -> list[Check]:
    """Whether its certificate holds on the fair's last day (decision 148/QĐ-TTg), stars, and what may not be
    advertised: drinks of 15 degrees of alcohol and more (law 44/2019/QH14).
    """
    checks = [_certificate(product, last_day)]
    if product.renewal_under_way:
        checks.append(Check(Finding.RENEWAL, "warn"))
    if product.stars is None:
        checks.append(Check(Finding.NO_STARS, "warn"))
    if product.is_alcohol:
        checks.append(Check(Finding.ALCOHOL, "warn"))
    return checks


def unit_checks(unit: CheckedUnit) -> Iterator[Check]:
    """What concerns the unit and the application itself."""
    if unit.is_late:
        yield Check(Finding.LATE, "warn")
    if not unit.tax_code:
        yield Check(Finding.NO_TAX_CODE, "info")
    if unit.is_from_outside:
        yield Check(Finding.OUTSIDE_PROVINCE, "info")


def gravest(checks: Iterable[Check]) -> str:
    """The gravest tone among checks, for a row of the queue: ok, warn or bad."""
    tones = {check.tone for check in checks}
    return "bad" if "bad" in tones else "warn" if "warn" in tones else "ok"


def _certificate(product: CheckedGood, last_day: date | None) -> Check:
    starts, ends = product.certificate_issued_on, product.certificate_expires_on
    if starts is None or ends is None:
        return Check(Finding.CERTIFICATE_UNKNOWN, "warn")
    if last_day is None:
        tone = "ok" if holds_on(starts, ends, clock.today()) else "bad"
        return Check(Finding.FAIR_HAS_NO_DAY, tone, {"day": ends})
    if last_day > ends:
        return Check(Finding.CERTIFICATE_ENDS_BEFORE, "bad", {"day": ends})
    if last_day < starts:
        return Check(Finding.CERTIFICATE_BEGINS_AFTER, "bad", {"day": starts})
    return Check(Finding.CERTIFICATE_HOLDS, "ok", {"day": ends})
