"""Blind rounds and standing aside, over all addresses: what is hidden is on no page, in no sheet, in no file's name."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import actor_for, enrol
from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.review_round import ReviewRound
from exhibitors.applications.review.score_applications import stand_aside
from foundation.actor import Role
from foundation.audience import Audience, route_permissions
from foundation.database import make_session
from tests.small_world import World

pytestmark = pytest.mark.any_database

NAMES = ("Miến dong Bình Liêu", "Bình Liêu", "a@producers.example", "mien-dong-binh-lieu")
BLIND = ("reviewer A", "zone reviewer A")
SHEETS = ("export_applications.sheet", "export_applications.printed", "compare_scores.sheet")


def names_in(world: World, role: str, method: str, address: str) -> set[str]:
    """Which names the answer holds, header lines and all."""
    world.forget_limits()
    answer = world.request(role, "GET", address) if method == "GET" else world.post(role, address)
    text = f"{answer.headers} {answer.get_data().decode(errors='replace')}"
    return {name for name in NAMES if name in text}


def told(world: World, role: str, method: str = "GET") -> dict[str, set[str]]:
    """Address → which names the role reads there."""
    own = world.players["organiser A"].values
    endpoints = world.endpoints("GET") if method == "GET" else SHEETS
    addresses = [world.address(endpoint, "organiser A", **own) for endpoint in endpoints]
    return {address: names_in(world, role, method, address) for address in addresses}


def fair_of(world: World, session: Session) -> Fair:
    slug = world.players["organiser A"].values["slug"]
    return session.scalars(sa.select(Fair).where(Fair.slug == slug)).one()


def test_blind_reviewers_read_no_name_that_strangers_do_not_read_too(fresh_world: World) -> None:
    world = fresh_world
    with make_session(world.engine) as session:
        fair = fair_of(world, session)
        rules = {"own_score_first": True, "recuses_by_locality": True, "by_median": False}
        address = world.address("screen_applications.show", "organiser A")
        assert NAMES[0] in world.read("reviewer A", address).get_data(as_text=True)
        session.add(ReviewRound(fair_id=fair.id, is_blind=True, **rules))
        session.commit()
    read: dict[str, dict[str, set[str]]] = {role: told(world, role) for role in BLIND}
    named = {place for seen in read.values() for place, names in seen.items() if names}
    assert named  # what everybody reads of the unit
    public = {place: names_in(world, "newcomer", "GET", place) for place in named}
    for role, seen in read.items():
        assert {place: seen[place] - public[place] for place in named if seen[place] - public[place]} == {}
        assert not any(told(world, role, "POST").values())
        code = world.players["organiser A"].values["code"]
        slug = world.players["organiser A"].values["slug"]
        page = world.request(role, "GET", f"/organise/fairs/{slug}/review/{code}")
        assert page.status_code == 200
        assert "Sản phẩm mang đến" in page.get_data(as_text=True)


HOW = ("said so", "belongs to the unit")


def keep_away(session: Session, user: User, application: BoothApplication, how: str) -> None:
    """Somebody says that they stand too near to a unit, or is a member of it."""
    if how == "said so":
        stand_aside(session, actor_for(session, user), application, "Người nhà")
    else:
        enrol(session, user, application.producer.organisation, Role.MANAGER)
    session.commit()


def for_organisers(world: World, endpoints: Iterable[str]) -> list[str]:
    """Members read of their own unit on the producers' pages; here it is about the organisers'."""
    known = route_permissions(world.app)
    return [one for one in endpoints if one in known and known[one][0].audience is Audience.ORGANISER]


@pytest.mark.parametrize("how", HOW)
def test_whoever_stands_aside_finds_the_application_at_no_address(fresh_world: World, how: str) -> None:
    world = fresh_world
    own = world.players["organiser A"].values
    about_it = [
        endpoint
        for endpoint in for_organisers(world, world.endpoints("GET") + world.endpoints("POST"))
        if "/applications/<code>" in next(world.app.url_map.iter_rules(endpoint)).rule
        or "/review/<code>" in next(world.app.url_map.iter_rules(endpoint)).rule
    ]
    assert len(about_it) > 12
    emails = {
        "reviewer A": "reviewer.a@example.vn",
        "manager A": "manager.a@example.vn",
        "organiser A": "a@organisers.example",
    }
    with make_session(world.engine) as session:
        application = session.scalars(sa.select(BoothApplication).where(BoothApplication.code == own["code"])).one()
        for role, email in emails.items():
            user = session.scalars(sa.select(User).where(sa.func.lower(User.email) == email)).one()
            keep_away(session, user, application, how)
            for endpoint in about_it:
                address = world.address(endpoint, "organiser A", **own)
                method = "GET" if endpoint in world.endpoints("GET") else "POST"
                answer = world.request(role, "GET", address) if method == "GET" else world.post(role, address)
                assert (role, endpoint, answer.status_code) in {(role, endpoint, code) for code in (403, 404, 410)}
            queue = world.request(role, "GET", f"/organise/fairs/{own['slug']}/applications").get_data(as_text=True)
            assert str(own["code"]) not in queue
            letter = world.address("outbox.letter", "organiser A", **own)
            assert (role, world.request(role, "GET", letter).status_code) == (role, 404)


NAMED_ELSEWHERE = frozenset({"browse_register.units", "set_up_review.overview"})
"""The register of units says nothing of applications; where somebody is let back, a manager reads the bare code."""
STAGES = {
    "offered": {},
    "waiting": {"state": "waitlisted"},
    "staged": {"state": "in_review", "pending_decision": "accept"},
    "refused": {"state": "in_review", "pending_decision": "reject", "decision_reason": "MIỄN NÊU LÝ DO"},
}


@pytest.mark.parametrize(
    ("stage", "how"), [*((stage, HOW[0]) for stage in STAGES), ("offered", HOW[1]), ("refused", HOW[1])]
)
def test_no_plan_list_or_proposal_names_a_unit_to_whoever_stands_aside(
    fresh_world: World, stage: str, how: str
) -> None:
    world = fresh_world
    own = world.players["organiser A"].values
    hidden = ("HTX Miến dong Bình Liêu", "a@producers.example", "MIỄN NÊU LÝ DO", str(own["code"]))
    with make_session(world.engine) as session:
        application = session.scalars(sa.select(BoothApplication).where(BoothApplication.code == own["code"])).one()
        for column, value in STAGES[stage].items():
            setattr(application, column, value)
        people = sa.select(User).where(User.email_key.in_(["reviewer.a@example.vn", "manager.a@example.vn"]))
        found_people = session.scalars(people).all()
        assert len(found_people) == 2
        for user in found_people:
            keep_away(session, user, application, how)
    named: dict[str, list[str]] = {}
    seen = set()
    for endpoint in sorted(set(for_organisers(world, world.endpoints("GET"))) - NAMED_ELSEWHERE):
        address = world.address(endpoint, "organiser A", **own)
        world.forget_limits()
        for role in ("manager A", "reviewer A"):
            answer = world.request(role, "GET", address)
            told = f"{answer.headers} {answer.get_data().decode(errors='replace')}"
            seen |= {endpoint} if answer.status_code == 200 else set()
            if found := [name for name in hidden if name in told]:
                public = world.request("newcomer", "GET", address).get_data().decode(errors="replace")
                named[f"{role} {endpoint}"] = [name for name in found if name not in public]
    assert {place: found for place, found in named.items() if found} == {}
    assert {"place_on_booth.board", "waiting_list.line", "make_proposal.show", "publish_decisions.form"} <= seen
