"""The organiser's verbs: create, change, publish, call, postpone, cancel."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import CallState, Fair, FairKind, FairState, Phase
from events.fairs.fair_facts import FairSayings
from events.fairs.organise_fair import (
    cancel_fair,
    change_fair,
    close_call,
    create_fair,
    details_version,
    missing_for_call,
    missing_for_publishing,
    open_call,
    postpone_fair,
    publish_fair,
    restore,
    resume,
    withdraw_from_public,
)
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair, a_venue, a_zone, an_open_fair, an_organiser

FIRST = date(2027, 1, 29)


def said(**changes: object) -> FairSayings:
    base: dict[str, object] = {
        "kind": FairKind.FAIR,
        "name_vi": "Hội chợ OCOP Quảng Ninh – Xuân 2027",
        "first_day": FIRST,
        "last_day": FIRST + timedelta(days=5),
    }
    return base | changes  # type: ignore[return-value]  # tests say wrong things on purpose


def created(session: Session, player: OrganiserPlayer, **changes: object) -> Fair:
    return create_fair(session, player.actor, organisation_id=player.organisation.id, **said(**changes))


def changed(session: Session, player: OrganiserPlayer, fair: Fair, **more: object) -> None:
    change_fair(session, player.actor, fair, expected_version=details_version(fair), **said(**more))


def trail(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.what).where(AuditEntry.fair_id.is_not(None)).order_by(AuditEntry.id)))


def test_new_fair_is_a_draft_with_an_address_from_its_name(session: Session) -> None:
    fair = created(session, an_organiser(session), venue_ids=[a_venue(session).id])
    assert (fair.slug, fair.state, fair.call_state, fair.year) == (
        "hoi-cho-ocop-quang-ninh-xuan-2027",
        "draft",
        "not_open",
        2027,
    )
    assert [place.venue.name_vi for place in fair.venues] == ["Siêu thị GO! Hạ Long"]
    assert trail(session) == ["fair.create"]


def test_second_fair_of_a_name_gets_a_number(session: Session) -> None:
    player = an_organiser(session)
    slugs = [created(session, player, name_vi=name).slug for name in ("Hội chợ", "Hội chợ", "HỘI CHỢ", "Hội chợ 2")]
    assert slugs == ["hoi-cho", "hoi-cho-2", "hoi-cho-3", "hoi-cho-2-2"]


def test_fair_named_like_a_page_keeps_off_its_address(session: Session) -> None:
    assert created(session, an_organiser(session), name_vi="New").slug == "new-2"


def test_fair_without_latin_letters_gets_an_address(session: Session) -> None:
    assert created(session, an_organiser(session), name_vi="交易会").slug == "fair-2027"


def test_fair_is_found_by_its_folded_name(session: Session) -> None:
    fair = created(session, an_organiser(session), venue_ids=[a_venue(session).id])
    assert list(session.scalars(select(Fair).where(Fair.matches("xuan GO! ha long")))) == [fair]


def moment(day: date, hour: int = 17) -> datetime:
    return clock.local_moment(day, time(hour))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name_vi": "  "}, "name_missing"),
        ({"name_vi": "x" * 201}, "text_too_long"),
        ({"kind": "circus"}, "kind_unknown"),
        ({"date_state": "maybe"}, "date_state_unknown"),
        ({"first_day": None}, "first_day_missing"),
        ({"last_day": None}, "last_day_missing"),
        ({"last_day": FIRST - timedelta(days=1)}, "last_before_first"),
        ({"last_day": FIRST + timedelta(days=366)}, "fair_too_long"),
        ({"first_day": date(2012, 12, 31)}, "year_out_of_range"),
        ({"first_day": date(2101, 1, 1), "last_day": date(2101, 1, 1)}, "year_out_of_range"),
        ({"date_state": "unknown"}, "unknown_date_has_days"),
        ({"date_state": "unknown", "first_day": None, "last_day": None}, "year_missing"),
        ({"closed_days": [FIRST + timedelta(days=6)]}, "closed_day_outside"),
        ({"last_day": FIRST, "closed_days": [FIRST]}, "no_open_day"),
        ({"opens_at": time(9), "closes_at": time(9)}, "hours_in_order"),
        ({"call_opens_at": moment(FIRST, 9), "call_closes_at": moment(FIRST, 9)}, "call_in_order"),
        ({"call_closes_at": moment(FIRST + timedelta(days=6))}, "call_after_fair"),
        ({"call_closes_at": moment(FIRST), "answer_by": FIRST - timedelta(days=1)}, "answer_before_call_closes"),
        ({"call_opens_at": moment(FIRST), "answer_by": FIRST - timedelta(days=1)}, "answer_before_call"),
        ({"answer_by": FIRST + timedelta(days=6)}, "answer_after_fair"),
        ({"venue_ids": [999]}, "venue_unknown"),
        ({"venue_ids": list(range(1, 14))}, "too_many_venues"),
    ],
)
def test_fair_that_breaks_a_rule_is_refused(session: Session, changes: dict[str, object], reason: str) -> None:
    player = an_organiser(session)
    with pytest.raises(Refused) as refusal:
        created(session, player, **changes)
    assert refusal.value.reason == reason
    assert session.scalars(select(Fair)).all() == []


def test_change_replaces_facts_and_notes_what_was(session: Session) -> None:
    player = an_organiser(session)
    fair = created(session, player, closed_days=[FIRST + timedelta(days=1)])
    changed(session, player, fair, host_event="Lễ hội biển")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "fair.change")).one()
    assert (fair.host_event, fair.closed_days, fair.version) == ("Lễ hội biển", [], 2)
    assert entry.old == {"host_event": "", "closed_days": ["2027-01-30"]}
    assert entry.new == {"host_event": "Lễ hội biển", "closed_days": []}


def test_change_of_closed_days_alone_counts_as_a_version(session: Session) -> None:
    player = an_organiser(session)
    fair = created(session, player)
    change_fair(
        session,
        player.actor,
        fair,
        expected_version=details_version(fair),
        **said(closed_days=[FIRST + timedelta(days=1)]),
    )
    session.commit()
    assert fair.version == 2


def test_change_of_nothing_keeps_version_and_trail(session: Session) -> None:
    player = an_organiser(session)
    fair = created(session, player)
    changed(session, player, fair)
    session.commit()
    assert (fair.version, trail(session)) == (1, ["fair.create"])


def test_venue_that_replaces_another_takes_over_its_plan(session: Session) -> None:
    player = an_organiser(session)
    first, second = a_venue(session), a_venue(session, "Hạ Long Park")
    fair = created(session, player, venue_ids=[first.id])
    zone = a_zone(session, player, fair)
    changed(session, player, fair, venue_ids=[second.id])
    session.flush()
    assert [place.venue for place in fair.venues] == [second]
    assert zone.plan.fair_venue.venue == second


def test_venue_with_a_plan_is_not_dropped(session: Session) -> None:
    player = an_organiser(session)
    fair = created(session, player, venue_ids=[a_venue(session).id])
    a_zone(session, player, fair)
    session.commit()
    with pytest.raises(Refused) as refusal:
        changed(session, player, fair)
    assert (refusal.value.reason, refusal.value.facts) == ("venue_has_plan", {"venue": "Siêu thị GO! Hạ Long"})


def test_venues_change_their_order(session: Session) -> None:
    player = an_organiser(session)
    ids = [a_venue(session).id, a_venue(session, "Hạ Long Park").id]
    fair = created(session, player, venue_ids=ids)
    changed(session, player, fair, venue_ids=ids[::-1])
    session.commit()
    session.expire_all()
    assert [place.venue.id for place in fair.venues] == ids[::-1]


def test_draft_without_days_and_venue_is_not_published(session: Session) -> None:
    player = an_organiser(session)
    fair = created(session, player, date_state="unknown", first_day=None, last_day=None, year=clock.today().year)
    assert missing_for_publishing(fair) == ["no_dates", "no_venue"]
    with pytest.raises(Refused) as refusal:
        publish_fair(session, player.actor, fair)
    assert (refusal.value.reason, fair.state) == ("no_dates", "draft")


def test_event_of_the_record_is_published_with_what_its_source_tells(session: Session) -> None:
    player = an_organiser(session)
    unknown = {"date_state": "unknown", "first_day": None, "last_day": None, "year": 2022}
    fair = created(session, player, **unknown, source="Báo Quảng Ninh")
    publish_fair(session, player.actor, fair)
    assert (fair.state, fair.phase()) == (FairState.PUBLISHED, Phase.OVER)


def test_call_opens_and_closes_and_opens_again(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player)
    states = [fair.call_state]
    close_call(session, player.actor, fair)
    states.append(fair.call_state)
    open_call(session, player.actor, fair)
    states.append(fair.call_state)
    assert states == [CallState.OPEN, CallState.CLOSED, CallState.OPEN]
    assert trail(session)[-3:] == ["fair.open_call", "fair.close_call", "fair.open_call"]


def test_call_needs_a_published_fair_with_booths(session: Session) -> None:
    player = an_organiser(session)
    fair = a_draft_fair(session, player)
    assert missing_for_call(session, fair) == ["call_needs_published_fair", "no_booths"]
    publish_fair(session, player.actor, fair)
    with pytest.raises(Refused) as refusal:
        open_call(session, player.actor, fair)
    assert refusal.value.reason == "no_booths"
    a_zone(session, player, fair)
    open_call(session, player.actor, fair)
    assert fair.phase() == Phase.CALL_OPEN


@pytest.mark.parametrize(("closes", "reason"), [(None, "call_has_no_end"), (timedelta(seconds=-1), "call_end_is_past")])
def test_call_needs_an_end_to_come(session: Session, closes: timedelta | None, reason: str) -> None:
    player = an_organiser(session)
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair)
    publish_fair(session, player.actor, fair)
    fair.call_opens_at = None
    fair.call_closes_at = clock.now() + closes if closes else None
    assert missing_for_call(session, fair) == [reason]


def test_fair_with_open_call_is_not_withdrawn_from_public(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player)
    with pytest.raises(Refused) as refusal:
        withdraw_from_public(session, player.actor, fair)
    assert refusal.value.reason == "call_is_open"
    close_call(session, player.actor, fair)
    withdraw_from_public(session, player.actor, fair)
    assert fair.state == FairState.DRAFT


def test_fair_is_postponed_and_resumed_cancelled_and_restored(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player)
    phases = []
    for act in (
        lambda: postpone_fair(session, player.actor, fair, reason="Bão"),
        lambda: resume(session, player.actor, fair),
        lambda: cancel_fair(session, player.actor, fair, reason=" Bão số 3 "),
        lambda: restore(session, player.actor, fair),
    ):
        act()
        phases.append((fair.phase(), fair.reason))
    assert phases == [
        (Phase.POSTPONED, "Bão"),
        (Phase.CALL_OPEN, ""),
        (Phase.CANCELLED, "Bão số 3"),
        (Phase.CALL_OPEN, ""),
    ]


@pytest.mark.parametrize("act", [postpone_fair, cancel_fair])
def test_reason_is_asked_for(session: Session, act: object) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player)
    with pytest.raises(Refused) as refusal:
        act(session, player.actor, fair, reason="  ")  # type: ignore[operator]  # one of the two verbs
    assert refusal.value.reason == "fair_reason_missing"


def test_draft_cannot_be_postponed(session: Session) -> None:
    player = an_organiser(session)
    fair = a_draft_fair(session, player)
    with pytest.raises(Refused) as refusal:
        postpone_fair(session, player.actor, fair, reason="Bão")
    assert (refusal.value.reason, refusal.value.facts) == (
        "fair_move_impossible",
        {"move": "postpone", "state": "draft"},
    )
