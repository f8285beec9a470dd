"""Transactions as decision 0002 wants them: reading reads, writers queue, moments are aware."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from foundation import clock
from foundation.database import UtcDateTime, make_engine, make_session, reading_only
from foundation.flask_database import current_session
from foundation.outbox import OutboxLetter
from foundation.settings import Settings
from tests.ground import app_for, close_connections


def a_letter(recipient: str = "a@example.vn", moment: datetime | None = None) -> OutboxLetter:
    moment = moment or clock.now()
    return OutboxLetter(
        kind="note",
        recipient=recipient,
        language="vi",
        subject="Thư",
        body="Kính gửi",
        created_at=moment,
        next_try_at=moment,
    )  # fmt: skip - one row


def test_naive_moment_is_refused(session: Session) -> None:
    session.add(a_letter(moment=datetime(2027, 1, 29, 8, 0)))  # noqa: DTZ001 - naive on purpose
    with pytest.raises(StatementError, match=r"naive datetime refused"):
        session.flush()


def test_moment_of_any_zone_comes_back_in_utc(session: Session) -> None:
    session.add(a_letter(moment=datetime(2027, 1, 29, 8, 0, tzinfo=timezone(timedelta(hours=7)))))
    session.commit()
    session.expire_all()
    stored = session.scalars(sa.select(OutboxLetter)).one().created_at
    assert (stored, stored.tzinfo) == (datetime(2027, 1, 29, 1, 0, tzinfo=UTC), UTC)


def test_naive_value_of_the_driver_is_taken_for_utc() -> None:
    read = UtcDateTime().process_result_value(datetime(2027, 1, 29, 1, 0), sa.create_engine("sqlite://").dialect)  # noqa: DTZ001 - naive on purpose
    assert read == datetime(2027, 1, 29, 1, 0, tzinfo=UTC)


def test_reading_transaction_refuses_to_write(session: Session) -> None:
    with reading_only():
        session.add(a_letter())
        with pytest.raises(DBAPIError, match=r"read-?only"):
            session.flush()
        session.rollback()
    session.add(a_letter())
    session.commit()
    assert session.scalar(sa.select(sa.func.count(OutboxLetter.id))) == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_safe_request_refuses_to_write(settings: Settings, method: str) -> None:
    told: list[str] = []
    app = app_for(settings)

    def write() -> str:
        current_session().add(a_letter())
        try:
            current_session().commit()
        except DBAPIError as error:
            current_session().rollback()
            told.append(type(error).__name__)
        else:
            told.append("written")
        return ""

    app.extensions["csrf"].exempt(write)
    app.add_url_rule("/write", "write", write, methods=["GET", "POST"])
    app.test_client().open("/write", method=method)
    close_connections(app)
    assert (told == ["written"]) is (method == "POST")


def test_writers_wait_for_each_other(engine: sa.Engine) -> None:
    """Forty threads that read, wait and write lose nothing; on SQLite none is told that the database is locked."""
    with make_session(engine) as session:
        session.add(a_letter())
        session.commit()
    faults: list[BaseException] = []

    def add_one() -> None:
        try:
            with make_session(engine) as session:
                letter = session.scalars(sa.select(OutboxLetter).with_for_update()).one()
                letter.attempts += 1
                session.commit()
        except Exception as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    threads = [threading.Thread(target=add_one) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with make_session(engine) as session:
        assert (faults, session.scalars(sa.select(OutboxLetter.attempts)).one()) == ([], 40)


def test_reader_does_not_wait_for_a_writer(engine: sa.Engine) -> None:
    with make_session(engine) as writer, make_session(engine) as reader:
        writer.add(a_letter())
        writer.flush()
        began = time.monotonic()
        with reading_only():
            assert reader.scalar(sa.select(sa.func.count(OutboxLetter.id))) == 0
        assert time.monotonic() - began < 1


def test_turn_to_write_is_given_back_after_a_fault(engine: sa.Engine) -> None:
    with make_session(engine) as session, pytest.raises(DBAPIError):
        session.execute(sa.text("INSERT INTO nothing VALUES (1)"))
    with make_session(engine) as session:
        session.add(a_letter())
        session.commit()


def test_two_engines_on_one_database_share_what_is_committed(database_url: str) -> None:
    one, other = make_engine(database_url), make_engine(database_url)
    with make_session(one) as writer:
        writer.add(a_letter("one@example.vn"))
        writer.commit()
    with make_session(other) as reader:
        assert reader.scalars(sa.select(OutboxLetter.recipient)).all() == ["one@example.vn"]
    one.dispose()
    other.dispose()
