"""The frame of an organiser's pages about one fair: its steps in order, what waits in each, and the other fairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairState
from events.fairs.waiting_counts import what_waits
from foundation.actor import Actor
from foundation.bilingual import Bilingual

STEPS = (
    ("overview", "organiser_desk.fair"),
    ("details", "organise_fair.edit"),
    ("call", "organise_fair.steps"),
    ("plan", "draw_floor_plan.plan"),
    ("applications", "screen_applications.queue"),
    ("allocation", "place_on_booth.board"),
)
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
    public_url: str | None
    links: list[WorkbenchLink]
    others: list[OtherFair]


def workbench_of(session: Session, actor: Actor, fair: Fair) -> Workbench:
    """The frame for a page of this fair."""
    waiting = what_waits(session, fair)
    return Workbench(
        name=fair.name,
        first_day=fair.first_day,
        last_day=fair.last_day,
        public_url=None if fair.state == FairState.DRAFT else url_for("browse_fairs.show", slug=fair.slug),
        links=[WorkbenchLink(key, url_for(page, slug=fair.slug), waiting.get(key, 0)) for key, page in STEPS],
        others=_others(session, actor, fair),
    )


def _others(session: Session, actor: Actor, fair: Fair) -> list[OtherFair]:
    mine = set(actor.organiser_roles) | {fair.organisation_id}
    rows = session.execute(
        select(Fair.slug, Fair.name_vi, Fair.name_en)
        .where(Fair.organisation_id.in_(mine), Fair.id != fair.id)
        .order_by(Fair.year.desc(), Fair.first_day.desc().nulls_last(), Fair.id.desc())
        .limit(MOST_OTHERS)
    )
    return [OtherFair(Bilingual(vi, en), url_for("organiser_desk.fair", slug=slug)) for slug, vi, en in rows]
