"""What a hostile person types into any field of any form comes out as the words it is, wherever it is shown."""

from __future__ import annotations

from email import message_from_bytes

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from foundation.database import Base
from foundation.letter_office import as_message
from foundation.outbox import OutboxLetter
from tests.small_world import World
from tests.walks.payloads import MARK, MARKUP, SCHEME, WORKED_OUT, Poisoning, alive_in
from tests.walks.poisoned_folder import keep_poisoned

pytestmark = pytest.mark.any_database

HEADERS_OF_LETTERS = {"content-type", "mime-version", "content-transfer-encoding", "subject", "from", "to", "date",
                      "message-id"}  # fmt: skip
REACHED = {
    "booth_application.fascia_name", "booth_application.note", "booth_assignment.reason", "fair.name_vi",
    "fair.reason", "fair.source", "fair.summary_en", "organisation.name_vi", "outbox_letter.body",
    "outbox_letter.subject", "producer.address", "producer.contact_person", "product.name_vi", "product.pack",
    "venue.address", "zone.name_vi",
}  # fmt: skip
"""Some of the places into which the walk must have got its payload, or it would prove nothing."""


def places_of(mark: str, world: World) -> set[str]:
    found = set()
    with world.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(sa.select(table)).mappings():
                found |= {f"{table.name}.{name}" for name, value in row.items() if mark in str(value)}
    return found


def letters_of(world: World) -> list[OutboxLetter]:
    with Session(world.engine) as session:
        return list(session.scalars(sa.select(OutboxLetter)))


def test_what_is_typed_into_every_field_comes_out_as_words(fresh_world: World) -> None:
    walk = Poisoning(fresh_world).type_words()
    keep_poisoned(walk)  # a browser looks at it too
    walk.press_all()
    assert walk.alive == {}
    assert sorted(REACHED - places_of(MARK, fresh_world)) == []
    assert len(places_of(SCHEME[1], fresh_world) | places_of(SCHEME[0], fresh_world)) > 10
    shown = {role for (role, _), answer in walk.pages.items() if MARK.encode() in answer.get_data()}
    assert {"anonymous", "producer A", "organiser A"} <= shown
    settings = fresh_world.app.extensions["settings"]
    for letter in letters_of(fresh_world):
        assert WORKED_OUT not in letter.subject + letter.body
        message = message_from_bytes(as_message(letter, settings).as_bytes())
        assert {name.lower() for name in message} == HEADERS_OF_LETTERS


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<p>{MARKUP[0]}</p>", "text/html"),
        (f'<input value="{MARKUP[1]}">', "text/html"),
        (f'<a href="{SCHEME[0]}">xem</a>', "text/html"),
        (f"<svg><text>{MARKUP[1]}</text></svg>", "image/svg+xml"),
        (f"<p>{WORKED_OUT}</p>", "text/html"),
        (f"SUMMARY:{MARKUP[0]}\r\n", "text/calendar"),
        (f'tên,"={MARK}"\r\n', "text/csv"),
    ],
)
def test_watch_sees_what_is_alive(body: str, kind: str) -> None:
    """Else the walks above would prove nothing."""
    assert alive_in(Response(body, mimetype=kind)) != []
