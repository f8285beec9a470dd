"""What the program can see by itself in an application; it informs, people decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.producer import Product
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


@dataclass(frozen=True, slots=True)
class Check:
    """One finding with the facts of its sentence; tone ok, info, warn or bad."""

    finding: Finding
    tone: str
    facts: dict[str, object] = field(default_factory=dict)


def product_checks(product: Product, last_day: date | None) -> list[Check]:
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


def unit_checks(application: BoothApplication) -> Iterator[Check]:
    """What concerns the unit and the application itself."""
    if application.is_late:
        yield Check(Finding.LATE, "warn")
    if not application.producer.tax_code:
        yield Check(Finding.NO_TAX_CODE, "info")
    if application.producer.place_outside and application.producer.locality_id is None:
        yield Check(Finding.OUTSIDE_PROVINCE, "info")


def worst_tone(application: BoothApplication) -> str:
    """The gravest tone among all checks, for a row of the queue: ok, warn or bad."""
    checks = [check for good in application.goods for check in product_checks(good.product, application.fair.last_day)]
    tones = {check.tone for check in (*checks, *unit_checks(application))}
    return "bad" if "bad" in tones else "warn" if "warn" in tones else "ok"


def _certificate(product: Product, last_day: date | None) -> Check:
    starts, ends = product.certificate_issued_on, product.certificate_expires_on
    if starts is None or ends is None:
        return Check(Finding.CERTIFICATE_UNKNOWN, "warn")
    if last_day is None:
        tone = "ok" if product.certificate_holds_on(clock.today()) else "bad"
        return Check(Finding.FAIR_HAS_NO_DAY, tone, {"day": ends})
    if last_day > ends:
        return Check(Finding.CERTIFICATE_ENDS_BEFORE, "bad", {"day": ends})
    if last_day < starts:
        return Check(Finding.CERTIFICATE_BEGINS_AFTER, "bad", {"day": starts})
    return Check(Finding.CERTIFICATE_HOLDS, "ok", {"day": ends})
