"""Whoever stands too near to a unit gives it no booth, takes none away, pins and offers nothing; the try is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import actor_for
from events.fairs.fair import Fair
from events.places.locality import Locality
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.hand_move import keep_hand_move
from exhibitors.allocation.place_on_booth import place_on_booth, vacate_booth
from exhibitors.allocation.proposals.pin_booths import pin_booths
from exhibitors.allocation.undo_hand_move import undo_hand_move
from exhibitors.allocation.waiting_list.offer_next import offer_next
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.cancel_application import cancel_application
from exhibitors.applications.let_changes_lapse import extend_changes
from exhibitors.applications.review.set_up_review import place_reviewer
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application, booths_of
from tests.exhibitors.conftest import Visitor

LATER = timedelta(days=3)


@pytest.fixture
def seated(store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """Noted for acceptance and put on a booth by its organiser, who then says to come from the unit's commune."""
    application = a_submitted_application(store, fair, player)
    stage_decision(store, organiser.actor, application, Decision.ACCEPT)
    first = booths_of(store, fair)[0]
    keep_hand_move(
        store, organiser.actor, fair, [application], lambda: place_on_booth(store, organiser.actor, application, first)
    )
    home = store.get_one(Locality, application.producer.locality_id)
    place_reviewer(store, organiser.actor, fair, organiser.user.id, home)
    store.commit()
    return application


def acts_on(
    session: Session, fair: Fair, application: BoothApplication, actor: Actor
) -> dict[str, Callable[[], object]]:
    held = assignments_of(session, application.id)[0]
    second = booths_of(session, fair)[1]
    facts = {"base_url": BASE_URL}
    return {
        "place": lambda: keep_hand_move(
            session, actor, fair, [application], lambda: place_on_booth(session, actor, application, second)
        ),
        "vacate": lambda: keep_hand_move(
            session, actor, fair, [application], lambda: vacate_booth(session, actor, held)
        ),
        "undo": lambda: undo_hand_move(session, actor, fair),
        "pin": lambda: pin_booths(session, actor, application, pinned=True),
        "offer": lambda: offer_next(session, actor, fair, application, confirm_by=clock.now() + LATER, **facts),
        "cancel": lambda: cancel_application(session, actor, application, reason="Vi phạm", **facts),
        "extend": lambda: extend_changes(session, actor, application, due_at=clock.now() + LATER, **facts),
    }


def test_every_verb_about_one_unit_refuses_whoever_comes_from_its_commune(
    store: Session, organiser: OrganiserPlayer, fair: Fair, seated: BoothApplication
) -> None:
    actor = actor_for(store, organiser.user)
    reasons = {}
    for name, act in acts_on(store, fair, seated, actor).items():
        with pytest.raises(Refused) as refused, store.begin_nested():
            act()
        reasons[name] = refused.value.reason
    assert set(reasons.values()) == {"recused_same_place"}
    (held,) = assignments_of(store, seated.id)
    assert (seated.current, held.is_locked) == (ApplicationState.IN_REVIEW, False)


def test_pages_of_the_board_say_why_and_keep_the_try(
    visit: Callable[..., Visitor], store: Session, fair: Fair, seated: BoothApplication
) -> None:
    first, second = (booth.code for booth in booths_of(store, fair)[:2])
    base, browser, code = f"/organise/fairs/{fair.slug}", visit("btc@halong.example"), seated.code
    number = seated.id
    store.commit()
    moved = browser.post(f"{base}/booths/{second}/place", application=code, instead_of=first)
    left = browser.post(f"{base}/booths/{first}/vacate", holder=code)
    pinned = browser.post(f"{base}/pins/{code}")
    undone = browser.post(f"{base}/hand-moves/undo")
    assert [answer.status_code for answer in (moved, left, pinned, undone)] == [409, 422, 303, 303]
    tries = sa.select(sa.func.count()).where(AuditEntry.what == "review.turned_away", AuditEntry.thing_id == number)
    assert store.scalar(tries) == 4
    assert [one.booth.code for one in assignments_of(store, number)] == [first]
