"""Replays a published allocation: is it valid, and is it the one that this instance, policy and seed lead to?"""

from __future__ import annotations

import json
from dataclasses import dataclass

from exhibitors.allocation.optimiser.allocate import Effort, allocate
from exhibitors.allocation.optimiser.allocation import FORMAT
from exhibitors.allocation.optimiser.independent_check import Violation, violations
from exhibitors.allocation.optimiser.instance import BadInstance, Instance
from exhibitors.allocation.optimiser.policies import Policy


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a replay found; `differing` are applications that the replay places otherwise, or, where the clock had ended
    the search for places, those that it lets in or leaves out.
    """

    broken: tuple[Violation, ...]
    differing: tuple[str, ...]
    by_clock: bool = False

    @property
    def good(self) -> bool:
        """Valid, and reproduced to the last booth, or to the last application."""
        return not self.broken and not self.differing


def read_solution(text: str | bytes) -> tuple[dict[str, list[str]], Policy, Effort]:
    """Assignments, policy and effort of a solution file; refuses with BadInstance."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInstance("not_json", "The solution is not JSON text.") from error
    if type(data) is not dict or data.get("format") != FORMAT:
        raise BadInstance("unknown_format", f'The solution does not say "format": "{FORMAT}".')
    assignments = data.get("assignments")
    if type(assignments) is not dict or not all(
        type(booths) is list and all(type(booth) is str for booth in booths) for booths in assignments.values()
    ):
        raise BadInstance("odd_value", 'The solution has no "assignments" of booths to applications.')
    try:
        meta = data["meta"]
        policy, proved = Policy(meta["policy"]), bool(meta["proved"])
    except (TypeError, KeyError, ValueError) as error:
        raise BadInstance("odd_value", 'The "meta" of the solution does not say how it was made.') from error
    return assignments, policy, Effort(proved=proved, who_alone=meta.get("ended_by_clock") is True)


def verify(instance: Instance, text: str | bytes) -> Verdict:
    """Check a solution against the instance and compute it again."""
    assignments, policy, effort = read_solution(text)
    broken = tuple(violations(instance, assignments))
    again = allocate(instance, policy, effort).assignments
    ids = sorted({*assignments, *again})
    if effort.who_alone:
        return Verdict(broken, tuple(id_ for id_ in ids if (id_ in assignments) != (id_ in again)), by_clock=True)
    differing = tuple(id_ for id_ in ids if sorted(assignments.get(id_, ())) != sorted(again.get(id_, ())))
    return Verdict(broken, differing)
