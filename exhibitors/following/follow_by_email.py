"""Ask to follow something, confirm it from the mailbox, stop, be forgotten."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts.user import email_key
from exhibitors.following.follow import CONFIRM_WITHIN, Follow, FollowFamily
from exhibitors.following.follow_calendar import FollowCalendar
from exhibitors.following.followed_things import followed_name
from exhibitors.following.letters import KINDS, confirm_follow_letter
from foundation import clock
from foundation.audit_trail import record
from foundation.outbox import OutboxLetter, post
from foundation.refusal import Refused


def ask_to_follow(
    session: Session, *, email: str, family: FollowFamily, key: str, language: str, secret: str, base_url: str
) -> Follow:
    """Note the wish and write to the address; nothing else is sent before it is confirmed. Refuses `nothing_to_follow`.

    Whoever follows already gets the same letter, so that the page need not say who follows what.
    """
    name = followed_name(session, family, key)
    if name is None:
        raise Refused("nothing_to_follow")
    follow = _follow_of(session, email, family, key, language)
    follow.asked_at, follow.language = clock.now(), language
    session.flush()
    post(session, confirm_follow_letter(follow, name.local(language), secret, base_url))
    return follow


def confirm_follow(session: Session, follow: Follow) -> None:
    """The address is theirs, letters may be sent; pressing again changes nothing."""
    if follow.confirmed_at is None:
        follow.confirmed_at = clock.now()
        session.flush()
        record(session, None, "follow.confirm", follow)


def stop_following(session: Session, follow: Follow, *, everything: bool = False) -> None:
    """Send no more letters about this, or about anything; what is not needed any more is forgotten."""
    email, meant = follow.email, Follow.email_key == follow.email_key if everything else Follow.id == follow.id
    for row in session.scalars(select(Follow).where(meant).with_for_update()).all():
        record(session, None, "follow.stop", row)
        session.delete(row)
    session.flush()
    _forget_letters(session, email)


def forget_unconfirmed(session: Session, moment: datetime) -> int:
    """Forget the addresses that nobody has confirmed in time; answers how many wishes went."""
    late = (Follow.confirmed_at.is_(None), Follow.asked_at < moment - CONFIRM_WITHIN)
    rows = list(session.scalars(select(Follow).where(*late).with_for_update(skip_locked=True)))
    for row in rows:
        session.delete(row)
    session.flush()
    for email in {row.email for row in rows}:
        _forget_letters(session, email)
    return len(rows)


def _follow_of(session: Session, email: str, family: FollowFamily, key: str, language: str) -> Follow:
    own = (Follow.email_key == email_key(email), Follow.family == family.value, Follow.key == key)
    known = session.scalar(select(Follow).where(*own).with_for_update())
    if known is not None:
        return known
    made = Follow(
        email=email.strip(),
        email_key=email_key(email),
        family=family.value,
        key=key,
        language=language,
        nonce=secrets.token_hex(16),
        asked_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # somebody pressed twice at once
        return session.scalars(select(Follow).where(*own)).one()
    return made


def _forget_letters(session: Session, email: str) -> None:
    """With the last thing an address follows, its calendar and the letters written to it for following go too."""
    if session.scalar(select(Follow.id).where(Follow.email_key == email_key(email)).limit(1)) is None:
        session.execute(delete(FollowCalendar).where(FollowCalendar.email_key == email_key(email)))
        session.execute(delete(OutboxLetter).where(OutboxLetter.kind.in_(KINDS), OutboxLetter.recipient == email))
