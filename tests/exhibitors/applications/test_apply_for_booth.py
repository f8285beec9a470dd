"""Applying for booths: start, save and submit, on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import close_call
from events.floor_plans.floor_plan import zones_of
from exhibitors.applications.application_moves import ApplicationState, By
from exhibitors.applications.apply_for_booth import (
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from exhibitors.applications.booth_application import BoothApplication, move_application
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_producer, a_submitted_application


@pytest.fixture
def draft(session: Session, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """An empty draft."""
    return start_application(session, player.actor, fair, player.producer)


def save(session: Session, player: ProducerPlayer, application: BoothApplication, **changes: object) -> None:
    """Save a complete draft, but for the changes."""
    zones = zones_of(session, application.fair)
    facts: dict[str, object] = {
        "zone_ids": [zone.id for zone in zones],
        "product_ids": [product.id for product in player.producer.products],
    }
    save_application(session, player.actor, application, **(facts | changes))  # type: ignore[arg-type]  # test facts


def submit(session: Session, player: ProducerPlayer, application: BoothApplication) -> BoothApplication:
    """Send it."""
    return submit_application(
        session, player.actor, application, rules_accepted=True, pledge_given=True, base_url=BASE_URL
    )


def refusal_of(call: object, *args: object, **kwargs: object) -> str:
    """The reason code with which a call is refused."""
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)  # type: ignore[operator]  # a verb
    return caught.value.reason


# --- start --------------------------------------------------------------------------------------------------------


def test_draft_starts_with_the_unit_name_on_the_fascia(draft: BoothApplication, player: ProducerPlayer) -> None:
    assert (draft.state, draft.fascia_name) == (ApplicationState.DRAFT, player.producer.name_vi)


def test_start_again_gives_the_same_draft(
    session: Session, fair: Fair, player: ProducerPlayer, draft: BoothApplication
) -> None:
    assert start_application(session, player.actor, fair, player.producer) is draft


def test_start_after_withdrawal_gives_a_new_draft(
    session: Session, fair: Fair, player: ProducerPlayer, draft: BoothApplication
) -> None:
    withdraw_application(session, player.actor, draft, base_url=BASE_URL)
    assert start_application(session, player.actor, fair, player.producer).code != draft.code


def test_start_is_refused_when_the_call_has_closed(
    session: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    close_call(session, organiser.actor, fair)
    assert refusal_of(start_application, session, player.actor, fair, player.producer) == "call_closed"


# --- save ---------------------------------------------------------------------------------------------------------


def test_save_keeps_wishes_in_rank_order(session: Session, player: ProducerPlayer, draft: BoothApplication) -> None:
    first, second = (zone.id for zone in zones_of(session, draft.fair))
    save(session, player, draft, zone_ids=[second, first])
    save(session, player, draft, zone_ids=[first, second])
    assert [(wish.rank, wish.zone_id) for wish in draft.wishes] == [(1, first), (2, second)]


def test_save_of_a_zone_wished_twice_is_refused(
    session: Session, player: ProducerPlayer, draft: BoothApplication
) -> None:
    first, second = (zone.id for zone in zones_of(session, draft.fair))
    with pytest.raises(Refused) as caught:
        save(session, player, draft, zone_ids=[first, second, first])
    assert caught.value.reason == "zone_wished_twice"


def test_save_of_an_empty_form_is_kept(session: Session, player: ProducerPlayer, draft: BoothApplication) -> None:
    save(session, player, draft, zone_ids=[], product_ids=[], fascia_name="", anywhere=False)
    assert (draft.wishes, draft.goods, draft.fascia_name) == ([], [], "")


def test_save_within_the_same_second_moves_the_version_on(
    session: Session, player: ProducerPlayer, draft: BoothApplication
) -> None:
    save(session, player, draft)
    before = draft.version
    save(session, player, draft)
    assert draft.version == before + 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"booths_wanted": 0}, "booths_wanted_range"),
        ({"booths_wanted": 4}, "booths_wanted_range"),
        ({"fascia_name": "x" * 81}, "fascia_too_long"),
        ({"note": "x" * 2001}, "note_too_long"),
        ({"zone_ids": [999_999]}, "zone_not_in_fair"),
        ({"product_ids": [999_999]}, "product_not_yours"),
        ({"expected_version": 99}, "draft_changed_elsewhere"),
    ],
)
def test_save_of_what_cannot_be_is_refused(
    session: Session, player: ProducerPlayer, draft: BoothApplication, change: dict[str, object], reason: str
) -> None:
    assert refusal_of(save, session, player, draft, **change) == reason


def test_save_with_the_product_of_another_unit_is_refused(
    session: Session, player: ProducerPlayer, draft: BoothApplication
) -> None:
    other = a_producer(session, "Cơ sở Xuân Thế", "xuan@the.example")
    theirs = [product.id for product in other.producer.products]
    assert refusal_of(save, session, player, draft, product_ids=theirs) == "product_not_yours"


def test_save_after_it_was_taken_up_is_refused(
    session: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    sent = a_submitted_application(session, fair, player)
    move_application(session, organiser.actor, sent, "take_up", By.ORGANISER)
    session.flush()
    assert refusal_of(save, session, player, sent) == "application_not_open"


# --- submit -------------------------------------------------------------------------------------------------------


def test_submit_posts_one_receipt_with_code_and_answer_day(
    session: Session, player: ProducerPlayer, draft: BoothApplication
) -> None:
    save(session, player, draft)
    submit(session, player, draft)
    letter = session.scalars(select(OutboxLetter)).one()
    assert (letter.recipient, letter.kind, letter.application_id) == (player.user.email, "receipt", draft.id)
    assert draft.fair.answer_by is not None
    assert draft.code in letter.subject
    assert draft.fair.answer_by.strftime("%d/%m/%Y") in letter.body
    assert f"{BASE_URL}/applications/{draft.code}" in letter.body


def test_submit_again_changes_nothing(session: Session, player: ProducerPlayer, draft: BoothApplication) -> None:
    save(session, player, draft)
    submit(session, player, draft)
    before = (draft.state, draft.submitted_at, draft.version)
    submit(session, player, draft)
    entries = session.scalar(select(func.count()).where(AuditEntry.what == "application.submit"))
    letters = session.scalar(select(func.count()).select_from(OutboxLetter))
    assert ((draft.state, draft.submitted_at, draft.version), entries, letters) == (before, 1, 1)


def test_submit_without_products_is_refused(session: Session, player: ProducerPlayer, draft: BoothApplication) -> None:
    save(session, player, draft, product_ids=[])
    assert refusal_of(submit, session, player, draft) == "no_products"


def test_submit_without_any_wish_is_refused(session: Session, player: ProducerPlayer, draft: BoothApplication) -> None:
    save(session, player, draft, zone_ids=[], anywhere=False)
    assert refusal_of(submit, session, player, draft) == "no_wish"


def test_submit_without_the_rules_is_refused(session: Session, player: ProducerPlayer, draft: BoothApplication) -> None:
    save(session, player, draft)
    reason = refusal_of(
        submit_application, session, player.actor, draft, rules_accepted=False, pledge_given=True, base_url=BASE_URL
    )
    assert reason == "rules_not_accepted"


def test_submit_after_the_call_closed_is_refused(
    session: Session, player: ProducerPlayer, draft: BoothApplication
) -> None:
    save(session, player, draft)
    draft.fair.call_closes_at = clock.now()
    assert refusal_of(submit, session, player, draft) == "call_closed"


def test_submit_one_second_before_the_close_is_taken(
    session: Session, player: ProducerPlayer, draft: BoothApplication
) -> None:
    save(session, player, draft)
    draft.fair.call_closes_at = clock.now() + timedelta(seconds=60)
    assert submit(session, player, draft).state == ApplicationState.SUBMITTED


def test_submit_of_a_withdrawn_application_is_refused(
    session: Session, player: ProducerPlayer, draft: BoothApplication
) -> None:
    withdraw_application(session, player.actor, draft, base_url=BASE_URL)
    assert refusal_of(submit, session, player, draft) == "application_ended"


def test_submit_of_changes_that_were_asked_for_goes_back_into_review(
    session: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    sent = a_submitted_application(session, fair, player)
    move_application(session, organiser.actor, sent, "ask_for_changes", By.ORGANISER, reason="tên biển")
    session.flush()
    close_call(session, organiser.actor, fair)
    save(session, player, sent, fascia_name="MIẾN DONG")
    assert submit(session, player, sent).state == ApplicationState.IN_REVIEW
