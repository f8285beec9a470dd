"""The cast of the tests: one department with its organiser, producers of the sea and the hills, one fair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.invitation import Invitation
from accounts.invite_member import invite_member
from accounts.join_organisation import found_organisation
from accounts.organisation import Membership, Organisation, OrganisationKind, actor_for, enrol
from accounts.sign_up import register_person
from accounts.user import User
from demonstration.first_run import load_reference_data
from events.fairs.fair import Fair, FairKind
from events.fairs.organise_fair import create_fair, open_call, publish_fair
from events.floor_plans.booth_type import booth_types_of
from events.floor_plans.draw_floor_plan import add_zone_with_rows, ensure_plan
from events.floor_plans.floor_plan import Booth, Zone
from events.places.locality import Locality
from events.places.venue import Venue, find_or_add_venue
from events.teams.fair_role import FairRole
from exhibitors.allocation.answer_offer import confirm_booth
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import save_application, start_application, submit_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision, take_up
from exhibitors.producers.producer import Producer, ProducerKind, ProductGroup
from exhibitors.producers.register_producer import add_product, register_producer
from foundation import clock
from foundation.actor import Actor, Role

PASSWORD = "thuyen nan cap ben luc binh minh"
BASE_URL = "http://127.0.0.1:8000"


@dataclass(slots=True)
class ProducerPlayer:
    """A producer with the person who owns the unit."""

    user: User
    actor: Actor
    producer: Producer


@dataclass(slots=True)
class OrganiserPlayer:
    """An organiser with the organisation."""

    user: User
    actor: Actor
    organisation: Organisation


def an_organiser(
    session: Session, name: str = "Ban tổ chức Hạ Long", email: str = "btc@halong.example"
) -> OrganiserPlayer:
    """Somebody who owns an organising body."""
    user = register_person(session, email=email, name="Nguyễn Thị Hà", password=PASSWORD, confirmed=True)
    organisation = found_organisation(session, user, kind=OrganisationKind.ORGANISER, name_vi=name)
    return OrganiserPlayer(user, actor_for(session, user), organisation)


def a_member(session: Session, organiser: OrganiserPlayer, role: Role, email: str) -> Membership:
    """Somebody with this role in the organising body."""
    user = register_person(session, email=email, name="Bùi Văn Ba", password=PASSWORD, confirmed=True)
    return enrol(session, user, organiser.organisation, role)


def a_team(session: Session, organiser: OrganiserPlayer, letter: str) -> tuple[Membership, Invitation]:
    """A reader who belongs to the body, and an open invitation of another."""
    member = a_member(session, organiser, Role.READER, f"reader-{letter}@organisers.example")
    facts = {"email": f"invited-{letter}@example.vn", "role": Role.READER, "language": "vi", "base_url": BASE_URL}
    return member, invite_member(session, organiser.actor, organiser.organisation, **facts)


def a_unit_team(session: Session, player: ProducerPlayer, letter: str) -> tuple[Membership, Invitation]:
    """A reader who belongs to the unit, and an open invitation of another."""
    user = register_person(
        session, email=f"reader-{letter}@producers.example", name="Bùi Văn Ba", password=PASSWORD, confirmed=True
    )
    member = enrol(session, user, player.producer.organisation, Role.READER)
    facts = {"email": f"invited-unit-{letter}@example.vn", "role": Role.READER, "language": "vi", "base_url": BASE_URL}
    return member, invite_member(session, player.actor, player.producer.organisation, **facts)


def a_fair_role(session: Session, member: Membership, fair: Fair, role: Role, *, zone: str | None = None) -> FairRole:
    """The member's role at the fair, perhaps in one zone alone."""
    zones = {booth.zone.code: booth.zone for booth in booths_of(session, fair)}
    named = FairRole(
        fair=fair, zone=zones[zone] if zone else None, membership=member, role=role.value, created_at=clock.now()
    )
    session.add(named)
    session.flush()
    return named


def a_venue(session: Session, name: str = "Siêu thị GO! Hạ Long") -> Venue:
    """A venue in Phường Hạ Long; loads the reference data when needed."""
    if session.scalar(select(Locality.id).limit(1)) is None:
        load_reference_data(session)
    ward = session.scalars(select(Locality).where(Locality.name_vi == "Phường Hạ Long")).one()
    return find_or_add_venue(session, name_vi=name, locality=ward)


def a_draft_fair(
    session: Session, organiser: OrganiserPlayer, *, name: str = "Hội chợ OCOP Quảng Ninh – Xuân 2027",
    first_day: date | None = None, days: int = 6,
) -> Fair:  # fmt: skip
    """A fair in 60 days (unless told) whose call may be open from yesterday for 30 days."""
    first_day = first_day or clock.today() + timedelta(days=60)
    return create_fair(
        session,
        organiser.actor,
        organisation_id=organiser.organisation.id,
        kind=FairKind.FAIR,
        name_vi=name,
        name_en="Quảng Ninh OCOP Fair",
        first_day=first_day,
        last_day=first_day + timedelta(days=days - 1),
        call_opens_at=clock.now() - timedelta(days=1),
        call_closes_at=clock.now() + timedelta(days=30),
        answer_by=clock.today() + timedelta(days=35),
        venue_ids=[a_venue(session).id],
    )


def a_zone(session: Session, organiser: OrganiserPlayer, fair: Fair, code: str = "A", booths: int = 8) -> Zone:
    """A zone with booths A01 … on the fair's first venue."""
    plan = ensure_plan(session, organiser.actor, fair, fair.venues[0], width_m=60, depth_m=40)
    return add_zone_with_rows(
        session,
        organiser.actor,
        plan,
        code=code,
        name_vi=f"Khu {code}",
        name_en=f"Zone {code}",
        booths=booths,
        per_row=8,
    )


def an_open_fair(session: Session, organiser: OrganiserPlayer, *, booths: int = 8, name: str = "Hội chợ Xuân") -> Fair:
    """A published fair that takes applications, with zones A and B."""
    fair = a_draft_fair(session, organiser, name=name)
    a_zone(session, organiser, fair, "A", booths)
    a_zone(session, organiser, fair, "B", booths)
    publish_fair(session, organiser.actor, fair)
    open_call(session, organiser.actor, fair)
    return fair


def a_producer(
    session: Session, name: str = "HTX Miến dong Bình Liêu", email: str = "mien@binhlieu.example", products: int = 1
) -> ProducerPlayer:
    """A cooperative of Bình Liêu with rated products whose certificates hold for two more years."""
    if session.scalar(select(Locality.id).limit(1)) is None:
        load_reference_data(session)
    user = register_person(session, email=email, name="Hoàng Văn Sáu", password=PASSWORD, confirmed=True)
    locality = session.scalars(select(Locality).where(Locality.name_vi == "Xã Bình Liêu")).one()
    producer = register_producer(
        session,
        None,
        user=user,
        kind=ProducerKind.COOPERATIVE,
        name_vi=name,
        locality_id=locality.id,
        contact_email=email,
    )
    actor = Actor(user.id, user.name, producer_roles={producer.organisation_id: Role.OWNER})
    food = session.scalars(select(ProductGroup).where(ProductGroup.key == "food")).one()
    for number in range(products):
        add_product(
            session, actor, producer, group_id=food.id,
            name_vi="Miến dong Bình Liêu" + (f" {number}" if number else ""),
            stars=4, certificate_number="QĐ-12", certificate_issued_on=clock.today() - timedelta(days=360),
        )  # fmt: skip
    return ProducerPlayer(user, actor, producer)


def a_submitted_application(session: Session, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """An application that wishes for the first zones of the fair and has been sent."""
    application = start_application(session, player.actor, fair, player.producer)
    zones = list(session.scalars(select(Zone).order_by(Zone.code)))
    mine = [zone for zone in zones if zone.plan.fair_id == fair.id]
    save_application(
        session,
        player.actor,
        application,
        zone_ids=[zone.id for zone in mine[:2]],
        product_ids=[product.id for product in player.producer.products],
        booths_wanted=1,
        anywhere=True,
        booth_type_id=next((booth_type.id for booth_type in booth_types_of(session, fair)), None),
        fascia_name=player.producer.name_vi[:80],
        needs_power=True,
        needs_water=False,
        note="",
    )
    return submit_application(
        session, player.actor, application, rules_accepted=True, pledge_given=True, base_url=BASE_URL
    )


def a_confirmed_application(
    session: Session, organiser: OrganiserPlayer, player: ProducerPlayer, fair: Fair, booth: int = 0
) -> BoothApplication:
    """A producer brought through application, offer and confirmation; the booth by its place in the order."""
    application = a_submitted_application(session, fair, player)
    take_up(session, organiser.actor, application)
    stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    place_on_booth(session, organiser.actor, application, booths_of(session, fair)[booth])
    confirm_by = clock.now() + timedelta(days=40)
    publish_decisions(session, organiser.actor, fair, confirm_by=confirm_by, base_url=BASE_URL)
    confirm_booth(session, player.actor, application, base_url=BASE_URL)
    return application


def booths_of(session: Session, fair: Fair) -> list[Booth]:
    """All booths of the fair by code."""
    return [
        booth for booth in session.scalars(select(Booth).order_by(Booth.code)) if booth.zone.plan.fair_id == fair.id
    ]
