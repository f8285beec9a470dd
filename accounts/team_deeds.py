"""The web side of what the pages of every team do, an organising body's or a unit's, and of telling how it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash
from flask_babel import gettext as _

from accounts.invitation import Invitation
from accounts.invite_member import invite_member, resend_invitation, revoke_invitation
from accounts.lead_team import change_role, leave_organisation
from accounts.lead_team_form import InviteForm, RoleForm
from accounts.link_doors import base_url
from accounts.organisation import Membership, Organisation
from foundation.actor import Role
from foundation.audience import signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.rate_limit import count_or_refuse
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


def act_and_tell(act: Callable[[], object], done: str) -> bool:
    """Do it and keep it, or say in words why not; whether it was done."""
    session = current_session()
    try:
        act()
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
        return False
    session.commit()
    flash(done, "ok")
    return True


def invite_from(form: InviteForm, organisation: Organisation, limit: str) -> bool:
    """Invite whom the form names, at most `limit` for one person; a refusal stands at its field."""
    if not form.validate_posted():
        return False
    session, actor = current_session(), signed_in_actor()
    count_or_refuse(limit, "invite", str(actor.user_id))
    facts = {"email": form.email.data, "role": form.chosen, "language": form.language.data}
    try:
        invite_member(session, actor, organisation, base_url=base_url(), **facts)
    except Refused as refusal:
        session.rollback()
        form.fault("role" if refusal.reason == "role_not_yours_to_give" else "email", refusal_words(refusal))
        return False
    session.commit()
    flash(_("A letter is on its way to %(address)s.", address=facts["email"]), "ok")
    return True


def resend_and_tell(invitation: Invitation, limit: str) -> None:
    """The letter once more, with a new link."""
    session, actor = current_session(), signed_in_actor()
    count_or_refuse(limit, "invite", str(actor.user_id))
    done = _("Another letter is on its way to %(address)s. The earlier link no longer works.", address=invitation.email)
    act_and_tell(lambda: resend_invitation(session, actor, invitation, base_url=base_url()), done)


def revoke_and_tell(invitation: Invitation) -> None:
    """Take an invitation back; inviting again is always possible, so nothing is asked."""
    session, actor = current_session(), signed_in_actor()
    done = _("The invitation of %(address)s is taken back.", address=invitation.email)
    act_and_tell(lambda: revoke_invitation(session, actor, invitation), done)


def change_role_from(form: RoleForm, membership: Membership, words: Mapping[Role, Any]) -> bool:
    """Give the member the role that the form says; a refusal stands at the field."""
    if not form.validate_posted():
        return False
    session = current_session()
    try:
        change_role(session, signed_in_actor(), membership, form.chosen)
    except Refused as refusal:
        session.rollback()
        form.fault("role", refusal_words(refusal))
        return False
    session.commit()
    flash(_("%(name)s: %(role)s.", name=membership.user.name, role=words[form.chosen][0]), "ok")
    return True


def leave_and_tell(organisation: Organisation) -> bool:
    """Leave it; the last owner is told why not."""
    session, actor = current_session(), signed_in_actor()
    done = _("You have left %(organisation)s.", organisation=organisation.name.local(current_language()))
    return act_and_tell(lambda: leave_organisation(session, actor, organisation), done)
