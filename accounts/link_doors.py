"""The web side of links in letters: how often one may ask for a letter or try a link, and what such pages carry."""

from __future__ import annotations

from flask import Response, abort, current_app, make_response, render_template
from flask_babel import gettext as _

from accounts.single_use_links import find_live_link
from accounts.user import LinkPurpose, SingleUseLink, email_key, hash_token
from foundation.flask_database import current_session
from foundation.rate_limit import count_or_refuse, is_exhausted, visitor_network
from foundation.settings import Settings

TOKEN_LIMIT = "20 per 15 minutes"  # noqa: S105 - how many dead links a network may try
ASKING_LIMIT = "20 per hour"
"""Letters asked for from one network, for any address; a room full of producers signing up still passes."""
ADDRESS_LIMIT = "3 per hour"
"""Letters of one kind to one address (security check A10)."""


def base_url() -> str:
    """Where links in letters lead: the configured address, whatever the request says about its host."""
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url


def may_post_letter(kind: str, email: str) -> bool:
    """Count one letter to an address; when there were enough the visitor must see no difference.

    A network that asks too often gets the 429 page.
    """
    count_or_refuse(ASKING_LIMIT, "letters", visitor_network())
    key = (kind, hash_token(email_key(email)))
    if is_exhausted(ADDRESS_LIMIT, *key):
        return False
    count_or_refuse(ADDRESS_LIMIT, *key)
    return True


def live_link_or_page(token: str, purpose: LinkPurpose, ask_again_url: str) -> SingleUseLink:
    """The live link; a dead one is counted as a try and answered with a page that offers a new letter."""
    link = find_live_link(current_session(), token, purpose)
    if link is None:
        count_or_refuse(TOKEN_LIMIT, "links", visitor_network())
        abort(dead_link_page(ask_again_url))
    return link


def dead_link_page(ask_again_url: str) -> Response:
    """The link is used, too old, or was never ours; which of these is not said."""
    html = render_template(
        "foundation/message.html",
        title=_("This link no longer works"),
        text=_("It has been used, is too old, or a newer letter has replaced it. Ask for a new letter."),
        icon="link",
        tone="warn",
        actions=[(_("Ask for a new letter"), ask_again_url, "")],
    )
    return private_page(html, 410)


def private_page(html: str, status: int = 200) -> Response:
    """An answer whose address holds a secret: it is told to nobody and kept nowhere."""
    response = make_response(html, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
