"""Letters waiting to leave: rows written with the change they tell of, delivered after the commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, String, Text, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation import clock
from foundation.database import Base
from foundation.letter_texts import write_letter

RETRY_MINUTES = (1, 5, 15, 60, 240, 720)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be written: `template` is a path below templates/ without language and ending.

    `unsubscribe_url` is an address that takes a bare POST to stop such letters (RFC 8058).
    """

    template: str
    recipient: str
    language: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    dedupe_key: str | None = None
    fair_id: int | None = None
    application_id: int | None = None
    unsubscribe_url: str = ""
    own_words: tuple[str, str] | None = None
    """Subject and body where they do not come from the template."""
    is_held: bool = False


class OutboxLetter(Base):
    """A written letter and the story of its delivery; held or discarded ones do not leave."""

    __tablename__ = "outbox_letter"
    __table_args__ = (CheckConstraint("sent_at is null or discarded_at is null", name="sent_or_discarded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    dedupe_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    fair_id: Mapped[int | None] = mapped_column(index=True)
    application_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    held_at: Mapped[datetime | None] = mapped_column(index=True)
    discarded_at: Mapped[datetime | None]
    taken_until: Mapped[datetime | None]
    """While somebody hands it to the mail server: what is held or discarded by then would leave all the same."""
    last_error: Mapped[str] = mapped_column(Text, default="")
    unsubscribe_url: Mapped[str] = mapped_column(String(500), default="")

    @property
    def is_leaving(self) -> bool:
        """Whether it is being handed over at this moment."""
        return self.taken_until is not None and self.taken_until > clock.now()

    def mark_sent(self) -> None:
        """The mail server took it."""
        self.taken_until = None
        self.attempts += 1
        self.sent_at = clock.now()
        self.last_error = ""

    def mark_failed(self, error: str) -> None:
        """Try again later, waiting longer each time; never given up in silence."""
        self.taken_until = None
        wait = RETRY_MINUTES[min(self.attempts, len(RETRY_MINUTES) - 1)]
        self.attempts += 1
        self.last_error = error
        self.next_try_at = clock.now() + timedelta(minutes=wait)


def post(session: Session, letter: Letter) -> OutboxLetter:
    """Write the letter in the recipient's language and queue it in this transaction.

    The same `dedupe_key` posts once: the letter already there is returned.
    """
    if letter.dedupe_key is not None:
        known = session.scalar(select(OutboxLetter).where(OutboxLetter.dedupe_key == letter.dedupe_key))
        if known is not None:
            return known
    subject, body = written(letter)
    row = OutboxLetter(
        kind=letter.template.rsplit("/", 1)[-1],
        recipient=letter.recipient,
        language=letter.language,
        subject=subject,
        body=body,
        dedupe_key=letter.dedupe_key,
        fair_id=letter.fair_id,
        application_id=letter.application_id,
        unsubscribe_url=letter.unsubscribe_url,
        created_at=clock.now(),
        next_try_at=clock.now(),
        held_at=clock.now() if letter.is_held else None,
    )
    session.add(row)
    session.flush()
    if not letter.is_held:
        _announce(session, row)
    return row


def written(letter: Letter) -> tuple[str, str]:
    """Subject and body, in words of its own or from its template."""
    return letter.own_words or write_letter(letter.template, letter.language, letter.facts)


def let_go(session: Session, letter: OutboxLetter) -> None:
    """A letter that was held back leaves as soon as this is committed."""
    letter.held_at = None
    letter.next_try_at = clock.now()
    _announce(session, letter)


def may_leave() -> ColumnElement[bool]:
    """Letters that have not left and are neither held nor discarded."""
    outside = (OutboxLetter.sent_at, OutboxLetter.held_at, OutboxLetter.discarded_at)
    return and_(*(moment.is_(None) for moment in outside))


def _announce(session: Session, letter: OutboxLetter) -> None:
    session.info.setdefault("posted_letters", []).append(letter.id)


def posted_keys(session: Session, beginning: str) -> set[str]:
    """The keys of all letters that begin so: for whoever would else ask for each letter by itself."""
    query = select(OutboxLetter.dedupe_key).where(OutboxLetter.dedupe_key.startswith(beginning, autoescape=True))
    return {key for key in session.scalars(query) if key is not None}


def letters_due(session: Session, limit: int = 50) -> list[OutboxLetter]:
    """Unsent letters whose time has come, oldest first, locked against another deliverer where the database can."""
    statement = (
        select(OutboxLetter)
        .where(may_leave(), OutboxLetter.next_try_at <= clock.now())
        .order_by(OutboxLetter.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(statement))


def letters_about(session: Session, application_id: int) -> list[OutboxLetter]:
    """Every letter that concerns an application, newest first."""
    return list(
        session.scalars(
            select(OutboxLetter)
            .where(or_(OutboxLetter.application_id == application_id))
            .order_by(OutboxLetter.id.desc())
        )
    )
