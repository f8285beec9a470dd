"""After a request has committed letters, asks the jobs to deliver them now rather than at the next sweep."""

from __future__ import annotations

import structlog
from flask import Flask, Response
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from foundation.flask_database import db
from foundation.jobs import announce_letters
from foundation.settings import Settings

log = structlog.get_logger()


@event.listens_for(Session, "after_commit")
def _note_committed_letters(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.setdefault("committed_letters", []).extend(session.info.pop("posted_letters", []))


@event.listens_for(Session, "after_transaction_end")
def _forget_unwritten_letters(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("posted_letters", None)


def announce_after_requests(app: Flask, settings: Settings) -> None:
    """Hook the round into every request; a queue that is away delays letters, it never fails the request."""

    @app.after_request
    def announce(response: Response) -> Response:
        waiting = db.session().info.pop("committed_letters", None) if db.session.registry.has() else None
        if waiting:
            try:
                announce_letters(settings, waiting)
            except Exception as fault:  # whatever the queue's driver raises: the minute's sweep will find the rows
                log.exception("queue_unavailable", kind=type(fault).__name__)
        return response
