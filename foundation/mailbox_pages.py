"""Audience: anyone at this very machine. Letters that no mail server takes are read here while trying the program."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.audience import Audience, Pages, demand, found
from foundation.flask_database import current_session
from foundation.outbox import OutboxLetter
from foundation.settings import LOOPBACK, Settings

MOST_LETTERS = 100
pages = Pages("mailbox", __name__, audience=Audience.ANYONE, url_prefix="/mailbox")


def may_read_mailbox(actor: Actor | None, *things: object) -> bool:
    """Only without a mail server, only on loopback from end to end: letters hold links that open accounts."""
    settings: Settings = current_app.extensions["settings"]
    host = urlsplit(settings.base_url).hostname
    near = settings.is_loopback and host in LOOPBACK and settings.trusted_proxies == 0
    forwarded = any(name.lower().startswith(("x-forwarded", "forwarded", "x-real")) for name, _ in request.headers)
    return settings.keeps_letters and near and not forwarded and request.remote_addr in {"127.0.0.1", "::1"}


@pages.page("", may=may_read_mailbox)
def inbox() -> ResponseReturnValue:
    """The newest letters."""
    demand()
    letters = newest_letters(current_session())
    return render_template("foundation/mailbox/inbox.html", letters=letters)


@pages.page("/<int:letter_id>", may=may_read_mailbox)
def letter(letter_id: int) -> ResponseReturnValue:
    """One letter; the addresses in it can be clicked."""
    demand()
    row = found(current_session().get(OutboxLetter, letter_id))
    found(None if row.held_at or row.discarded_at else row)
    return render_template("foundation/mailbox/letter.html", letter=row, body=linked(row.body))


def newest_letters(session: Session) -> list[OutboxLetter]:
    """At most a hundred letters, newest first."""
    return list(
        session.scalars(
            select(OutboxLetter)
            .where(OutboxLetter.held_at.is_(None), OutboxLetter.discarded_at.is_(None))
            .order_by(OutboxLetter.id.desc())
            .limit(MOST_LETTERS)
        )
    )


def linked(body: str) -> Markup:
    """Plain text with its addresses as links; everything else is escaped."""
    link = Markup('<a href="{0}">{0}</a>')
    words = re.split(r"(\s+)", body)
    return Markup().join(link.format(word) if word.startswith(("http://", "https://")) else word for word in words)


def show_mailbox_link(app: Flask) -> None:
    """Tell templates whether the mailbox can be opened."""

    @app.context_processor
    def mailbox_facts() -> dict[str, Any]:
        return {"mailbox_is_open": may_read_mailbox(None)}
