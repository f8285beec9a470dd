"""Inviting into an organisation: who may, bound to the address, once, for a while; what a link that is over does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.accept_invitation import accept_as_new_person, accept_invitation
from accounts.invitation import INVITATION_LIFE, Invitation, find_live_invitation
from accounts.invite_member import invite_member, resend_invitation, revoke_invitation
from accounts.lead_team import change_role, remove_member
from accounts.organisation import Membership, Organisation, actor_for, enrol
from accounts.passwords import check_and_hash_password
from accounts.sign_up import register_person, sign_up
from accounts.team import team_of
from accounts.user import User
from foundation import clock
from foundation.actor import Actor, Role
from foundation.audit_trail import AuditEntry
from foundation.database import make_session
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.accounts.conftest import at_once
from tests.cast import BASE_URL, PASSWORD, OrganiserPlayer, an_organiser

LAN = "lan@halong.example"


def invite(
    session: Session, player: OrganiserPlayer, email: str = LAN, role: Role = Role.REVIEWER, actor: Actor | None = None
) -> Invitation:
    return invite_member(
        session, actor or player.actor, player.organisation, email=email, role=role, language="vi", base_url=BASE_URL
    )


def token_of(session: Session) -> str:
    """The token in the latest invitation's letter."""
    letters = select(OutboxLetter).where(OutboxLetter.kind == "invitation").order_by(OutboxLetter.id.desc())
    found = re.search(r"/invitations/(\S+)", session.scalars(letters).first().body)
    assert found
    return found.group(1)


def a_person(session: Session, email: str = LAN, name: str = "Trần Thị Lan") -> User:
    return register_person(session, email=email, name=name, password=PASSWORD, confirmed=True)


def a_member(session: Session, player: OrganiserPlayer, role: Role, email: str) -> tuple[Membership, Actor]:
    user = a_person(session, email)
    membership = enrol(session, user, player.organisation, role)
    return membership, actor_for(session, user)


def join(session: Session, user: User) -> Membership:
    return accept_invitation(session, token_of(session), user, base_url=BASE_URL)


def join_anew(session: Session, token: str) -> Membership:
    new_hash = check_and_hash_password(PASSWORD, email=LAN, name="Trần Thị Lan")
    return accept_as_new_person(
        session, token, name="Trần Thị Lan", password_hash=new_hash, language="vi", base_url=BASE_URL
    )


def test_invited_person_with_an_account_joins_with_the_role(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    invite(session, player)
    membership = join(session, user)
    assert actor_for(session, user).organiser_roles == {player.organisation.id: Role.REVIEWER}
    told = session.scalars(select(OutboxLetter).where(OutboxLetter.kind == "joined")).one()
    assert (told.recipient, membership.user.name in told.body) == (player.user.email, True)


def test_invited_person_without_an_account_gets_one_that_is_confirmed(session: Session) -> None:
    player = an_organiser(session)
    invite(session, player)
    user = join_anew(session, token_of(session)).user
    assert (user.email, user.may_act, actor_for(session, user).organiser_roles) == (
        LAN,
        True,
        {player.organisation.id: Role.REVIEWER},
    )


def test_account_never_confirmed_is_taken_over_by_who_has_the_letter(session: Session) -> None:
    player = an_organiser(session)
    sign_up(session, email=LAN, name="Ai đó", password=PASSWORD, language="vi", base_url=BASE_URL)
    invite(session, player)
    user = join_anew(session, token_of(session)).user
    assert (user.name, user.may_act) == ("Trần Thị Lan", True)


def test_confirmed_account_is_not_taken_over(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    before = user.password_hash
    invite(session, player)
    with pytest.raises(Refused) as refusal:
        join_anew(session, token_of(session))
    assert (refusal.value.reason, user.password_hash) == ("email_taken", before)


def test_link_serves_its_address_alone(session: Session) -> None:
    player, other = an_organiser(session), a_person(session, "khac@halong.example")
    invite(session, player)
    with pytest.raises(Refused) as refusal:
        join(session, other)
    assert refusal.value.reason == "invitation_for_another"
    assert actor_for(session, other).organiser_roles == {}


def test_link_works_once(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    invite(session, player)
    membership = join(session, user)
    remove_member(session, player.actor, membership)
    with pytest.raises(Refused) as refusal:
        join(session, user)
    assert refusal.value.reason == "link_dead"


@pytest.mark.parametrize(("late", "lives"), [(timedelta(seconds=-1), True), (timedelta(0), False)])
def test_link_works_until_its_last_second(session: Session, late: timedelta, *, lives: bool) -> None:
    player = an_organiser(session)
    sent = invite(session, player).sent_at
    with clock.as_of(sent + INVITATION_LIFE + late):
        assert (find_live_invitation(session, token_of(session)) is not None) is lives


def test_link_from_the_future_is_dead(session: Session) -> None:
    player = an_organiser(session)
    sent = invite(session, player).sent_at
    with clock.as_of(sent - timedelta(minutes=6)):
        assert find_live_invitation(session, token_of(session)) is None


def test_sending_again_kills_the_earlier_link(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    invitation = invite(session, player)
    first = token_of(session)
    with clock.as_of(invitation.expires_at + timedelta(days=1)):
        resend_invitation(session, player.actor, invitation, base_url=BASE_URL)
        assert find_live_invitation(session, first) is None
        assert join(session, user).role == "reviewer"


def test_invitation_taken_back_opens_nothing(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    invitation = invite(session, player)
    revoke_invitation(session, player.actor, invitation)
    with pytest.raises(Refused) as refusal:
        join(session, user)
    assert refusal.value.reason == "link_dead"
    for act in (revoke_invitation, lambda *args: resend_invitation(*args, base_url=BASE_URL)):
        with pytest.raises(Refused) as refusal:
            act(session, player.actor, invitation)
        assert refusal.value.reason == "invitation_over"


def test_address_is_invited_once_at_a_time_however_it_is_typed(session: Session) -> None:
    player = an_organiser(session)
    first = invite(session, player)
    with pytest.raises(Refused) as refusal:
        invite(session, player, " LAN@Halong.example ")
    assert refusal.value.reason == "invited_already"
    with clock.as_of(first.expires_at):
        assert invite(session, player, role=Role.READER) is first
    assert [row.role for row in team_of(session, player.organisation.id).invitations] == ["reader"]


def test_member_is_not_invited(session: Session) -> None:
    player = an_organiser(session)
    with pytest.raises(Refused) as refusal:
        invite(session, player, player.user.email)
    assert refusal.value.reason == "member_already"


def test_old_letter_neither_raises_nor_lowers_a_role_held(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    invite(session, player, role=Role.OWNER)
    enrol(session, user, player.organisation, Role.READER)
    assert join(session, user).role == "reader"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [None, *Role])
def test_nobody_gives_a_role_above_what_their_own_may_give(session: Session, own: Role | None, role: Role) -> None:
    player = an_organiser(session)
    actor = a_member(session, player, own, "toi@halong.example")[1] if own else actor_for(session, a_person(session))
    allowed = own is Role.OWNER or (own is Role.MANAGER and role not in {Role.MANAGER, Role.OWNER})
    try:
        invite(session, player, "moi@halong.example", role, actor)
        got = True
    except Refused as refusal:
        got = refusal.reason != "role_not_yours_to_give"
    assert got is allowed


def test_role_counts_as_it_is_in_the_database_not_as_the_actor_remembers(session: Session) -> None:
    player = an_organiser(session)
    membership, actor = a_member(session, player, Role.OWNER, "b@halong.example")
    remove_member(session, player.actor, membership)
    with pytest.raises(Refused) as refusal:
        invite(session, player, actor=actor)
    assert refusal.value.reason == "role_not_yours_to_give"


def test_letters_of_whoever_was_taken_out_or_lowered_die(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    membership, actor = a_member(session, player, Role.OWNER, "b@halong.example")
    invite(session, player, role=Role.OWNER, actor=actor)
    invite(session, player, "doc@halong.example", Role.READER, actor)
    change_role(session, player.actor, membership, Role.MANAGER)
    assert [row.role for row in team_of(session, player.organisation.id).invitations] == ["reader"]
    remove_member(session, player.actor, membership)
    assert team_of(session, player.organisation.id).invitations == []
    assert actor_for(session, user).organiser_roles == {}


def test_closed_organisation_invites_nobody_and_lets_nobody_in(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    invite(session, player)
    player.organisation.closed_at = clock.now()
    with pytest.raises(Refused) as refusal:
        invite(session, player, "moi@halong.example")
    assert refusal.value.reason == "organisation_closed"
    with pytest.raises(Refused) as refusal:
        join(session, user)
    assert refusal.value.reason == "link_dead"
    assert actor_for(session, player.user).organiser_roles == {player.organisation.id: Role.READER}


def test_of_two_presses_at_once_one_joins(engine: sa.Engine) -> None:
    with make_session(engine) as session:
        player, user = an_organiser(session), a_person(session)
        invite(session, player)
        token = token_of(session)
        session.commit()

    def press(own: Session) -> object:
        return accept_invitation(own, token, own.get_one(User, user.id), base_url=BASE_URL)

    assert sorted(at_once(engine, press, press)) == ["done", "link_dead"]
    with make_session(engine) as session:
        assert len(team_of(session, player.organisation.id).members) == 2


def test_accepted_and_taken_back_at_once_ends_one_way(engine: sa.Engine) -> None:
    with make_session(engine) as session:
        player, user = an_organiser(session), a_person(session)
        number = invite(session, player).id
        token = token_of(session)
        session.commit()
    outcomes = at_once(
        engine,
        lambda own: accept_invitation(own, token, own.get_one(User, user.id), base_url=BASE_URL),
        lambda own: revoke_invitation(own, player.actor, own.get_one(Invitation, number)),
    )
    with make_session(engine) as session:
        joined = len(team_of(session, player.organisation.id).members) == 2
        assert outcomes == (["done", "invitation_over"] if joined else ["link_dead", "done"])


def test_two_invitations_of_one_address_at_once_are_one(engine: sa.Engine) -> None:
    with make_session(engine) as session:
        player = an_organiser(session)
        session.commit()

    def send(own: Session) -> object:
        organisation = own.get_one(Organisation, player.organisation.id)
        return invite_member(
            own, player.actor, organisation, email=LAN, role=Role.READER, language="vi", base_url=BASE_URL
        )

    assert sorted(at_once(engine, send, send)) == ["done", "invited_already"]


def test_acts_are_written_down_without_the_address(session: Session) -> None:
    player, user = an_organiser(session), a_person(session)
    invitation = invite(session, player)
    resend_invitation(session, player.actor, invitation, base_url=BASE_URL)
    join(session, user)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.what.startswith("team.")).order_by(AuditEntry.id))
    written = [(entry.what, entry.actor_id, (entry.new or {}).get("role")) for entry in entries]
    assert written == [
        ("team.invite", player.user.id, "reviewer"),
        ("team.resend_invitation", player.user.id, "reviewer"),
        ("team.join", user.id, "reviewer"),
    ]
    assert LAN not in " ".join(str(entry.new) for entry in session.scalars(select(AuditEntry)))
