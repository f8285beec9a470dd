"""Makes organisations and puts people into them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import Membership, Organisation, OrganisationKind, actor_for, enrol
from accounts.user import User
from foundation.actor import Role
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused


def found_organisation(
    session: Session,
    actor_user: User,
    *,
    kind: OrganisationKind,
    name_vi: str,
    name_en: str = "",
    contact: str = "",
    is_demonstration: bool = False,
) -> Organisation:
    """A new organisation whose owner is the person. Refused: `organisation_name_missing`."""
    name_vi = " ".join(nfc(name_vi).split())
    if not name_vi:
        raise Refused("organisation_name_missing")
    organisation = Organisation(
        kind=kind.value,
        name_vi=name_vi,
        name_en=" ".join(nfc(name_en).split()),
        contact=nfc(contact.strip()),
        is_demonstration=is_demonstration,
    )
    session.add(organisation)
    session.flush()
    enrol(session, actor_user, organisation, Role.OWNER)
    record(session, actor_for(session, actor_user), "founded_organisation", organisation)
    return organisation


def make_owner(session: Session, user: User, organisation: Organisation) -> Membership:
    """The person's membership, raised to owner or new; doing it again changes nothing."""
    membership = session.scalar(
        select(Membership).where(Membership.user_id == user.id, Membership.organisation_id == organisation.id)
    )
    if membership is None:
        membership = enrol(session, user, organisation, Role.OWNER)
    elif membership.role != Role.OWNER.value:
        membership.role = Role.OWNER.value
    return membership
