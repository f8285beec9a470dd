"""What an empty database is filled with at the first start, and what `flask demo` adds."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demonstration.fair_day import sell_out, show_gallery, tell_a_story, tell_story_of_first
from demonstration.household import make_household
from demonstration.made_up import MadeUpProducer, enter_food, make_up_producers
from demonstration.past_events import add_past_events
from demonstration.people import Cast, make_cast
from demonstration.press_catalogue import add_press_catalogue
from demonstration.staged_fair import FIRST_DAY_FROM_TODAY, STAGE_WORDS, FairBuilder, FairPlan, Stage
from events.fairs.fair import Fair
from events.places.load_localities import load_localities
from events.places.locality import Locality
from events.places.venue import Venue, find_or_add_venue
from exhibitors.producers.load_product_groups import load_product_groups
from exhibitors.producers.producer import ProducerKind
from exhibitors.producers.register_producer import register_producer
from foundation import clock
from foundation.actor import Actor, Role
from foundation.bilingual import Bilingual
from foundation.file_store import FileStore

SPRING_2027 = FairPlan(
    name=Bilingual("Hội chợ OCOP Quảng Ninh – Xuân 2027", "Quảng Ninh OCOP Fair – Spring 2027"),
    summary=Bilingual(
        "Dữ liệu minh họa: hội chợ trước Tết Đinh Mùi, ngày tổ chức dự kiến.",
        "Demonstration data: a fair before the Lunar New Year 2027, dates tentative.",
    ),
    stage=Stage.CALL,
    booths=96,
    applications=24,
    first_day=date(2027, 1, 29),
    days=6,
    date_state="tentative",
)


def is_empty(session: Session) -> bool:
    """Whether no fair has been entered yet."""
    return not session.scalar(select(func.count(Fair.id)))


def load_reference_data(session: Session) -> None:
    """Localities and product groups, which every installation needs; doing it twice changes nothing."""
    load_localities(session)
    load_product_groups(session)


def fill_first_run(session: Session, store: FileStore, *, password: str, base_url: str, seed: int = 2027) -> None:
    """The record of 2022, the press catalogue, a spring fair that takes applications, a small one that is open, and two
    on the way there; a household has filed at each of the four.
    """
    load_reference_data(session)
    random = Random(seed)
    cast = make_cast(session, password)
    add_past_events(session, cast)
    add_press_catalogue(session, cast)
    _give_producer_a_unit(session, cast, store)
    venue = _exhibition_palace(session)
    applicants = make_up_producers(session, cast.keeper, 60, random, clock.today())
    household = make_household(session, cast)
    FairBuilder(session, cast, SPRING_2027, venue, random, base_url, household).build(applicants)
    running = FairPlan(
        name=Bilingual("Phiên chợ OCOP minh họa đang diễn ra", "Demonstration OCOP market, open now"),
        summary=Bilingual(
            "Dữ liệu minh họa: phiên chợ này không có thật, để bạn xem trang của một hội chợ đang mở.",
            "Demonstration data: this market does not exist; it shows the page of a fair that is open.",
        ),
        stage=Stage.OPEN,
        booths=48,
        applications=40,
        first_day=clock.today() - timedelta(days=2),
        days=12,
    )
    fair = FairBuilder(session, cast, running, venue, random, base_url, household).build(applicants)
    show_gallery(session, cast, store, fair)
    sell_out(session, cast, fair)
    tell_story_of_first(session, cast, store, fair)
    for stage in (Stage.SCREENING, Stage.ALLOCATED):
        plan = _plan_of(stage, booths=12, applications=8)
        FairBuilder(session, cast, plan, venue, random, base_url, household).build(applicants)


def add_staged_fair(
    session: Session, *, stage: Stage, booths: int, applications: int, seed: int, base_url: str
) -> Fair:
    """One more fair of the size and at the stage asked for, with the household's application beside the others."""
    load_reference_data(session)
    random = Random(seed)
    cast = make_cast(session)
    applicants = make_up_producers(session, cast.keeper, applications, random, clock.today())
    plan, household = _plan_of(stage, booths, applications, f" ({seed})"), make_household(session, cast)
    return FairBuilder(session, cast, plan, _exhibition_palace(session), random, base_url, household).build(applicants)


def _plan_of(stage: Stage, booths: int, applications: int, mark: str = "") -> FairPlan:
    """A fair that is at this stage today."""
    return FairPlan(
        name=Bilingual(
            f"Hội chợ minh họa {booths} gian, {STAGE_WORDS[stage].vi}{mark}",
            f"Demonstration fair of {booths} booths, {STAGE_WORDS[stage].en}{mark}",
        ),
        summary=Bilingual("Dữ liệu minh họa.", "Demonstration data."),
        stage=stage,
        booths=booths,
        applications=applications,
        first_day=clock.today() + timedelta(days=FIRST_DAY_FROM_TODAY[stage]),
    )


def _exhibition_palace(session: Session) -> Venue:
    ward = session.scalars(select(Locality).where(Locality.name_vi == "Phường Hạ Long")).one()
    return find_or_add_venue(
        session,
        name_vi="Cung Quy hoạch, Hội chợ và Triển lãm",
        name_en="Planning, Fair and Exhibition Palace",
        locality=ward,
    )


def _give_producer_a_unit(session: Session, cast: Cast, store: FileStore) -> None:
    """The demonstration producer can apply at once: a unit with a story and two rated products, nothing filed yet."""
    locality = session.scalars(select(Locality).where(Locality.name_vi == "Xã Bình Liêu")).one()
    producer = register_producer(
        session,
        None,
        user=cast.producer,
        kind=ProducerKind.HOUSEHOLD,
        name_vi="Hộ kinh doanh Minh Họa Bình Liêu",
        locality_id=locality.id,
        contact_person="Chủ cơ sở (minh họa)",
        contact_email=cast.producer.email,
        is_demonstration=True,
    )
    actor = Actor(cast.producer.id, cast.producer.name, producer_roles={producer.organisation_id: Role.OWNER})
    for name, stars in (("Miến dong Minh Họa", 4), ("Mật ong Minh Họa", 3)):
        enter_food(session, MadeUpProducer(producer, actor), name, stars=stars, issued_on=date(2025, 6, 20))
    tell_a_story(session, actor, store, producer)
