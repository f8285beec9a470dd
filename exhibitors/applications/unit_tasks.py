"""One list of what a unit still has to do over all fairs it applied to, each with its deadline, the sooner first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairState
from exhibitors.applications.application_moves import ENDED, ApplicationState
from exhibitors.applications.asked_of_applicant import AskedOfApplicant, asked_of_many
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.paper import Paper
from exhibitors.calls.paper_needs import Need
from exhibitors.calls.question import Question
from exhibitors.producers.certificate_life import ends_soon
from exhibitors.producers.dossier.dossier_paper import DossierPaper, PaperStatus, papers_of_unit, papers_that_end
from exhibitors.producers.producer import Producer, Product
from foundation import clock
from foundation.refusal import Refused


class CertificateState(StrEnum):
    """What is known of a product's certificate on a day."""

    NONE = "none"
    NOT_YET = "not_yet"
    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


class Task(StrEnum):
    """What a producer still has to do."""

    ENTER_PRODUCTS = "enter_products"
    RENEW_CERTIFICATE = "renew_certificate"
    RENEW_PAPER = "renew_paper"
    REPLACE_PAPER = "replace_paper"
    SEND_DRAFT = "send_draft"
    MAKE_CHANGES = "make_changes"
    BRING_PAPER = "bring_paper"
    ANSWER_QUESTION = "answer_question"
    ANSWER_OFFER = "answer_offer"
    SAY_COMING = "say_coming"
    PAY_FEE = "pay_fee"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to do; `due` is a moment, a day, or None; `objection` says why a paper that is there does not do."""

    task: Task
    due: datetime | date | None = None
    application: BoothApplication | None = None
    product: Product | None = None
    kept: DossierPaper | None = None
    paper: Paper | None = None
    question: Question | None = None
    objection: Refused | None = None
    money: int | None = None


def certificate_state(product: Product, day: date) -> CertificateState:
    """The state of a product's certificate on a day; ask for a fair's last day before promising a place."""
    issued, expires = product.certificate_issued_on, product.certificate_expires_on
    if issued is None or expires is None:
        return CertificateState.NONE
    if day < issued:
        return CertificateState.NOT_YET
    if day > expires:
        return CertificateState.ENDED
    return CertificateState.ENDS_SOON if ends_soon(expires, day) else CertificateState.HOLDS


def unit_tasks(session: Session, producer: Producer, applications: Sequence[BoothApplication]) -> list[Missing]:
    """Everything, what has no deadline last; a constant number of questions.

    Load the fairs, goods, wishes and types of booth of the applications before.
    """
    dossier = papers_of_unit(session, producer.id)
    going_on = [one for one in applications if _still_counts(one)]
    asked = asked_of_many(session, going_on, dossier)
    rows = [] if producer.products else [Missing(Task.ENTER_PRODUCTS)]
    for application in going_on:
        rows += [row for row in [_step_of(application)] if row is not None]
        rows += _asked_rows(application, asked[application.id])
        rows += _before_the_fair(application)
    rows += [*_certificates(producer), *_papers(dossier)]
    return sorted(rows, key=_when_due)


def _still_counts(application: BoothApplication) -> bool:
    """Neither ended nor at a fair that is over or off; a draft only while it can be sent."""
    fair = application.fair
    if application.current in ENDED or fair.state == FairState.CANCELLED:
        return False
    if application.current is ApplicationState.DRAFT:
        return fair.takes_applications()
    return fair.last_day is None or fair.last_day >= clock.today()


def _step_of(application: BoothApplication) -> Missing | None:
    match application.current:
        case ApplicationState.DRAFT:
            return Missing(Task.SEND_DRAFT, application.fair.call_closes_at, application)
        case ApplicationState.NEEDS_CHANGES:
            return Missing(Task.MAKE_CHANGES, application.changes_due_at, application)
        case ApplicationState.ACCEPTED:
            return Missing(Task.ANSWER_OFFER, application.confirm_by, application)
    return None


def _asked_rows(application: BoothApplication, asked: AskedOfApplicant) -> Iterator[Missing]:
    """Questions that are needed now or will be, and required papers that are not there or do not do."""
    now = clock.now()
    for one in asked.questions:
        if one.question.is_required and not one.is_answered and not one.is_frozen:
            needed = one.question.required_from
            due = needed if needed is not None and needed > now else _due(application)
            yield Missing(Task.ANSWER_QUESTION, due, application, question=one.question)
    for each in asked.papers:
        if each.need is Need.REQUIRED and (not each.is_there or each.objection is not None):
            due = _due(application)
            yield Missing(Task.BRING_PAPER, due, application, paper=each.paper, objection=each.objection)


def _before_the_fair(application: BoothApplication) -> Iterator[Missing]:
    """Who has a booth says with whom and in what it comes, and pays what the booths cost after support.

    Nothing here knows of payments: the sum stands in the list until the fair opens.
    """
    day = application.fair.first_day
    if application.current is not ApplicationState.CONFIRMED or (day is not None and day < clock.today()):
        return
    if application.staff_count is None and not application.vehicle_kind:
        yield Missing(Task.SAY_COMING, day, application)
    booth_type = application.booth_type
    to_pay = booth_type.price_of(application.booths_wanted).to_pay if booth_type else 0
    if to_pay:
        yield Missing(Task.PAY_FEE, day, application, money=to_pay)


def _due(application: BoothApplication) -> datetime | date | None:
    """When what belongs to an application must be there: before it is sent, changed, decided or the fair opens."""
    fair: Fair = application.fair
    match application.current:
        case ApplicationState.DRAFT:
            return fair.call_closes_at
        case ApplicationState.NEEDS_CHANGES if application.changes_due_at is not None:
            return application.changes_due_at
        case ApplicationState.ACCEPTED | ApplicationState.CONFIRMED:
            return fair.first_day
    return fair.answer_by or fair.first_day


def _certificates(producer: Producer) -> Iterator[Missing]:
    today = clock.today()
    for product in producer.products:
        if certificate_state(product, today) in {CertificateState.ENDS_SOON, CertificateState.ENDED}:
            yield Missing(Task.RENEW_CERTIFICATE, product.certificate_expires_on, product=product)


def _papers(dossier: Sequence[DossierPaper]) -> Iterator[Missing]:
    """Rejected ones, and those that end soon or have ended and that no newer paper of their kind replaces."""
    today = clock.today()
    for paper in dossier:
        if paper.status == PaperStatus.REJECTED:
            yield Missing(Task.REPLACE_PAPER, kept=paper)
    for paper in papers_that_end(dossier):
        if paper.expires_on is not None and (paper.expires_on < today or ends_soon(paper.expires_on, today)):
            yield Missing(Task.RENEW_PAPER, paper.expires_on, kept=paper)


def _when_due(row: Missing) -> tuple[bool, date]:
    day = clock.local_day(row.due) if isinstance(row.due, datetime) else row.due
    return (day is None, day or date.max)
