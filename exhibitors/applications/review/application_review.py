"""What reviewers hold of one application: points, the sum of them, who reviews it, who stands aside, and notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.user import User
from exhibitors.applications.review.review_round import MOST_POINTS
from foundation.database import Base


class Score(Base):
    """The points of one reviewer for one criterion."""

    __tablename__ = "review_score"
    __table_args__ = (
        UniqueConstraint("application_id", "user_id", "criterion_id"),
        CheckConstraint(f"points between 1 and {MOST_POINTS}", name="points"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("review_criterion.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    points: Mapped[int]


class ReviewSummary(Base):
    """What all whole reviews of an application come to, 0 to 100; kept by the verbs that change a score or a weight."""

    __tablename__ = "review_summary"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("booth_application.id"), primary_key=True, autoincrement=False
    )
    reviews: Mapped[int] = mapped_column(default=0)
    mean: Mapped[int | None] = mapped_column(index=True)
    median: Mapped[int | None] = mapped_column(index=True)
    lowest: Mapped[int | None]
    highest: Mapped[int | None]


class ReviewAssignment(Base):
    """Somebody who is asked to review an application."""

    __tablename__ = "review_assignment"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("booth_application.id"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, autoincrement=False, index=True)

    user: Mapped[User] = relationship()


class Recusal(Base):
    """Somebody who has said of themselves that they stand too near to the unit."""

    __tablename__ = "review_recusal"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("booth_application.id"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, autoincrement=False, index=True)
    reason: Mapped[str] = mapped_column(Text)
    declared_at: Mapped[datetime]


class ReviewNote(Base):
    """A note among organisers, which no applicant ever sees."""

    __tablename__ = "review_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    written_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)

    user: Mapped[User] = relationship()
