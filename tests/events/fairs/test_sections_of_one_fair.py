"""Colleagues who change different parts of one fair do not meet; in one part nobody overwrites the other."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import change_fair, details_version
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair
from tests.events.conftest import OrganiserBrowser
from tests.scenes import Play
from tests.typed_form import typed_form

FIRST = date(2027, 2, 3)
TYPED: dict[str, dict[str, object]] = {
    "edit": {"name_vi": "Hội chợ của người thứ nhất"},
    "texts": {"description_vi": "Miến dong", "do": "save"},
    "days": {"build_up_from": "01/02/2027"},
    "venues": {"points-0": "20.95, 107.08"},
}
HELD_BY = {"edit": "name_vi", "texts": "description_vi", "days": "build_up_from", "venues": "points-0"}


@pytest.fixture
def fair(play: Play, player: OrganiserPlayer) -> Fair:
    return play(a_draft_fair, player, first_day=FIRST)


def opened(desk: OrganiserBrowser, fair: Fair, part: str) -> dict[str, object]:
    """The form of one part as it stands on its page."""
    page = desk.get(f"/organise/fairs/{fair.slug}/{part}").text
    return {**typed_form(page, holding=HELD_BY[part])}


@pytest.mark.parametrize(("first", "second"), list(permutations(TYPED, 2)))
def test_what_two_change_in_different_parts_is_all_kept(
    desk: OrganiserBrowser, session: Session, fair: Fair, first: str, second: str
) -> None:
    forms = {part: opened(desk, fair, part) for part in (first, second)}
    for part, form in forms.items():
        answer = desk.send(f"/organise/fairs/{fair.slug}/{part}", {**form, **TYPED[part]})
        assert answer.status_code == 303
    session.expire_all()
    kept = {
        "edit": fair.name_vi == "Hội chợ của người thứ nhất",
        "texts": fair.description_vi == "Miến dong",
        "days": fair.build_up_from == date(2027, 2, 1),
        "venues": fair.venues[0].venue.latitude == pytest.approx(20.95),
    }
    assert {part for part, is_kept in kept.items() if is_kept} == {first, second}


@pytest.mark.parametrize(("part", "other"), [
    ("edit", {"name_vi": "Khác"}), ("texts", {"description_vi": "Khác", "do": "save"}),
    ("days", {"build_up_from": "31/01/2027"}), ("venues", {"points-0": "20.90, 107.00"}),
])  # fmt: skip
def test_in_one_part_the_second_is_told(
    desk: OrganiserBrowser, fair: Fair, part: str, other: dict[str, object]
) -> None:
    form, address = opened(desk, fair, part), f"/organise/fairs/{fair.slug}/{part}"
    assert desk.send(address, {**form, **TYPED[part]}).status_code == 303
    told = desk.send(f"/en{address}", {**form, **other})
    assert (told.status_code, "Somebody else saved here" in told.text) == (422, True)
    again = {**typed_form(told.text, holding=HELD_BY[part]), **({"do": "save"} if part == "texts" else {})}
    assert desk.send(address, again).status_code == 303


def test_days_that_the_details_move_are_told_on_the_page_of_days(desk: OrganiserBrowser, fair: Fair) -> None:
    form = opened(desk, fair, "days")
    moved = {**opened(desk, fair, "edit"), "first_day": "04/02/2027"}
    assert desk.send(f"/organise/fairs/{fair.slug}/edit", moved).status_code == 303
    assert desk.send(f"/organise/fairs/{fair.slug}/days", {**form, **TYPED["days"]}).status_code == 422


def test_a_series_named_meanwhile_is_not_taken_away(desk: OrganiserBrowser, session: Session, fair: Fair) -> None:
    form, address = opened(desk, fair, "edit"), f"/organise/fairs/{fair.slug}/edit"
    assert desk.send(address, {**form, "series_name_vi": "Hội chợ OCOP"}).status_code == 303
    assert desk.send(address, {**form, "summary_vi": "Khác"}).status_code == 422
    session.expire_all()
    assert fair.series is not None


def test_second_who_changes_the_details_is_refused(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    seen = details_version(fair)
    said = {"kind": fair.kind, "name_vi": fair.name_vi, "date_state": "unknown", "year": 2027}
    change_fair(session, player.actor, fair, expected_version=seen, **{**said, "name_en": "First"})
    with pytest.raises(Refused) as refusal:
        change_fair(session, player.actor, fair, expected_version=seen, **{**said, "name_en": "Second"})
    assert (refusal.value.reason, fair.name_en) == ("set_up_changed_meanwhile", "First")
    assert refusal.value.facts == {"version": details_version(fair)}
