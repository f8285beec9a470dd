"""Tries to gain by a list of wishes that is not the truth.

python -m tests.benchmarks.wishes_that_lie [--trials N] [FILE.json ...]

Applicants who take anything and missed their first wish tell three lies, one at a time, up to 50 times each: the first
wish alone; two zones before it that do not take their category; the three zones asked for most after it. Gains and
losses are counted on the list as it was meant. Proved answers, banded merit. Without files: random fairs of 200.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from exhibitors.allocation.optimiser.allocate import Effort, allocate
from exhibitors.allocation.optimiser.applicants import Question, ask
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.optimiser.reading import instance_from
from tests.fair_maker import a_random_fair

NOWHERE = 99  # worse than every rank
POPULAR, CLOSED = 3, 2
Seats = dict[str, tuple[str, ...]]
Fair = dict[str, Any]
Wishes = list[dict[str, str]]


def seats(fair: Fair) -> Seats:
    """The proved answer."""
    return dict(allocate(instance_from(fair), Policy.BANDED_MERIT, Effort(proved=True)).assignments)


def rank_on_true_list(question: Question, id_: str, found: Seats) -> int:
    """Of the place somebody got."""
    if id_ not in found:
        return NOWHERE
    numbers = sorted(question.floor.booth_number[booth] for booth in found[id_])
    rank = question.rank(question.applicant_number[id_], question.floor.of_booths[tuple(numbers)])
    return rank or NOWHERE


def zones_by_demand(fair: Fair) -> list[str]:
    """The zones named in most lists first."""
    zone_of = {booth["id"]: booth["zone"] for booth in fair["booths"]}
    named = Counter(
        zone
        for one in fair["applications"]
        for zone in {wish.get("zone") or zone_of[wish["booth"]] for wish in one["prefs"]}
    )
    return sorted(named, key=lambda zone: (-named[zone], zone))


def lies(fair: Fair, one: Fair) -> dict[str, Wishes]:
    """What the applicant could write instead."""
    allowed, wishes = fair["policy"]["zone_categories"], one["prefs"]
    listed = {wish.get("zone") for wish in wishes}
    closed = [zone for zone in sorted(allowed) if one["category"] not in allowed[zone]][:CLOSED]
    wanted = [zone for zone in zones_by_demand(fair) if one["category"] in allowed[zone] and zone not in listed]
    popular = [{"zone": zone} for zone in wanted[:POPULAR]]
    told = {
        "first wish alone": wishes[:1] if len(wishes) > 1 else [],
        "closed zones first": [{"zone": zone} for zone in closed] + wishes if closed else [],
        "popular zones put in": [*wishes[:1], *popular, *wishes[1:]] if popular else [],
    }
    return {name: instead for name, instead in told.items() if instead}


def try_lies(fair: Fair, trials: Counter[str], most: int) -> Counter[tuple[str, str]]:
    """How often each lie gained, lost or changed nothing, and whether it changed who is in."""
    question, truth, count = ask(instance_from(fair)), seats(fair), Counter[tuple[str, str]]()
    for one in fair["applications"]:
        before = rank_on_true_list(question, one["id"], truth)
        if not one["accept_any"] or before == 1:
            continue
        for name, wishes in lies(fair, one).items():
            if trials[name] == most:
                continue
            trials[name] += 1
            asked = [one | {"prefs": wishes} if other is one else other for other in fair["applications"]]
            found = seats(fair | {"applications": asked})
            after = rank_on_true_list(question, one["id"], found)
            count[name, "gain" if after < before else "loss" if after > before else "same"] += 1
            count[name, "others are in"] += found.keys() != truth.keys()
    return count


def main() -> None:
    """Print what each lie brought."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=50)
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args()
    fairs = [json.loads(path.read_bytes()) for path in given.files] or [
        a_random_fair(200, 240, seed) for seed in (1, 2)
    ]
    trials, count = Counter[str](), Counter[tuple[str, str]]()
    for fair in fairs:
        count += try_lies(fair, trials, given.trials)
    for name, tried in trials.items():
        said = ", ".join(f"{count[name, end]} {end}" for end in ("gain", "loss", "same", "others are in"))
        print(f"{name}: {tried} tried, {said}")


if __name__ == "__main__":
    main()
