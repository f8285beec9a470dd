"""Audience: signed-in. The own account: name, language, sessions, password, address (/account …)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.account_form import NewEmailForm, PasswordForm, ProfileForm
from accounts.change_account import ask_email_change, change_password, change_profile
from accounts.current_actor import (
    begin_session,
    current_person,
    current_signed_in_session,
    end_all_sessions,
    end_session,
)
from accounts.device_words import name_device
from accounts.even_answers import even_answer
from accounts.link_doors import base_url
from accounts.passwords import check_and_hash_password
from accounts.permissions import may_end_session
from accounts.prove_password import PasswordProof, prove_password
from accounts.sign_in import end_one_session, live_sessions
from accounts.user import SignedInSession
from foundation.audience import Audience, Pages, audience_suffices, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import HouseForm
from foundation.rate_limit import count_or_refuse, return_try, visitor_network
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("account", __name__, audience=Audience.SIGNED_IN, url_prefix="/account")
PASSWORD_LIMIT = "5 per 15 minutes"  # noqa: S105 - how often the present password may be guessed at
NEW_EMAIL_LIMIT = "3 per hour"


@pages.page("", may=audience_suffices, methods=("GET", "POST"))
def overview() -> ResponseReturnValue:
    """Name and language to change, the list of sessions, the ways to password and address."""
    session, person = current_session(), current_person()
    form = ProfileForm.from_request(obj=person)
    if form.validate_posted():
        try:
            change_profile(session, signed_in_actor(), person, name=form.name.data, language=form.language.data)
        except Refused as refusal:
            form.fault("name", refusal_words(refusal))
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for("account.overview"), 303)
    page = render_template(
        "accounts/account/overview.html",
        form=form,
        person=person,
        sessions=live_sessions(session, person),
        present=current_signed_in_session(),
    )
    return page, 422 if form.errors else 200


@pages.page("/password", may=audience_suffices, methods=("GET", "POST"))
def password() -> ResponseReturnValue:
    """A new password; every other session ends and this browser gets a fresh one."""
    form = PasswordForm.from_request()
    if form.validate_posted() and (proof := _prove(form)) and (new_hash := _hash_typed(form)):
        session, actor = current_session(), signed_in_actor()
        try:
            ended = change_password(
                session, actor, proof, new_hash=new_hash, base_url=base_url(), but=current_signed_in_session()
            )
        except Refused as refusal:
            form.fault("present_password", refusal_words(refusal))
        else:
            user = current_person()
            end_session(session)
            begin_session(session, user, name_device(request.user_agent.string))
            session.commit()
            _tell_password_changed(ended)
            return redirect(url_for("account.overview"), 303)
    return render_template("accounts/account/password.html", form=form), 422 if form.errors else 200


@pages.page("/email", may=audience_suffices, methods=("GET", "POST"))
def email() -> ResponseReturnValue:
    """A new address: counts only when the link sent to it has been used."""
    form = NewEmailForm.from_request()
    if form.validate_posted() and (proof := _prove(form)):
        session, actor = current_session(), signed_in_actor()
        count_or_refuse(NEW_EMAIL_LIMIT, "new-email", str(actor.user_id))
        try:
            with even_answer():
                ask_email_change(session, actor, proof, new_email=form.email.data, base_url=base_url())
                session.commit()
        except Refused as refusal:
            form.fault("email" if refusal.reason == "email_same" else "present_password", refusal_words(refusal))
        else:
            flash(_("A letter is on its way to the new address. Until you open it, the old one counts."), "ok")
            return redirect(url_for("account.overview"), 303)
    page = render_template("accounts/account/email.html", form=form, person=current_person())
    return page, 422 if form.errors else 200


@pages.page("/sign-out-everywhere", may=audience_suffices, methods=("POST",))
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions except this browser's."""
    session = current_session()
    ended = end_all_sessions(session, current_person(), but_this=True)
    session.commit()
    flash(
        ngettext("Signed out on %(num)s other device.", "Signed out on %(num)s other devices.", ended)
        if ended
        else _("You were signed in on this device only."),
        "ok",
    )
    return redirect(url_for("account.overview"), 303)


@pages.page("/sessions/<int(max=2147483647):session_id>/end", may=may_end_session, methods=("POST",))
def end_other(session_id: int) -> ResponseReturnValue:
    """End one session of one's own."""
    session = current_session()
    signed_in = found(session.get(SignedInSession, session_id))
    demand(signed_in)
    if signed_in.id == current_signed_in_session().id:
        end_session(session)
        session.commit()
        return redirect(url_for("sign_in.form"), 303)
    end_one_session(session, signed_in_actor(), signed_in)
    session.commit()
    flash(_("Signed out on that device."), "ok")
    return redirect(url_for("account.overview"), 303)


def _prove(form: HouseForm) -> PasswordProof | None:
    """The proof that the present password was given; else the fault stands beside the field."""
    user_id = str(signed_in_actor().user_id)
    key = ("present-password", visitor_network(), user_id)
    count_or_refuse(PASSWORD_LIMIT, *key)
    proof = prove_password(current_session(), form["present_password"].data, user_id=int(user_id))
    if proof is None:
        form.fault("present_password", refusal_words(Refused("wrong_password")))
    else:
        return_try(PASSWORD_LIMIT, *key)
    return proof


def _hash_typed(form: PasswordForm) -> str | None:
    """The new hash, made while no transaction is open; None with the reason beside the field."""
    session, person = current_session(), current_person()
    address, name = person.email, person.name
    session.rollback()
    try:
        return check_and_hash_password(form.new_password.data or "", email=address, name=name)
    except Refused as refusal:
        form.fault("new_password", refusal_words(refusal))
        return None


def _tell_password_changed(ended: int) -> None:
    others = ngettext("Signed out on %(num)s other device.", "Signed out on %(num)s other devices.", ended)
    flash(_("Your password is changed.") + (f" {others}" if ended else ""), "ok")
