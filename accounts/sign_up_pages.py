"""Audience: anyone. Signing up and confirming the address (/sign-up …)."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.current_actor import begin_session, end_session
from accounts.device_words import name_device
from accounts.even_answers import even_answer
from accounts.link_doors import base_url, dead_link_page, live_link_or_page, may_post_letter, private_page
from accounts.next_page import allow_next, find_way_on
from accounts.passwords import check_password_rules
from accounts.sign_up import check_name, confirm_email, resend_confirmation, sign_up
from accounts.sign_up_form import EmailForm, SignUpForm
from accounts.user import LinkPurpose
from foundation.audience import Audience, Pages, audience_suffices, current_actor, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("sign_up", __name__, audience=Audience.ANYONE, url_prefix="/sign-up")


@pages.page("", may=audience_suffices, methods=("GET", "POST"))
def form() -> ResponseReturnValue:
    """The form; the answer is the same whether the address is known or not."""
    next_path = allow_next(request.values.get("next"))
    actor = current_actor()
    if actor is not None:
        return redirect(find_way_on(next_path, actor, request.script_root), 303)
    sign_up_form = SignUpForm.from_request()
    if _validate_posted(sign_up_form):
        with even_answer():
            _sign_up(sign_up_form, next_path)
        return redirect(url_for("sign_up.sent", next=next_path), 303)
    page = render_template("accounts/sign_up/form.html", form=sign_up_form, next_path=next_path)
    return page, 422 if sign_up_form.errors else 200


@pages.page("/sent", may=audience_suffices)
def sent() -> ResponseReturnValue:
    """What to do now: open the letter."""
    next_path = allow_next(request.args.get("next"))
    return render_template("accounts/sign_up/sent.html", form=EmailForm(), next_path=next_path)


@pages.page("/resend", may=audience_suffices, methods=("POST",))
def resend() -> ResponseReturnValue:
    """Send the letter once more if the address awaits it; the answer does not say."""
    next_path = allow_next(request.form.get("next"))
    email_form = EmailForm.from_request()
    if not email_form.validate_posted():
        return render_template("accounts/sign_up/sent.html", form=email_form, next_path=next_path), 422
    with even_answer():
        if may_post_letter("confirm", email_form.email.data):
            session = current_session()
            resend_confirmation(session, email=email_form.email.data, base_url=base_url(), next_path=next_path or "")
            session.commit()
    flash(_("If this address is waiting to be confirmed, another letter is on its way."), "ok")
    return redirect(url_for("sign_up.sent", next=next_path), 303)


@pages.page("/confirm/<token>", may=audience_suffices, methods=("GET", "POST"))
def confirm(token: str) -> ResponseReturnValue:
    """A button to press: programs that open links in letters do not use the link up."""
    next_path = allow_next(request.values.get("next"))
    link = live_link_or_page(token, LinkPurpose.CONFIRM_EMAIL, url_for("sign_up.sent"))
    if request.method != "POST":
        html = render_template("accounts/sign_up/confirm.html", person=link.user, next_path=next_path)
        return private_page(html)
    session = current_session()
    try:
        user = confirm_email(session, token)
    except Refused:
        return dead_link_page(url_for("sign_up.sent"))
    if current_actor() is not None:
        end_session(session)
    begin_session(session, user, name_device(request.user_agent.string))
    session.commit()
    flash(_("Your address is confirmed. You are signed in."), "ok")
    return redirect(find_way_on(next_path, signed_in_actor(), request.script_root), 303)


def _validate_posted(form: SignUpForm) -> bool:
    """Whether all of it may be kept; otherwise every fault stands beside its field, those of the rules too, before
    anything is counted or looked up.
    """
    if request.method != "POST":
        return False
    form.validate_posted()
    typed = form.facts()
    rules: dict[str, Callable[[], object]] = {
        "name": lambda: check_name(typed["name"]),
        "password": lambda: check_password_rules(**typed),
    }
    for name, keeps_rule in rules.items():
        if form[name].errors:
            continue
        try:
            keeps_rule()
        except Refused as refusal:
            form.fault(name, refusal_words(refusal))
    return not form.errors


def _sign_up(form: SignUpForm, next_path: str | None) -> None:
    typed = form.facts()
    if not may_post_letter("confirm", typed["email"]):
        return
    session = current_session()
    sign_up(session, **typed, language=current_language(), base_url=base_url(), next_path=next_path or "")
    session.commit()
