"""A fair's own words for the letter of a decision, or of an offer that lapses soon; without them the usual ones go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from events.fairs.fair import Fair
from foundation.database import Base

KINDS = ("accepted", "waitlisted", "rejected", "reminder")
LANGUAGES = ("vi", "en")
COMMON = ("producer", "fair", "code", "days", "venues", "link", "organiser")
KNOWN: Mapping[str, tuple[str, ...]] = {
    "accepted": (*COMMON, "booths", "confirm_by"),
    "waitlisted": (*COMMON, "reason"),
    "rejected": (*COMMON, "reason"),
    "reminder": (*COMMON, "booths", "confirm_by"),
}
"""What each letter can say; none of these is ever empty in it."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    "accepted": ("confirm_by", "link"),
    "waitlisted": ("reason", "link"),
    "rejected": ("reason", "link"),
    "reminder": ("confirm_by", "link"),
}
"""What each letter has to say, whatever else it does."""


class DecisionText(Base):
    """Subject and body with placeholders."""

    __tablename__ = "decision_text"
    __table_args__ = (
        UniqueConstraint("fair_id", "kind", "language"),
        CheckConstraint("kind in ('accepted', 'waitlisted', 'rejected', 'reminder')", name="kind"),
        CheckConstraint("language in ('vi', 'en')", name="language"),
        CheckConstraint("subject <> '' and body <> ''", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


def texts_of(session: Session, fair: Fair) -> dict[tuple[str, str], DecisionText]:
    """The fair's own words by kind and language; one query."""
    rows = session.scalars(select(DecisionText).where(DecisionText.fair_id == fair.id))
    return {(row.kind, row.language): row for row in rows}
