"""What the database itself guards about applications."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import CODE_LETTERS, BoothApplication, new_application_code
from foundation import clock
from tests.cast import BASE_URL, a_producer, a_submitted_application, an_open_fair, an_organiser


def test_code_is_readable_on_the_telephone(session: Session) -> None:
    code = new_application_code(session)
    assert (code[:3], len(code), set(code[3:]) <= set(CODE_LETTERS)) == ("GH-", 9, True)


def test_second_live_application_of_a_unit_is_refused_by_the_index(session: Session) -> None:
    player = a_producer(session)
    first = a_submitted_application(session, an_open_fair(session, an_organiser(session)), player)
    now = clock.now()
    ids = {"fair_id": first.fair_id, "producer_id": first.producer_id}
    session.add(BoothApplication(code="GH-ZZZZZZ", started_at=now, saved_at=now, producer=player.producer, **ids))
    with pytest.raises(IntegrityError):
        session.flush()


def test_ended_applications_do_not_stand_in_the_way(session: Session) -> None:
    player = a_producer(session)
    fair = an_open_fair(session, an_organiser(session))
    codes = set()
    for _ in range(3):
        sent = a_submitted_application(session, fair, player)
        withdraw_application(session, player.actor, sent, base_url=BASE_URL)
        codes.add(sent.code)
    assert len(codes) == 3


def test_application_is_found_by_code_fascia_and_producer_without_accents(session: Session) -> None:
    player = a_producer(session)
    sent = a_submitted_application(session, an_open_fair(session, an_organiser(session)), player)
    found = [
        session.query(BoothApplication).filter(BoothApplication.matches(words)).count()
        for words in (sent.code.lower(), "mien dong", "binh lieu", "xuan the")
    ]
    assert found == [1, 1, 1, 0]
