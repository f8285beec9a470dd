"""Gives an organising body its first account; whoever runs the server does this from the command line."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.join_organisation import found_organisation, make_owner
from accounts.organisation import Membership, Organisation, OrganisationKind
from accounts.sign_up import register_person
from accounts.user import User, find_user
from foundation import clock
from foundation.actor import SYSTEM
from foundation.audit_trail import record
from foundation.folding import fold
from foundation.refusal import Refused


def make_organiser(
    session: Session, *, email: str, organisation_name: str, password: str, name: str = "", language: str = "vi"
) -> Membership:
    """Make the person an owner of the organising body of that name; both are made when they are not there yet.

    A person who is there keeps name and password; the address counts as confirmed, the operator vouches for it.
    Doing it again changes nothing. Refused: as `register_person` and `found_organisation`.
    """
    user = find_user(session, email) or register_person(
        session, email=email, name=name or organisation_name[:80], password=password, language=language
    )
    user.email_confirmed_at = user.email_confirmed_at or clock.now()
    organisation = _find_organiser(session, organisation_name) or _found(session, user, organisation_name)
    membership = make_owner(session, user, organisation)
    session.flush()
    record(session, SYSTEM, "made_organiser", membership)
    return membership


def make_admin(session: Session, *, email: str) -> User:
    """Make a person who has an account an administrator of the installation. Refused: `person_unknown`."""
    user = find_user(session, email)
    if user is None or not user.may_act:
        raise Refused("person_unknown")
    user.is_admin = True
    session.flush()
    record(session, SYSTEM, "made_admin", user)
    return user


def _find_organiser(session: Session, name: str) -> Organisation | None:
    """By its Vietnamese name, whatever the marks and the case."""
    rows = session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.ORGANISER.value))
    return next((row for row in rows if fold(row.name_vi) == fold(name)), None)


def _found(session: Session, user: User, name: str) -> Organisation:
    return found_organisation(session, user, kind=OrganisationKind.ORGANISER, name_vi=name)
