"""Issues, finds and uses up the links that are sent by letter."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from accounts.user import LinkPurpose, SingleUseLink, User, hash_token, new_token
from foundation import clock
from foundation.refusal import Refused

LINK_LIFE = {
    LinkPurpose.CONFIRM_EMAIL: timedelta(days=2),
    LinkPurpose.RESET_PASSWORD: timedelta(hours=1),
    LinkPurpose.CHANGE_EMAIL: timedelta(hours=1),
}
CLOCK_TOLERANCE = timedelta(minutes=5)
"""A link from the future is dead: setting the clock back must not make links live longer."""


def issue_link(session: Session, user: User, purpose: LinkPurpose, *, new_email: str | None = None) -> str:
    """A fresh token of 256 bits, of which only the hash is stored; earlier links of the same purpose die."""
    revoke_links(session, user, purpose)
    token, now = new_token(), clock.now()
    session.add(
        SingleUseLink(
            user=user,
            purpose=purpose.value,
            token_hash=hash_token(token),
            new_email=new_email,
            created_at=now,
            expires_at=now + LINK_LIFE[purpose],
        )
    )
    session.flush()
    return token


def find_live_link(session: Session, token: str, purpose: LinkPurpose) -> SingleUseLink | None:
    """The link with its person, unless it is unknown, used, revoked, expired or its owner disabled."""
    link = session.scalar(
        select(SingleUseLink)
        .options(joinedload(SingleUseLink.user))
        .where(SingleUseLink.token_hash == hash_token(token), SingleUseLink.purpose == purpose.value)
    )
    now = clock.now()
    if link is None or link.used_at is not None or link.user.disabled_at is not None:
        return None
    return link if link.created_at <= now + CLOCK_TOLERANCE and now < link.expires_at else None


def use_link(session: Session, token: str, purpose: LinkPurpose) -> SingleUseLink:
    """Use a live link up; of two who press at once one is refused (`link_dead`)."""
    link = find_live_link(session, token, purpose)
    if link is None:
        raise Refused("link_dead")
    taken = session.execute(
        update(SingleUseLink)
        .where(SingleUseLink.id == link.id, SingleUseLink.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(SingleUseLink.id)
    ).all()
    if not taken:
        raise Refused("link_dead")
    return link


def revoke_links(session: Session, user: User, *purposes: LinkPurpose) -> None:
    """No link of these purposes that the person was sent works any longer."""
    session.execute(
        update(SingleUseLink)
        .where(
            SingleUseLink.user_id == user.id,
            SingleUseLink.purpose.in_([purpose.value for purpose in purposes]),
            SingleUseLink.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )
