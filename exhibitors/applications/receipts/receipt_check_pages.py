"""Audience: anyone. The check behind a receipt's QR code (/receipts/…)."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from accounts.link_doors import TOKEN_LIMIT, private_page
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.receipts.receipt_check import behind_receipt
from foundation.audience import Audience, Pages, audience_suffices, found
from foundation.flask_database import current_session
from foundation.rate_limit import count_or_refuse, visitor_network
from foundation.settings import Settings

pages = Pages("receipt_check", __name__, audience=Audience.ANYONE)


@pages.page("/receipts/<token>", may=audience_suffices)
def check(token: str) -> ResponseReturnValue:
    """Whether a receipt is true: its code, the fair, when it came in and whether it still stands; nobody is named."""
    settings: Settings = current_app.extensions["settings"]
    application = behind_receipt(current_session(), token, (settings.secret_key, *settings.secret_key_fallbacks))
    if application is None:
        count_or_refuse(TOKEN_LIMIT, "links", visitor_network())
    application = found(application)
    is_withdrawn = application.current is ApplicationState.WITHDRAWN
    template = "exhibitors/applications/receipts/receipt_check/check.html"
    return private_page(render_template(template, application=application, is_withdrawn=is_withdrawn))
