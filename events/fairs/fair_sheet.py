"""What the set-up of a fair adds to its public page, in a constant number of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.editions import EditionRow, editions_of
from events.fairs.fair import Fair
from events.fairs.fair_gallery import FairPicture, pictures_of
from events.fairs.fair_partner import FairPartner, PartnerRole, partners_of
from events.fairs.fair_rules import FairRules


@dataclass(frozen=True, slots=True)
class FairSheet:
    """Partners by role, the number of the rules in force (0: none), public editions of the same series, pictures."""

    partners: Mapping[PartnerRole, Sequence[FairPartner]]
    rules_number: int
    editions: Sequence[EditionRow]
    pictures: Sequence[FairPicture]


def fair_sheet(session: Session, fair: Fair) -> FairSheet:
    """The sheet of one fair."""
    partners: dict[PartnerRole, list[FairPartner]] = {}
    for partner in partners_of(session, fair):
        partners.setdefault(PartnerRole(partner.role), []).append(partner)
    number = session.scalar(select(func.max(FairRules.number)).where(FairRules.fair_id == fair.id))
    editions = [row for row in editions_of(session, fair) if row.is_public]
    return FairSheet(partners, number or 0, editions, pictures_of(session, fair))
