"""Roles at one fair and in one zone: members hold them at once, the invited by accepting; how they end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.accept_invitation import accept_invitation
from accounts.invitation import Invitation
from accounts.invite_member import resend_invitation, revoke_invitation
from accounts.lead_team import remove_member
from accounts.organisation import actor_for, enrol
from accounts.permissions import MAY, Act
from accounts.sign_up import register_person
from accounts.user import User
from events.fairs.fair import Fair
from events.fairs.permissions import (
    desk_fairs,
    may_create_fair,
    may_draw_plan,
    may_enter_desk,
    may_organise_fair,
    may_read_desk,
    zones_open_to,
)
from events.floor_plans.floor_plan import Zone
from events.teams.fair_role import FAIR_ROLES, FairRole, fair_team
from events.teams.name_for_fair import end_fair_role, name_for_fair
from events.teams.permissions import roles_to_give_at
from foundation import clock
from foundation.actor import Actor, FairGrant, Role
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, PASSWORD, OrganiserPlayer, a_draft_fair, a_zone, an_organiser

if TYPE_CHECKING:
    from collections.abc import Callable

LAN = "lan@halong.example"


def a_fair(session: Session, player: OrganiserPlayer, name: str = "Hội chợ Xuân") -> tuple[Fair, Zone, Zone]:
    fair = a_draft_fair(session, player, name=name)
    return fair, a_zone(session, player, fair, "A", 2), a_zone(session, player, fair, "B", 2)


def a_person(session: Session, email: str = LAN) -> User:
    return register_person(session, email=email, name="Trần Thị Lan", password=PASSWORD, confirmed=True)


def appoint(
    session: Session, actor: Actor, fair: Fair, role: Role = Role.REVIEWER, zone: Zone | None = None, email: str = LAN
) -> FairRole:
    return name_for_fair(session, actor, fair, email=email, role=role, zone=zone, language="vi", base_url=BASE_URL)


def reason_of(act: Callable[[], object]) -> str:
    try:
        act()
    except Refused as refusal:
        return refusal.reason
    return "done"


def accept(session: Session, user: User) -> None:
    letters = select(OutboxLetter).where(OutboxLetter.kind == "invitation").order_by(OutboxLetter.id.desc())
    found = re.search(r"/invitations/(\S+)", session.scalars(letters).first().body)
    assert found
    accept_invitation(session, found.group(1), user, base_url=BASE_URL)


def on_desk(session: Session, actor: Actor) -> list[str]:
    return list(session.scalars(select(Fair.name_vi).where(desk_fairs(actor)).order_by(Fair.id)))


def test_member_named_for_a_zone_holds_the_role_there_at_once(session: Session) -> None:
    player = an_organiser(session)
    fair, zone_a, _ = a_fair(session, player)
    other = a_fair(session, player, "Hội chợ Hạ")[0]
    user = a_person(session)
    enrol(session, user, player.organisation, Role.LIMITED)
    appoint(session, player.actor, fair, zone=zone_a)
    actor = actor_for(session, user)
    assert actor.fair_roles == {fair.id: [FairGrant(Role.REVIEWER, zone_a.id)]}
    assert [may_enter_desk(actor, fair), may_read_desk(actor, fair), may_enter_desk(actor, other)] == [
        True,
        False,
        False,
    ]
    assert on_desk(session, actor) == ["Hội chợ Xuân"]


def test_letter_names_the_fair_and_the_zone_also_when_it_is_sent_again(session: Session) -> None:
    player = an_organiser(session)
    fair, zone_a, _ = a_fair(session, player)
    appoint(session, player.actor, fair, zone=zone_a)
    appoint(session, player.actor, fair, Role.FIELD_STAFF)
    first = f"Tại Hội chợ Xuân, khu {zone_a.code} {zone_a.name_vi}: xét hồ sơ."
    invitation = session.scalars(select(Invitation)).one()
    invitation.language = "en"
    resend_invitation(session, player.actor, invitation, base_url=BASE_URL)
    letters = session.scalars(select(OutboxLetter.body).where(OutboxLetter.kind == "invitation"))
    sent, again = letters.all()
    assert first in sent
    assert f"At {fair.name_en}, zone {zone_a.code} {zone_a.name_en or zone_a.name_vi}: reviewer." in again
    assert f"At {fair.name_en}: field staff." in again


def test_invited_person_gets_the_role_by_accepting_and_sees_that_fair_alone(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    fair, zone_a, _ = a_fair(session, player)
    a_fair(session, player, "Hội chợ Hạ")
    appoint(session, player.actor, fair, zone=zone_a)
    appoint(session, player.actor, fair, Role.FIELD_STAFF)
    assert actor_for(session, user).fair_roles == {}
    assert session.scalars(select(Invitation.role)).all() == ["limited"]
    accept(session, user)
    actor = actor_for(session, user)
    assert actor.organiser_roles == {player.organisation.id: Role.LIMITED}
    assert actor.fair_roles == {fair.id: [FairGrant(Role.REVIEWER, zone_a.id), FairGrant(Role.FIELD_STAFF)]}
    assert on_desk(session, actor) == ["Hội chợ Xuân"]


def test_role_promised_with_a_letter_that_was_taken_back_is_no_role(session: Session) -> None:
    player = an_organiser(session)
    fair = a_fair(session, player)[0]
    named = appoint(session, player.actor, fair)
    revoke_invitation(session, player.actor, session.get_one(Invitation, named.invitation_id))
    assert fair_team(session, fair) == []


def test_naming_again_changes_the_role_and_adds_no_second_one(session: Session) -> None:
    player = an_organiser(session)
    fair, zone_a, _ = a_fair(session, player)
    enrol(session, a_person(session), player.organisation, Role.READER)
    first = appoint(session, player.actor, fair, Role.REVIEWER, zone_a)
    assert appoint(session, player.actor, fair, Role.MANAGER, zone_a) is first
    assert [row.role for row in fair_team(session, fair)] == ["manager"]


def test_role_ends_with_the_membership_the_zone_and_on_request(session: Session) -> None:
    player = an_organiser(session)
    fair, zone_a, zone_b = a_fair(session, player)
    user = a_person(session)
    membership = enrol(session, user, player.organisation, Role.LIMITED)
    for zone in (None, zone_a, zone_b):
        named = appoint(session, player.actor, fair, zone=zone)
    end_fair_role(session, player.actor, named)
    assert len(actor_for(session, user).fair_roles[fair.id]) == 2
    session.delete(zone_a)
    session.flush()
    assert actor_for(session, user).fair_roles == {fair.id: [FairGrant(Role.REVIEWER)]}
    remove_member(session, player.actor, membership)
    assert (actor_for(session, user).fair_roles, session.scalars(select(FairRole.id)).all()) == ({}, [])


def test_closed_organisation_leaves_no_role_at_its_fairs(session: Session) -> None:
    player = an_organiser(session)
    fair = a_fair(session, player)[0]
    user = a_person(session)
    enrol(session, user, player.organisation, Role.LIMITED)
    appoint(session, player.actor, fair, Role.MANAGER)
    player.organisation.closed_at = clock.now()
    session.flush()
    assert actor_for(session, user).fair_roles == {}
    assert reason_of(lambda: appoint(session, player.actor, fair)) == "organisation_closed"


def test_zone_of_another_fair_is_refused(session: Session) -> None:
    player = an_organiser(session)
    fair, foreign = a_fair(session, player)[0], a_fair(session, player, "Hội chợ Hạ")[1]
    assert reason_of(lambda: appoint(session, player.actor, fair, zone=foreign)) == "zone_of_another_fair"


def test_stranger_names_nobody_and_ends_nothing(session: Session) -> None:
    player, other = an_organiser(session), an_organiser(session, "Khác", "khac@halong.example")
    fair = a_fair(session, player)[0]
    named = appoint(session, player.actor, fair)
    assert reason_of(lambda: appoint(session, other.actor, fair)) == "role_not_yours_to_give"
    assert reason_of(lambda: end_fair_role(session, other.actor, named)) == "role_not_yours_to_give"


def test_fair_of_another_body_gives_no_role_whatever_the_row_says(session: Session) -> None:
    """A member of one body cannot hold a role at the fair of another."""
    player, other = an_organiser(session), an_organiser(session, "Khác", "khac@halong.example")
    foreign = a_fair(session, other)[0]
    user = a_person(session)
    membership = enrol(session, user, player.organisation, Role.LIMITED)
    session.add(FairRole(fair=foreign, membership=membership, role="manager", created_at=clock.now()))
    session.flush()
    assert actor_for(session, user).fair_roles == {}


@pytest.mark.parametrize("role", FAIR_ROLES)
def test_role_at_the_whole_fair_allows_what_the_table_says_at_that_fair_alone(session: Session, role: Role) -> None:
    player = an_organiser(session)
    fair, other = a_fair(session, player)[0], a_fair(session, player, "Hội chợ Hạ")[0]
    user = a_person(session)
    enrol(session, user, player.organisation, Role.LIMITED)
    appoint(session, player.actor, fair, role)
    actor = actor_for(session, user)
    for act in Act:
        assert (zones_open_to(actor, act, fair) is None) is (act in MAY[role])
        assert zones_open_to(actor, act, other) == frozenset()
    with pytest.raises(KeyError):
        actor.fair_roles[other.id]


def test_manager_of_one_zone_neither_organises_nor_draws_nor_names(session: Session) -> None:
    player = an_organiser(session)
    fair, zone_a, _ = a_fair(session, player)
    user = a_person(session)
    enrol(session, user, player.organisation, Role.LIMITED)
    appoint(session, player.actor, fair, Role.MANAGER, zone_a)
    actor = actor_for(session, user)
    assert [may_organise_fair(actor, fair), may_draw_plan(actor, fair), roles_to_give_at(actor, fair)] == [
        False,
        False,
        frozenset(),
    ]
    assert zones_open_to(actor, Act.PLACE, fair) == {zone_a.id}


def test_manager_of_the_fair_names_those_below_and_creates_no_fair(session: Session) -> None:
    player = an_organiser(session)
    fair = a_fair(session, player)[0]
    user = a_person(session)
    enrol(session, user, player.organisation, Role.LIMITED)
    appoint(session, player.actor, fair, Role.MANAGER)
    actor = actor_for(session, user)
    assert roles_to_give_at(actor, fair) == {Role.READER, Role.FIELD_STAFF, Role.REVIEWER}
    assert reason_of(lambda: appoint(session, actor, fair, Role.REVIEWER, email="moi@x.example")) == "done"
    assert reason_of(lambda: appoint(session, actor, fair, Role.MANAGER)) == "role_not_yours_to_give"
    assert not may_create_fair(actor, player.organisation.id)


def test_acts_are_written_down_at_the_fair_without_the_address(session: Session) -> None:
    player = an_organiser(session)
    fair, zone_a, _ = a_fair(session, player)
    end_fair_role(session, player.actor, appoint(session, player.actor, fair, zone=zone_a))
    lan = a_person(session)
    enrol(session, lan, player.organisation, Role.LIMITED)
    end_fair_role(session, player.actor, appoint(session, player.actor, fair))
    entries = session.scalars(select(AuditEntry).where(AuditEntry.thing_kind == "fair_role").order_by(AuditEntry.id))
    assert [(row.what, row.fair_id, row.old, row.new) for row in entries] == [
        ("team.name_for_fair", fair.id, None, {"role": "reviewer", "zone": "A"}),
        ("team.end_fair_role", fair.id, {"role": "reviewer", "zone": "A"}, None),
        ("team.name_for_fair", fair.id, None, {"role": "reviewer", "zone": None}),
        ("team.end_fair_role", fair.id, {"role": "reviewer", "zone": None, "person": lan.id}, None),
    ]
