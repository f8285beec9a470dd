"""Audience: anyone. The link that proves a new address (/account/email/…); it may be opened in another browser."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.change_account import confirm_new_email
from accounts.link_doors import dead_link_page, live_link_or_page, private_page
from accounts.user import LinkPurpose
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.refusal import Refused

pages = Pages("confirm_new_email", __name__, audience=Audience.ANYONE)


@pages.page("/account/email/<token>", may=audience_suffices, methods=("GET", "POST"))
def confirm(token: str) -> ResponseReturnValue:
    """A button to press: programs that open links in letters do not use the link up."""
    ask_again = url_for("account.email")
    link = live_link_or_page(token, LinkPurpose.CHANGE_EMAIL, ask_again)
    if request.method != "POST":
        return private_page(render_template("accounts/confirm_new_email/confirm.html", new_email=link.new_email))
    session = current_session()
    try:
        confirm_new_email(session, token)
    except Refused:
        return dead_link_page(ask_again)
    session.commit()
    flash(_("The new address counts from now on. Use it to sign in."), "ok")
    return redirect(url_for("account.overview"), 303)
