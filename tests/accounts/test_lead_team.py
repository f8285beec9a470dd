"""Roles changed, people taken out, leaving; an organisation never loses its last owner, not even to two at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from accounts.lead_team import change_role, count_owners, leave_organisation, remove_member
from accounts.organisation import Membership, Organisation, OrganisationKind, actor_for, enrol, members_of
from accounts.permissions import GIVES, MAY, Act, may_act, may_lead_team, may_see_team, roles_to_give
from accounts.sign_up import register_person
from accounts.team import team_of
from accounts.user import User
from foundation import clock
from foundation.actor import RANK, SYSTEM, Actor, Role
from foundation.audit_trail import AuditEntry
from foundation.database import make_session
from tests.accounts.conftest import at_once, reason_of
from tests.cast import PASSWORD, OrganiserPlayer, an_organiser


def a_member(session: Session, player: OrganiserPlayer, role: Role, name: str = "b") -> tuple[Membership, Actor]:
    user = register_person(
        session, email=f"{name}@halong.example", name="Trần Thị Lan", password=PASSWORD, confirmed=True
    )
    return enrol(session, user, player.organisation, role), actor_for(session, user)


def own_membership(session: Session, player: OrganiserPlayer) -> Membership:
    return session.scalars(sa.select(Membership).where(Membership.user_id == player.user.id)).one()


def test_owner_gives_another_role(session: Session) -> None:
    player = an_organiser(session)
    membership, _ = a_member(session, player, Role.READER)
    change_role(session, player.actor, membership, Role.REVIEWER)
    assert actor_for(session, membership.user).organiser_roles == {player.organisation.id: Role.REVIEWER}
    entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.what == "team.change_role")).one()
    assert (entry.old, entry.new) == ({"role": "reader"}, {"role": "reviewer"})


def test_last_owner_can_neither_leave_nor_be_lowered_nor_be_taken_out(session: Session) -> None:
    player = an_organiser(session)
    a_member(session, player, Role.MANAGER)
    membership = own_membership(session, player)
    assert [
        reason_of(lambda: leave_organisation(session, player.actor, player.organisation)),
        reason_of(lambda: change_role(session, player.actor, membership, Role.MANAGER)),
        reason_of(lambda: remove_member(session, player.actor, membership)),
        reason_of(lambda: remove_member(session, SYSTEM, membership)),
    ] == ["last_owner"] * 4
    assert count_owners(session, player.organisation.id) == 1


def test_owner_with_a_closed_account_does_not_count(session: Session) -> None:
    player = an_organiser(session)
    other, _ = a_member(session, player, Role.OWNER)
    other.user.disabled_at = clock.now()
    assert reason_of(lambda: leave_organisation(session, player.actor, player.organisation)) == "last_owner"
    assert reason_of(lambda: remove_member(session, player.actor, other)) == "done"


def test_second_owner_lets_the_first_leave(session: Session) -> None:
    player = an_organiser(session)
    a_member(session, player, Role.OWNER)
    leave_organisation(session, player.actor, player.organisation)
    assert actor_for(session, player.user).organiser_roles == {}
    assert [member.user.email for member in team_of(session, player.organisation.id).members] == ["b@halong.example"]


@pytest.mark.parametrize("role", [Role.READER, Role.FIELD_STAFF, Role.REVIEWER, Role.MANAGER, Role.LIMITED])
def test_member_who_is_no_owner_leaves_at_will(session: Session, role: Role) -> None:
    player = an_organiser(session)
    _, actor = a_member(session, player, role)
    leave_organisation(session, actor, player.organisation)
    assert reason_of(lambda: leave_organisation(session, actor, player.organisation)) == "member_gone"


def test_manager_handles_those_below_alone_and_never_raises_anybody_beside_them(session: Session) -> None:
    player = an_organiser(session)
    own, manager = a_member(session, player, Role.MANAGER)
    reader, _ = a_member(session, player, Role.READER, "c")
    other, _ = a_member(session, player, Role.MANAGER, "d")
    owner = own_membership(session, player)
    assert [
        reason_of(lambda: change_role(session, manager, reader, Role.REVIEWER)),
        reason_of(lambda: change_role(session, manager, reader, Role.MANAGER)),
        reason_of(lambda: change_role(session, manager, own, Role.OWNER)),
        reason_of(lambda: change_role(session, manager, other, Role.READER)),
        reason_of(lambda: remove_member(session, manager, owner)),
        reason_of(lambda: remove_member(session, manager, reader)),
    ] == ["done", *["role_not_yours_to_give"] * 4, "done"]


def test_stranger_changes_nothing(session: Session) -> None:
    player, other = an_organiser(session), an_organiser(session, "Khác", "khac@halong.example")
    membership, _ = a_member(session, player, Role.READER)
    assert [
        reason_of(lambda: change_role(session, other.actor, membership, Role.REVIEWER)),
        reason_of(lambda: remove_member(session, other.actor, membership)),
        reason_of(lambda: leave_organisation(session, other.actor, player.organisation)),
    ] == ["role_not_yours_to_give", "role_not_yours_to_give", "member_gone"]


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_owners_who_leave_at_once_one_stays(engine: sa.Engine, round_number: int) -> None:
    with make_session(engine) as session:
        player = an_organiser(session)
        _, other = a_member(session, player, Role.OWNER)
        session.commit()
        organisation_id = player.organisation.id

    def leave(actor: Actor) -> Callable[[Session], object]:
        return lambda session: leave_organisation(session, actor, session.get_one(Organisation, organisation_id))

    outcomes = at_once(engine, leave(player.actor), leave(other))
    with make_session(engine) as session:
        assert (sorted(outcomes), count_owners(session, organisation_id)) == (["done", "last_owner"], 1)


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_owners_who_lower_each_other_at_once_one_stays(engine: sa.Engine, round_number: int) -> None:
    with make_session(engine) as session:
        player = an_organiser(session)
        membership, other = a_member(session, player, Role.OWNER)
        own = own_membership(session, player)
        session.commit()
        ids, organisation_id = (own.id, membership.id), player.organisation.id

    def lower(actor: Actor, membership_id: int) -> Callable[[Session], object]:
        return lambda session: change_role(session, actor, session.get_one(Membership, membership_id), Role.READER)

    outcomes = at_once(engine, lower(player.actor, ids[1]), lower(other, ids[0]))
    with make_session(engine) as session:
        assert sorted(outcomes) in (["done", "role_not_yours_to_give"], ["done", "last_owner"])
        assert count_owners(session, organisation_id) == 1


def test_letters_to_the_organisation_reach_no_member_of_named_fairs_only(session: Session) -> None:
    player = an_organiser(session)
    a_member(session, player, Role.LIMITED)
    reader, _ = a_member(session, player, Role.READER, "c")
    assert members_of(session, player.organisation.id) == [player.user, reader.user]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["leave", "remove", *Role]), st.integers(0, 3)),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_the_team_does_an_owner_stays(session: Session, acts: list[tuple[int, str, int]]) -> None:
    """Four people act on each other in any order; refused or not, somebody who can sign in leads in the end."""
    with session.begin_nested() as whole:
        player = an_organiser(session)
        organisation = player.organisation
        actors = [player.actor, *(a_member(session, player, Role.OWNER, f"q{n}")[1] for n in range(3))]
        for who, act, whom in acts:
            target = session.scalar(
                sa.select(Membership).where(
                    Membership.user_id == actors[whom].user_id, Membership.organisation_id == organisation.id
                )
            )
            if act == "leave":
                reason_of(lambda who=who: leave_organisation(session, actors[who], organisation))
            elif target is not None and act == "remove":
                reason_of(lambda who=who, target=target: remove_member(session, actors[who], target))
            elif target is not None:
                reason_of(lambda who=who, target=target, act=act: change_role(session, actors[who], target, Role(act)))
            assert count_owners(session, organisation.id) >= 1
        whole.rollback()
    session.expire_all()


# --- the table ------------------------------------------------------------------------------------------------------

AN_ORGANISATION = Organisation(id=7, kind=OrganisationKind.ORGANISER.value, name_vi="Sở")
A_UNIT = Organisation(id=7, kind=OrganisationKind.PRODUCER.value, name_vi="HTX")


def test_table_of_roles_and_acts_is_this_one() -> None:
    shown = {role.value: "".join("x" if act in MAY[role] else "." for act in Act) for role in Role}
    assert shown == {
        "limited": "............",
        "reader": "x...........",
        "field_staff": "xx..........",
        "reviewer": "x.xx.......x",
        "manager": "xxxxxxxxxxxx",
        "owner": "xxxxxxxxxxxx",
    }


@given(st.sampled_from(list(Role)), st.sampled_from(list(Act)), st.integers(1, 3), st.integers(1, 3))
def test_role_counts_in_its_own_organisation_alone(role: Role, act: Act, own: int, asked: int) -> None:
    actor = Actor(1, organiser_roles={own: role})
    assert may_act(actor, act, asked) is (own == asked and act in MAY[role])
    assert not may_act(Actor(1, producer_roles={asked: role}), act, asked)
    assert may_act(SYSTEM, act, asked)
    assert not may_act(None, act, asked)


@given(st.sampled_from(list(Role)), st.sampled_from(list(Role)))
def test_nobody_but_owners_gives_a_role_as_strong_as_their_own(own: Role, given_role: Role) -> None:
    may_give = given_role in roles_to_give(own)
    assert not may_give or own is Role.OWNER or RANK[given_role] < RANK[own]
    assert may_give is (given_role in GIVES.get(own, ()))
    assert not may_give or Act.LEAD_TEAM in MAY[own]


def test_team_of_a_producers_unit_is_not_led_here() -> None:
    owner = Actor(1, organiser_roles={7: Role.OWNER}, producer_roles={7: Role.OWNER})
    assert [may_see_team(owner, AN_ORGANISATION), may_lead_team(owner, AN_ORGANISATION)] == [True, True]
    assert [may_see_team(owner, A_UNIT), may_lead_team(owner, A_UNIT)] == [False, False]


def test_team_asks_the_same_number_of_queries_for_one_and_thirty(session: Session) -> None:
    player = an_organiser(session)

    def queries() -> int:
        seen: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)

        session.flush()
        session.expunge_all()
        sa.event.listen(session.get_bind(), "before_cursor_execute", note)
        names = [member.user.name for member in team_of(session, player.organisation.id).members]
        sa.event.remove(session.get_bind(), "before_cursor_execute", note)
        assert names
        return len(seen)

    one = queries()
    people = [
        User(
            email=f"{n}@x.example",
            email_key=f"{n}@x.example",
            name=f"Người {n}",
            password_hash="x",
            created_at=clock.now(),
        )
        for n in range(30)
    ]  # fmt: skip - one person each
    session.add_all(people)
    session.flush()
    organisation = session.get_one(Organisation, player.organisation.id)
    for person in people:
        enrol(session, person, organisation, Role.READER)
    assert (queries(), one) == (one, 2)
