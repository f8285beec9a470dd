"""A small world of two of everything, with the whole app on it: what the tests that walk all routes share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import url_for
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from accounts.organisation import enrol
from accounts.sign_in import open_session
from accounts.sign_up import register_person
from accounts.user import SignedInSession, User
from app import create_app
from events.fairs.fair import Fair
from events.floor_plans.set_up_booth_types import add_booth_type
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import start_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation import clock
from foundation.actor import Role
from foundation.database import Base, make_engine, make_session
from foundation.outbox import OutboxLetter
from tests.cast import (
    BASE_URL,
    PASSWORD,
    OrganiserPlayer,
    ProducerPlayer,
    a_draft_fair,
    a_producer,
    a_submitted_application,
    a_team,
    a_zone,
    an_open_fair,
    an_organiser,
    booths_of,
)
from tests.conftest import DatabaseTemplate, settings_for

if TYPE_CHECKING:
    from flask import Flask

ROLES = (
    "anonymous",
    "newcomer",
    "producer A",
    "producer B",
    "reader A",
    "reviewer A",
    "organiser A",
    "organiser B",
    "admin",
)  # fmt: skip - read as the head of a table
CANARY = "Hội chợ Chim Hoàng Yến"
COMMON = {
    "token": "not-a-token",
    "topic": "guide",
    "name": "quang-ninh",
    "act": "close_call",
    "family": "kinds",
    "key": "fair",
    "whose": "producers",
    "file_key": "no-file",
    "copy": "large",
}
PARTS = {
    "producer_directory": {"slug": "producer"},
    "place_on_booth": {"code": "booth"},
    "stand_feeds": {"key": "producer"},
}
"""Where a part of an address is called like another thing's."""
CSRF_RAW = hashlib.sha1(b"the token of the tests", usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class Player:
    """One role: the cookie of its browser, and the parts of addresses that lead to its own things."""

    cookie: str = ""
    values: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class World:
    """The app on a filled database; `request` plays a role, `restore` undoes everything since `settle`."""

    app: Flask
    engine: sa.Engine
    players: dict[str, Player] = field(default_factory=dict)
    settled: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def request(self, role: str, method: str, path: str, **more: Any) -> TestResponse:
        """What this role gets; every request has a browser of its own, so that no answer changes the next one."""
        headers = dict(more.pop("headers", {}))
        if cookie := self.players[role].cookie:
            headers["Cookie"] = f"{self.app.config['SESSION_COOKIE_NAME']}={cookie}"
        return self.app.test_client(use_cookies=False).open(path, method=method, headers=headers, **more)

    def post(self, role: str, path: str, **data: Any) -> TestResponse:
        """A form with the right token."""
        return self.request(role, "POST", path, data={"csrf_token": self.csrf_token(), **data})

    def csrf_token(self) -> str:
        """The token that belongs to every cookie of this world."""
        return str(URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token").dumps(CSRF_RAW))

    def sign_in(self, role: str, session: Session, user: User | None) -> Player:
        """Give the role a browser."""
        facts: dict[str, object] = {"csrf_token": CSRF_RAW}
        player = self.players.setdefault(role, Player())
        if user is not None:
            signed_in, token = open_session(session, user, device="Firefox, Windows")
            facts |= {"_user_id": token, "_fresh": True, "_permanent": True}
            player.values["session_id"] = signed_in.id
        player.cookie = str(SecureCookieSessionInterface().get_signing_serializer(self.app).dumps(facts))
        return player

    def stay_signed_in(self, role: str) -> None:
        """Sign the role in again when what it has just sent ended its session."""
        player = self.players[role]
        if "session_id" not in player.values:
            return
        with make_session(self.engine) as session:
            signed_in = session.get_one(SignedInSession, player.values["session_id"])
            if signed_in.ended_at is not None:
                self.sign_in(role, session, signed_in.user)
                session.commit()

    def address(self, endpoint: str, role: str, **other: object) -> str:
        """The address of a route, its parts filled with what belongs to the role (or given)."""
        own = self.players[role].values | other
        renamed = {part: own[name] for part, name in PARTS.get(endpoint.partition(".")[0], {}).items() if name in own}
        rule = next(self.app.url_map.iter_rules(endpoint))
        with self.app.test_request_context():
            return url_for(endpoint, **{part: (COMMON | own | renamed)[part] for part in rule.arguments})

    def endpoints(self, method: str) -> list[str]:
        """All endpoints that take this method."""
        return sorted({rule.endpoint for rule in self.app.url_map.iter_rules() if method in (rule.methods or ())})

    def forget_limits(self) -> None:
        """Count from nothing again, and build every page anew."""
        self.app.extensions["limiter"].storage.reset()
        cache = self.app.extensions["page_cache"]
        cache.pages.clear()
        cache.at_the_door.clear()
        cache.forget_revision()

    def settle(self) -> None:
        """What is there now is what `restore` brings back."""
        self.settled = self.dump()

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        with self.engine.connect() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
                for table in Base.metadata.sorted_tables
            }

    def changed_tables(self) -> list[str]:
        """Which tables differ from the settled state."""
        return [name for name, rows in self.dump().items() if rows != self.settled[name]]

    def restore(self) -> None:
        """Bring the settled rows back; the audit trail keeps what it has, as nothing can be deleted from it."""
        self.forget_limits()
        changed = [name for name in self.changed_tables() if name != "audit_entry"]
        if not changed:
            return
        tables = Base.metadata.tables
        defer = "PRAGMA defer_foreign_keys=ON"
        if self.engine.dialect.name == "postgresql":
            defer = "SET LOCAL session_replication_role = replica"
        with self.engine.begin() as connection:
            connection.exec_driver_sql(defer)
            for name in changed:
                connection.execute(sa.delete(tables[name]))
                columns = tables[name].columns.keys()
                if rows := [dict(zip(columns, row, strict=True)) for row in self.settled[name]]:
                    connection.execute(sa.insert(tables[name]), rows)


@contextmanager
def empty_world(template: DatabaseTemplate, folder: Path) -> Iterator[World]:
    """The app on an empty database."""
    url = template.copy(folder)
    app = create_app(settings_for(folder, url))
    engine = make_engine(url)
    yield World(app, engine)
    engine.dispose()
    with app.app_context():
        for bound in app.extensions["sqlalchemy"].engines.values():
            bound.dispose()
    template.drop(url)


@contextmanager
def small_world(template: DatabaseTemplate, folder: Path) -> Iterator[World]:
    """Two organisers with a fair each, two producers with an application each, a draft fair that nobody may see."""
    with empty_world(template, folder) as world:
        with make_session(world.engine) as session:
            _fill(world, session)
            session.commit()
        world.settle()
        yield world


def _fill(world: World, session: Session) -> None:
    organisers = [
        an_organiser(session, name, f"{key}@organisers.example")
        for key, name in (("a", "Ban tổ chức Hạ Long"), ("b", "Ban tổ chức Móng Cái"))
    ]
    producers = [
        a_producer(session, name, f"{key}@producers.example", products=2)
        for key, name in (("a", "HTX Miến dong Bình Liêu"), ("b", "HTX Hải sản Cô Tô"))
    ]
    for letter, organiser, producer in zip("AB", organisers, producers, strict=True):
        fair = an_open_fair(session, organiser, booths=4, name=f"Hội chợ OCOP {letter}")
        application = _offered(session, organiser, producer, fair)
        _sign_in_pair(world, session, letter, organiser, producer, application)
    hidden = a_draft_fair(session, organisers[0], name=CANARY)
    a_zone(session, organisers[0], hidden)
    start_application(session, producers[0].actor, _fair_of(world, session, "organiser B"), producers[0].producer)
    others = {
        role: register_person(
            session, email=f"{role.split()[0]}@example.vn", name="Người khác", password=PASSWORD, confirmed=True
        )
        for role in ("admin", "newcomer", "reader A", "reviewer A")
    }  # fmt: skip - one person each
    others["admin"].is_admin = True
    enrol(session, others["reader A"], organisers[0].organisation, Role.READER)
    enrol(session, others["reviewer A"], organisers[0].organisation, Role.REVIEWER)
    for role, user in {**others, "anonymous": None}.items():
        world.sign_in(role, session, user)
    world.players["organiser A"].values["draft"] = hidden.slug


def _offered(session: Session, organiser: OrganiserPlayer, player: ProducerPlayer, fair: Fair) -> BoothApplication:
    """An application that has been accepted with booth A01, which waits for the producer's answer."""
    application = a_submitted_application(session, fair, player)
    take_up(session, organiser.actor, application)
    stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    place_on_booth(session, organiser.actor, application, booths_of(session, fair)[0])
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(session, organiser.actor, fair, confirm_by=confirm_by, base_url=BASE_URL)
    return application


def _sign_in_pair(
    world: World,
    session: Session,
    letter: str,
    organiser: OrganiserPlayer,
    producer: ProducerPlayer,
    application: BoothApplication,
) -> None:  # fmt: skip - one line of arguments
    fair = application.fair
    written = session.scalars(select_letter(application)).first()
    member, invitation = a_team(session, organiser, letter)
    theirs = {
        "slug": fair.slug,
        "code": application.code,
        "booth": "A01",
        "letter_id": written.id if written else 0,
        "zone_id": booths_of(session, fair)[0].zone_id,
        "type_id": add_booth_type(session, organiser.actor, fair, kind="standard", name_vi="Gian tiêu chuẩn").id,
        "plan_id": booths_of(session, fair)[0].plan_id,
        "product_id": producer.producer.products[0].id,
        "producer": producer.producer.slug,
        "organisation_id": organiser.organisation.id,
        "membership_id": member.id,
        "invitation_id": invitation.id,
    }
    for role, user in ((f"organiser {letter}", organiser.user), (f"producer {letter}", producer.user)):
        world.sign_in(role, session, user).values.update(theirs)


def select_letter(application: BoothApplication) -> sa.Select[tuple[OutboxLetter]]:
    """The letters about an application, oldest first."""
    return sa.select(OutboxLetter).where(OutboxLetter.application_id == application.id).order_by(OutboxLetter.id)


def _fair_of(world: World, session: Session, role: str) -> Fair:
    return session.scalars(sa.select(Fair).where(Fair.slug == world.players[role].values["slug"])).one()
