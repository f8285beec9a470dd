"""Audience: organisers. Who belongs to an organisation: invite, change roles, take out, leave (/organise/…/team)."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.invitation import Invitation
from accounts.invite_member import invite_member, resend_invitation, revoke_invitation
from accounts.lead_team import change_role, leave_organisation, remove_member
from accounts.lead_team_form import InviteForm, RoleForm
from accounts.link_doors import base_url
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
from accounts.wording import ACTS, ROLES
from foundation import clock
from foundation.actor import Role
from foundation.audience import Audience, Pages, audience_suffices, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.rate_limit import count_or_refuse
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

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
    session, actor = current_session(), signed_in_actor()
    organisation = _organisation(organisation_id)
    form = _invite_form(InviteForm.from_request(), organisation)
    if form.validate_posted():
        count_or_refuse(INVITING_LIMIT, "invite", str(actor.user_id))
        facts = {"email": form.email.data, "role": form.chosen, "language": form.language.data}
        try:
            invite_member(session, actor, organisation, base_url=base_url(), **facts)
        except Refused as refusal:
            session.rollback()
            form.fault("role" if refusal.reason == "role_not_yours_to_give" else "email", refusal_words(refusal))
        else:
            session.commit()
            flash(_("A letter is on its way to %(address)s.", address=facts["email"]), "ok")
            return redirect(url_for("lead_team.team", organisation_id=organisation_id), 303)
    return _team_page(_organisation(organisation_id), form)


@pages.page(f"{INVITATION}/resend", may=may_lead_team, methods=("POST",))
def resend(organisation_id: int, invitation_id: int) -> ResponseReturnValue:
    """The letter once more, with a new link."""
    session, actor = current_session(), signed_in_actor()
    invitation = _invitation(organisation_id, invitation_id)
    count_or_refuse(INVITING_LIMIT, "invite", str(actor.user_id))
    done = _("Another letter is on its way to %(address)s. The earlier link no longer works.", address=invitation.email)
    return _act(organisation_id, lambda: resend_invitation(session, actor, invitation, base_url=base_url()), done)


@pages.page(f"{INVITATION}/revoke", may=may_lead_team, methods=("POST",))
def revoke(organisation_id: int, invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back; inviting again is always possible, so nothing is asked."""
    session, actor = current_session(), signed_in_actor()
    invitation = _invitation(organisation_id, invitation_id)
    done = _("The invitation of %(address)s is taken back.", address=invitation.email)
    return _act(organisation_id, lambda: revoke_invitation(session, actor, invitation), done)


@pages.page(MEMBER, may=may_handle_member, methods=("GET", "POST"))
def member(organisation_id: int, membership_id: int) -> ResponseReturnValue:
    """One member with the roles to choose from."""
    session, actor = current_session(), signed_in_actor()
    organisation, membership = _member(organisation_id, membership_id)
    form = RoleForm.from_request(role=membership.role)
    form.offer(_roles_for(organisation))
    if form.validate_posted():
        try:
            change_role(session, actor, membership, form.chosen)
        except Refused as refusal:
            session.rollback()
            form.fault("role", refusal_words(refusal))
        else:
            session.commit()
            flash(_("%(name)s: %(role)s.", name=membership.user.name, role=ROLES[form.chosen][0]), "ok")
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
        return _act(organisation_id, lambda: remove_member(session, actor, membership), done)
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
    session, actor = current_session(), signed_in_actor()
    organisation = _organisation(organisation_id)
    name = organisation.name.local(current_language())
    if request.method == "POST":
        try:
            leave_organisation(session, actor, organisation)
        except Refused as refusal:
            session.rollback()
            flash(refusal_words(refusal), "bad")
            return redirect(url_for("lead_team.teams"), 303)
        session.commit()
        flash(_("You have left %(organisation)s.", organisation=name), "ok")
        return redirect(url_for("account.overview"), 303)
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


def _act(organisation_id: int, act: Callable[[], object], done: str) -> ResponseReturnValue:
    """Try it, say how it went on the team's page."""
    session = current_session()
    try:
        act()
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
        flash(done, "ok")
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
