"""Every claim of an explanation is recomputed from the plain data of the question and the booths given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from exhibitors.allocation.optimiser.allocate import allocate
from exhibitors.allocation.optimiser.applicants import Applicant, Question, ask
from exhibitors.allocation.optimiser.explanations import Explainer, Explanation, Outcome, Reason, Why
from exhibitors.allocation.optimiser.instance import Instance
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.policies import BY_POINTS, Policy
from exhibitors.allocation.optimiser.reading import instance_from
from tests.fair_maker import a_question, a_random_fair, a_row, an_application


def occupancy_of(question: Question, assignments: dict[str, tuple[str, ...]]) -> Occupancy:
    floor = question.floor
    return Occupancy(
        question,
        {
            question.applicant_number[id_]: floor.of_booths[tuple(sorted(floor.booth_number[b] for b in booths))]
            for id_, booths in assignments.items()
        },
    )


def explained(instance: Instance, policy: Policy) -> tuple[dict[str, tuple[str, ...]], list[Explanation]]:
    assignments = allocate(instance, policy).assignments
    return assignments, Explainer(occupancy_of(ask(instance), assignments), policy).everybody()


class Recomputed:
    """The same facts by other means: plain dictionaries and trying out."""

    def __init__(self, data: dict[str, Any], assignments: dict[str, tuple[str, ...]]) -> None:
        self.data, self.assignments = data, assignments
        self.booths = {booth["id"]: booth for booth in data["booths"]}
        self.applications = {one["id"]: one for one in data["applications"]}
        self.holder = {booth: id_ for id_, booths in assignments.items() for booth in booths}

    def score(self, id_: str) -> int:
        one, policy = self.applications[id_], self.data["policy"]
        bonus = policy["first_timer_bonus"] if one["first_timer"] else 0
        return max(0, min(100, one["score"] + bonus - policy["no_show_penalty"] * one["no_shows"]))

    def rows_meant(self, id_: str, wish: Any) -> Iterator[tuple[str, ...]]:
        """Runs of usable booths of the right length that a wish (None: any zone) means."""
        want = self.applications[id_]["want"]
        spots = {(booth["row"], booth["pos"]): booth for booth in self.booths.values() if not booth["blocked"]}
        for row, pos in spots:
            run = [spots.get((row, pos + step)) for step in range(want)]
            ids = tuple(booth["id"] for booth in run if booth)
            if len(ids) < want:
                continue
            if wish is None or wish.zone == spots[row, pos]["zone"] or wish.booth in ids:
                yield ids

    def fits(self, id_: str, run: tuple[str, ...]) -> bool:
        """Whether the run is allowed in an empty fair, whatever was listed."""
        one, booths = self.applications[id_], [self.booths[booth] for booth in run]
        kept = [booth["reserved"] for booth in booths if booth["reserved"]]
        return (
            one["category"] in self.data["policy"]["zone_categories"][booths[0]["zone"]]
            and all(one[reservation["field"]] == reservation["value"] for reservation in kept)
            and all(not one[need] or any(booth[need] for booth in booths) for need in ("water", "cold", "corner"))
            and (not one["fire"] or all(booth["fire"] for booth in booths))
        )

    def accepts(self, id_: str, run: tuple[str, ...]) -> bool:
        """Whether the run is on the list, or anything is taken."""
        one, zone = self.applications[id_], self.booths[run[0]]["zone"]
        return one["accept_any"] or any(wish.get("zone") == zone or wish.get("booth") in run for wish in one["prefs"])

    def holders(self, id_: str, run: tuple[str, ...]) -> set[str]:
        return {self.holder[booth] for booth in run if booth in self.holder} - {id_}

    def check(self, id_: str, reason: Reason) -> None:
        rows = list(self.rows_meant(id_, reason.wish))
        fitting = [run for run in rows if self.fits(id_, run)]
        strongest = [
            max(self.score(other) for other in self.holders(id_, run))
            for run in fitting
            if self.holders(id_, run) and not self.holders(id_, run) & set(self.data["pins"])
        ]
        getattr(self, f"check_{reason.code.value}")(id_, reason, rows, fitting, strongest)

    def check_closed_category(self, id_: str, reason: Reason, *_: Any) -> None:
        assert reason.wish is not None
        zone = reason.wish.zone or self.booths[reason.wish.booth or ""]["zone"]
        assert self.applications[id_]["category"] not in self.data["policy"]["zone_categories"][zone]

    def check_no_row(self, id_: str, reason: Reason, rows: list[Any], *_: Any) -> None:
        assert rows == []

    def check_facility_missing(self, id_: str, reason: Reason, rows: list[Any], fitting: list[Any], *_: Any) -> None:
        assert fitting == []
        needs = reason.facts["needs"]
        assert isinstance(needs, list)
        assert all(self.applications[id_][need] for need in needs)
        for run in rows:
            given = [need for need in needs if any(self.booths[booth][need] for booth in run)]
            assert len(given) < len(needs) or "fire" in needs
            assert reason.facts["together"] or not [need for need in given if need != "fire"]

    def check_reserved(self, id_: str, reason: Reason, rows: list[Any], fitting: list[Any], *_: Any) -> None:
        assert fitting == []
        assert any(self.booths[booth]["reserved"] for run in rows for booth in run)

    def check_made_by_hand(self, id_: str, reason: Reason, rows: Any, fitting: list[Any], strongest: Any) -> None:
        assert all(self.holders(id_, run) & set(self.data["pins"]) for run in fitting)

    def check_held_by_higher(self, id_: str, reason: Reason, rows: Any, fitting: Any, strongest: list[int]) -> None:
        assert reason.facts["lowest_score"] == min(strongest)
        assert min(strongest) >= self.score(id_) == reason.facts["own_score"]
        assert all(self.holders(id_, run) for run in fitting)

    def check_no_seat_for_other(self, id_: str, reason: Reason, rows: Any, fitting: Any, strongest: list[int]) -> None:
        assert reason.facts["lower"] == sum(score < self.score(id_) for score in strongest) > 0
        assert all(self.holders(id_, run) for run in fitting)
        assert reason.facts["no_seat"] == sum(self.leaves_somebody_out(id_, run) for run in fitting)

    def leaves_somebody_out(self, id_: str, run: tuple[str, ...]) -> bool:
        """Whether lower scores hold the run and one of them fits neither on free booths nor where the other stands."""
        others = self.holders(id_, run)
        if others & set(self.data["pins"]) or any(self.score(other) >= self.score(id_) for other in others):
            return False
        own = tuple(self.assignments.get(id_, ()))

        def sits(other: str) -> bool:
            return any(
                self.fits(other, place)
                and self.accepts(other, place)
                and (not any(booth in self.holder for booth in place) or sorted(place) == sorted(own))
                for place in self.rows_meant(other, None)
            )

        return any(not sits(other) for other in others)

    def check_power_full(self, id_: str, reason: Reason, rows: Any, fitting: list[Any], *_: Any) -> None:
        assert any(not self.holders(id_, run) for run in fitting)
        assert reason.facts["watts_needed"] == self.applications[id_]["power_w"] > reason.facts["watts_left"]  # type: ignore[operator]  # watts

    def check_quota_full(self, id_: str, reason: Reason, *_: Any) -> None:
        quota = next(one for one in self.data["policy"]["quotas"] if one["id"] == reason.facts["quota"])
        heads = sum(self.applications[other][quota["field"]] == quota["value"] for other in self.assignments)
        assert self.applications[id_][quota["field"]] == quota["value"]
        assert heads == quota["max"]

    def check_producer_cap(self, id_: str, reason: Reason, *_: Any) -> None:
        ours = self.applications[id_]["producer"]
        held = sum(
            len(booths) for other, booths in self.assignments.items() if self.applications[other]["producer"] == ours
        )
        assert held == reason.facts["held"]
        assert held + self.applications[id_]["want"] > self.data["policy"]["max_booths_per_producer"]

    def check_nowhere(self, id_: str, reason: Reason, rows: Any, fitting: list[Any], *_: Any) -> None:
        assert fitting == [] or not self.applications[id_]["accept_any"]

    def check_total(self, id_: str, reason: Reason, rows: Any, fitting: Any, strongest: list[int]) -> None:
        assert not strongest or min(strongest) < self.score(id_)


@pytest.mark.parametrize("policy", [Policy.BANDED_MERIT, Policy.FAIREST_WISHES, Policy.DRAW])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_claim_holds(policy: Policy, seed: int) -> None:
    data = a_random_fair(40, 60, seed)
    assignments, explanations = explained(instance_from(data), policy)
    recomputed = Recomputed(data, assignments)
    assert len(explanations) == 60
    checked = 0
    for one in explanations:
        assert (one.outcome is Outcome.WAITING) == (one.application not in assignments)
        for reason in one.reasons:
            recomputed.check(one.application, reason)
            checked += 1
    assert checked > 60


OWN: dict[Policy, Callable[[Applicant], Any]] = {
    Policy.DRAW: lambda one: one.ticket,
    Policy.FIRST_COME: lambda one: one.application.submitted,
} | {policy: lambda one: (-one.score, one.ticket) for policy in BY_POINTS}


@pytest.mark.parametrize("policy", list(Policy))
def test_line_of_those_waiting_goes_by_the_rule_of_the_allocation(policy: Policy) -> None:
    data = a_random_fair(20, 40, seed=4)
    for turn, one in enumerate(reversed(data["applications"])):
        one["submitted"] = turn
    instance = instance_from(data)
    question, answer = ask(instance), allocate(instance, policy)
    explanations = Explainer(occupancy_of(question, answer.assignments), policy).everybody()
    places = {one.application: one.waitlist_place for one in explanations if one.waitlist_place}
    assert sorted(places, key=lambda id_: places[id_] or 0) == list(answer.waitlist)
    left_out = [one for one in question.applicants if one.application.id in places]
    assert [one.application.id for one in sorted(left_out, key=OWN[policy])] == list(answer.waitlist)
    for one in explanations:
        if one.waitlist_place:
            assert sum(one.ahead.values()) == one.waitlist_place - 1


def test_who_misses_the_wanted_booth_learns_of_the_higher_score() -> None:
    asking = [an_application(1, "Z1-1-01", score=90), an_application(2, "Z1-1-01", score=85)]
    data = a_question(a_row("Z1", 1, 2), asking)
    _, (first, second) = explained(instance_from(data), Policy.BANDED_MERIT)
    assert first.outcome is Outcome.FIRST_WISH
    assert second.outcome is Outcome.OFF_LIST
    (reason,) = second.reasons
    assert reason.code in {Why.HELD_BY_HIGHER, Why.NO_SEAT_FOR_OTHER}
    assert reason.facts["fitting"] == 1
