"""Organising bodies of the installation: made with their first owner invited, renamed, closed, opened again."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.invite_member import invite_member
from accounts.organisation import Organisation, OrganisationKind, lock_organisation
from foundation import clock
from foundation.actor import Actor, Role
from foundation.audit_trail import record
from foundation.folding import fold, nfc
from foundation.refusal import Refused

LONGEST_NAME = 200
WorkGoingOn = Callable[[Session, int], int]
_work: list[WorkGoingOn] = []


def counts_work(work: WorkGoingOn) -> WorkGoingOn:
    """Register `work(session, organisation_id)` of a floor above: how much goes on that closing would leave alone."""
    if work not in _work:
        _work.append(work)
    return work


def create_organiser(
    session: Session,
    actor: Actor,
    *,
    name_vi: str,
    name_en: str,
    contact: str,
    owner_email: str,
    language: str,
    base_url: str,
) -> Organisation:
    """A new organising body; whoever has the address is invited to own it.

    Refused: `organisation_name_missing`, `organisation_name_too_long`, `organisation_name_taken`.
    """
    organisation = Organisation(kind=OrganisationKind.ORGANISER.value)
    _name(session, organisation, name_vi, name_en, contact)
    session.add(organisation)
    session.flush()
    record(session, actor, "organisation.create", organisation, new={"name": organisation.name_vi})
    invite_member(
        session, actor, organisation, email=owner_email, role=Role.OWNER, language=language, base_url=base_url
    )
    return organisation


def rename_organisation(
    session: Session, actor: Actor, organisation: Organisation, *, name_vi: str, name_en: str, contact: str
) -> Organisation:
    """Another name or contact. Refused: as `create_organiser`."""
    lock_organisation(session, organisation)
    old = {"name": organisation.name_vi, "name_en": organisation.name_en}
    _name(session, organisation, name_vi, name_en, contact)
    session.flush()
    new = {"name": organisation.name_vi, "name_en": organisation.name_en}
    record(session, actor, "organisation.rename", organisation, old=old, new=new)
    return organisation


def close_organisation(session: Session, actor: Actor, organisation: Organisation) -> Organisation:
    """From now on its members may only read, and open invitations open no door.

    Refused: `organisation_at_work` while fairs of it are published and not over. Closing twice changes nothing.
    """
    lock_organisation(session, organisation)
    if organisation.closed_at is not None:
        return organisation
    going_on = sum(work(session, organisation.id) for work in _work)
    if going_on:
        raise Refused("organisation_at_work", fairs=going_on)
    organisation.closed_at = clock.now()
    session.flush()
    record(session, actor, "organisation.close", organisation)
    return organisation


def reopen_organisation(session: Session, actor: Actor, organisation: Organisation) -> Organisation:
    """Everybody holds again what they held."""
    lock_organisation(session, organisation)
    if organisation.closed_at is not None:
        organisation.closed_at = None
        session.flush()
        record(session, actor, "organisation.reopen", organisation)
    return organisation


def _name(session: Session, organisation: Organisation, name_vi: str, name_en: str, contact: str) -> None:
    vi, en = " ".join(nfc(name_vi).split()), " ".join(nfc(name_en).split())
    if not vi:
        raise Refused("organisation_name_missing")
    if max(len(vi), len(en), len(contact)) > LONGEST_NAME:
        raise Refused("organisation_name_too_long", most=LONGEST_NAME)
    others = session.execute(
        select(Organisation.id, Organisation.name_vi).where(Organisation.kind == OrganisationKind.ORGANISER.value)
    )
    if any(fold(name) == fold(vi) for number, name in others if number != organisation.id):
        raise Refused("organisation_name_taken")
    organisation.name_vi, organisation.name_en, organisation.contact = vi, en, nfc(contact.strip())
