"""Papers of a producer's dossier with their pages, whether they were looked at, and who may read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from accounts.user import User
from exhibitors.producers.permissions import is_member
from exhibitors.producers.producer import Producer
from foundation.actor import Actor
from foundation.database import Base
from foundation.file_kinds import PAPERS
from foundation.stored_file import FilePurpose, StoredFile, register_purpose

LONGEST_NUMBER = 120
LONGEST_ISSUER = 160
LONGEST_TITLE = 200


class PaperKind(StrEnum):
    """What a paper is; fairs ask for kinds, so that one paper serves them all."""

    BUSINESS_REGISTRATION = "business_registration"
    OCOP_CERTIFICATE = "ocop_certificate"
    FOOD_SAFETY = "food_safety"
    PRODUCT_DECLARATION = "product_declaration"
    TEST_REPORT = "test_report"
    LABEL = "label"
    TRACEABILITY = "traceability"
    ALCOHOL_LICENCE = "alcohol_licence"
    QUARANTINE = "quarantine"
    COSMETICS = "cosmetics"
    OTHER = "other"


class PaperStatus(StrEnum):
    """Whether an organiser has looked at it."""

    UNCHECKED = "unchecked"
    VALID = "valid"
    REJECTED = "rejected"


class DossierPaper(Base):
    """One paper of a unit, private to it and to organisers of fairs it has applied to."""

    __tablename__ = "dossier_paper"
    __table_args__ = (
        Index("ix_dossier_paper_producer_id_kind", "producer_id", "kind"),
        Index("ix_dossier_paper_expires_on", "expires_on"),
        CheckConstraint(f"kind in ({', '.join(repr(kind.value) for kind in PaperKind)})", name="kind"),
        CheckConstraint(f"status in ({', '.join(repr(status.value) for status in PaperStatus)})", name="status"),
        CheckConstraint("expires_on > issued_on", name="days_in_order"),
        CheckConstraint("status <> 'rejected' or status_reason <> ''", name="rejected_for_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    kind: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER), default="")
    issuer: Mapped[str] = mapped_column(String(LONGEST_ISSUER), default="")
    issued_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(10), default=PaperStatus.UNCHECKED.value)
    status_reason: Mapped[str] = mapped_column(Text, default="")
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    checked_at: Mapped[datetime | None]
    warned_days: Mapped[int | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    producer: Mapped[Producer] = relationship()
    checker: Mapped[User | None] = relationship()
    pages: Mapped[list[DossierPage]] = relationship(
        order_by="DossierPage.position", back_populates="paper", cascade="all, delete-orphan"
    )

    @property
    def files(self) -> list[StoredFile]:
        """Its pages in their order."""
        return [page.file for page in self.pages]


class DossierPage(Base):
    """One file of a paper: a photo of a page, or a whole PDF."""

    __tablename__ = "dossier_page"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("dossier_paper.id"), index=True)
    position: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)

    paper: Mapped[DossierPaper] = relationship(back_populates="pages")
    file: Mapped[StoredFile] = relationship(lazy="joined")


def papers_of_unit(session: Session, producer_id: int) -> list[DossierPaper]:
    """All papers of a unit with their pages, by kind, the newest first; three queries."""
    loads = (selectinload(DossierPaper.pages), selectinload(DossierPaper.checker))
    query = select(DossierPaper).where(DossierPaper.producer_id == producer_id).options(*loads)
    papers = session.scalars(query.order_by(DossierPaper.id.desc())).all()
    order = list(PaperKind)
    return sorted(papers, key=lambda paper: order.index(PaperKind(paper.kind)))


def find_dossier_paper(session: Session, producer: Producer, dossier_id: int) -> DossierPaper | None:
    """The paper if it belongs to this very unit."""
    query = select(DossierPaper).where(DossierPaper.id == dossier_id, DossierPaper.producer_id == producer.id)
    return session.scalar(query)


class Judged(Protocol):
    """What a paper is judged by; the number tells the newer one."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def expires_on(self) -> date | None: ...


AnyPaper = TypeVar("AnyPaper", bound=Judged)


def best_of_kind(papers: Sequence[AnyPaper], kind: str, day: date) -> AnyPaper | None:
    """The paper of this kind that serves best on the day: not rejected, still holding, checked, the newest."""

    def merit(paper: AnyPaper) -> tuple[bool, bool, bool, int]:
        holds = paper.expires_on is None or paper.expires_on >= day
        return (paper.status != PaperStatus.REJECTED, holds, paper.status == PaperStatus.VALID, paper.id)

    return max((paper for paper in papers if paper.kind == kind), key=merit, default=None)


def papers_that_end(papers: Iterable[DossierPaper]) -> list[DossierPaper]:
    """Of each kind the one that ends last, for it replaces those before; other papers each by itself. Rejected ones and
    those without an end are left out.
    """
    last: dict[tuple[str, int], DossierPaper] = {}
    for paper in papers:
        if paper.status == PaperStatus.REJECTED or paper.expires_on is None:
            continue
        own = paper.id if paper.kind == PaperKind.OTHER else 0
        known = last.setdefault((paper.kind, own), paper)
        if known.expires_on is not None and paper.expires_on > known.expires_on:
            last[paper.kind, own] = paper
    return list(last.values())


# --- who may read -----------------------------------------------------------------------------------------------------

Reader = Callable[[Session, Actor, int], bool]
_readers: list[Reader] = []


def who_else_reads_dossiers(reader: Reader) -> Reader:
    """Register `reader(session, actor, producer_id)` of a floor above: whether the person may read these papers."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def may_read_dossier_file(session: Session, actor: Actor | None, stored: StoredFile) -> bool:
    """The unit's members, and whom the floors above name: organisers of fairs applied to. Never a visitor."""
    producer = session.get(Producer, stored.subject_id) if stored.subject_id and actor else None
    if producer is None or actor is None:
        return False
    return is_member(actor, producer) or any(reader(session, actor, producer.id) for reader in _readers)


DOSSIER_FILE = register_purpose(
    FilePurpose("dossier_paper", may_read_dossier_file, PAPERS, sizes={"large": 2000, "small": 480})
)
"""Photos of papers are kept larger than other pictures: small print must stay readable."""
