"""Registers people and confirms that the address they gave is theirs."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts.letters import confirm_email_letter, known_address_letter
from accounts.organisation import actor_for
from accounts.passwords import check_and_hash_password
from accounts.single_use_links import issue_link, use_link
from accounts.user import LONGEST_NAME, LinkPurpose, User, email_key, find_user
from foundation import clock
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.outbox import post
from foundation.refusal import Refused

NOT_IN_NAMES = ("://", "www.", "@", "<", ">", "\n", "\r")


def check_name(name: str) -> str:
    """The name with single blanks. Refused, because letters begin with it: `person_name_missing`,
    `person_name_too_long`, `person_name_unreadable` (addresses and markup).
    """
    name = " ".join(nfc(name).split())
    if not name:
        raise Refused("person_name_missing")
    if len(name) > LONGEST_NAME:
        raise Refused("person_name_too_long", most=LONGEST_NAME)
    if any(sign in name.casefold() for sign in NOT_IN_NAMES):
        raise Refused("person_name_unreadable")
    return name


def register_person(
    session: Session,
    *,
    email: str,
    name: str,
    password: str,
    language: str = "vi",
    confirmed: bool = False,
    is_demonstration: bool = False,
) -> User:
    """A new person, with no letter sent. Refused: the rules of names and passwords, `email_taken`."""
    name = check_name(name)
    password_hash = check_and_hash_password(password, email=email, name=name)
    if find_user(session, email) is not None:
        raise Refused("email_taken")
    user = add_person(session, email, name, password_hash, language)
    user.email_confirmed_at = clock.now() if confirmed else None
    user.is_demonstration = is_demonstration
    session.flush()
    return user


def sign_up(
    session: Session, *, email: str, name: str, password: str, language: str, base_url: str, next_path: str = ""
) -> User | None:
    """Register a visitor and send the link that confirms the address.

    None when the address has an account: then its owner is told by letter, and the visitor must be given the same
    answer. An account that was never confirmed belongs to nobody yet: the latest name and password count and
    earlier links die. `next_path`: the page to open after confirming (see `allow_next`).
    """
    name = check_name(name)
    password_hash = check_and_hash_password(password, email=email, name=name)
    user = find_user(session, email)
    if user is not None and (user.email_confirmed_at or user.disabled_at):
        post(session, known_address_letter(user, base_url))
        return None
    if user is None:
        try:
            user = add_person(session, email, name, password_hash, language)
        except Refused:  # pressed twice at once: the other press sends the letter
            return None
    else:
        user.name, user.password_hash, user.language = name, password_hash, language
    send_confirmation(session, user, base_url=base_url, next_path=next_path)
    return user


def resend_confirmation(session: Session, *, email: str, base_url: str, next_path: str = "") -> None:
    """Send the link again if the address awaits confirmation; nothing happens otherwise."""
    user = find_user(session, email)
    if user is not None and user.email_confirmed_at is None and user.disabled_at is None:
        send_confirmation(session, user, base_url=base_url, next_path=next_path)


def send_confirmation(session: Session, user: User, *, base_url: str, next_path: str = "") -> None:
    """A letter with a fresh link; earlier ones die."""
    token = issue_link(session, user, LinkPurpose.CONFIRM_EMAIL)
    post(session, confirm_email_letter(user, token, base_url, next_path))


def confirm_email(session: Session, token: str) -> User:
    """The person whose address is now confirmed. Refused: `link_dead`."""
    user = use_link(session, token, LinkPurpose.CONFIRM_EMAIL).user
    if user.email_confirmed_at is None:
        user.email_confirmed_at = clock.now()
        record(session, actor_for(session, user), "confirmed_email", user)
    return user


def add_person(session: Session, email: str, name: str, password_hash: str, language: str) -> User:
    """A new person whose address is not confirmed yet. Refused: `email_taken`."""
    user = User(
        email=nfc(email.strip()),
        email_key=email_key(email),
        name=name,
        password_hash=password_hash,
        language=language,
        created_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:
        raise Refused("email_taken") from error
    record(session, actor_for(session, user), "signed_up", user)
    return user
