"""Twenty requests at the same moment to start or to send one application, through the whole app, on each database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from tests.cast import ProducerPlayer

pytestmark = pytest.mark.each_database

Visit = Callable[..., Any]
Call = Callable[..., Any]


def test_twenty_copies_of_the_same_send_give_one_receipt(
    app: Any, visit: Visit, fair: Fair, player: ProducerPlayer, store: Session, only: Call, a_draft: Call
) -> None:
    draft = a_draft()
    browsers = [visit(player.user.email)]
    cookie = browsers[0].client.get_cookie(app.config["SESSION_COOKIE_NAME"]).value
    facts = {"rules_accepted": "y", "pledge_given": "y", "version": str(draft.version), "csrf_token": browsers[0].token}

    def send(_: int) -> tuple[int, str | None]:
        client = app.test_client()
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
        answer = client.post(f"/apply/{fair.slug}/review", data=facts)
        return answer.status_code, answer.location

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(send, range(20)))
    entries = store.scalar(select(func.count()).where(AuditEntry.what == "application.submit"))
    letters = store.scalar(select(func.count()).select_from(OutboxLetter))
    assert set(answers) == {(303, f"/applications/{draft.code}")}
    assert (only().state, entries, letters) == ("submitted", 1, 1)


def test_twenty_first_saves_at_once_give_one_draft(
    app: Any, visit: Visit, fair: Fair, player: ProducerPlayer, store: Session, only: Call, typed: Call
) -> None:
    first = visit(player.user.email)
    cookie = first.client.get_cookie(app.config["SESSION_COOKIE_NAME"]).value
    facts = typed() | {"csrf_token": first.token, "action": "save"}

    def send(_: int) -> int:
        client = app.test_client()
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
        return int(client.post(f"/apply/{fair.slug}", data=facts).status_code)

    with ThreadPoolExecutor(20) as pool:
        statuses = set(pool.map(send, range(20)))
    entries = store.scalar(select(func.count()).where(AuditEntry.what == "application.start"))
    assert (only().fascia_name, entries) == ("MIẾN DONG BÌNH LIÊU", 1)
    assert statuses <= {303, 422}
