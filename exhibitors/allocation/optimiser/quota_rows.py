"""Rows of a linear model for quotas and for the cap of each producer, over the columns of who is in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.linear_model import INFINITY, LinearModel


def add_quotas(model: LinearModel, question: Question, admitted: Mapping[int, int], shortfall: dict[int, int]) -> None:
    """A row for each quota that can bind; a minimum gets a column in `shortfall` for the heads it misses."""
    members: dict[int, list[int]] = defaultdict(list)
    pinned: Counter[int] = Counter()
    for one in question.applicants:
        for quota in question.quotas_of[one.number]:
            if one.number in question.pinned:
                pinned[quota] += 1
            elif one.number in admitted:
                members[quota].append(admitted[one.number])
    for number, rule in enumerate(question.instance.rules.quotas):
        least = rule.minimum - pinned[number]
        most = INFINITY if rule.maximum is None else rule.maximum - pinned[number]
        if least <= 0 and most >= len(members[number]):
            continue
        row = model.row(upper=float(most))
        for column in members[number]:
            model.put(row, column)
        if least > 0:
            model.row_lower[row] = float(least)
            shortfall[number] = model.column(upper=float(least))
            model.put(row, shortfall[number])


def add_caps(model: LinearModel, question: Question, admitted: Mapping[int, int]) -> None:
    """A row for each producer whose applications together ask for more booths than one may have."""
    most = question.instance.rules.booths_per_producer
    owned: dict[str, list[int]] = defaultdict(list)
    held: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for one in question.applicants:
        producer = one.application.producer
        if one.number in question.pinned:
            held[producer] += one.size
        elif one.number in admitted:
            owned[producer].append(one.number)
            asked[producer] += one.size
    for producer, numbers in owned.items():
        if asked[producer] + held[producer] > most:
            row = model.row(upper=float(most - held[producer]))
            for number in numbers:
                model.put(row, admitted[number], float(question.applicants[number].size))
