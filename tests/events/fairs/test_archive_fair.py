"""The archive: for what is over or off, read and not changed, and out again with one step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from events.fairs.archive_fair import archive_fair, unarchive_fair
from events.fairs.fair import Fair, Phase
from events.fairs.fair_partner import PartnerSayings, add_partner
from events.fairs.fair_rules import write_rules
from events.fairs.fair_steps import steps_of
from events.fairs.fair_texts import say_texts, texts_version
from events.fairs.opening_days import OpeningDays, days_version, set_opening_days
from events.fairs.organise_fair import (
    cancel_fair,
    change_fair,
    create_fair,
    details_version,
    publish_fair,
    withdraw_from_public,
)
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair, a_venue

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.events.conftest import OrganiserBrowser

FACTS: dict[str, Any] = {
    "kind": "fair", "name_vi": "Hội chợ Hè 2023", "first_day": date(2023, 4, 28), "last_day": date(2023, 5, 3),
}  # fmt: skip


@pytest.fixture
def over(session: Session, player: OrganiserPlayer) -> Fair:
    venue_ids = [a_venue(session).id]
    made = create_fair(session, player.actor, organisation_id=player.organisation.id, venue_ids=venue_ids, **FACTS)
    publish_fair(session, player.actor, made)
    session.commit()
    return made


def test_archived_fair_is_read_and_not_changed(session: Session, player: OrganiserPlayer, over: Fair) -> None:
    archive_fair(session, player.actor, over)
    assert (over.phase(), steps_of(session, over).others) == (Phase.OVER, ["unarchive"])
    changes = [
        lambda: change_fair(session, player.actor, over, expected_version=details_version(over), **FACTS),
        lambda: set_opening_days(session, player.actor, over, OpeningDays(), expected_version=days_version(over)),
        lambda: say_texts(session, player.actor, over, expected_version=texts_version(over)),
        lambda: write_rules(session, player.actor, over, body_vi="x", expected_number=0),
        lambda: add_partner(session, player.actor, over, PartnerSayings(role="sponsor", name_vi="A")),
        lambda: withdraw_from_public(session, player.actor, over),
        lambda: archive_fair(session, player.actor, over),
    ]
    reasons = []
    for change in changes:
        with pytest.raises(Refused) as refused:
            change()
        reasons.append(refused.value.reason)
    assert reasons == ["fair_is_archived"] * len(changes)


def test_archive_is_undone(session: Session, player: OrganiserPlayer, over: Fair) -> None:
    before = steps_of(session, over)
    archive_fair(session, player.actor, over)
    unarchive_fair(session, player.actor, over)
    assert steps_of(session, over) == before
    with pytest.raises(Refused) as refused:
        unarchive_fair(session, player.actor, over)
    assert refused.value.reason == "fair_is_not_archived"


def test_only_what_is_over_or_cancelled_is_archived(session: Session, player: OrganiserPlayer) -> None:
    fair = a_draft_fair(session, player)
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            archive_fair(session, player.actor, fair)
        assert refused.value.reason == "archive_too_early"
        if fair.state == "draft":
            publish_fair(session, player.actor, fair)
    cancel_fair(session, player.actor, fair, reason="Bão số 3")
    archive_fair(session, player.actor, fair)
    assert (fair.phase(), fair.archived_at is None) == (Phase.CANCELLED, False)


def test_page_archives_and_takes_out(desk: OrganiserBrowser, over: Fair) -> None:
    steps = f"/organise/fairs/{over.slug}/steps"
    assert "Đưa vào kho lưu trữ" in desk.get(steps).text
    assert desk.send(f"{steps}/archive", {}).status_code == 303
    assert "Hội chợ đã được lưu trữ." in desk.get(steps).text
    for prefix, sentence in (("", "Hội chợ này đã lưu trữ."), ("/en", "This fair is in the archive.")):
        assert desk.send(f"{prefix}/organise/fairs/{over.slug}/steps/archive", {}).status_code == 303
        assert sentence in desk.get(f"{prefix}{steps}").text
    assert desk.get(f"/fairs/{over.slug}").status_code == 200
    assert desk.send(f"{steps}/unarchive", {}).status_code == 303
    assert "Đưa vào kho lưu trữ" in desk.get(steps).text
