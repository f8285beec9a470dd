"""The points of an application that an organiser can ask to be mended, and what stood at each of them before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.asked_of_applicant import AskedPaper, AskedQuestion, asked_of
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.booth_needs import TICKED
from exhibitors.calls.question_answers import QuestionKind
from foundation.bilingual import Bilingual
from foundation.refusal import Refused

YES_NO = {True: "có", False: "không"}


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


MISSING_PARTS = {
    "no_products": Point.PRODUCTS,
    "no_booth_type": Point.BOOTH,
    "too_many_of_type": Point.BOOTH,
    "no_wish": Point.PLACE,
}
FAMILIES = {"certificate": Point.PRODUCTS, "question": Point.ANSWERS, "paper": Point.PAPERS}
"""The part of the form that a refusal is mended in: by its reason, else by the first word of it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One point that was asked, or one question of it: the words before and now; equal ones were left as they were."""

    point: Point
    before: str
    now: str
    question: Bilingual | None = None


def opened_points(application: BoothApplication) -> frozenset[Point] | None:
    """The points that the applicant may change now; None is all that the state allows."""
    if application.current is not ApplicationState.NEEDS_CHANGES or not application.changes_points:
        return None
    return frozenset(Point(name) for name in application.changes_points)


def is_opened(application: BoothApplication | None, name: str) -> bool:
    """Whether the applicant may change this part now; everything is open before an application was sent."""
    opened = opened_points(application) if application is not None else None
    return opened is None or name in opened


def open_objections(application: BoothApplication, found: Sequence[Refused]) -> list[Refused]:
    """Those that the applicant can mend now: where changes were asked at some points, nothing else counts."""
    opened = opened_points(application)
    return [one for one in found if opened is None or _point_of(one.reason) in opened]


def words_of_points(session: Session, application: BoothApplication) -> dict[str, str]:
    """What stands at each point, in words that can be laid beside other ones; needs by the names of their columns,
    answers as JSON by question.
    """
    asked = asked_of(session, application)
    needs = [name for name in TICKED if getattr(application, name)]
    booth_type = application.booth_type.name_vi if application.booth_type else ""
    answers = {str(one.question.id): _answer(one) for one in asked.questions if one.is_answered}
    return {
        Point.PRODUCTS.value: ", ".join(sorted(good.product.name_vi for good in application.goods)),
        Point.BOOTH.value: f"{application.booths_wanted} {booth_type}".strip(),
        Point.PLACE.value: ", ".join(wish.place for wish in application.wishes),
        Point.NEEDS.value: ", ".join([*needs, *_coming(application)]),
        Point.FASCIA.value: application.fascia_name,
        Point.NOTE.value: application.note,
        Point.PAPERS.value: "; ".join(sorted(_paper(one) for one in asked.papers if one.is_there)),
        Point.ANSWERS.value: json.dumps(answers, ensure_ascii=False, sort_keys=True),
    }


def differences(session: Session, application: BoothApplication, *, for_reviewers: bool = False) -> list[Difference]:
    """What was asked, before and now; empty where nothing has been asked by points. Answers stand question by question,
    those that differ; `for_reviewers` leaves out the questions that are not for reviewers.
    """
    before = application.changes_before
    if not before or not application.changes_points:
        return []
    now = words_of_points(session, application)
    found = []
    for name in application.changes_points:
        if name == Point.ANSWERS:
            known = _answers_kept(before.get(name, ""))
            found += _differing_answers(session, application, known, for_reviewers=for_reviewers)
        else:
            found.append(Difference(Point(name), before.get(name, ""), now[name]))
    return found


def _differing_answers(
    session: Session, application: BoothApplication, before: dict[str, str], *, for_reviewers: bool
) -> list[Difference]:
    """One for each question, or one that says that nothing changed."""
    shown = [one for one in asked_of(session, application).questions if one.question.for_reviewers or not for_reviewers]
    pairs = [(one, before.get(str(one.question.id), ""), _answer(one) if one.is_answered else "") for one in shown]
    differing = [Difference(Point.ANSWERS, was, now, one.question.text) for one, was, now in pairs if was != now]
    return differing or [Difference(Point.ANSWERS, "", "")]


def _answers_kept(words: str) -> dict[str, str]:
    """By question; nothing of what was kept in another form."""
    try:
        kept = json.loads(words)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _answer(one: AskedQuestion) -> str:
    """The answer in Vietnamese words, as it is kept."""
    if one.answer is None:
        return ""
    if one.answer.file is not None:
        return one.answer.file.name
    value, labels = one.answer.value, one.question.labels
    if one.question.kind == QuestionKind.YES_NO:
        return YES_NO[bool(value)]
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(labels[key].vi if key in labels else str(key) for key in chosen)


def _point_of(reason: str) -> Point | None:
    return MISSING_PARTS.get(reason) or FAMILIES.get(reason.partition("_")[0])


def _coming(application: BoothApplication) -> list[str]:
    """Power, neighbours, people and vehicle, as far as they were said."""
    said = (
        f"{application.power_kw:g} kW".replace(".", ",") if application.power_kw else "",
        application.neighbours_wished,
        application.neighbours_not_wished,
        f"{application.staff_count} người" if application.staff_count else "",
        application.vehicle_kind,
        application.vehicle_plate,
        application.arrival_wish,
    )
    return [words for words in said if words]


def _paper(one: AskedPaper) -> str:
    """Its name, number, files and last day, be it from the dossier or brought with the application."""
    if one.shown is None:
        return ""
    until = f" – {one.shown.expires_on:%d/%m/%Y}" if one.shown.expires_on else ""
    files = ", ".join(kept.name for kept in one.shown.files)
    return " ".join(part for part in (one.paper.name_vi, one.shown.number, files) if part) + until
