"""What a producer's own page shows: products, applications, open calls, and what is missing by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ENDED, ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.open_calls import open_calls
from exhibitors.producers.certificate_life import ends_soon
from exhibitors.producers.producer import Producer, Product
from foundation import clock


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
    SEND_DRAFT = "send_draft"
    MAKE_CHANGES = "make_changes"
    ANSWER_OFFER = "answer_offer"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to do; `due` is a moment, or a day for certificates, or None."""

    task: Task
    due: datetime | date | None = None
    application: BoothApplication | None = None
    product: Product | None = None


@dataclass(frozen=True, slots=True)
class MyUnit:
    """Everything on the page, loaded with a fixed number of queries."""

    producer: Producer
    applications: Sequence[BoothApplication]
    open_calls: Sequence[Fair]
    missing: Sequence[Missing]

    @property
    def has_applied(self) -> bool:
        """Whether there is an application that the next one can repeat."""
        return any(application.submitted_at is not None for application in self.applications)


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


def my_unit(session: Session, producer_id: int) -> MyUnit:
    """The unit with its products, its applications (newest first) and the calls it could still answer."""
    producer = session.scalars(
        select(Producer)
        .where(Producer.id == producer_id)
        .options(selectinload(Producer.products), joinedload(Producer.locality), joinedload(Producer.district))
    ).one()
    applications = session.scalars(
        select(BoothApplication)
        .where(BoothApplication.producer_id == producer_id)
        .options(joinedload(BoothApplication.fair))
        .order_by(BoothApplication.id.desc())
        .limit(50)
    ).all()
    answered = {item.fair_id for item in applications if item.current not in ENDED}
    calls = [fair for fair in open_calls(session) if fair.id not in answered]
    return MyUnit(producer, applications, calls, _missing(producer, applications))


def _missing(producer: Producer, applications: Sequence[BoothApplication]) -> list[Missing]:
    rows = [_task_of(application) for application in applications]
    if not producer.products:
        rows.append(Missing(Task.ENTER_PRODUCTS))
    today = clock.today()
    for product in producer.products:
        if certificate_state(product, today) in {CertificateState.ENDS_SOON, CertificateState.ENDED}:
            rows.append(Missing(Task.RENEW_CERTIFICATE, product.certificate_expires_on, product=product))
    return sorted((row for row in rows if row is not None), key=_when_due)


def _task_of(application: BoothApplication) -> Missing | None:
    match application.current:
        case ApplicationState.DRAFT if application.fair.takes_applications():
            return Missing(Task.SEND_DRAFT, application.fair.call_closes_at, application)
        case ApplicationState.NEEDS_CHANGES:
            return Missing(Task.MAKE_CHANGES, application.changes_due_at, application)
        case ApplicationState.ACCEPTED:
            return Missing(Task.ANSWER_OFFER, application.confirm_by, application)
    return None


def _when_due(row: Missing) -> tuple[bool, date]:
    day = clock.local_day(row.due) if isinstance(row.due, datetime) else row.due
    return (day is None, day or date.max)
