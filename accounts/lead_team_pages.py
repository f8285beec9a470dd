"""Audience: organisers. Who belongs to an organisation: invite, change roles, take out, leave (/organise/…/team)."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.invitation import Invitation
from accounts.lead_team import remove_member
from accounts.lead_team_form import InviteForm, RoleForm
from accounts.organisation import Membership, Organisation
from accounts.permissions import (
    MAY,
    may_handle_member,
    may_lead_team,
    may_leave,
    may_see_team,
    roles_to_give,
)
from accounts.team import find_invitation, find_member, find_organiser, organisers_by_id, roles_by_name, team_of
from accounts.team_deeds import (
    act_and_tell,
    change_role_from,
    invite_from,
    leave_and_tell,
    resend_and_tell,
    revoke_and_tell,
)
from accounts.wording import ACTS, ROLES
from foundation import clock
from foundation.actor import Role
from foundation.audience import Audience, Pages, audience_suffices, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language

pages = Pages("lead_team", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "accounts/lead_team"
INVITING_LIMIT = "60 per hour"
"""Letters that one person may cause by inviting."""
TEAM = "/organisations/<int(max=2147483647):organisation_id>/team"
MEMBER = f"{TEAM}/members/<int(max=2147483647):membership_id>"
INVITATION = f"{TEAM}/invitations/<int(max=2147483647):invitation_id>"


@pages.page("/team", may=audience_suffices)
def teams() -> ResponseReturnValue:
    """The organisations one belongs to; with a single one, its team at once."""
    actor = signed_in_actor()
    mine = organisers_by_id(current_session(), list(actor.organiser_roles))
    if len(mine) == 1 and may_see_team(actor, mine[0]):
        return redirect(url_for("lead_team.team", organisation_id=mine[0].id), 303)
    return render_template(f"{FOLDER}/teams.html", organisations=mine, own=actor.organiser_roles, roles=ROLES)


@pages.page(TEAM, may=may_see_team)
def team(organisation_id: int) -> ResponseReturnValue:
    """Members, open invitations, the form to invite, and what each role may."""
    organisation = _organisation(organisation_id)
    return _team_page(organisation, _invite_form(InviteForm(language=current_language(), role="reader"), organisation))


@pages.page(f"{TEAM}/invite", may=may_lead_team, methods=("POST",))
def invite(organisation_id: int) -> ResponseReturnValue:
    """Send an invitation."""
    organisation = _organisation(organisation_id)
    form = _invite_form(InviteForm.from_request(), organisation)
    if invite_from(form, organisation, INVITING_LIMIT):
        return _back_to_team(organisation_id)
    return _team_page(_organisation(organisation_id), form)


@pages.page(f"{INVITATION}/resend", may=may_lead_team, methods=("POST",))
def resend(organisation_id: int, invitation_id: int) -> ResponseReturnValue:
    """The letter once more, with a new link."""
    resend_and_tell(_invitation(organisation_id, invitation_id), INVITING_LIMIT)
    return _back_to_team(organisation_id)


@pages.page(f"{INVITATION}/revoke", may=may_lead_team, methods=("POST",))
def revoke(organisation_id: int, invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    revoke_and_tell(_invitation(organisation_id, invitation_id))
    return _back_to_team(organisation_id)


@pages.page(MEMBER, may=may_handle_member, methods=("GET", "POST"))
def member(organisation_id: int, membership_id: int) -> ResponseReturnValue:
    """One member with the roles to choose from."""
    organisation, membership = _member(organisation_id, membership_id)
    form = RoleForm.from_request(role=membership.role)
    form.offer(_roles_for(organisation))
    if change_role_from(form, membership, ROLES):
        return redirect(_way_back(membership), 303)
    page = render_template(f"{FOLDER}/member.html", organisation=organisation, member=membership, form=form)
    return page, 422 if form.errors else 200


@pages.page(f"{MEMBER}/remove", may=may_handle_member, methods=("GET", "POST"))
def remove(organisation_id: int, membership_id: int) -> ResponseReturnValue:
    """Confirm, then take the person out."""
    session, actor = current_session(), signed_in_actor()
    organisation, membership = _member(organisation_id, membership_id)
    name = membership.user.name
    if request.method == "POST":
        done = _("%(name)s does not belong to the organisation any longer.", name=name)
        act_and_tell(lambda: remove_member(session, actor, membership), done)
        return _back_to_team(organisation_id)
    text = _(
        "%(name)s sees nothing of %(organisation)s from then on. What they did stays in the history. "
        "They can be invited again.",
        name=name,
        organisation=organisation.name.local(current_language()),
    )
    title = _("Take %(name)s out of the team?", name=name)
    return _confirm_page(title, text, _("Take out"), _way_back(membership))


@pages.page(f"{TEAM}/leave", may=may_leave, methods=("GET", "POST"))
def leave(organisation_id: int) -> ResponseReturnValue:
    """Confirm, then leave."""
    organisation = _organisation(organisation_id)
    if request.method == "POST":
        return redirect(url_for("account.overview" if leave_and_tell(organisation) else "lead_team.teams"), 303)
    name = organisation.name.local(current_language())
    text = _("You see nothing of its fairs from then on. Only somebody of the organisation can let you in again.")
    title = _("Leave %(organisation)s?", organisation=name)
    return _confirm_page(title, text, _("Leave"), url_for("lead_team.teams"))


def _organisation(organisation_id: int) -> Organisation:
    organisation = found(find_organiser(current_session(), organisation_id))
    demand(organisation)
    return organisation


def _invitation(organisation_id: int, invitation_id: int) -> Invitation:
    """Nested addresses are checked together: the invitation must be into this very organisation."""
    return found(find_invitation(current_session(), _organisation(organisation_id), invitation_id))


def _member(organisation_id: int, membership_id: int) -> tuple[Organisation, Membership]:
    organisation = found(find_organiser(current_session(), organisation_id))
    membership = found(find_member(current_session(), organisation, membership_id))
    demand(organisation, membership)
    return organisation, membership


def _back_to_team(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("lead_team.team", organisation_id=organisation_id), 303)


def _roles_for(organisation: Organisation) -> frozenset[Role]:
    actor = signed_in_actor()
    return roles_to_give(actor.organiser_roles.get(organisation.id), is_admin=actor.is_admin)


def _invite_form(form: InviteForm, organisation: Organisation) -> InviteForm:
    form.offer(_roles_for(organisation) - {Role.LIMITED})
    return form


def _team_page(organisation: Organisation, form: InviteForm) -> ResponseReturnValue:
    actor = signed_in_actor()
    page = render_template(
        f"{FOLDER}/team.html",
        organisation=organisation,
        team=team_of(current_session(), organisation.id),
        form=form,
        roles=ROLES,
        acts=ACTS,
        may=MAY,
        columns=roles_by_name(),
        now=clock.now(),
        leads=may_lead_team(actor, organisation),
        belongs=may_leave(actor, organisation),
        may_handle=lambda membership: may_handle_member(actor, organisation, membership),
        gives=_roles_for(organisation),
    )
    return page, 422 if form.errors else 200


def _confirm_page(title: str, text: str, action: str, back_url: str) -> ResponseReturnValue:
    return render_template(
        "foundation/confirm.html",
        base_template="organise_base.html",
        step="team",
        title=title,
        text=text,
        action=action,
        post_url=request.script_root + request.path,
        back_url=back_url,
        danger=True,
    )


def _way_back(membership: Membership) -> str:
    """The team's page; whoever has just changed their own role may not be let in there any longer."""
    if membership.user_id == signed_in_actor().user_id:
        return url_for("lead_team.teams")
    return url_for("lead_team.team", organisation_id=membership.organisation_id)
