"""The people of a person's own unit: invite, change roles, hand over, leave, and choose among several units."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.invitation import Invitation
from accounts.lead_team import hand_over, remove_member
from accounts.lead_team_form import InviteForm, RoleForm
from accounts.link_doors import base_url
from accounts.organisation import Membership
from accounts.team import find_invitation, find_member, team_of
from accounts.team_deeds import (
    act_and_tell,
    change_role_from,
    invite_from,
    leave_and_tell,
    resend_and_tell,
    revoke_and_tell,
)
from accounts.wording import UNIT_ROLES
from exhibitors.producers.lead_unit import choose_unit, roles_to_give_in, units_of
from exhibitors.producers.permissions import (
    is_member,
    may_hand_over,
    may_handle_colleague,
    may_lead_unit,
    may_see_own_unit,
)
from exhibitors.producers.producer import Producer, own_producer
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language

pages = Pages("lead_unit", __name__, audience=Audience.SIGNED_IN, url_prefix="/producer/team")
FOLDER = "exhibitors/producers/lead_unit"
INVITING_LIMIT = "30 per hour"
"""Letters that one person may cause by inviting."""
MEMBER = "/members/<int(max=2147483647):colleague_id>"
INVITATION = "/invitations/<int(max=2147483647):unit_invitation_id>"


@pages.page("", may=may_see_own_unit)
def team() -> ResponseReturnValue:
    """Members, open invitations, the form to invite, and the person's other units."""
    producer = _own_unit()
    demand(producer)
    return _team_page(producer, _offered(InviteForm(language=current_language(), role="manager"), producer))


@pages.page("/invite", may=may_lead_unit, methods=("POST",))
def invite() -> ResponseReturnValue:
    """Send an invitation."""
    producer = _own_unit()
    demand(producer)
    form = _offered(InviteForm.from_request(), producer)
    if invite_from(form, producer.organisation, INVITING_LIMIT):
        return _back_to_team()
    return _team_page(_own_unit(), form)


@pages.page(f"{INVITATION}/resend", may=may_lead_unit, methods=("POST",))
def resend(unit_invitation_id: int) -> ResponseReturnValue:
    """The letter once more, with a new link."""
    resend_and_tell(_invitation(unit_invitation_id), INVITING_LIMIT)
    return _back_to_team()


@pages.page(f"{INVITATION}/revoke", may=may_lead_unit, methods=("POST",))
def revoke(unit_invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    revoke_and_tell(_invitation(unit_invitation_id))
    return _back_to_team()


@pages.page(MEMBER, may=may_handle_colleague, methods=("GET", "POST"))
def member(colleague_id: int) -> ResponseReturnValue:
    """One member with the roles to choose from."""
    actor = signed_in_actor()
    producer, membership = _member(colleague_id)
    form = RoleForm.from_request(role=membership.role)
    form.offer(roles_to_give_in(actor, producer), UNIT_ROLES)
    if change_role_from(form, membership, UNIT_ROLES):
        return _back_to_team()
    page = render_template(
        f"{FOLDER}/member.html",
        producer=producer,
        member=membership,
        form=form,
        is_own=membership.user_id == actor.user_id,
        may_give_away=may_hand_over(actor, producer, membership),
    )
    return page, 422 if form.errors else 200


@pages.page(f"{MEMBER}/remove", may=may_handle_colleague, methods=("GET", "POST"))
def remove(colleague_id: int) -> ResponseReturnValue:
    """Confirm, then take the person out."""
    session, actor = current_session(), signed_in_actor()
    producer, membership = _member(colleague_id)
    name = membership.user.name
    if request.method == "POST":
        done = _("%(name)s does not belong to the unit any longer.", name=name)
        act_and_tell(lambda: remove_member(session, actor, membership), done)
        return _back_to_team()
    text = _(
        "%(name)s sees nothing of %(unit)s from then on. What they did stays in the history. "
        "They can be invited again.",
        name=name,
        unit=producer.name.local(current_language()),
    )
    title = _("Take %(name)s out of the unit?", name=name)
    return _confirm_page(title, text, _("Take out"), url_for(".team"))


@pages.page(f"{MEMBER}/hand-over", may=may_hand_over, methods=("GET", "POST"))
def give_away(colleague_id: int) -> ResponseReturnValue:
    """Confirm, then make this member the owner; the person who was stays as a manager."""
    session, actor = current_session(), signed_in_actor()
    producer, membership = _member(colleague_id)
    name, unit = membership.user.name, producer.name.local(current_language())
    if request.method == "POST":
        done = _("%(unit)s belongs to %(name)s now. You stay as a manager.", unit=unit, name=name)
        act_and_tell(lambda: hand_over(session, actor, membership, base_url=base_url()), done)
        return _back_to_team()
    text = _(
        "%(name)s leads the unit from then on and decides who belongs to it. You stay as a manager and may leave. "
        "Only the new owner can give the unit back.",
        name=name,
    )
    title = _("Hand %(unit)s over to %(name)s?", unit=unit, name=name)
    return _confirm_page(title, text, _("Hand over"), url_for(".team"))


@pages.page("/leave", may=may_see_own_unit, methods=("GET", "POST"))
def leave() -> ResponseReturnValue:
    """Confirm, then leave."""
    producer = _own_unit()
    demand(producer)
    if request.method == "POST":
        return redirect(url_for("account.overview" if leave_and_tell(producer.organisation) else ".team"), 303)
    name = producer.name.local(current_language())
    text = _("You see nothing of it and act for it no longer. Only somebody of the unit can let you in again.")
    return _confirm_page(_("Leave %(organisation)s?", organisation=name), text, _("Leave the unit"), url_for(".team"))


@pages.page("/act-for/<unit_slug>", may=is_member, methods=("POST",))
def act_for(unit_slug: str) -> ResponseReturnValue:
    """Work on another of one's units from now on."""
    session, actor = current_session(), signed_in_actor()
    producer = found(next((unit for unit in units_of(session, actor) if unit.slug == unit_slug), None))
    demand(producer)
    choose_unit(session, actor, producer)
    session.commit()
    flash(_("You act for %(unit)s now.", unit=producer.name.local(current_language())), "ok")
    return redirect(url_for("my_unit.overview"), 303)


def _own_unit() -> Producer:
    return found(own_producer(current_session(), signed_in_actor()))


def _invitation(invitation_id: int) -> Invitation:
    """Only an invitation into the person's own unit."""
    producer = _own_unit()
    demand(producer)
    return found(find_invitation(current_session(), producer.organisation, invitation_id))


def _member(membership_id: int) -> tuple[Producer, Membership]:
    producer = _own_unit()
    membership = found(find_member(current_session(), producer.organisation, membership_id))
    demand(producer, membership)
    return producer, membership


def _back_to_team() -> ResponseReturnValue:
    return redirect(url_for(".team"), 303)


def _offered(form: InviteForm, producer: Producer) -> InviteForm:
    form.offer(roles_to_give_in(signed_in_actor(), producer), UNIT_ROLES)
    return form


def _team_page(producer: Producer, form: InviteForm) -> ResponseReturnValue:
    actor, session = signed_in_actor(), current_session()
    page = render_template(
        f"{FOLDER}/team.html",
        producer=producer,
        team=team_of(session, producer.organisation_id),
        form=form,
        roles=UNIT_ROLES,
        now=clock.now(),
        leads=may_lead_unit(actor, producer),
        may_handle=lambda membership: may_handle_colleague(actor, producer, membership),
        gives=roles_to_give_in(actor, producer),
        others=units_of(session, actor)[1:] if len(actor.producer_roles) > 1 else [],
    )
    return page, 422 if form.errors else 200


def _confirm_page(title: str, text: str, action: str, back_url: str) -> ResponseReturnValue:
    return render_template(
        "foundation/confirm.html",
        title=title,
        text=text,
        action=action,
        post_url=request.script_root + request.path,
        back_url=back_url,
        danger=True,
    )
