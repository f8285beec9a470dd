"""The letters written about a fair, newest first, and the units they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from foundation.actor import Actor
from foundation.folding import nfc, search_terms
from foundation.outbox import OutboxLetter

PER_PAGE = 50
_ON_THE_WAY = and_(OutboxLetter.sent_at.is_(None), OutboxLetter.discarded_at.is_(None))
VIEWS: dict[str, ColumnElement[bool]] = {
    "all": true(),
    "held": and_(_ON_THE_WAY, OutboxLetter.held_at.is_not(None)),
    "waiting": and_(_ON_THE_WAY, OutboxLetter.held_at.is_(None)),
    "sent": OutboxLetter.sent_at.is_not(None),
    "discarded": OutboxLetter.discarded_at.is_not(None),
}
"""Names of views in the address."""
AMONG_ORGANISERS = ("changes_made", "message_to_organiser", "note_mention", "withdrawn_told")
"""Kinds of letters about an application that are the organisers' own, whoever else the recipient may be."""


@dataclass(frozen=True, slots=True)
class LettersPage:
    """One page of letters."""

    rows: Sequence[OutboxLetter]
    total: int
    number: int
    pages: int


def letters_page(
    session: Session,
    fair: Fair,
    number: int,
    *,
    query: str = "",
    hidden: frozenset[int] = frozenset(),
    view: str = "all",
) -> LettersPage:
    """A page of 50, two queries; `query` is looked for in address, subject and unit, `hidden` applications left out."""
    about = select(OutboxLetter).where(OutboxLetter.fair_id == fair.id)
    about = about.where(VIEWS.get(view, VIEWS["all"]))
    if hidden:
        about = about.where(func.coalesce(OutboxLetter.application_id, 0).not_in(sorted(hidden)))
    if query:
        words = nfc(query)
        about = about.where(
            or_(
                OutboxLetter.recipient.icontains(words, autoescape=True),
                OutboxLetter.subject.icontains(words, autoescape=True),
                OutboxLetter.application_id.in_(_about_unit(fair, query)),
            )
        )
    total = session.scalar(select(func.count()).select_from(about.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, number), pages)
    rows = session.scalars(
        about.order_by(OutboxLetter.created_at.desc(), OutboxLetter.id.desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    return LettersPage(rows, total, number, pages)


def _about_unit(fair: Fair, query: str) -> Select[int]:
    """Applications whose code, fascia or unit is what was looked for; signs without a word find none."""
    named = select(BoothApplication.id).where(BoothApplication.fair_id == fair.id)
    return named.where(BoothApplication.matches(query) if search_terms(query) else false())


def applications_of(session: Session, letters: Iterable[OutboxLetter]) -> Mapping[int, BoothApplication]:
    """The applications, with their units, that these letters are about; one query."""
    about = {letter.application_id for letter in letters if letter.application_id is not None}
    query = select(BoothApplication).where(BoothApplication.id.in_(about))
    return {one.id: one for one in session.scalars(query.options(joinedload(BoothApplication.producer)))}


def count_held(session: Session, fair: Fair) -> int:
    """How many letters of the fair are held back."""
    query = select(func.count(OutboxLetter.id)).where(OutboxLetter.fair_id == fair.id, VIEWS["held"])
    return session.scalar(query) or 0


def find_letter(session: Session, fair: Fair, letter_id: int) -> OutboxLetter | None:
    """The letter if it is about this very fair."""
    return session.scalar(select(OutboxLetter).where(OutboxLetter.id == letter_id, OutboxLetter.fair_id == fair.id))


def letters_received(session: Session, actor: Actor, application: BoothApplication) -> Sequence[OutboxLetter]:
    """What this very person was written about the application, newest first; neither what is held back nor what was
    discarded. One query.
    """
    mine = (
        select(OutboxLetter)
        .join(User, User.email == OutboxLetter.recipient)
        .where(User.id == actor.user_id, OutboxLetter.application_id == application.id)
        .where(OutboxLetter.held_at.is_(None), OutboxLetter.discarded_at.is_(None))
        .where(OutboxLetter.kind.not_in(AMONG_ORGANISERS))
    )
    return session.scalars(mine.order_by(OutboxLetter.id.desc())).all()
