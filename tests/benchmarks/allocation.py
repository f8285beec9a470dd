"""Measures the optimiser of booths and prints a table: python -m tests.benchmarks.allocation [FILE.json ...]

Without files it makes random fairs of 60, 200, 400 and 1,000 booths. "Hand" is what an organiser does with a sorted
sheet: minima of quotas first, then by score, each to the best wish that still has a free fitting block, first fit.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from exhibitors.allocation.optimiser.allocate import Effort, allocate
from exhibitors.allocation.optimiser.allocation import Allocation, conflicts_of, regret_of
from exhibitors.allocation.optimiser.applicants import Question, ask
from exhibitors.allocation.optimiser.independent_check import violations
from exhibitors.allocation.optimiser.instance import Instance
from exhibitors.allocation.optimiser.occupancy import FREE, Occupancy
from exhibitors.allocation.optimiser.policies import Policy, standing_under
from exhibitors.allocation.optimiser.proof import bounds_of
from exhibitors.allocation.optimiser.reading import instance_from, read_instance
from tests.fair_maker import a_random_fair

SIZES = (60, 200, 400, 1000)
HEADINGS = ("fair", "policy", "valid", "shortfall", "priority/bound", "regret/hand", "conflicts (hand)", "CPU s")


def by_hand(question: Question) -> Occupancy:
    """The allocation of the sorted sheet."""
    occupancy = Occupancy(question, {})
    quotas = question.instance.rules.quotas
    line = sorted(question.applicants, key=lambda one: (-one.score, one.ticket))
    for minima_only in (True, False):
        for one in line:
            unmet = any(occupancy.heads[q] < quotas[q].minimum for q in question.quotas_of[one.number])
            if one.number not in occupancy.block_of and (unmet or not minima_only) and occupancy.may_enter(one.number):
                block = best_free(question, occupancy, one.number)
                if block is not None:
                    occupancy.place(one.number, block)
    return occupancy


def best_free(question: Question, occupancy: Occupancy, number: int) -> int | None:
    """The first free block of the best rank."""
    one, best = question.applicants[number], None
    for zone in one.zones:
        if occupancy.power[zone] + one.application.power_w > occupancy.capacity[zone]:
            continue
        for block in question.blocks_in(number, zone):
            booths = question.floor.blocks[block].booths
            if all(occupancy.holder[booth] == FREE for booth in booths):
                rank = one.rank(zone, booths)
                if rank is not None and (best is None or rank < best[0]):
                    best = rank, block
    return None if best is None else best[1]


def value(answer: Allocation, name: str) -> int:
    """The value of one level of an answer."""
    return next((level.value for level in answer.levels if level.name == name), 0)


def measure(name: str, instance: Instance, policy: Policy, *, proved: bool) -> tuple[object, ...]:
    """One line of the table."""
    begun = time.process_time()
    answer = allocate(instance, policy, Effort(proved=proved))
    spent = time.process_time() - begun
    question = ask(instance)
    hand = by_hand(question)
    weight = standing_under(question, policy).weight
    bound = (bounds_of(question, standing_under(question, policy)).weight or 0) + sum(
        weight[n] for n in question.pinned
    )
    reached = sum(weight[question.applicant_number[id_]] for id_ in answer.assignments)
    return (
        name,
        f"{policy.value}{' proved' if proved else ''}",
        not violations(instance, answer.assignments),
        value(answer, "quota_shortfall"),
        f"{reached / max(1, bound):.4f}",
        f"{value(answer, 'regret') / max(1, regret_of(hand)):.2f}",
        f"{value(answer, 'conflicts')} ({conflicts_of(hand)})",
        f"{spent:.2f}",
    )


def main(paths: list[str]) -> None:
    """Print the table."""
    fairs = [(Path(path).stem, read_instance(Path(path).read_bytes())) for path in paths]
    fairs = fairs or [(f"{size}, seed 1", instance_from(a_random_fair(size, size, 1))) for size in SIZES]
    print("| " + " | ".join(HEADINGS) + " |")
    print("|" + " --- |" * len(HEADINGS))
    for name, instance in fairs:
        for policy in (Policy.BANDED_MERIT, Policy.STRICT_MERIT, Policy.FAIREST_WISHES):
            for proved in (False, True) if len(instance.applications) <= 400 else (False,):
                print("| " + " | ".join(map(str, measure(name, instance, policy, proved=proved))) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
