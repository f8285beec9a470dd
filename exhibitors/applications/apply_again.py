"""Apply as last time: an application begins with what the unit has said before, as far as it still fits this fair."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events.fairs.fair import Fair
from events.floor_plans.booth_type import booth_types_of
from events.floor_plans.floor_plan import Booth, zones_of
from exhibitors.applications.application_answer import ApplicationAnswer
from exhibitors.applications.apply_for_booth import (
    MOST_WISHES,
    ApplicationFacts,
    save_application,
    start_application,
)
from exhibitors.applications.booth_application import BoothApplication, ZoneWish, live_application
from exhibitors.applications.booth_logistics import Logistics, logistics_of
from exhibitors.applications.booth_needs import Needs, needs_of
from exhibitors.applications.fascia import usual_fascia
from exhibitors.applications.product_choice import why_not_brought
from exhibitors.applications.wished_places import OUT_OF_USE, booths_held
from exhibitors.calls.call_terms import terms_of
from exhibitors.calls.question import Question
from exhibitors.calls.question_answers import QuestionKind
from exhibitors.producers.producer import Producer, Product
from foundation import clock
from foundation.actor import Actor
from foundation.refusal import Refused


def last_sent(session: Session, producer_id: int) -> BoothApplication | None:
    """The unit's newest application that was handed in, whatever became of it."""
    loads = (
        selectinload(BoothApplication.wishes).joinedload(ZoneWish.zone),
        selectinload(BoothApplication.goods),
        joinedload(BoothApplication.booth_type),
        joinedload(BoothApplication.fair),
    )
    query = select(BoothApplication).where(
        BoothApplication.producer_id == producer_id, BoothApplication.submitted_at.is_not(None)
    )
    return session.scalars(query.options(*loads).order_by(BoothApplication.id.desc()).limit(1)).first()


def facts_to_begin_with(session: Session, fair: Fair, producer: Producer) -> ApplicationFacts:
    """What stands in the form before anything was typed: the last application's facts that fit this fair.

    Zones are known again by their code, types of booth by their name. A single booth is known again by its code at
    the same fair or another edition of its series, if it can be used and nobody holds it; elsewhere its zone stands
    for it.
    Products are those of last time whose certificate holds; of a unit that applies for the first time all of those.
    The note was about that fair, so it is repeated at the same one alone.
    """
    last = last_sent(session, producer.id)
    choosable = _choosable(session, fair, producer)
    before = [good.product_id for good in last.goods if good.product_id in choosable] if last else []
    types = booth_types_of(session, fair)
    known = next((one.id for one in types if last and last.booth_type and one.name_vi == last.booth_type.name_vi), None)
    wished = _wished_again(session, fair, last) if last else []
    return ApplicationFacts(
        zone_ids=[zone_id for zone_id, _ in wished],
        booth_wishes=[booth_id for _, booth_id in wished],
        product_ids=before or choosable,
        booths_wanted=last.booths_wanted if last else 1,
        anywhere=last.anywhere if last else True,
        fascia_name=(last.fascia_name if last else "") or usual_fascia(producer.name_vi),
        note=last.note if last and last.fair_id == fair.id else "",
        booth_type_id=known if known is not None or len(types) != 1 else types[0].id,
        invitation_code="",
        **(needs_of(last) if last else Needs()),
        **(logistics_of(last) if last else Logistics()),
    )


def apply_again(session: Session, actor: Actor, fair: Fair, producer: Producer) -> BoothApplication:
    """A draft as last time, with the answers to questions that are asked again; one that goes on is left as it is.

    Refuses nothing_to_repeat, and as `start_application` does.
    """
    known = live_application(session, fair.id, producer.id)
    if known is not None:
        return known
    last = last_sent(session, producer.id)
    if last is None:
        raise Refused("nothing_to_repeat")
    application = start_application(session, actor, fair, producer)
    save_application(session, actor, application, **facts_to_begin_with(session, fair, producer))
    _answer_as_before(session, last, application)
    return application


def _wished_again(session: Session, fair: Fair, last: BoothApplication) -> list[tuple[int, int | None]]:
    """Zones, or booths with their zones, best first."""
    codes = {zone.code: zone.id for zone in zones_of(session, fair)}
    same_place = fair.id == last.fair_id or (fair.series_id is not None and fair.series_id == last.fair.series_id)
    single = {wish.booth.code for wish in last.wishes if wish.booth} if same_place else set()
    booths: dict[tuple[int, str], int] = {}
    if single:
        there = select(Booth.zone_id, Booth.code, Booth.id).where(
            Booth.zone_id.in_(codes.values()), Booth.code.in_(single), Booth.switch.not_in(OUT_OF_USE)
        )
        booths = {(zone_id, code): number for zone_id, code, number in session.execute(there)}
        held = booths_held(session, booths.values())
        booths = {place: number for place, number in booths.items() if number not in held}
    wished = [
        (zone_id, booths.get((zone_id, wish.booth.code)) if wish.booth else None)
        for wish in last.wishes
        if (zone_id := codes.get(wish.zone.code)) is not None
    ]
    return list(dict.fromkeys(wished))[:MOST_WISHES]


def _choosable(session: Session, fair: Fair, producer: Producer) -> list[int]:
    day, must = fair.last_day or clock.today(), terms_of(session, fair).conditions.needs_certificate
    products = session.scalars(select(Product).where(Product.producer_id == producer.id).order_by(Product.name_vi))
    return [product.id for product in products if why_not_brought(product, day, needs_certificate=must) is None]


def _answer_as_before(session: Session, last: BoothApplication, application: BoothApplication) -> None:
    """Answers stand for questions of the same words and kind; files are not carried over."""
    given = session.execute(
        select(Question, ApplicationAnswer.value)
        .join(ApplicationAnswer, ApplicationAnswer.question_id == Question.id)
        .where(ApplicationAnswer.application_id == last.id, Question.kind != QuestionKind.FILE.value)
    ).all()
    values = {(question.text_vi, question.kind): (question.labels.keys(), value) for question, value in given}
    for question in session.scalars(select(Question).where(Question.fair_id == application.fair_id)):
        choices, value = values.get((question.text_vi, question.kind), (None, None))
        if value is not None and choices == question.labels.keys():
            session.add(ApplicationAnswer(application_id=application.id, question_id=question.id, value=value))
    session.flush()
