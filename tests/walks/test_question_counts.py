"""No page asks the database more often because there is more to show: every GET route, with one of each and thirty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import Membership, actor_for
from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.producers.producer import Producer
from exhibitors.producers.register_producer import add_product
from foundation import clock
from foundation.actor import Role
from foundation.database import make_session
from tests.cast import (
    OrganiserPlayer,
    ProducerPlayer,
    a_confirmed_application,
    a_draft_fair,
    a_producer,
    a_submitted_application,
    a_zone,
    an_open_fair,
)
from tests.small_world import World

pytestmark = pytest.mark.any_database

WHO = ("anonymous", "producer A", "organiser A")
MORE = 29
NOT_PAGES = frozenset({"health.alive", "health.ready"})


def questions(world: World, places: Container[str] | None = None) -> dict[str, int]:
    """Who and route (all, or these places) → how many statements an answer with status 200 takes, nothing kept from
    before.
    """
    seen: Counter[str] = Counter()
    counts: dict[str, int] = {}

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen["asked"] += 1

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        for endpoint in sorted(set(world.endpoints("GET")) - NOT_PAGES):
            for role in (role for role in WHO if places is None or f"{role} {endpoint}" in places):
                address = world.address(endpoint, role if role in world.players else "organiser A", **own(world, role))
                world.forget_limits()
                seen.clear()
                answer = world.request(role, "GET", address)
                if answer.status_code == 200:
                    counts[f"{role} {endpoint}"] = seen["asked"]
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    return counts


def own(world: World, role: str) -> dict[str, object]:
    """Visitors look at the things of organiser A."""
    return {} if role.endswith(" A") else world.players["organiser A"].values


def player_of(session: Session, email: str) -> OrganiserPlayer:
    user = session.scalars(sa.select(User).where(User.email == email)).one()
    membership = session.scalars(sa.select(Membership).where(Membership.user_id == user.id)).one()
    return OrganiserPlayer(user, actor_for(session, user), membership.organisation)


def producer_player_of(session: Session, name: str) -> ProducerPlayer:
    producer = session.scalars(sa.select(Producer).where(Producer.name_vi == name)).one()
    owner = (Membership.organisation_id == producer.organisation_id, Membership.role == Role.OWNER.value)
    member = session.scalars(sa.select(Membership).where(*owner)).one()
    return ProducerPlayer(member.user, actor_for(session, member.user), producer)


def grow(session: Session, organiser: OrganiserPlayer, fair: Fair, producer: ProducerPlayer) -> None:
    """Thirty of whatever a page may list: fairs open and in draft, exhibitors, applicants, products, applications."""
    group = producer.producer.products[0].group_id
    for number in range(MORE):
        maker = a_producer(session, f"HTX Số {number}", f"so{number}@producers.example")
        if number < 10:
            a_confirmed_application(session, organiser, maker, fair, 10 + number)
        else:
            a_submitted_application(session, fair, maker)
        another = an_open_fair(session, organiser, booths=1, name=f"Hội chợ thứ {number}")
        a_submitted_application(session, another, producer)
        later = clock.today() + timedelta(days=40 + number)
        a_draft_fair(session, organiser, name=f"Bản nháp {number}", first_day=later)
        add_product(session, producer.actor, producer.producer, group_id=group, name_vi=f"Miến dong loại {number}")


def test_no_page_asks_more_with_thirty_than_with_one(fresh_world: World) -> None:
    world = fresh_world
    with make_session(world.engine) as session:
        organiser = player_of(session, "a@organisers.example")
        slug = world.players["organiser A"].values["slug"]
        fair = session.scalars(sa.select(Fair).where(Fair.slug == slug)).one()
        a_zone(session, organiser, fair, "C", 40)
        a_confirmed_application(session, organiser, producer_player_of(session, "HTX Hải sản Cô Tô"), fair, 9)
        session.commit()
        few = questions(world)
        grow(session, organiser, fair, producer_player_of(session, "HTX Miến dong Bình Liêu"))
        session.commit()
    many = questions(world, few)
    assert len(few) > 60
    assert few.keys() == many.keys()
    # a page may ask less: the first to need some facts reads them for the whole process
    assert {place: (asked, many[place]) for place, asked in few.items() if many[place] > asked} == {}
