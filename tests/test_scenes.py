"""A scene that is brought back is the one that was played: the same rows, the same objects, ready for the next verb."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exhibitors.applications.apply_for_booth import withdraw_application
from foundation.database import Base, make_session
from foundation.verify_trail import verify_trail
from tests.cast import BASE_URL, a_producer, a_submitted_application, an_open_fair, an_organiser
from tests.ground import Ground

NUMBERED = [table for table in Base.metadata.sorted_tables if "id" in table.c]


def numbers_of(session: Session) -> dict[str, list[int]]:
    """The numbers of all rows by table."""
    found = {table.name: list(session.scalars(sa.select(table.c.id).order_by(table.c.id))) for table in NUMBERED}
    session.commit()
    return found


def play_all(ground: Ground, session: Session) -> list[Any]:
    play = ground.play_for(session)
    organiser = play(an_organiser)
    fair = play(an_open_fair, organiser, booths=2)
    unit = play(a_producer, products=2)
    return [organiser, fair, unit, play(a_submitted_application, fair, unit)]


def test_scene_comes_back_with_rows_objects_and_numbers_to_come(ground_of_worker: Ground) -> None:
    ground_of_worker.renew()
    with make_session(ground_of_worker.engine) as session:
        play_all(ground_of_worker, session)  # kept, if no other test has had it
    ground_of_worker.renew()
    with make_session(ground_of_worker.engine) as session:
        written = ground_of_worker.scenes.written
        organiser, fair, unit, application = play_all(ground_of_worker, session)
        assert ground_of_worker.scenes.written == written
        assert application in session
        assert (application.fair, application.producer) == (fair, unit.producer)
        assert [product.producer for product in unit.producer.products] == [unit.producer] * 2
        assert organiser.actor.user_id == organiser.user.id
        brought = numbers_of(session)
    ground_of_worker.scenes.kept.clear()
    ground_of_worker.renew()
    with make_session(ground_of_worker.engine) as session:
        play_all(ground_of_worker, session)
        assert numbers_of(session) == brought


def test_verbs_go_on_after_a_scene_was_brought(ground_of_worker: Ground) -> None:
    for _play_then_bring in range(2):
        ground_of_worker.renew()
        with make_session(ground_of_worker.engine) as session:
            _, fair, unit, application = play_all(ground_of_worker, session)
            withdraw_application(session, unit.actor, application, base_url=BASE_URL)
            a_submitted_application(session, fair, a_producer(session, "HTX Khác", "khac@units.example"))
            session.commit()
            assert not verify_trail(session).faults


def test_scene_after_other_writing_is_played(ground_of_worker: Ground) -> None:
    for _twice in range(2):
        ground_of_worker.renew()
        with make_session(ground_of_worker.engine) as session:
            play = ground_of_worker.play_for(session)
            organiser = play(an_organiser)
            a_producer(session, "HTX Xen giữa", "giua@units.example")
            session.commit()
            fair = play(an_open_fair, organiser)
            assert ground_of_worker.scenes.played is None
            assert fair in session


def test_rows_of_scenes_are_there_for_whoever_asks_first(ground_of_worker: Ground) -> None:
    """A connection past the session, before the session has said a word."""
    question = "SELECT count(*) FROM booth_application"
    for _play_then_bring in range(2):
        ground_of_worker.renew()
        with make_session(ground_of_worker.engine) as session:
            play_all(ground_of_worker, session)
            connection = ground_of_worker.engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(question)
                assert list(cursor.fetchall()) == [(1,)]
            finally:
                connection.close()
    ground_of_worker.renew()
    with make_session(ground_of_worker.engine) as session:
        play_all(ground_of_worker, session)
    ground_of_worker.renew()  # what nobody asked for comes no more
    with make_session(ground_of_worker.engine) as session:
        assert session.scalar(sa.text(question)) == 0
