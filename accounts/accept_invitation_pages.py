"""Audience: anyone. Behind the link of an invitation (/invitations/…): join with one's account, or with a new one."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.accept_invitation import accept_as_new_person, accept_invitation
from accounts.accept_invitation_form import NewMemberForm
from accounts.current_actor import begin_session, current_person
from accounts.device_words import name_device
from accounts.invitation import Invitation, find_live_invitation
from accounts.link_doors import TOKEN_LIMIT, base_url, private_page
from accounts.organisation import Organisation
from accounts.passwords import check_and_hash_password, check_password_rules
from accounts.sign_up import check_name
from accounts.user import User, find_user
from accounts.wording import ROLES, UNIT_ROLES
from foundation.audience import Audience, Pages, audience_suffices, current_actor
from foundation.database import reading_only
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.rate_limit import count_or_refuse, visitor_network
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("accept_invitation", __name__, audience=Audience.ANYONE)
FOLDER = "accounts/accept_invitation"


@pages.page("/invitations/<token>", may=audience_suffices, methods=("GET", "POST"))
def join(token: str) -> ResponseReturnValue:
    """Opening the page uses nothing up; what it offers depends on who is signed in and on the invited address."""
    form = NewMemberForm.from_request()
    if request.method == "POST":
        return _join_as_oneself(token) if current_actor() is not None else _join_as_new(token, form)
    return _page(token, form)


def _join_as_oneself(token: str) -> ResponseReturnValue:
    session = current_session()
    try:
        membership = accept_invitation(session, token, current_person(), base_url=base_url())
    except Refused as refusal:
        session.rollback()
        if refusal.reason == "link_dead":
            return _dead()
        return _page(token, NewMemberForm())
    session.commit()
    flash(
        _("You belong to %(organisation)s now.", organisation=membership.organisation.name.local(current_language())),
        "ok",
    )
    return redirect(_first_page(membership.organisation), 303)


def _join_as_new(token: str, form: NewMemberForm) -> ResponseReturnValue:
    session = current_session()
    new_hash = _hash_typed(form, token)
    if new_hash is None:
        with reading_only():
            return _page(token, form, 422)
    try:
        membership = accept_as_new_person(
            session,
            token,
            name=form.name.data or "",
            password_hash=new_hash,
            language=current_language(),
            base_url=base_url(),
        )
    except Refused as refusal:
        session.rollback()
        if refusal.reason == "link_dead":
            return _dead()
        form.form_errors.append(refusal_words(refusal))
        return _page(token, form, 422)
    begin_session(session, membership.user, name_device(request.user_agent.string))
    session.commit()
    flash(
        _("You belong to %(organisation)s now.", organisation=membership.organisation.name.local(current_language())),
        "ok",
    )
    return redirect(_first_page(membership.organisation), 303)


def _first_page(organisation: Organisation) -> str:
    """Where a new member begins: the organisers' desk, or the unit's own page."""
    return url_for("my_unit.overview" if organisation.is_unit else "organiser_desk.desk")


def _page(token: str, form: NewMemberForm, status: int = 200) -> Response:
    session = current_session()
    invitation = find_live_invitation(session, token)
    if invitation is None:
        count_or_refuse(TOKEN_LIMIT, "links", visitor_network())
        return _dead()
    actor = current_actor()
    person = current_person() if actor is not None else None
    html = render_template(
        f"{FOLDER}/join.html",
        invitation=invitation,
        role=(UNIT_ROLES if invitation.organisation.is_unit else ROLES)[invitation.current],
        person=person,
        way=_way(invitation, person, find_user(session, invitation.email)),
        form=form,
        here=url_for("accept_invitation.join", token=token).removeprefix(request.script_root),
    )
    return private_page(html, status)


def _way(invitation: Invitation, person: User | None, invited: User | None) -> str:
    """join: the right person is signed in; other: somebody else is; sign_in: has an account; new: has none yet."""
    if person is not None:
        return "join" if person.email_key == invitation.email_key else "other"
    return "sign_in" if invited is not None and (invited.email_confirmed_at or invited.disabled_at) else "new"


def _dead() -> Response:
    html = render_template(
        "foundation/message.html",
        title=_("This invitation no longer works"),
        text=_(
            "It has been used, is too old, has been taken back, or a newer letter has replaced it. "
            "Ask whoever invited you."
        ),
        icon="link",
        tone="warn",
        actions=[(_("Home page"), url_for("browse_fairs.home"), "alt")],
    )
    return private_page(html, 410)


def _hash_typed(form: NewMemberForm, token: str) -> str | None:
    """The hash of the new password, made while no transaction is open; None with every fault beside its field."""
    form.validate_posted()
    session, typed = current_session(), {"name": form.name.data or "", "password": form.password.data or ""}
    session.rollback()
    with reading_only():
        invitation = find_live_invitation(session, token)
        email = invitation.email if invitation is not None else ""
        session.rollback()
    rules: dict[str, Callable[[], object]] = {
        "name": lambda: check_name(typed["name"]),
        "password": lambda: check_password_rules(email=email, **typed),
    }
    for name, keeps_rule in rules.items():
        if not form[name].errors:
            try:
                keeps_rule()
            except Refused as refusal:
                form.fault(name, refusal_words(refusal))
    return None if form.errors else check_and_hash_password(typed["password"], email=email, name=typed["name"])
