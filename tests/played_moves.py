"""The moves of decision 0003 written down by hand, somebody for each role, and the verbs behind the pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import actor_for
from events.fairs.fair import Fair
from exhibitors.allocation.answer_offer import confirm_booth, decline_booth, expire_offers
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.permissions import may_place, may_publish_decisions
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.allocation.waiting_list.close_waiting_list import close_waiting_list
from exhibitors.applications.application_moves import ENDED, ApplicationState, Decision
from exhibitors.applications.apply_for_booth import (
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from exhibitors.applications.asked_points import Point
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.cancel_application import cancel_application
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.let_changes_lapse import extend_changes, let_changes_lapse
from exhibitors.applications.permissions import (
    may_answer_offer,
    may_cancel_application,
    may_change_application,
    may_screen,
)
from exhibitors.applications.screen_applications import ask_for_changes, reinstate, stage_decision, take_up
from foundation import clock
from foundation.actor import SYSTEM, Actor, Role
from foundation.refusal import Refused
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    ProducerPlayer,
    a_member,
    a_producer,
    an_open_fair,
    booths_of,
)

S = ApplicationState
SCREENERS, LEADERS, UNIT = {"reviewer", "manager"}, {"manager"}, {"unit"}
GOING_ON = set(S) - set(ENDED)
TABLE: dict[str, tuple[set[S], S | None, set[str]]] = {
    "submit": ({S.DRAFT}, S.SUBMITTED, UNIT),
    "take_up": ({S.SUBMITTED}, S.IN_REVIEW, SCREENERS),
    "ask_for_changes": ({S.SUBMITTED, S.IN_REVIEW}, S.NEEDS_CHANGES, SCREENERS),
    "extend": ({S.NEEDS_CHANGES}, S.NEEDS_CHANGES, SCREENERS),
    "resubmit": ({S.NEEDS_CHANGES}, S.IN_REVIEW, UNIT),
    "lapse": ({S.NEEDS_CHANGES}, S.WITHDRAWN, {"timer"}),
    "stage": ({S.SUBMITTED, S.IN_REVIEW}, S.IN_REVIEW, SCREENERS),
    "accept": ({S.IN_REVIEW}, S.ACCEPTED, LEADERS),
    "waitlist": ({S.IN_REVIEW}, S.WAITLISTED, LEADERS),
    "reject": ({S.IN_REVIEW}, S.REJECTED, LEADERS),
    "confirm": ({S.ACCEPTED}, S.CONFIRMED, UNIT),
    "decline": ({S.ACCEPTED}, S.DECLINED, UNIT),
    "expire": ({S.ACCEPTED}, None, {"timer"}),
    "offer": ({S.WAITLISTED}, S.ACCEPTED, LEADERS),
    "close": ({S.WAITLISTED}, S.REJECTED, LEADERS),
    "withdraw": (GOING_ON, S.WITHDRAWN, UNIT),
    "cancel": ({S.ACCEPTED, S.CONFIRMED}, S.CANCELLED, LEADERS),
    "reinstate": (set(ENDED), S.IN_REVIEW, SCREENERS),
}
"""Move → from which states, to which, by which roles; an offer that lapses ends or leads back to the list."""
REPEATED = {
    "submit": GOING_ON - {S.DRAFT, S.NEEDS_CHANGES},
    "resubmit": GOING_ON - {S.DRAFT, S.NEEDS_CHANGES},
    "confirm": {S.CONFIRMED},
    "decline": {S.DECLINED},
    "withdraw": {S.WITHDRAWN},
}
"""Pressed a second time these are answered as they stand, by the one who may press them."""
ROLES = ("unit", "other unit", "reader", "field staff", "reviewer", "manager", "other organiser", "timer")
NOTHING_WAITS = {"accept", "waitlist", "reject", "close", "lapse", "expire"}
"""Verbs over all applications of a fair: where there is nothing to do they do nothing."""
LATER = timedelta(days=20)
REVIEWED = ("submit", "take_up")
PATHS = (
    (),
    ("submit",),
    REVIEWED,
    (*REVIEWED, "ask_for_changes"),
    (*REVIEWED, "ask_for_changes", "lapse"),
    (*REVIEWED, "accept"),
    (*REVIEWED, "accept", "confirm"),
    (*REVIEWED, "accept", "decline"),
    (*REVIEWED, "accept", "expire"),
    (*REVIEWED, "accept", "cancel"),
    (*REVIEWED, "waitlist"),
    (*REVIEWED, "waitlist", "offer"),
    (*REVIEWED, "reject"),
)
"""Where games begin: each state is the beginning of some."""


def a_fair_for_everybody(
    session: Session, organiser: OrganiserPlayer, stranger: OrganiserPlayer
) -> tuple[Fair, dict[str, Actor]]:
    """A fair with room, and somebody for each role."""
    fair = an_open_fair(session, organiser, booths=8)
    actors: dict[str, Actor] = {"timer": SYSTEM, "other organiser": stranger.actor}
    for role in (Role.READER, Role.FIELD_STAFF, Role.REVIEWER, Role.MANAGER):
        name = role.value.replace("_", " ")
        member = a_member(session, organiser, role, f"{role.value}@team.example")
        actors[name] = actor_for(session, member.user)
    actors["other unit"] = a_producer(session, "HTX Khác", "khac@units.example").actor
    return fair, actors


class Ground:
    """Such a fair; new units come as they are wanted."""

    def __init__(self, session: Session, fair: Fair, actors: dict[str, Actor]) -> None:
        self.session, self.fair, self.actors = session, fair, actors
        self.units = 0

    def new_draft(self) -> BoothApplication:
        """A draft that is complete."""
        self.units += 1
        player = a_producer(self.session, f"HTX Số {self.units}", f"u{self.units}@units.example")
        self.actors["unit"] = player.actor
        return a_draft(self.session, self.fair, player)


def a_draft(session: Session, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    application = start_application(session, player.actor, fair, player.producer)
    zone = booths_of(session, fair)[0].zone_id
    goods = [product.id for product in player.producer.products]
    return save_application(session, player.actor, application, zone_ids=[zone], product_ids=goods)


class Moves:
    """The verbs behind the pages, each after the permission that its page asks."""

    def __init__(self, ground: Ground, application: BoothApplication) -> None:
        self.ground, self.session, self.application = ground, ground.session, application

    def is_let(self, move: str, role: str) -> bool:
        """Whether the page lets the role come to the verb; whatever it asks, it only looks."""
        if (move in {"lapse", "expire"}) != (role == "timer"):
            return False
        return role == "timer" or self._may(move, self.ground.actors[role])

    def attempt(self, move: str, role: str) -> None:
        """The verb behind the page; raises Refused where it says no."""
        getattr(self, f"_{move}")(self.ground.actors[role])

    def _may(self, move: str, actor: Actor) -> bool:
        application, fair = self.application, self.application.fair
        if move in {"submit", "resubmit", "withdraw"}:
            return may_change_application(actor, application)
        if move in {"confirm", "decline"}:
            return may_answer_offer(actor, application)
        if move in {"accept", "waitlist", "reject", "close"}:
            return may_publish_decisions(actor, fair)
        if move == "offer":
            return may_place(actor, fair) and may_publish_decisions(actor, fair)
        permission = may_cancel_application if move == "cancel" else may_screen
        return permission(actor, fair, application)

    def _submit(self, actor: Actor) -> None:
        if self.application.current is S.NEEDS_CHANGES:
            raise Refused("move_impossible")  # that is the move below
        submit_application(
            self.session, actor, self.application, rules_accepted=True, pledge_given=True, base_url=BASE_URL
        )

    def _resubmit(self, actor: Actor) -> None:
        if self.application.current is S.DRAFT:
            raise Refused("move_impossible")
        submit_application(
            self.session, actor, self.application, rules_accepted=True, pledge_given=True, base_url=BASE_URL
        )

    def _take_up(self, actor: Actor) -> None:
        take_up(self.session, actor, self.application)

    def _ask_for_changes(self, actor: Actor) -> None:
        facts: dict[str, Any] = {
            "points": "Sửa tên",
            "due_at": clock.now() + timedelta(days=3),
            "opened": [Point.FASCIA],
        }
        ask_for_changes(self.session, actor, self.application, base_url=BASE_URL, **facts)

    def _extend(self, actor: Actor) -> None:
        due = (self.application.changes_due_at or clock.now()) + timedelta(days=1)
        extend_changes(self.session, actor, self.application, due_at=due, base_url=BASE_URL)

    def _lapse(self, actor: Actor) -> None:
        let_changes_lapse(self.session, clock.now() + timedelta(days=300), base_url=BASE_URL)

    def _stage(self, actor: Actor) -> None:
        stage_decision(self.session, actor, self.application, Decision.ACCEPT)

    def _publish(self, actor: Actor, decision: Decision) -> None:
        if self.application.current is S.IN_REVIEW:  # what a reviewer has noted before
            code = ReasonCode.NO_ROOM
            stage_decision(self.session, SYSTEM, self.application, decision, reason="Hết gian.", reason_code=code)
        publish_decisions(
            self.session,
            actor,
            self.application.fair,
            confirm_by=clock.now() + LATER,
            base_url=BASE_URL,
            application_ids=[self.application.id],
        )

    def _accept(self, actor: Actor) -> None:
        self._publish(actor, Decision.ACCEPT)

    def _waitlist(self, actor: Actor) -> None:
        self._publish(actor, Decision.WAITLIST)

    def _reject(self, actor: Actor) -> None:
        self._publish(actor, Decision.REJECT)

    def _confirm(self, actor: Actor) -> None:
        confirm_booth(self.session, actor, self.application, base_url=BASE_URL)

    def _decline(self, actor: Actor) -> None:
        decline_booth(self.session, actor, self.application, base_url=BASE_URL)

    def _expire(self, actor: Actor) -> None:
        expire_offers(self.session, clock.now() + LATER * 2, base_url=BASE_URL)

    def _offer(self, actor: Actor) -> None:
        if self.application.current is not S.WAITLISTED:
            raise Refused("move_impossible")  # placing is another matter for those that are accepted
        free = {booth.id for booth in booths_of(self.session, self.ground.fair)} - self._held()
        place_on_booth(
            self.session,
            actor,
            self.application,
            next(b for b in booths_of(self.session, self.ground.fair) if b.id in free),
        )
        self._publish(actor, Decision.ACCEPT)

    def _held(self) -> set[int]:
        numbers = self.session.scalars(
            sa.select(BoothApplication.id).where(BoothApplication.fair_id == self.ground.fair.id)
        )
        return {one.booth_id for number in numbers for one in assignments_of(self.session, number)}

    def _close(self, actor: Actor) -> None:
        close_waiting_list(self.session, actor, self.application.fair, reason="Đã hết gian.", base_url=BASE_URL)

    def _withdraw(self, actor: Actor) -> None:
        withdraw_application(self.session, actor, self.application, reason="Bận việc nhà", base_url=BASE_URL)

    def _cancel(self, actor: Actor) -> None:
        cancel_application(self.session, actor, self.application, reason="Vi phạm nội quy", base_url=BASE_URL)

    def _reinstate(self, actor: Actor) -> None:
        reinstate(self.session, actor, self.application, reason="Xét lại")
