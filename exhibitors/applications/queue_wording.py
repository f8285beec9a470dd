"""A cell of the queue in words, for sheets and printed lists."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from exhibitors.applications.booth_logistics import VehicleKind
from exhibitors.applications.queue_rows import QueueRow
from exhibitors.applications.screening_wording import COLUMN_WORDS, DECISIONS, TONE_WORDS
from exhibitors.applications.wording import APPLICATION_STATES, VEHICLES
from exhibitors.producers.producer import ProducerKind
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation import clock
from foundation.days import format_date
from foundation.tables_to_send import Cell

SHARES = {"code": 10, "unit": 30, "goods": 32, "place": 14, "kind": 13, "wishes": 9, "checks": 12, "reviewers": 16}
SHARES |= {
    "booth": 9,
    "handed_in": 11,
    "state": 20,
    "stars": 5,
    "booths": 7,
    "papers": 8,
    "score": 7,
    "neighbours": 18,
    "coming": 18,
}
"""Parts of a printed line."""


def heads_of(columns: Sequence[str]) -> list[str]:
    """The heads of a sheet with these columns."""
    own = (_("Code"), _("Producer"), _("Products"))
    return [str(words) for words in (*own, *(COLUMN_WORDS[name] for name in columns))]


def shares_of(columns: Sequence[str]) -> list[float]:
    """How wide the columns are on paper."""
    return [SHARES[name] for name in ("code", "unit", "goods", *columns)]


def cells_of(row: QueueRow, columns: Sequence[str], language: str) -> list[Cell]:
    """One application as a line of a sheet."""
    goods = ", ".join(good.name.local(language) for good in row.goods)
    return [row.code, row.name.local(language), goods, *(_cell(row, name) for name in columns)]


def neighbours_in_words(row: QueueRow) -> list[str]:
    """Whom the unit wishes beside it, and whom not."""
    rather_not = row.neighbours_not_wished and str(_("rather not: %(names)s", names=row.neighbours_not_wished))
    return [words for words in (row.neighbours_wished, rather_not) if words]


def coming_in_words(row: QueueRow) -> list[str]:
    """How many people come, with what, and when they would like to arrive."""
    said = (
        str(_("%(num)s people", num=row.staff_count)) if row.staff_count else "",
        str(VEHICLES[VehicleKind(row.vehicle_kind)]) if row.vehicle_kind else "",
        row.vehicle_plate,
        str(_("arrival: %(words)s", words=row.arrival_wish)) if row.arrival_wish else "",
    )
    return [words for words in said if words]


def _cell(row: QueueRow, column: str) -> Cell:
    if column == "state":
        words = APPLICATION_STATES[row.state].to_organiser
        return f"{words}; {DECISIONS[row.decision][0]}" if row.decision else str(words)
    if column == "wishes":
        return ", ".join(row.wishes) or str(_("anywhere"))
    if column == "neighbours":
        return "; ".join(neighbours_in_words(row))
    if column == "coming":
        return ", ".join(coming_in_words(row))
    simple: dict[str, Cell] = {
        "place": row.place,
        "kind": str(PRODUCER_KINDS[ProducerKind(row.kind)]),
        "stars": row.stars,
        "booths": row.booths_wanted,
        "papers": f"{row.papers.there}/{row.papers.required}" if row.papers.required else "",
        "checks": str(TONE_WORDS[row.tone]),
        "score": row.mean,
        "reviewers": ", ".join(row.reviewers),
        "booth": ", ".join(booth.code for booth in row.held),
        "handed_in": format_date(clock.local_day(row.submitted_at)),
    }
    return simple[column]
