"""Wishes for single booths beside zones, what is held shown as such, neighbours by name, people and vehicle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.proposals.allocation_proposal import Candidates
from exhibitors.allocation.proposals.fair_facts import fair_facts
from exhibitors.allocation.proposals.fair_instance import fair_instance
from exhibitors.allocation.proposals.lottery_draw import LotteryDraw
from exhibitors.applications.apply_again import apply_again
from exhibitors.applications.apply_for_booth import save_application, start_application, withdraw_application
from exhibitors.applications.booth_application import BoothApplication, live_application
from exhibitors.applications.named_neighbours import named_neighbours
from exhibitors.applications.screen_applications import take_up
from exhibitors.applications.wished_places import booths_held
from foundation.refusal import Refused
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    ProducerPlayer,
    a_confirmed_application,
    a_producer,
    a_submitted_application,
    an_open_fair,
    booths_of,
)

COMING: dict[str, Any] = {
    "neighbours_wished": "htx ruoc co to",
    "neighbours_not_wished": "Nem chua Quảng Yên; Ai Đó Lạ",
    "staff_count": 3,
    "vehicle_kind": "small_truck",
    "vehicle_plate": "14C-123.45",
    "arrival_wish": "Chiều hôm trước",
}


def save(
    store: Session, player: ProducerPlayer, application: BoothApplication, zones: list[int], booths: list[int | None]
) -> str:
    try:
        with store.begin_nested():
            save_application(
                store, player.actor, application, zone_ids=zones, booth_wishes=booths, product_ids=[], **COMING
            )
    except Refused as refused:
        return refused.reason
    return ""


def test_zones_and_booths_are_wished_for_in_one_order(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    draft = start_application(store, player.actor, fair, player.producer)
    first, second = booths_of(store, fair)[:2]
    zone = first.zone_id
    assert save(store, player, draft, [zone, zone, zone], [second.id, None, first.id]) == ""
    assert [wish.place for wish in draft.wishes] == [second.code, first.zone.code, first.code]
    assert save(store, player, draft, [zone, zone], [None, second.id]) == ""
    assert [wish.place for wish in draft.wishes] == [first.zone.code, second.code]
    assert save(store, player, draft, [zone, zone], [first.id, first.id]) == "booth_wished_twice"
    assert save(store, player, draft, [zone, zone], [None, None]) == "zone_wished_twice"
    assert save(store, player, draft, [booths_of(store, fair)[-1].zone_id], [first.id]) == "booth_not_in_fair"
    first.switch, first.reason = "blocked", "Cột điện"
    store.flush()
    assert save(store, player, draft, [zone], [first.id]) == "booth_not_in_fair"


def test_booth_of_another_fair_is_refused(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    other = booths_of(store, an_open_fair(store, organiser, name="Hội chợ khác"))[0]
    draft = start_application(store, player.actor, fair, player.producer)
    assert save(store, player, draft, [other.zone_id], [other.id]) == "zone_not_in_fair"
    assert save(store, player, draft, [booths_of(store, fair)[0].zone_id], [other.id]) == "booth_not_in_fair"


def test_held_booth_is_shown_as_such_and_one_only_proposed_is_not(
    store: Session, visit: Callable[..., Any], fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    booths = booths_of(store, fair)
    a_confirmed_application(store, organiser, a_producer(store, "HTX Ruốc Cô Tô", "ruoc@example.vn"), fair)
    second = a_submitted_application(store, fair, a_producer(store, "Nem chua Quảng Yên", "nem@example.vn"))
    take_up(store, organiser.actor, second)
    place_on_booth(store, organiser.actor, second, booths[1])
    assert booths_held(store, [booth.id for booth in booths]) == {booths[0].id}
    draft = start_application(store, player.actor, fair, player.producer)
    assert save(store, player, draft, [booths[0].zone_id], [booths[0].id]) == "booth_already_held"
    assert save(store, player, draft, [booths[1].zone_id], [booths[1].id]) == ""
    slug, first, proposed = fair.slug, booths[0], booths[1]
    taken = f'<option data-code="{first.code}" disabled value="b{first.id}">'
    free = f'value="b{proposed.id}">{proposed.code}</option>'
    page = visit(player.user.email).get(f"/apply/{slug}").text
    assert page.count(taken) == 3
    assert free in page
    assert "Ruốc" not in page  # nobody reads in the form who holds what


def test_form_takes_booths_and_what_comes_and_gives_back_what_is_wrong(
    store: Session, visit: Callable[..., Any], fair: Fair, player: ProducerPlayer
) -> None:
    booth, slug, unit = booths_of(store, fair)[2], fair.slug, player.producer.id
    place, code, number = f"b{booth.id}", booth.code, fair.id
    owner = visit(player.user.email)
    typed = COMING | {"wish_1": place, "wish_2": str(booth.zone_id), "booths_wanted": "1", "version": "0"}
    store.rollback()
    wrong = owner.post(f"/apply/{slug}", **(typed | {"wish_2": place, "staff_count": "hai"}))
    assert wrong.status_code == 422
    assert 'id="staff_count-error"' in wrong.text
    assert "hai" in wrong.text
    assert "14C-123.45" in wrong.text
    assert owner.post(f"/apply/{slug}", **typed).status_code == 303
    draft = live_application(store, number, unit)
    assert draft is not None
    assert (draft.wishes[0].place, draft.staff_count, draft.vehicle_plate) == (code, 3, "14C-123.45")
    store.rollback()
    page = owner.get(f"/apply/{slug}").text
    assert f'selected value="{place}"' in page
    assert "Chiều hôm trước" in page
    assert f"Gian {code}" in owner.get(f"/apply/{slug}/review").text


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"staff_count": 0}, "staff_count_range"),
        ({"staff_count": 100}, "staff_count_range"),
        ({"vehicle_kind": "rocket"}, "vehicle_unknown"),
        ({"arrival_wish": "x" * 201}, "logistics_too_long"),
        ({"neighbours_wished": "x" * 301}, "logistics_too_long"),
    ],
)
def test_what_cannot_be_is_refused(
    store: Session, fair: Fair, player: ProducerPlayer, wrong: dict[str, Any], reason: str
) -> None:
    draft = start_application(store, player.actor, fair, player.producer)
    with pytest.raises(Refused) as refused:
        save_application(store, player.actor, draft, zone_ids=[], product_ids=[], **(COMING | wrong))
    assert refused.value.reason == reason


def sent_with_neighbours(store: Session, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    application = a_submitted_application(store, fair, player)
    for name, value in COMING.items():
        setattr(application, name, value)
    store.flush()
    return application


def test_neighbours_are_found_by_name_for_the_organiser_alone(
    store: Session, visit: Callable[..., Any], fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    seafood = a_producer(store, "HTX Ruốc Cô Tô", "ruoc@example.vn")
    other = a_submitted_application(store, fair, seafood)
    mine = sent_with_neighbours(store, fair, player)
    found = [(one.name, one.is_wished, list(one.codes)) for one in named_neighbours(store, mine)]
    assert found == [
        ("htx ruoc co to", True, [other.code]),
        ("Nem chua Quảng Yên", False, []),
        ("Ai Đó Lạ", False, []),
    ]
    slug, code, theirs = fair.slug, mine.code, other.code
    desk = visit(organiser.user.email)
    for address in (f"/organise/fairs/{slug}/applications/{code}", f"/organise/fairs/{slug}/applications?open={code}"):
        page = desk.get(address).text
        assert [words in page for words in ("htx ruoc co to", "Ai Đó Lạ", "14C-123.45")] == [True] * 3
    listed = desk.get(f"/organise/fairs/{slug}/applications?cols=neighbours&cols=coming").text
    assert [words in listed for words in ("không muốn: Nem chua Quảng Yên", "14C-123.45", "3 người")] == [True] * 3
    named = visit(seafood.user.email)
    for address in (f"/applications/{theirs}", f"/apply/{slug}", "/producer"):
        page = named.get(address).text
        assert [words in page for words in ("Ai Đó Lạ", "14C-123.45", code)] == [False] * 3


def test_applying_again_brings_what_was_said_and_the_zone_of_a_booth(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    mine = sent_with_neighbours(store, fair, player)
    booth = booths_of(store, fair)[1]
    mine.wishes[0].booth_id = booth.id
    store.flush()
    withdraw_application(store, player.actor, mine, base_url=BASE_URL)
    draft = apply_again(store, player.actor, an_open_fair(store, organiser, name="Hội chợ sau"), player.producer)
    assert {name: getattr(draft, name) for name in COMING} == COMING
    assert (draft.wishes[0].booth_id, draft.wishes[0].zone.code) == (None, booth.zone.code)


def test_optimiser_is_asked_for_the_booth(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    mine = a_submitted_application(store, fair, player)
    booth = booths_of(store, fair)[3]
    mine.wishes[0].booth_id, mine.wishes[0].zone_id = booth.id, booth.zone_id
    take_up(store, organiser.actor, mine)
    store.flush()
    store.expire(mine)
    draw = LotteryDraw(fair_id=fair.id, seed="00" * 32, commitment="11" * 32)
    data = fair_instance(fair_facts(store, fair, Candidates.REVIEWED), draw).data
    prefs = data["applications"][0]["prefs"]
    assert prefs[0] == {"booth": booth.code}
    assert [set(one) for one in prefs[1:]] == [{"zone"}]
