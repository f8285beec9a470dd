"""How long an OCOP certificate holds: 36 months from recognition (decision 148/QĐ-TTg)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from foundation import clock
from foundation.refusal import Refused

LIFE_IN_MONTHS = 36
WARNING_DAYS = 90
"""Renewal takes months, so its producer is warned this early."""
WARNINGS = (90, 30)
"""Days before the end at which a letter goes out."""


def certificate_end(issued_on: date, months: int = LIFE_IN_MONTHS) -> date:
    """The last day: the same day of the month so many months on, or that month's last day (29/02 gives 28/02)."""
    years, month_before = divmod(issued_on.month - 1 + months, 12)
    year, month = issued_on.year + years, month_before + 1
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


def is_issued_later(issued_on: date | None) -> bool:
    """Whether it bears a day to come: nobody holds a paper of tomorrow."""
    return issued_on is not None and issued_on > clock.today()


def refuse_issued_later(issued_on: date | None) -> None:
    """Refuses `certificate_issued_later`."""
    if is_issued_later(issued_on):
        raise Refused("certificate_issued_later")


def holds_on(issued_on: date | None, expires_on: date | None, day: date) -> bool:
    """Whether a certificate is known to hold on the day, both ends included. Ask for the last day of a fair."""
    return issued_on is not None and expires_on is not None and issued_on <= day <= expires_on


def ends_soon(expires_on: date, today: date) -> bool:
    """Whether it still holds but ends within 90 days."""
    return today <= expires_on <= today + timedelta(days=WARNING_DAYS)
