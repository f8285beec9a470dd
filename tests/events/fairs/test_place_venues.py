"""Venues on the map: pasted by organisers, told to calendars; what cannot be read comes back beside its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from events.calendars.revise_entries import revise_changed
from events.fairs.archive_fair import archive_fair
from events.fairs.fair import Fair
from events.fairs.organise_fair import publish_fair
from events.fairs.place_venues import place_venues
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.events.conftest import OrganiserBrowser

POINT = (20.951, 107.08)
FOLLOWER = revise_changed
"""Named so that calendars follow what is changed here."""


@pytest.fixture
def fair(session: Session, player: OrganiserPlayer) -> Fair:
    made = a_draft_fair(session, player)
    publish_fair(session, player.actor, made)
    session.commit()
    return made


def test_point_is_told_to_calendars_and_kept_in_the_trail(session: Session, fair: Fair, desk: OrganiserBrowser) -> None:
    path = f"/organise/fairs/{fair.slug}/venues"
    feed = f"/calendar/fairs/{fair.slug}.ics"
    assert "GEO:" not in desk.get(feed).text
    answer = desk.send(path, {"points-0": "https://maps.example/@20.951,107.08,17z"})
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert "GEO:20.951000;107.080000" in desk.get(feed).text
    assert 'value="20.951000, 107.080000"' in desk.get(path).text
    [entry] = session.scalars(sa.select(AuditEntry).where(AuditEntry.what == "fair.place_venue"))
    assert (entry.old, entry.new and entry.new["point"]) == ({"point": None}, list(POINT))
    session.commit()
    desk.send(path, {"points-0": ""})
    assert "GEO:" not in desk.get(feed).text


def test_what_cannot_be_a_point_comes_back_with_what_was_typed(fair: Fair, desk: OrganiserBrowser) -> None:
    answer = desk.send(f"/organise/fairs/{fair.slug}/venues", {"points-0": "gần bến xe"})
    assert answer.status_code == 422
    assert 'value="gần bến xe"' in answer.text
    assert "20.951000, 107.080000" in answer.text
    assert "points-0-error" in answer.text


def test_the_same_point_again_is_no_change(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    assert [place_venues(session, player.actor, fair, [POINT]) for _ in range(2)] == [1, 0]


def test_a_fair_that_is_put_away_stays_as_it_is(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    fair.first_day = fair.last_day = fair.first_day.replace(year=2024) if fair.first_day else None
    archive_fair(session, player.actor, fair)
    with pytest.raises(Refused) as refused:
        place_venues(session, player.actor, fair, [POINT])
    assert refused.value.reason == "fair_is_archived"
