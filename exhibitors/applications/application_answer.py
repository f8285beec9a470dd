"""What an applicant answered to the organiser's questions, and the papers brought with an application."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.permissions import may_organise_fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.permissions import may_see_application
from exhibitors.calls.paper import Paper
from exhibitors.calls.question import Question
from exhibitors.producers.permissions import is_member
from foundation.actor import Actor
from foundation.database import Base
from foundation.stored_file import FilePurpose, StoredFile, register_purpose


class ApplicationAnswer(Base):
    """One answer; `value` as `read_answer` makes it, or a file."""

    __tablename__ = "application_answer"
    __table_args__ = (UniqueConstraint("application_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)

    file: Mapped[StoredFile | None] = relationship(lazy="joined")


class ApplicationPaper(Base):
    """A paper brought with an application: number, days and a file, each as far as it is known."""

    __tablename__ = "application_paper"
    __table_args__ = (
        UniqueConstraint("application_id", "paper_id"),
        CheckConstraint("expires_on > issued_on", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id", ondelete="CASCADE"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    number: Mapped[str] = mapped_column(String(120), default="")
    issued_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)

    file: Mapped[StoredFile | None] = relationship(lazy="joined")
    paper: Mapped[Paper] = relationship()

    @property
    def is_brought(self) -> bool:
        """Whether there is something to look at: a file or a number."""
        return self.file_id is not None or bool(self.number)


def answers_of(session: Session, application: BoothApplication) -> dict[int, ApplicationAnswer]:
    """The answers by question."""
    query = select(ApplicationAnswer).where(ApplicationAnswer.application_id == application.id)
    return {answer.question_id: answer for answer in session.scalars(query)}


def papers_brought(session: Session, application: BoothApplication) -> dict[int, ApplicationPaper]:
    """What was brought, by paper."""
    query = select(ApplicationPaper).where(ApplicationPaper.application_id == application.id)
    return {brought.paper_id: brought for brought in session.scalars(query)}


def may_read_paper_file(session: Session, actor: Actor | None, stored: StoredFile) -> bool:
    """The unit's members; the fair's organisers once the application has been sent."""
    application = session.get(BoothApplication, stored.subject_id) if stored.subject_id else None
    return application is not None and may_see_application(actor, application)


def may_read_answer_file(session: Session, actor: Actor | None, stored: StoredFile) -> bool:
    """As for papers; a question that is not for reviewers is for those who organise the fair, and for the unit."""
    if not may_read_paper_file(session, actor, stored):
        return False
    query = select(Question.for_reviewers).join(ApplicationAnswer, ApplicationAnswer.question_id == Question.id)
    for_reviewers = session.scalar(query.where(ApplicationAnswer.file_id == stored.id))
    application = session.get_one(BoothApplication, stored.subject_id)
    return bool(for_reviewers) or is_member(actor, application.producer) or may_organise_fair(actor, application.fair)


ANSWER_FILE = register_purpose(FilePurpose("application_answer", may_read_answer_file))
PAPER_FILE = register_purpose(FilePurpose("application_paper", may_read_paper_file))
