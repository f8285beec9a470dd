"""The log of everything that can be done here names no person, no secret and nothing that was typed."""

from __future__ import annotations

import json
import re
from io import StringIO

import pytest
import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from accounts.user import User
from exhibitors.producers.producer import Producer
from foundation.outbox import OutboxLetter
from foundation.structured_log import set_up_logging
from tests.cast import PASSWORD
from tests.small_world import World
from tests.walks.forms import forms_in, pages_of

pytestmark = pytest.mark.any_database

TYPED = "Lời riêng 0912345678"
LINK = re.compile(r"https?://\S+/([\w-]{20,})")
ROLES = ("anonymous", "producer A", "organiser A")


def secrets_of(world: World, letters: list[str]) -> set[str]:
    """What the database holds of persons: addresses, names, telephones, tax codes, hashes, tokens in letters."""
    of_people = sa.select(User.email, User.name, User.password_hash)
    of_units = sa.select(
        Producer.contact_email, Producer.contact_person, Producer.contact_phone, Producer.tax_code
    )  # fmt: skip - one line of columns
    with Session(world.engine) as session:
        rows = [*session.execute(of_people), *session.execute(of_units)]
    tokens = [token for body in letters for token in LINK.findall(body)]
    cookies = [player.cookie for player in world.players.values()]
    found = {str(value) for value in (*(value for row in rows for value in row), *tokens, *cookies) if value}
    return {value for value in found if len(value) >= 4} | {PASSWORD, TYPED, world.csrf_token()}


def send_everything(world: World) -> None:
    """Every page looked at, every form sent with personal words and with plausible ones."""
    for role in ROLES:
        for form in forms_in(world, pages_of(world, role), role):
            button = next(iter(form.buttons), None)
            form.send(world, form.filled(lambda _: TYPED), button)
            form.send(world, form.filled(), button)
            world.stay_signed_in(role)


def follow_letters(world: World, letters: list[str]) -> None:
    headers = {"User-Agent": TYPED.encode().decode("latin-1"), "Referer": "http://127.0.0.1:8000/search?q=bi-mat"}
    for path in {path for body in letters for path in re.findall(r"8000(/\S+)", body)}:
        world.forget_limits()
        world.request("anonymous", "GET", path, headers=headers)
    world.request("anonymous", "GET", "/search", query_string={"q": TYPED}, headers=headers)


def letters_of(world: World) -> list[str]:
    with Session(world.engine) as session:
        return list(session.scalars(sa.select(OutboxLetter.body)))


def test_log_of_everything_tells_nothing_of_persons(fresh_world: World) -> None:
    """Every form sent, every link of every letter followed."""
    world, log = fresh_world, StringIO()
    world.is_touched = True  # else pages that another walk has read would not be asked for again
    set_up_logging()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(log), cache_logger_on_first_use=False)
    try:
        send_everything(world)
        follow_letters(world, letters_of(world))
    finally:
        set_up_logging(testing=True)
    text, secrets = log.getvalue(), secrets_of(world, letters_of(world))
    assert len([json.loads(line) for line in text.splitlines()]) > 200
    assert len(secrets) > 20
    assert sorted(secret for secret in secrets if secret in text) == []
