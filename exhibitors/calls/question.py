"""The organiser's own questions at a fair, in both languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from events.fairs.fair import Fair
from exhibitors.calls.question_answers import Audience, QuestionDates, QuestionKind
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.overtaken import drawn_version


class Question(Base):
    """One question; `choices` are rows of key, vi and en. It may stand for some kinds of unit, groups or zones only."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("fair_id", "text_vi"),
        CheckConstraint(f"kind in ({', '.join(repr(kind.value) for kind in QuestionKind)})", name="kind"),
        CheckConstraint("frozen_from > required_from", name="frozen_after_required"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(10))
    text_vi: Mapped[str] = mapped_column(String(300))
    text_en: Mapped[str] = mapped_column(String(300), default="")
    help_vi: Mapped[str] = mapped_column(Text, default="")
    help_en: Mapped[str] = mapped_column(Text, default="")
    choices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    is_required: Mapped[bool] = mapped_column(default=False)
    required_from: Mapped[datetime | None]
    frozen_from: Mapped[datetime | None]
    for_reviewers: Mapped[bool] = mapped_column(default=True)
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    zones: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": drawn_version}

    @property
    def text(self) -> Bilingual:
        """The question in both languages."""
        return Bilingual(self.text_vi, self.text_en)

    @property
    def help(self) -> Bilingual:
        """What helps to answer it, in both languages."""
        return Bilingual(self.help_vi, self.help_en)

    @property
    def labels(self) -> dict[str, Bilingual]:
        """The choices by their keys."""
        return {row["key"]: Bilingual(row["vi"], row.get("en", "")) for row in self.choices}

    @property
    def audience(self) -> Audience:
        """For whom it is."""
        return Audience(frozenset(self.kinds), frozenset(self.groups), frozenset(self.zones))

    @property
    def dates(self) -> QuestionDates:
        """When it must be answered and until when."""
        return QuestionDates(self.is_required, self.required_from, self.frozen_from)


def questions_of(session: Session, fair: Fair) -> list[Question]:
    """All questions of a fair in the organiser's order."""
    query = select(Question).where(Question.fair_id == fair.id)
    return list(session.scalars(query.order_by(Question.position, Question.id)))


def find_question(session: Session, fair: Fair, question_id: int) -> Question | None:
    """The question if it belongs to this very fair."""
    return session.scalar(select(Question).where(Question.fair_id == fair.id, Question.id == question_id))
