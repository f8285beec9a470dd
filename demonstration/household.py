"""A household of the demonstration, so that every page of a producer has something to show: what it files and how far.

At a fair that takes applications it has a draft, at one that is being screened it is asked for changes, at one that is
allocated a booth waits for its answer, and at one that is open or over its booth is confirmed.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import actor_for
from demonstration.made_up import MadeUpProducer, enter_food
from demonstration.people import Cast
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import zones_of
from events.places.locality import Locality
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.apply_again import facts_to_begin_with
from exhibitors.applications.apply_for_booth import save_application, start_application
from exhibitors.applications.asked_points import Point
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.messages.application_message import Side
from exhibitors.applications.messages.write_message import write_message
from exhibitors.applications.screen_applications import ask_for_changes, take_up
from exhibitors.producers.certificate_life import LIFE_IN_MONTHS
from exhibitors.producers.dossier.dossier_paper import PaperKind
from exhibitors.producers.dossier.keep_papers import PaperFacts, add_paper
from exhibitors.producers.producer import Producer, ProducerKind, own_producer
from exhibitors.producers.register_producer import register_producer
from foundation import clock

NAME = "Hộ kinh doanh Minh Họa Nhà Bà Tư"
PHONE = "0203 000 0000"
"""No exchange gives out a number that begins so."""
GOODS = (("Bánh gai Minh Họa", 3, 200), ("Trà gạo lứt Minh Họa", 3, 30 * LIFE_IN_MONTHS - 40))
"""Name, stars, and how many days ago the certificate was issued: the second one is about to end."""
NOTE = "Nhà tôi có xe đẩy hàng, xin gian gần lối vào."
ASKED = "Ghi đủ tên hộ kinh doanh trên biển tên, và cho biết giờ chở hàng đến."
QUESTION = "Nhà tôi xin hỏi có chỗ gửi xe máy qua đêm không ạ?"
ANSWER = "Có bãi gửi xe phía sau khu A, miễn phí cho người trực gian."


def make_household(session: Session, cast: Cast) -> MadeUpProducer:
    """The household with two products and a paper, made once: a telephone, no tax code, no e-mail of its own."""
    known = own_producer(session, actor_for(session, cast.household))
    if known is None:
        known = _register(session, cast)
    return MadeUpProducer(known, actor_for(session, cast.household))


def begin_draft(session: Session, household: MadeUpProducer, fair: Fair) -> BoothApplication:
    """A draft that lacks what is asked for last: nothing has been sent."""
    application = start_application(session, household.actor, fair, household.producer)
    facts = facts_to_begin_with(session, fair, household.producer)
    facts |= {"zone_ids": [zone.id for zone in zones_of(session, fair)][:1], "booth_wishes": [None], "note": NOTE}
    return save_application(session, household.actor, application, **facts)


def talk_about(session: Session, cast: Cast, household: MadeUpProducer, sent: BoothApplication, base_url: str) -> None:
    """A question of the household and the organiser's answer."""
    write_message(session, household.actor, sent, Side.PRODUCER, QUESTION, base_url=base_url)
    write_message(session, cast.organiser, sent, Side.ORGANISER, ANSWER, base_url=base_url)


def send_back(session: Session, cast: Cast, sent: BoothApplication, base_url: str) -> None:
    """The organiser asks for changes at two points, due in four days."""
    if sent.current is ApplicationState.SUBMITTED:
        take_up(session, cast.organiser, sent)
    due_at, opened = clock.now() + timedelta(days=4), (Point.FASCIA, Point.NEEDS)
    ask_for_changes(session, cast.organiser, sent, points=ASKED, due_at=due_at, base_url=base_url, opened=opened)


def _register(session: Session, cast: Cast) -> Producer:
    locality = session.scalars(select(Locality).where(Locality.name_vi == "Xã Hải Hòa")).one()
    producer = register_producer(
        session,
        None,
        user=cast.household,
        kind=ProducerKind.HOUSEHOLD,
        name_vi=NAME,
        locality_id=locality.id,
        contact_person=cast.household.name,
        contact_phone=PHONE,
        is_demonstration=True,
    )
    actor = actor_for(session, cast.household)
    for name, stars, days_ago in GOODS:
        issued_on = clock.today() - timedelta(days=days_ago)
        enter_food(session, MadeUpProducer(producer, actor), name, stars=stars, issued_on=issued_on)
    ends = clock.today() + timedelta(days=60)
    issued = clock.today() - timedelta(days=300)
    facts = PaperFacts(PaperKind.FOOD_SAFETY, "", "MH-0000/CK", "Nơi cấp minh họa", issued, ends)
    add_paper(session, actor, producer, facts)
    return producer
