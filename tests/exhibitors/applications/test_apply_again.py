"""Applying as last time: what is carried over, what is not, and that it stays one application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.fair_series import find_or_add_series
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone, zones_of
from exhibitors.applications.answer_questions import answer_questions
from exhibitors.applications.application_answer import answers_of
from exhibitors.applications.apply_again import apply_again, facts_to_begin_with
from exhibitors.applications.apply_for_booth import (
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.set_up_questions import set_question
from exhibitors.producers.register_producer import add_product
from foundation import clock
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, an_open_fair
from tests.scenes import Play


@pytest.fixture
def next_fair(play: Play, organiser: OrganiserPlayer) -> Fair:
    return play(an_open_fair, organiser, name="Hội chợ lần sau")


def answered_and_sent(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> BoothApplication:
    question = set_question(store, organiser.actor, fair, kind="text", text_vi="Mang bếp gì?")
    application = start_application(store, player.actor, fair, player.producer)
    first, second = (zone.id for zone in zones_of(store, fair))
    goods = [product.id for product in player.producer.products]
    facts = {"booths_wanted": 2, "fascia_name": "MIẾN DONG", "note": "Gần cửa", "power_kw": 2.5, "wants_corner": True}
    save_application(store, player.actor, application, zone_ids=[second, first], product_ids=goods, **facts)
    answer_questions(store, player.actor, application, answers={question.id: "Bếp điện"})
    return submit_application(
        store, player.actor, application, rules_accepted=True, pledge_given=True, base_url=BASE_URL
    )


@pytest.fixture
def applied(play: Play, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer) -> BoothApplication:
    """Two booths in zone B, then A; 2.5 kW and a corner; one question answered."""
    return play(answered_and_sent, fair, organiser, player)


def test_next_application_begins_with_the_last(
    store: Session, applied: BoothApplication, next_fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    same = set_question(store, organiser.actor, next_fair, kind="text", text_vi="Mang bếp gì?")
    other = set_question(store, organiser.actor, next_fair, kind="text", text_vi="Mấy người?")
    draft = apply_again(store, player.actor, next_fair, player.producer)
    assert [wish.zone.code for wish in draft.wishes] == ["B", "A"]
    assert {wish.zone.plan.fair_id for wish in draft.wishes} == {next_fair.id}
    assert (draft.booths_wanted, draft.fascia_name, draft.power_kw, draft.wants_corner, draft.needs_power) == (
        2,
        "MIẾN DONG",
        2.5,
        True,
        True,
    )
    assert (draft.note, draft.state, draft.rules_accepted_at) == ("", "draft", None)
    answers = answers_of(store, draft)
    assert (answers[same.id].value, other.id in answers) == ("Bếp điện", False)
    assert apply_again(store, player.actor, next_fair, player.producer) is draft


def test_product_whose_certificate_ends_stays_behind(
    store: Session, applied: BoothApplication, next_fair: Fair, player: ProducerPlayer
) -> None:
    assert next_fair.last_day is not None
    old = player.producer.products[0]
    facts = {"group_id": old.group_id, "stars": 3, "certificate_issued_on": clock.today() - timedelta(days=90)}
    new = add_product(store, player.actor, player.producer, name_vi="Mật ong", **facts)
    assert facts_to_begin_with(store, next_fair, player.producer)["product_ids"] == [old.id]
    old.certificate_expires_on = next_fair.last_day - timedelta(days=1)
    store.flush()
    assert facts_to_begin_with(store, next_fair, player.producer)["product_ids"] == [new.id]


def test_who_has_not_applied_has_nothing_to_repeat(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    with pytest.raises(Refused) as refused:
        apply_again(store, player.actor, fair, player.producer)
    assert refused.value.reason == "nothing_to_repeat"


def test_one_press_leads_to_the_last_look_and_the_form_is_filled(
    store: Session, applied: BoothApplication, next_fair: Fair, player: ProducerPlayer, visit: Callable[..., Any]
) -> None:
    slug = next_fair.slug
    visitor = visit(player.user.email)
    assert f"/apply/{slug}/again" in visitor.get("/producer").text
    form = visitor.get(f"/apply/{slug}").text
    assert ('value="MIẾN DONG"' in form, 'value="2,5"' in form, "Gần cửa" in form) == (True, True, False)
    for _ in range(2):
        answer = visitor.post(f"/apply/{slug}/again")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/apply/{slug}/review")
    assert visitor.post(f"/apply/{slug}/review", rules_accepted="y", pledge_given="y").status_code == 303
    sent = visitor.post(f"/apply/{slug}/again")
    assert "/applications/GH-" in sent.headers["Location"]
    store.rollback()
    states = store.scalars(sa.select(BoothApplication.state).where(BoothApplication.fair_id == next_fair.id)).all()
    assert states == ["submitted"]


def test_booths_are_wished_again_at_the_same_fair_once_it_was_withdrawn(
    store: Session, applied: BoothApplication, fair: Fair, player: ProducerPlayer
) -> None:
    assert fair.series_id is None
    wished = [zone.booths[1] for zone in zones_of(store, fair)]
    for wish, booth in zip(applied.wishes, reversed(wished), strict=True):
        wish.booth_id = booth.id
    withdraw_application(store, player.actor, applied, reason="Bận", base_url=BASE_URL)
    again = apply_again(store, player.actor, fair, player.producer)
    assert [wish.place for wish in again.wishes] == [booth.code for booth in reversed(wished)]


def test_booth_is_wished_again_at_the_next_edition_where_it_can_be_had(
    store: Session,
    applied: BoothApplication,
    fair: Fair,
    next_fair: Fair,
    player: ProducerPlayer,
    visit: Callable[..., Any],
) -> None:
    """The same booth at an edition of the same series; its zone at another fair and where it is out of use."""
    first, second = zones_of(store, fair)
    wished = [second.booths[1], first.booths[0]]
    for wish, booth in zip(applied.wishes, wished, strict=True):
        wish.booth_id = booth.id
    store.flush()
    store.expire_all()

    def begun() -> list[str | None]:
        ids = facts_to_begin_with(store, next_fair, player.producer)["booth_wishes"]
        return [store.get_one(Booth, number).code if number else None for number in ids]

    codes = [booth.code for booth in wished]
    assert begun() == [None, None]
    series = find_or_add_series(store, organisation_id=fair.organisation_id, name_vi="Hội chợ Xuân")
    fair.series = next_fair.series = series
    store.flush()
    assert begun() == codes
    same = store.scalars(sa.select(Booth).join(Zone).join(FloorPlan).where(FloorPlan.fair_id == next_fair.id)).all()
    blocked = next(booth for booth in same if booth.code == codes[0])
    blocked.switch, blocked.reason = BoothSwitch.BLOCKED.value, "Cột nhà"
    store.commit()
    assert begun() == [None, codes[1]]
    kept = next(booth.id for booth in same if booth.code == codes[1])
    form = visit(player.user.email).get(f"/apply/{next_fair.slug}").text
    assert f'selected value="b{kept}"' in form
    draft = apply_again(store, player.actor, next_fair, player.producer)
    assert [wish.place for wish in draft.wishes] == ["B", codes[1]]


def test_note_is_repeated_at_the_same_fair_alone(
    store: Session, applied: BoothApplication, fair: Fair, next_fair: Fair, player: ProducerPlayer, visit: Any
) -> None:
    withdraw_application(store, player.actor, applied, base_url=BASE_URL)
    store.commit()
    form = visit(player.user.email).get(f"/apply/{fair.slug}").text
    assert "Gần cửa</textarea>" in form
    assert facts_to_begin_with(store, fair, player.producer)["note"] == "Gần cửa"
    assert facts_to_begin_with(store, next_fair, player.producer)["note"] == ""
