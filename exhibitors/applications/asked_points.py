"""The points of an application that an organiser can ask to be mended, and what stood at each of them before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from exhibitors.applications.application_answer import answers_of, papers_brought
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.booth_needs import TICKED


class Point(StrEnum):
    """A part of the form."""

    PRODUCTS = "products"
    BOOTH = "booth"
    PLACE = "place"
    NEEDS = "needs"
    FASCIA = "fascia"
    NOTE = "note"
    PAPERS = "papers"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Difference:
    """One point that was asked: the words before and now; equal ones were left as they were."""

    point: Point
    before: str
    now: str


def opened_points(application: BoothApplication) -> frozenset[Point] | None:
    """The points that the applicant may change now; None is all that the state allows."""
    if application.current is not ApplicationState.NEEDS_CHANGES or not application.changes_points:
        return None
    return frozenset(Point(name) for name in application.changes_points)


def is_opened(application: BoothApplication | None, name: str) -> bool:
    """Whether the applicant may change this part now; everything is open before an application was sent."""
    opened = opened_points(application) if application is not None else None
    return opened is None or name in opened


def words_of_points(session: Session, application: BoothApplication) -> dict[str, str]:
    """What stands at each point, in words that can be laid beside other ones."""
    needs = [name for name in TICKED if getattr(application, name)]
    papers = papers_brought(session, application).values()
    answers = answers_of(session, application).values()
    booth_type = application.booth_type.name_vi if application.booth_type else ""
    return {
        Point.PRODUCTS.value: ", ".join(sorted(good.product.name_vi for good in application.goods)),
        Point.BOOTH.value: f"{application.booths_wanted} {booth_type}".strip(),
        Point.PLACE.value: ", ".join(wish.place for wish in application.wishes),
        Point.NEEDS.value: ", ".join([*needs, *_coming(application)]),
        Point.FASCIA.value: application.fascia_name,
        Point.NOTE.value: application.note,
        Point.PAPERS.value: "; ".join(sorted(_paper(one) for one in papers if one.is_brought)),
        Point.ANSWERS.value: "; ".join(sorted(f"{one.question_id}: {one.value}" for one in answers)),
    }


def differences(session: Session, application: BoothApplication) -> Sequence[Difference]:
    """What was asked, before and now; empty where nothing has been asked by points."""
    before = application.changes_before
    if not before or not application.changes_points:
        return []
    now = words_of_points(session, application)
    return [Difference(Point(name), before.get(name, ""), now[name]) for name in application.changes_points]


def _coming(application: BoothApplication) -> list[str]:
    """Power, neighbours, people and vehicle, as far as they were said."""
    said = (
        f"{application.power_kw:g} kW" if application.power_kw else "",
        application.neighbours_wished,
        application.neighbours_not_wished,
        str(application.staff_count or ""),
        application.vehicle_kind,
        application.vehicle_plate,
        application.arrival_wish,
    )
    return [words for words in said if words]


def _paper(one: Any) -> str:
    until = f" – {one.expires_on:%d/%m/%Y}" if one.expires_on else ""
    name = one.file.name if one.file else ""
    return f"{one.paper.name_vi} {one.number} {name}".strip() + until
