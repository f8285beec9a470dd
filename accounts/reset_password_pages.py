"""Audience: anyone. A new password for whoever forgot it (/forgot-password, /reset/…)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.even_answers import even_answer
from accounts.link_doors import base_url, dead_link_page, live_link_or_page, may_post_letter, private_page
from accounts.passwords import check_and_hash_password
from accounts.reset_password import ask_for_reset, reset_password
from accounts.sign_up_form import EmailForm, NewPasswordForm
from accounts.user import LinkPurpose
from foundation.audience import Audience, Pages, audience_suffices
from foundation.database import reading_only
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("reset_password", __name__, audience=Audience.ANYONE)


@pages.page("/forgot-password", may=audience_suffices, methods=("GET", "POST"))
def ask() -> ResponseReturnValue:
    """Ask for the letter; the answer is the same whether the address is known or not."""
    form = EmailForm.from_request()
    if not form.validate_posted():
        return render_template("accounts/reset_password/ask.html", form=form), 422 if form.errors else 200
    with even_answer():
        if may_post_letter("reset", form.email.data):
            session = current_session()
            ask_for_reset(session, email=form.email.data, base_url=base_url())
            session.commit()
    return redirect(url_for("reset_password.sent"), 303)


@pages.page("/forgot-password/sent", may=audience_suffices)
def sent() -> ResponseReturnValue:
    """What to do now: open the letter."""
    return render_template(
        "foundation/message.html",
        title=_("Look in your mailbox"),
        text=_(
            "If the address has an account, a letter with a link is on its way. The link works for one hour. "
            "Look among the unwanted mail too."
        ),
        icon="mail-check",
        tone="ok",
        actions=[(_("Back to signing in"), url_for("sign_in.form"), "alt")],
    )


@pages.page("/reset/<token>", may=audience_suffices, methods=("GET", "POST"))
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password; opening the page does not use the link up."""
    form = NewPasswordForm.from_request()
    if form.validate_posted() and (new_hash := _hash_typed(form, token)):
        session = current_session()
        try:
            reset_password(session, token, new_hash=new_hash, base_url=base_url())
        except Refused:
            return dead_link_page(url_for("reset_password.ask"))
        session.commit()
        flash(_("Your password is changed. Sign in with the new one."), "ok")
        return redirect(url_for("sign_in.form"), 303)
    with reading_only():
        link = live_link_or_page(token, LinkPurpose.RESET_PASSWORD, url_for("reset_password.ask"))
    html = render_template("accounts/reset_password/reset.html", form=form, person=link.user)
    return private_page(html, 422 if form.errors else 200)


def _hash_typed(form: NewPasswordForm, token: str) -> str | None:
    """The new hash, made while no transaction is open; None with the reason beside the field."""
    session = current_session()
    session.rollback()
    with reading_only():
        link = live_link_or_page(token, LinkPurpose.RESET_PASSWORD, url_for("reset_password.ask"))
        email, name = link.user.email, link.user.name
        session.rollback()
    try:
        return check_and_hash_password(form.password.data or "", email=email, name=name)
    except Refused as refusal:
        form.fault("password", refusal_words(refusal))
        return None
