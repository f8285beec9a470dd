"""The rules (nội quy) of a fair: text in versions that stay as they are; applications accept one of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from events.fairs.archive_fair import refuse_archived
from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.fair import Fair
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.folding import nfc, strip_controls
from foundation.refusal import Refused

LONGEST_RULES = 20_000


class FairRules(Base):
    """One version of the rules of a fair, in Markdown; the newest is in force."""

    __tablename__ = "fair_rules"
    __table_args__ = (UniqueConstraint("fair_id", "number"), CheckConstraint("body_vi != ''", name="said"))
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    number: Mapped[int]
    body_vi: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text, default="")
    written_at: Mapped[datetime]
    written_by: Mapped[int | None]

    @property
    def body(self) -> Bilingual:
        """The text in both languages, in Markdown."""
        return Bilingual(self.body_vi, self.body_en)


def versions_of(session: Session, fair: Fair) -> list[FairRules]:
    """All versions, the one in force first."""
    return list(
        session.scalars(select(FairRules).where(FairRules.fair_id == fair.id).order_by(FairRules.number.desc()))
    )


def rules_in_force(session: Session, fair: Fair) -> FairRules | None:
    """The newest version, or None when the organiser has written none."""
    of_fair = select(FairRules).where(FairRules.fair_id == fair.id)
    return session.scalar(of_fair.order_by(FairRules.number.desc()).limit(1))


def write_rules(
    session: Session, actor: Actor, fair: Fair, *, body_vi: str, body_en: str = "", expected_number: int
) -> FairRules:
    """Put a new version in force; the same text again is no new one. Applications keep the version they accepted.

    Refuses rules_missing, text_too_long, and `set_up_changed_meanwhile` when `expected_number` is no longer in force.
    """
    vi, en = (nfc(strip_controls(body)).strip() for body in (body_vi, body_en))
    if not vi:
        raise Refused("rules_missing", field="body_vi")
    for field, body in (("body_vi", vi), ("body_en", en)):
        if len(body) > LONGEST_RULES:
            raise Refused("text_too_long", field=field, most=LONGEST_RULES)
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})  # two who write take turns
    refuse_archived(fair)
    present = rules_in_force(session, fair)
    number = present.number if present else 0
    if number != expected_number:
        raise Refused("set_up_changed_meanwhile", version=number)
    if present is not None and (present.body_vi, present.body_en) == (vi, en):
        return present
    made = FairRules(
        fair_id=fair.id, number=number + 1, body_vi=vi, body_en=en, written_at=clock.now(), written_by=actor.user_id
    )
    session.add(made)
    session.flush()
    record(session, actor, "fair.write_rules", made, fair_id=fair.id, new={"number": made.number})
    return made


@copies_with_edition(Stage.FAIR)
def copy_rules(edition: Edition) -> None:
    """The rules in force, as the first version of the new edition."""
    present = rules_in_force(edition.session, edition.source)
    if present is not None:
        edition.copy(present, number=1, written_at=clock.now(), written_by=edition.actor.user_id)
