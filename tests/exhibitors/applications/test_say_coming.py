"""People and vehicle said after the application was sent, and the list of what is missing over logistics and money."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.set_up_booth_types import add_booth_type
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.my_unit import my_unit
from exhibitors.applications.say_coming import say_coming
from exhibitors.applications.unit_tasks import Task
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_confirmed_application, a_submitted_application


def test_who_has_a_booth_is_asked_who_comes_and_what_is_to_pay_before_the_fair(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    application = a_confirmed_application(store, organiser, player, fair)
    facts: dict[str, Any] = {"kind": "standard", "name_vi": "Gian tiêu chuẩn", "price": 6_000_000}
    kind = add_booth_type(store, organiser.actor, fair, **facts, support_percent=50)
    application.booth_type = kind
    store.flush()
    rows = [(row.task, row.due, row.money) for row in my_unit(store, player.producer.id).missing]
    assert rows == [(Task.SAY_COMING, fair.first_day, None), (Task.PAY_FEE, fair.first_day, 3_000_000)]
    kind.support_percent = 100
    say_coming(store, player.actor, application, {"staff_count": 2})
    assert my_unit(store, player.producer.id).missing == []


def test_neighbours_stay_and_an_ended_application_takes_nothing(
    store: Session, fair: Fair, player: ProducerPlayer
) -> None:
    application = a_submitted_application(store, fair, player)
    application.neighbours_wished = "HTX Ruốc"
    say_coming(store, player.actor, application, {"staff_count": 2, "vehicle_kind": "van"})
    said = (application.neighbours_wished, application.staff_count, application.vehicle_kind)
    assert said == ("HTX Ruốc", 2, "van")
    withdraw_application(store, player.actor, application, base_url=BASE_URL)
    with pytest.raises(Refused) as refused:
        say_coming(store, player.actor, application, {"staff_count": 3})
    assert refused.value.reason == "coming_not_asked"


def test_page_saves_and_gives_back_what_is_wrong(
    store: Session, visit: Callable[..., Any], fair: Fair, player: ProducerPlayer
) -> None:
    application = a_submitted_application(store, fair, player)
    address, owner = f"/applications/{application.code}/coming", visit(player.user.email)
    wrong = owner.post(address, staff_count="nhiều", vehicle_plate="14C-1")
    assert (wrong.status_code, 'id="staff_count-error"' in wrong.text, "14C-1" in wrong.text) == (422, True, True)
    assert owner.post(address, staff_count="4", vehicle_kind="car", vehicle_plate="14C-1").status_code == 303
    assert "4 người, Ô tô con, 14C-1" in owner.get(f"/applications/{address.split('/')[2]}").text
