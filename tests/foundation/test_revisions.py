"""The public revision grows exactly when something that visitors see has changed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import Organisation
from events.places.venue import Venue
from foundation import clock
from foundation.audit_trail import record
from foundation.database import Base
from foundation.outbox import OutboxLetter
from foundation.revisions import note_public_changes, public_revision
from tests.cast import a_venue, an_organiser


@pytest.fixture
def venue(session: Session) -> Venue:
    """A committed public thing."""
    venue = a_venue(session)
    an_organiser(session)
    session.commit()
    return venue


def growth(session: Session, before: int) -> int:
    """By how much the number has grown by committing."""
    session.commit()
    return public_revision(session) - before


def test_some_nouns_are_public_and_some_are_not() -> None:
    public = {mapper.class_.__name__ for mapper in Base.registry.mappers if mapper.class_.__public__}
    assert {"Fair", "Booth", "Zone", "Producer", "Product", "Venue", "Organisation", "BoothAssignment"} <= public
    assert not public & {"User", "SignedInSession", "SingleUseLink", "Membership", "OutboxLetter", "AuditEntry"}


def test_public_change_grows_it_by_one(session: Session, venue: Venue) -> None:
    before = public_revision(session)
    venue.name_vi = "Công viên Hạ Long"
    session.scalars(sa.select(Organisation)).one().name_en = "Another name"
    assert growth(session, before) == 1


def test_public_row_added_and_removed_grows_it_each_time(session: Session, venue: Venue) -> None:
    before = public_revision(session)
    other = Venue(name_vi="Quảng trường 30/10", locality_id=venue.locality_id)
    session.add(other)
    assert growth(session, before) == 1
    session.delete(other)
    assert growth(session, before) == 2


def test_private_change_leaves_it(session: Session, venue: Venue) -> None:
    before = public_revision(session)
    record(session, None, "looked")
    session.add(
        OutboxLetter(
            kind="x",
            recipient="a@b.vn",
            language="vi",
            subject="x",
            body="x",
            created_at=clock.now(),
            next_try_at=clock.now(),
        )
    )  # fmt: skip - one row
    assert growth(session, before) == 0


def test_same_value_again_leaves_it(session: Session, venue: Venue) -> None:
    before = public_revision(session)
    venue.name_vi = str(venue.name_vi)
    assert growth(session, before) == 0


def test_change_that_is_rolled_back_leaves_it(session: Session, venue: Venue) -> None:
    before = public_revision(session)
    venue.name_vi = "Công viên Hạ Long"
    session.flush()
    session.rollback()
    record(session, None, "looked")
    assert growth(session, before) == 0


def test_change_in_a_savepoint_that_is_kept_grows_it(session: Session, venue: Venue) -> None:
    before = public_revision(session)
    with session.begin_nested():
        venue.name_vi = "Công viên Hạ Long"
    assert growth(session, before) == 1


def test_change_before_a_savepoint_that_is_taken_back_still_grows_it(session: Session, venue: Venue) -> None:
    before = public_revision(session)
    venue.name_vi = "Công viên Hạ Long"
    session.flush()
    savepoint = session.begin_nested()
    session.add(Venue(name_vi="Quảng trường 30/10", locality_id=venue.locality_id))
    session.flush()
    savepoint.rollback()
    assert growth(session, before) == 1


def test_change_past_the_session_is_counted_when_it_is_noted(session: Session, venue: Venue) -> None:
    before = public_revision(session)
    rename = sa.update(Venue).values(name_vi="Bến Bính").execution_options(synchronize_session=False)
    session.execute(rename)
    assert growth(session, before) == 0
    session.execute(rename)
    note_public_changes(session, [venue, venue])
    assert growth(session, before) == 1
