"""One press in a letter, or in the mail program itself, stops one kind of letters."""

from __future__ import annotations

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.link_doors import TOKEN_LIMIT, private_page
from exhibitors.applications.reminders.stop_letters import Kind, behind_token, stop_letters
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.rate_limit import count_or_refuse, visitor_network
from foundation.settings import Settings

pages = Pages("stop_letters", __name__, audience=Audience.ANYONE, url_prefix="/letters")
FOLDER = "exhibitors/applications/reminders/stop_letters"


@pages.page("/stop/<token>", may=audience_suffices, methods=("GET", "POST"))
def stop(token: str) -> ResponseReturnValue:
    """Looking asks once more; a POST stops, also one without a page of ours before it (RFC 8058)."""
    settings: Settings = current_app.extensions["settings"]
    session = current_session()
    found = behind_token(session, token, (settings.secret_key, *settings.secret_key_fallbacks))
    if found is None:
        count_or_refuse(TOKEN_LIMIT, "links", visitor_network())
        abort(404)
    producer, kind = found
    if request.method == "POST":
        stop_letters(session, producer, kind)
        session.commit()
    words = {
        Kind.CALLS: _("Letters about calls that open"),
        Kind.WARNINGS: _("Letters about certificates and papers that end"),
    }
    is_done = request.method == "POST"
    return private_page(
        render_template(f"{FOLDER}/stop.html", name=words[kind], producer=producer, token=token, is_done=is_done)
    )


# A mail program that presses the button for somebody has no page of ours and so no token; the address is the secret.
pages.record_once(lambda state: state.app.extensions["csrf"].exempt(stop))
