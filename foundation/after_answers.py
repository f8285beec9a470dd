"""Small works that follow from an answer and are done once it has left: nobody waits for them, none fails it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import structlog
from flask import Flask, Response, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from foundation.database import make_session
from foundation.flask_database import database_engine

Work = Callable[[Session], object]
log = structlog.get_logger()


def once_answered(work: Work | None) -> None:
    """Do this, if it is anything, after the present answer has left, unless that turns out a refusal or an error.

    Pages that are only looked at read in a transaction that cannot write (decision 0002); this one is another.
    """
    if work is not None:
        g.setdefault("once_answered", []).append(work)


def work_after_answers(app: Flask) -> None:
    """Hook the works into every answer."""

    @app.after_request
    def arrange(response: Response) -> Response:
        works = g.pop("once_answered", ())
        if works and response.status_code == 200:
            response.call_on_close(partial(_do, database_engine(app), works))
        return response


def _do(engine: Engine, works: Sequence[Work]) -> None:
    try:
        with make_session(engine) as session:
            for work in works:
                work(session)
            session.commit()
    except Exception as fault:  # whatever the database raises: the answer has left, nobody is there to be told
        log.exception("work_after_answer_failed", kind=type(fault).__name__)
