"""The frame of an organiser's pages about one fair: its steps in order, what waits in each, and the other fairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairState
from events.fairs.permissions import desk_fairs, may_enter_desk, may_organise_fair, may_read_desk, scores_blind
from events.fairs.waiting_counts import what_waits
from foundation.actor import Actor
from foundation.bilingual import Bilingual

STEPS: tuple[tuple[str, str, Callable[[Actor, Fair], bool]], ...] = (
    ("overview", "organiser_desk.fair", may_enter_desk),
    ("details", "organise_fair.edit", may_organise_fair),
    ("call", "organise_fair.steps", may_read_desk),
    ("plan", "draw_floor_plan.plan", may_enter_desk),
    ("applications", "screen_applications.queue", may_enter_desk),
    ("allocation", "place_on_booth.board", may_enter_desk),
    ("review", "score_applications.listing", scores_blind),
    ("team", "name_for_fair.team", may_read_desk),
)
"""Step, its page, and who sees the way there."""
MOST_OTHERS = 8


@dataclass(frozen=True, slots=True)
class WorkbenchLink:
    """A step of the fair; `count` is what waits there."""

    key: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class OtherFair:
    """Another fair to go over to."""

    name: Bilingual
    url: str


@dataclass(frozen=True, slots=True)
class Workbench:
    """What organise_base.html shows beside every page of a fair."""

    name: Bilingual
    first_day: date | None
    last_day: date | None
    year: int
    month: int | None
    public_url: str | None
    links: list[WorkbenchLink]
    others: list[OtherFair]


def workbench_of(session: Session, actor: Actor, fair: Fair) -> Workbench:
    """The frame for a page of this fair."""
    waiting = what_waits(session, fair) if may_read_desk(actor, fair) else {}
    return Workbench(
        name=fair.name,
        first_day=fair.first_day,
        last_day=fair.last_day,
        year=fair.year,
        month=fair.month,
        public_url=None if fair.state == FairState.DRAFT else url_for("browse_fairs.show", slug=fair.slug),
        links=[
            WorkbenchLink(key, url_for(page, slug=fair.slug), waiting.get(key, 0))
            for key, page, may in STEPS
            if may(actor, fair)
        ],
        others=_others(session, actor, fair),
    )


def _others(session: Session, actor: Actor, fair: Fair) -> list[OtherFair]:
    rows = session.execute(
        select(Fair.slug, Fair.name_vi, Fair.name_en)
        .where(desk_fairs(actor), Fair.id != fair.id)
        .order_by(Fair.year.desc(), Fair.first_day.desc().nulls_last(), Fair.id.desc())
        .limit(MOST_OTHERS)
    )
    return [OtherFair(Bilingual(vi, en), url_for("organiser_desk.fair", slug=slug)) for slug, vi, en in rows]
