"""A comment among organisers on the allocation of a fair: on the board or on one proposal, and who is mentioned."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from accounts.user import User
from events.fairs.fair import Fair
from events.fairs.permissions import desk_fairs
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.notes.note_mention import MOST_UNREAD_SHOWN, Mention, ShownNote, with_mentions
from exhibitors.producers.producer import Producer
from foundation.actor import Actor
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.folding import fold
from foundation.partial_index import partial_index


class PlanComment(Base):
    """Words about the board, or about a proposal where one is named; no applicant ever sees them."""

    __tablename__ = "plan_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(
        ForeignKey("allocation_proposal.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    written_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)


class CommentMention(Mention, Base):
    """A colleague whose attention a comment asks for."""

    __tablename__ = "comment_mention"
    __table_args__ = (
        partial_index(
            "ix_comment_mention_unread",
            "user_id",
            unique=False,
            where="read_at is null",
        ),
    )

    comment_id: Mapped[int] = mapped_column(
        ForeignKey("plan_comment.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


@dataclass(frozen=True, slots=True)
class ShownComments:
    """Comments with their mentions, oldest first; `hidden` counts those that name a unit of which one stands aside."""

    rows: Sequence[ShownNote]
    hidden: int
    proposals: Mapping[int, int]
    """Number of the proposal by number of the comment, where it is about one."""


@dataclass(frozen=True, slots=True)
class UnreadComment:
    """A comment that asks for somebody's attention, for their desk."""

    fair: Bilingual
    slug: str
    proposal: int | None
    author: str
    written_at: datetime


def comments_on(
    session: Session, actor: Actor, fair: Fair, proposal: AllocationProposal | None = None
) -> ShownComments:
    """What was said about the allocation of the fair, or about this proposal alone; three queries.

    Left out is what names an application, or its unit, of which the person stands aside.
    """
    about = PlanComment.fair_id == fair.id
    if proposal is not None:
        about &= PlanComment.proposal_id == proposal.id
    rows = session.execute(
        select(
            *(PlanComment.id, PlanComment.user_id, User.name, PlanComment.written_at, PlanComment.words),
            AllocationProposal.number,
        )
        .join(User, User.id == PlanComment.user_id)
        .outerjoin(AllocationProposal, AllocationProposal.id == PlanComment.proposal_id)
        .where(about)
        .order_by(PlanComment.id)
    ).all()
    mentions = session.execute(
        select(CommentMention.comment_id, CommentMention.user_id, CommentMention.read_at, User.name)
        .join(PlanComment, PlanComment.id == CommentMention.comment_id)
        .join(User, User.id == CommentMention.user_id)
        .where(about)
        .order_by(User.name)
    )
    names = names_of(session, actor.stands_aside)
    told = [row for row in rows if not is_named(names, row.words)]
    return ShownComments(
        rows=with_mentions(actor, [ShownNote(*row[:5]) for row in told], mentions),
        hidden=len(rows) - len(told),
        proposals={row.id: row.number for row in told if row.number is not None},
    )


def names_of(session: Session, applications: Collection[int]) -> frozenset[str]:
    """How these applications may be called in words: code and names of the unit, folded; one query where any are."""
    if not applications:
        return frozenset()
    rows = session.execute(
        select(BoothApplication.code, Producer.name_vi, Producer.name_en)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(BoothApplication.id.in_(sorted(applications)))
    )
    return frozenset(fold(name) for row in rows for name in row if name)


def is_named(names: Collection[str], words: str) -> bool:
    """Whether the words speak of somebody with one of these folded names."""
    folded = fold(words)
    return any(name in folded for name in names)


def unread_comments(session: Session, actor: Actor) -> Sequence[UnreadComment]:
    """Comments that mention this person and that they have not said to have read, newest first, of fairs that stand on
    their desk; at most two queries.
    """
    rows = session.execute(
        select(
            *(Fair.name_vi, Fair.name_en, Fair.slug, AllocationProposal.number, User.name),
            *(PlanComment.written_at, PlanComment.words),
        )
        .select_from(CommentMention)
        .join(PlanComment, PlanComment.id == CommentMention.comment_id)
        .join(User, User.id == PlanComment.user_id)
        .join(Fair, Fair.id == PlanComment.fair_id)
        .outerjoin(AllocationProposal, AllocationProposal.id == PlanComment.proposal_id)
        .where(CommentMention.user_id == actor.user_id, CommentMention.read_at.is_(None), desk_fairs(actor))
        .order_by(PlanComment.id.desc())
        .limit(MOST_UNREAD_SHOWN)
    ).all()
    names = names_of(session, actor.stands_aside) if rows else frozenset()
    return [
        UnreadComment(Bilingual(vi, en), slug, number, author, at)
        for vi, en, slug, number, author, at, words in rows
        if not is_named(names, words)
    ]
