"""What an application is asked beyond the form: questions and papers that stand for it, with what was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_answer import (
    ApplicationAnswer,
    ApplicationPaper,
    answers_of,
    papers_brought,
)
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.dossier_of_applicant import PaperShown, paper_shown
from exhibitors.calls.known_units import present_key
from exhibitors.calls.paper import Paper, papers_of
from exhibitors.calls.paper_needs import Need
from exhibitors.calls.question import Question, questions_of
from exhibitors.producers.dossier.dossier_paper import DossierPaper, papers_of_unit
from foundation import clock
from foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with its answer; `must` when it is needed for sending now, `is_frozen` when it stands."""

    question: Question
    answer: ApplicationAnswer | None
    must: bool
    is_frozen: bool

    @property
    def is_answered(self) -> bool:
        """Whether something was answered; a no is an answer."""
        return self.answer is not None and (self.answer.value is not None or self.answer.file_id is not None)


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper with how much it is wanted and what was brought."""

    paper: Paper
    need: Need
    shown: PaperShown | None
    objection: Refused | None

    @property
    def is_there(self) -> bool:
        """Whether there is something to look at."""
        return self.shown is not None


@dataclass(frozen=True, slots=True)
class AskedOfApplicant:
    """Everything beyond the form."""

    questions: Sequence[AskedQuestion]
    papers: Sequence[AskedPaper]

    @property
    def is_empty(self) -> bool:
        """Whether the fair asks nothing more of this application."""
        return not self.questions and not self.papers

    def objections(self) -> list[Refused]:
        """What stands in the way of sending: question_unanswered, paper_missing, and papers that do not hold."""
        found = [
            Refused("question_unanswered", question=asked.question.text)
            for asked in self.questions
            if asked.must and not asked.is_answered
        ]
        for asked in self.papers:
            if asked.need is Need.REQUIRED and not asked.is_there:
                found.append(Refused("paper_missing", paper=asked.paper.name))
            elif asked.objection is not None and asked.need is Need.REQUIRED:
                found.append(asked.objection)
        return found


def asked_of(session: Session, application: BoothApplication) -> AskedOfApplicant:
    """What this application is asked, by its unit's kind, the groups it brings and the zones it wishes for."""
    groups = {present_key(good.product.group.key) for good in application.goods}
    zones = {wish.zone.code for wish in application.wishes}
    somebody = (application.producer.kind, groups, zones)
    dossier = papers_of_unit(session, application.producer_id)
    given = (answers_of(session, application), papers_brought(session, application), dossier)
    return _asked(application.fair, somebody, given, _asks(session, application.fair))


def asked_of_many(
    session: Session, applications: Sequence[BoothApplication], dossier: list[DossierPaper]
) -> dict[int, AskedOfApplicant]:
    """The same for one unit's applications at several fairs, by application; four questions, however many there are.

    Load their fairs, goods and wishes before.
    """
    ids, fairs = [one.id for one in applications], {one.fair_id for one in applications}
    questions, papers = defaultdict(list), defaultdict(list)
    for question in session.scalars(
        select(Question).where(Question.fair_id.in_(fairs)).order_by(Question.position, Question.id)
    ):
        questions[question.fair_id].append(question)
    for paper in session.scalars(select(Paper).where(Paper.fair_id.in_(fairs)).order_by(Paper.position, Paper.id)):
        papers[paper.fair_id].append(paper)
    answers: dict[int, dict[int, ApplicationAnswer]] = defaultdict(dict)
    for answer in session.scalars(select(ApplicationAnswer).where(ApplicationAnswer.application_id.in_(ids))):
        answers[answer.application_id][answer.question_id] = answer
    brought: dict[int, dict[int, ApplicationPaper]] = defaultdict(dict)
    for row in session.scalars(select(ApplicationPaper).where(ApplicationPaper.application_id.in_(ids))):
        brought[row.application_id][row.paper_id] = row
    return {
        one.id: _asked(
            one.fair,
            (
                one.producer.kind,
                {present_key(good.product.group.key) for good in one.goods},
                {wish.zone.code for wish in one.wishes},
            ),
            (answers[one.id], brought[one.id], dossier),
            (questions[one.fair_id], papers[one.fair_id]),
        )
        for one in applications
    }


def asked_of_somebody(
    session: Session,
    fair: Fair,
    kind: str,
    groups: Collection[str],
    zones: Collection[str],
    *,
    dossier: list[DossierPaper] | None = None,
) -> AskedOfApplicant:
    """What a unit like this would be asked, before it applies; `dossier` are the papers it has."""
    return _asked(fair, (kind, groups, zones), ({}, {}, dossier or []), _asks(session, fair))


def _asks(session: Session, fair: Fair) -> tuple[list[Question], list[Paper]]:
    return questions_of(session, fair), papers_of(session, fair)


def _asked(
    fair: Fair,
    somebody: tuple[str, Collection[str], Collection[str]],
    given: tuple[dict[int, ApplicationAnswer], dict[int, ApplicationPaper], list[DossierPaper]],
    asks: tuple[Sequence[Question], Sequence[Paper]],
) -> AskedOfApplicant:
    answers, brought, dossier = given
    kind, groups, _ = somebody
    moment, day = clock.now(), fair.last_day or clock.today()
    questions = [
        AskedQuestion(
            question,
            answers.get(question.id),
            question.dates.must_be_answered(moment),
            question.dates.is_frozen(moment),
        )
        for question in asks[0]
        if question.audience.holds(*somebody)
    ]
    papers = []
    for paper in asks[1]:
        need = paper.need_for(kind, groups)
        if need is not Need.NOT_NEEDED:
            shown = paper_shown(paper, brought.get(paper.id), dossier, day)
            papers.append(AskedPaper(paper, need, shown, shown.objection(paper, day) if shown else None))
    return AskedOfApplicant(questions, papers)
