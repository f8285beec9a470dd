"""Who is mentioned in a note among organisers, and which mentions somebody has not read yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Row, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from accounts.user import User
from events.fairs.fair import Fair
from events.fairs.permissions import desk_fairs
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.application_review import ReviewNote
from exhibitors.applications.review.who_reviews import tie_between
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import Actor
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.partial_index import partial_index

MOST_UNREAD_SHOWN = 8


class Mention:
    """A colleague whose attention words among organisers ask for; `read_at` is when they said that they read them."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, autoincrement=False)
    read_at: Mapped[datetime | None]


class NoteMention(Mention, Base):
    """A colleague whose attention a note asks for."""

    __tablename__ = "note_mention"
    __table_args__ = (
        partial_index(
            "ix_note_mention_unread",
            "user_id",
            unique=False,
            where="read_at is null",
        ),
    )

    note_id: Mapped[int] = mapped_column(
        ForeignKey("review_note.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


@dataclass(slots=True)
class ShownNote:
    """A note with its author and the names of those mentioned; `is_unread` for whoever looks."""

    id: int
    user_id: int
    author: str
    written_at: datetime
    words: str
    mentioned: list[str] = field(default_factory=list)
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class UnreadMention:
    """A note that asks for somebody's attention, for their desk."""

    fair: Bilingual
    slug: str
    code: str
    producer: Bilingual
    author: str
    written_at: datetime


def notes_of(session: Session, actor: Actor, application: BoothApplication) -> list[ShownNote]:
    """All notes about it, oldest first, and none for whoever may not decide it: four queries at most."""
    if tie_between(session, actor, application) is not None:
        return []
    about = ReviewNote.application_id == application.id
    rows = session.execute(
        select(ReviewNote.id, ReviewNote.user_id, User.name, ReviewNote.written_at, ReviewNote.words)
        .join(User, User.id == ReviewNote.user_id)
        .where(about)
        .order_by(ReviewNote.id)
    )
    mentions = session.execute(
        select(NoteMention.note_id, NoteMention.user_id, NoteMention.read_at, User.name)
        .join(ReviewNote, ReviewNote.id == NoteMention.note_id)
        .join(User, User.id == NoteMention.user_id)
        .where(about)
        .order_by(User.name)
    )
    return with_mentions(actor, [ShownNote(*row) for row in rows], mentions)


def with_mentions(
    actor: Actor, notes: Sequence[ShownNote], mentions: Iterable[Row[int, int, datetime | None, str]]
) -> list[ShownNote]:
    """The notes with who is mentioned in them: note, person, when it was read, name of the person."""
    numbered = {note.id: note for note in notes}
    for note_id, user_id, read_at, name in mentions:
        if note_id in numbered:
            numbered[note_id].mentioned.append(name)
            numbered[note_id].is_unread |= user_id == actor.user_id and read_at is None
    return list(numbered.values())


def mark_read(session: Session, actor: Actor, kind: type[Mention], which: ColumnElement[bool]) -> int:
    """The person has read those of their mentions that fit; answers how many they had not read before."""
    mine = [kind.user_id == actor.user_id, kind.read_at.is_(None), which]
    return len(session.execute(update(kind).where(*mine).values(read_at=clock.now()).returning(kind.user_id)).all())


def unread_mentions(session: Session, actor: Actor) -> Sequence[UnreadMention]:
    """What colleagues have asked this person to look at and they have not said to have read, newest first, of fairs
    that stand on their desk and of applications that are open to them; one query.
    """
    rows = session.execute(
        select(
            *(Fair.name_vi, Fair.name_en, Fair.slug, BoothApplication.code, Producer.name_vi, Producer.name_en),
            *(User.name, ReviewNote.written_at),
        )
        .select_from(NoteMention)
        .join(ReviewNote, ReviewNote.id == NoteMention.note_id)
        .join(User, User.id == ReviewNote.user_id)
        .join(BoothApplication, BoothApplication.id == ReviewNote.application_id)
        .join(Fair, Fair.id == BoothApplication.fair_id)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(NoteMention.user_id == actor.user_id, NoteMention.read_at.is_(None), desk_fairs(actor))
        .where(BoothApplication.id.not_in(sorted(actor.stands_aside)))
        .order_by(ReviewNote.id.desc())
        .limit(MOST_UNREAD_SHOWN)
    )
    return [
        UnreadMention(Bilingual(vi, en), slug, code, Bilingual(unit_vi, unit_en), author, at)
        for vi, en, slug, code, unit_vi, unit_en, author, at in rows
    ]
