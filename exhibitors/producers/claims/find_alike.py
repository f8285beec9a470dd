"""Whether a unit that somebody is about to register stands in the register already: by name, tax code or telephone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.organisation import Membership
from exhibitors.producers.phone import normalise_phone
from exhibitors.producers.producer import Producer
from exhibitors.producers.tax_code import normalise_tax_code
from foundation.folding import fold

MOST_COMPARED = 50


@dataclass(frozen=True, slots=True)
class AlikeUnits:
    """What may be told: units of the very name that nobody keeps, and that there is one at all.

    Which of name, tax code and telephone fits is not told: nobody learns here whose number one is.
    """

    to_claim: Sequence[Producer]
    is_known: bool


def alike_units(session: Session, *, name: str, tax_code: str, phone: str) -> AlikeUnits:
    """Look for it; numbers must be well-formed, as `normalise_tax_code` and `normalise_phone` refuse. Two queries."""
    kept = exists().where(Membership.organisation_id == Producer.organisation_id)
    places = (joinedload(Producer.district), joinedload(Producer.locality))
    likely = select(Producer, kept).options(*places).where(Producer.matches(name)).limit(MOST_COMPARED)
    same = [(unit, is_kept) for unit, is_kept in session.execute(likely) if fold(unit.name_vi) == fold(name)]
    numbers = [
        column == number
        for column, number in (
            (Producer.tax_code, normalise_tax_code(tax_code)),
            (Producer.contact_phone, normalise_phone(phone)),
        )
        if number
    ]
    has_number = bool(numbers) and session.scalar(select(Producer.id).where(or_(*numbers)).limit(1)) is not None
    return AlikeUnits([unit for unit, is_kept in same if not is_kept], bool(same) or has_number)


def fingerprint(typed: str) -> str:
    """What a form carries to say that a warning about these words was seen; the words themselves stay out of it."""
    return hashlib.sha256(fold(typed).encode()).hexdigest()[:16]
