"""Rows of a linear model for quotas and for the cap of each producer, over the columns of who is in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.linear_model import INFINITY, LinearModel


@dataclass(frozen=True, slots=True)
class Heads:
    """The column of each candidate: 1 says that it is in or, `inverted`, that it is left out."""

    column: Mapping[int, int]
    inverted: bool = False

    @property
    def sign(self) -> float:
        """What one more in such a column does to the number of those who are in."""
        return -1.0 if self.inverted else 1.0


def add_quotas(model: LinearModel, question: Question, heads: Heads, shortfall: dict[int, int]) -> None:
    """A row for each quota that can bind; a minimum gets a column in `shortfall` for the heads it misses."""
    members: dict[int, list[int]] = defaultdict(list)
    pinned: Counter[int] = Counter()
    for one in question.applicants:
        for quota in question.quotas_of[one.number]:
            if one.number in question.pinned:
                pinned[quota] += 1
            elif one.number in heads.column:
                members[quota].append(heads.column[one.number])
    for number, rule in enumerate(question.instance.rules.quotas):
        columns = members[number]
        least = rule.minimum - pinned[number]
        most = INFINITY if rule.maximum is None else rule.maximum - pinned[number]
        if least <= 0 and most >= len(columns):
            continue
        base = len(columns) if heads.inverted else 0
        row = _row_of_heads(model, columns, heads.sign, float(most - base))
        if least > 0:
            if least > most:  # a minimum above its own maximum: what is missing must not count as seated
                row = _row_of_heads(model, columns, heads.sign, INFINITY)
            model.row_lower[row] = float(least - base)
            shortfall[number] = model.column(upper=float(least))
            model.put(row, shortfall[number])


def _row_of_heads(model: LinearModel, columns: Sequence[int], sign: float, upper: float) -> int:
    row = model.row(upper=upper)
    for column in columns:
        model.put(row, column, sign)
    return row


def add_maxima(model: LinearModel, question: Question, heads: Heads, taken: Sequence[int]) -> None:
    """A row for each quota whose maximum the candidates could pass, with what is `taken` of it already."""
    members: dict[int, list[int]] = defaultdict(list)
    for number, column in heads.column.items():
        for quota in question.quotas_of[number]:
            members[quota].append(column)
    for quota, columns in members.items():
        most = question.instance.rules.quotas[quota].maximum
        if most is not None and most - taken[quota] < len(columns):
            base = len(columns) if heads.inverted else 0
            _row_of_heads(model, columns, heads.sign, float(max(0, most - taken[quota]) - base))


def add_minima(
    model: LinearModel, question: Question, heads: Heads, wanted: Mapping[int, int], shortfall: dict[int, int]
) -> None:
    """A row for each quota of which the candidates should fill some seats, with a column for those they miss."""
    members: dict[int, list[int]] = defaultdict(list)
    for number, column in heads.column.items():
        for quota in question.quotas_of[number]:
            members[quota].append(column)
    for quota, least in wanted.items():
        columns = members[quota]
        if columns:
            row = _row_of_heads(model, columns, heads.sign, INFINITY)
            model.row_lower[row] = float(least - (len(columns) if heads.inverted else 0))
            shortfall[quota] = model.column(upper=float(least))
            model.put(row, shortfall[quota])


def add_caps(model: LinearModel, question: Question, heads: Heads, taken: Mapping[str, int] | None = None) -> None:
    """A row for each producer whose applications together ask for more booths than one may have.

    `taken` are the booths that producers hold already; left out, those of their pins.
    """
    most = question.instance.rules.booths_per_producer
    owned: dict[str, list[int]] = defaultdict(list)
    held: Counter[str] = Counter(taken or {})
    asked: Counter[str] = Counter()
    for one in question.applicants:
        producer = one.application.producer
        if one.number in heads.column:
            owned[producer].append(one.number)
            asked[producer] += one.size
        elif taken is None and one.number in question.pinned:
            held[producer] += one.size
    for producer, numbers in sorted(owned.items(), key=lambda pair: min(heads.column[number] for number in pair[1])):
        if asked[producer] + held[producer] > most:
            base = asked[producer] if heads.inverted else 0
            left = max(0, most - held[producer])
            row = model.row(upper=float(left - base))
            for number in numbers:
                model.put(row, heads.column[number], heads.sign * question.applicants[number].size)
            numbers.sort(key=lambda number: (question.applicants[number].size, heads.column[number]))
            for some, count in clashes([question.applicants[number].size for number in numbers], left).items():
                columns = [heads.column[numbers[place]] for place in some]
                _row_of_heads(model, columns, heads.sign, float(count - (len(columns) if heads.inverted else 0)))


def clashes(sizes: Sequence[int], most: int) -> dict[tuple[int, ...], int]:
    """Of these places at most so many can be in together; `sizes` ascend. In whole numbers the cap says all of it, in a
    linear program half an application would fill what is left: these rows bring its bound down.
    """
    count, limits = len(sizes), dict[tuple[int, ...], int]()
    for start, smallest in enumerate(sizes):
        fitting = total = 0
        while start + fitting < count and total + sizes[start + fitting] <= most:
            total += sizes[start + fitting]
            fitting += 1
        larger = tuple(range(start, count))
        before = sizes[start - 1] if start else 0
        if fitting < len(larger) and (start == 0 or total + before <= most):
            limits[larger] = fitting
        if before < smallest:
            limits |= {(place, *larger): fitting for place in range(start) if total + sizes[place] > most}
    return limits
