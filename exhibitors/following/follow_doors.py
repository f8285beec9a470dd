"""The web side of links to followers: the follow behind one, and the pages that answer."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template, url_for
from flask_babel import gettext as _

from accounts.link_doors import TOKEN_LIMIT, private_page
from exhibitors.following.follow import Follow, LinkKind, find_follow
from foundation.flask_database import current_session
from foundation.rate_limit import count_or_refuse, visitor_network
from foundation.settings import Settings


def follow_or_page(token: str, kind: LinkKind) -> Follow:
    """The follow behind a link of a letter; a dead link is counted as a try and answered with a page."""
    secrets = (settings_now().secret_key, *settings_now().secret_key_fallbacks)
    follow = find_follow(current_session(), token, kind, secrets)
    if follow is None:
        count_or_refuse(TOKEN_LIMIT, "links", visitor_network())
        abort(
            message_page(
                _("This link no longer works"), _("It is too old, or you have stopped following already."), 410
            )
        )
    return follow


def message_page(title: str, text: str, status: int = 200) -> Response:
    """What has been done, or that the link is dead (410)."""
    facts = {"icon": "link", "tone": "warn"} if status != 200 else {"icon": "check", "tone": "ok"}
    actions = [(_("Fair calendar"), url_for("browse_fairs.calendar"), "alt")]
    html = render_template("foundation/message.html", title=title, text=text, actions=actions, **facts)
    return private_page(html, status)


def settings_now() -> Settings:
    """The settings of this installation."""
    settings: Settings = current_app.extensions["settings"]
    return settings
