"""Audience: anyone. Signing in and out (/sign-in, /sign-out)."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import TooManyRequests

from accounts.current_actor import begin_session, end_session
from accounts.device_words import name_device
from accounts.next_page import allow_next, find_way_on
from accounts.prove_password import PasswordProof, prove_password
from accounts.sign_in import admit, note_failed_sign_in
from accounts.sign_in_form import SignInForm
from accounts.user import email_key, hash_token
from foundation.audience import Audience, Pages, audience_suffices, current_actor, signed_in_actor
from foundation.flask_database import current_session
from foundation.rate_limit import count_or_refuse, forget_tries, return_try, visitor_network
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("sign_in", __name__, audience=Audience.ANYONE)
PAIR_LIMIT = "5 per 15 minutes"
"""Failures for one account from one network: others from elsewhere, its owner among them, are not kept out."""
NETWORK_LIMIT = "10 per 15 minutes"
"""Failures from one network for any account, known or not."""


@pages.page("/sign-in", may=audience_suffices, methods=("GET", "POST"))
def form() -> ResponseReturnValue:
    """The form; a signed-in person is sent on."""
    next_path = allow_next(request.values.get("next"))
    actor = current_actor()
    if request.method != "POST" and actor is not None:
        return redirect(find_way_on(next_path, actor, request.script_root), 303)
    sign_in_form = SignInForm.from_request()
    if not sign_in_form.validate_posted():
        return _form_page(sign_in_form, next_path, 422 if sign_in_form.errors else 200)
    try:
        proof = _prove(sign_in_form.email.data, sign_in_form.password.data)
    except TooManyRequests as refusal:
        return _too_many(sign_in_form, next_path, refusal)
    return _answer(sign_in_form, proof, next_path)


@pages.page("/sign-out", may=audience_suffices, methods=("POST",))
def sign_out() -> ResponseReturnValue:
    """End this browser's session on the server."""
    session = current_session()
    end_session(session)
    session.commit()
    flash(_("You have signed out."), "ok")
    return redirect(url_for("sign_in.form"), 303)


def _prove(email: str, password: str) -> PasswordProof | None:
    """Count the try before the password is looked at, so that many at once cannot pass; a right one does not count."""
    network = visitor_network()
    pair = ("sign-in", network, hash_token(email_key(email)))
    count_or_refuse(PAIR_LIMIT, *pair)
    count_or_refuse(NETWORK_LIMIT, "sign-in", network)
    proof = prove_password(current_session(), password, email=email)
    if proof is not None:
        forget_tries(PAIR_LIMIT, *pair)
        return_try(NETWORK_LIMIT, "sign-in", network)
    return proof


def _answer(sign_in_form: SignInForm, proof: PasswordProof | None, next_path: str | None) -> ResponseReturnValue:
    session = current_session()
    try:
        user = admit(session, proof)
    except Refused as refusal:
        note_failed_sign_in(session)
        session.commit()
        if refusal.reason == "email_unconfirmed":
            return _unconfirmed(sign_in_form.email.data or "", next_path)
        sign_in_form.form_errors.append(refusal_words(refusal))
        return _form_page(sign_in_form, next_path, 422)
    if current_actor() is not None:
        end_session(session)
    begin_session(session, user, name_device(request.user_agent.string))
    session.commit()
    return redirect(find_way_on(next_path, signed_in_actor(), request.script_root), 303)


def _form_page(sign_in_form: SignInForm, next_path: str | None, status: int) -> ResponseReturnValue:
    return render_template("accounts/sign_in/form.html", form=sign_in_form, next_path=next_path), status


def _unconfirmed(email: str, next_path: str | None) -> ResponseReturnValue:
    return render_template("accounts/sign_in/unconfirmed.html", email=email, next_path=next_path), 403


def _too_many(sign_in_form: SignInForm, next_path: str | None, refusal: TooManyRequests) -> ResponseReturnValue:
    seconds = refusal.retry_after if isinstance(refusal.retry_after, int) else 60
    sign_in_form.form_errors.append(
        ngettext(
            "Too many tries. Try again in %(num)s minute, or ask for a new password.",
            "Too many tries. Try again in %(num)s minutes, or ask for a new password.",
            -(-seconds // 60),
        )
    )
    response = current_app.make_response(_form_page(sign_in_form, next_path, 429))
    response.headers["Retry-After"] = str(seconds)
    return response
