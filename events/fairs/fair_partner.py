"""Who else stands behind a fair: co-organisers, partners named in its branding, and exhibitors from abroad."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import CheckConstraint, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from events.fairs.archive_fair import refuse_archived
from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.fair import Fair
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.countries import COUNTRIES
from foundation.database import Base
from foundation.folding import nfc, strip_controls
from foundation.refusal import Refused

MOST_PARTNERS = 300
LONGEST = {"name_vi": 200, "name_en": 200, "note_vi": 300, "note_en": 300, "website": 300}


class PartnerRole(StrEnum):
    """What somebody is to the fair."""

    CO_ORGANISER = "co_organiser"
    HOST = "host"
    CO_BRAND = "co_brand"
    SPONSOR = "sponsor"
    FOREIGN_EXHIBITOR = "foreign_exhibitor"


class FairPartner(Base):
    """One body or firm beside the organiser; a foreign exhibitor has a country, and its goods stand in the note."""

    __tablename__ = "fair_partner"
    __table_args__ = (
        CheckConstraint("name_vi != ''", name="named"),
        CheckConstraint("role != 'foreign_exhibitor' or country != ''", name="foreign_has_country"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    note_vi: Mapped[str] = mapped_column(String(300), default="")
    note_en: Mapped[str] = mapped_column(String(300), default="")
    website: Mapped[str] = mapped_column(String(300), default="")

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    @property
    def note(self) -> Bilingual:
        """What it brings or does, in both languages."""
        return Bilingual(self.note_vi, self.note_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSayings:
    """What an organiser says about a partner."""

    role: str
    name_vi: str
    name_en: str = ""
    country: str = ""
    note_vi: str = ""
    note_en: str = ""
    website: str = ""

    def faults(self) -> list[Refused]:
        """All rules that are broken, each with its field.

        Codes: partner_role_unknown, partner_name_missing, text_too_long, country_missing, country_unknown,
        website_unreadable.
        """
        faults = [] if self.role in set(PartnerRole) else [Refused("partner_role_unknown", field="role")]
        if not self.name_vi.strip():
            faults.append(Refused("partner_name_missing", field="name_vi"))
        faults += [
            Refused("text_too_long", field=name, most=most)
            for name, most in LONGEST.items()
            if len(getattr(self, name)) > most
        ]
        if self.role == PartnerRole.FOREIGN_EXHIBITOR and self.country in {"", "VN"}:
            faults.append(Refused("country_missing", field="country"))
        elif self.country and self.country not in COUNTRIES:
            faults.append(Refused("country_unknown", field="country"))
        if self.website and not _is_web_address(self.website):
            faults.append(Refused("website_unreadable", field="website"))
        return faults


def add_partner(session: Session, actor: Actor, fair: Fair, said: PartnerSayings) -> FairPartner:
    """Name one more. Refuses the first of `said.faults`, and too_many_partners."""
    for fault in said.faults():
        raise fault
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    refuse_archived(fair)
    count = session.scalar(select(func.count(FairPartner.id)).where(FairPartner.fair_id == fair.id)) or 0
    if count >= MOST_PARTNERS:
        raise Refused("too_many_partners", most=MOST_PARTNERS)
    clean = {name: nfc(strip_controls(getattr(said, name))).strip() for name in (*LONGEST, "role", "country")}
    partner = FairPartner(fair_id=fair.id, **clean)
    session.add(partner)
    session.flush()
    record(
        session,
        actor,
        "fair.add_partner",
        partner,
        fair_id=fair.id,
        new={"role": partner.role, "name": partner.name_vi},
    )
    return partner


def remove_partner(session: Session, actor: Actor, partner: FairPartner) -> None:
    """Name it no more."""
    old = {"role": partner.role, "name": partner.name_vi}
    record(session, actor, "fair.remove_partner", partner, fair_id=partner.fair_id, old=old)
    session.delete(partner)
    session.flush()


def partners_of(session: Session, fair: Fair) -> list[FairPartner]:
    """All of them, by role in the order of `PartnerRole`, then as they were entered."""
    rank = {role.value: number for number, role in enumerate(PartnerRole)}
    rows = session.scalars(select(FairPartner).where(FairPartner.fair_id == fair.id).order_by(FairPartner.id))
    return sorted(rows, key=lambda partner: rank[partner.role])


def find_partner(session: Session, fair: Fair, partner_id: int) -> FairPartner | None:
    """The partner of this fair with this number."""
    return session.scalar(select(FairPartner).where(FairPartner.id == partner_id, FairPartner.fair_id == fair.id))


@copies_with_edition(Stage.FAIR)
def copy_partners(edition: Edition) -> None:
    """Those who stand behind the fair; exhibitors from abroad come anew each time."""
    foreign = FairPartner.role != PartnerRole.FOREIGN_EXHIBITOR
    edition.copy_all(FairPartner, FairPartner.fair_id == edition.source.id, foreign)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and " " not in text
