"""Several people in one unit: joined by invitation, each with a role, handed over, left, never without an owner."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.invitation import Invitation
from accounts.lead_team import hand_over, leave_organisation
from accounts.organisation import Membership, actor_for, enrol
from accounts.sign_up import register_person
from accounts.user import User, hash_token
from events.fairs.fair import Fair
from exhibitors.applications.apply_for_booth import start_application
from foundation import clock
from foundation.actor import Actor, Role
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, PASSWORD, ProducerPlayer, a_producer

Visit = Callable[..., Any]
LAN = "lan@binhlieu.example"
TEAM = "/en/producer/team"


def a_colleague(store: Session, player: ProducerPlayer, role: Role, email: str = LAN) -> Membership:
    """Somebody who belongs to the unit with this role."""
    user = register_person(store, email=email, name="Trần Thị Lan", password=PASSWORD, confirmed=True)
    membership = enrol(store, user, player.producer.organisation, role)
    store.commit()
    return membership


def link_in(store: Session, kind: str = "invitation") -> str:
    letter = store.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == kind).order_by(OutboxLetter.id.desc())
    ).first()
    store.commit()
    assert letter is not None
    found = re.search(r"http://127.0.0.1:8000(/\S+)", letter.body)
    assert found
    return found.group(1)


def roles_in(store: Session, player: ProducerPlayer) -> dict[str, str]:
    """E-mail address → role, as the database has it now."""
    rows = store.execute(
        select(User.email, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == player.producer.organisation_id)
    ).all()
    store.commit()
    return dict(map(tuple, rows))


def trail(store: Session) -> list[str]:
    found = list(
        store.scalars(select(AuditEntry.what).where(AuditEntry.what.startswith("team.")).order_by(AuditEntry.id))
    )
    store.commit()
    return found


def reason_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason


def test_invited_newcomer_joins_the_unit_and_acts_for_it(visit: Visit, store: Session, player: ProducerPlayer) -> None:
    owner = visit(player.user.email)
    owner.get(TEAM)
    sent = owner.post(f"{TEAM}/invite", email=LAN, role="manager", language="en")
    assert (sent.status_code, sent.location) == (303, TEAM)
    link = link_in(store)
    stored = store.scalars(select(Invitation)).one()
    assert (stored.token_hash, stored.organisation.is_unit) == (hash_token(link.rsplit("/", 1)[1]), True)
    store.commit()
    newcomer = visit()
    assert "applies for booths, answers offers" in newcomer.get(link).text
    joined = newcomer.post(link, name="Trần Thị Lan", password=PASSWORD)
    assert (joined.status_code, joined.location) == (303, "/en/producer")
    assert newcomer.get("/en/producer/edit").status_code == 200
    assert roles_in(store, player)[LAN] == "manager"
    assert link_in(store, "joined") == "/producer/team"
    assert newcomer.get(link).status_code == 410
    assert trail(store) == ["team.invite", "team.join"]


def test_refused_invitation_comes_back_with_what_was_typed(visit: Visit, player: ProducerPlayer) -> None:
    owner = visit(player.user.email)
    owner.get(TEAM)
    empty = owner.post(f"{TEAM}/invite", email="lan", role="reviewer", language="xx")
    assert (empty.status_code, 'value="lan"' in empty.text, empty.text.count('<li><a href="#')) == (422, True, 3)
    again = owner.post(f"{TEAM}/invite", email=player.user.email, role="reader", language="vi")
    assert (again.status_code, "belongs to the organisation already" in again.text) == (422, True)


def test_invitation_pressed_twice_sends_one_letter(visit: Visit, store: Session, player: ProducerPlayer) -> None:
    owner = visit(player.user.email)
    owner.get(TEAM)
    typed = {"email": LAN, "role": "reader", "language": "vi"}
    assert [owner.post(f"{TEAM}/invite", **typed).status_code for _ in range(2)] == [303, 422]
    assert len(list(store.scalars(select(Invitation)))) == 1
    store.commit()


def test_owner_hands_over_stays_as_manager_and_then_leaves(
    visit: Visit, store: Session, player: ProducerPlayer
) -> None:
    membership = a_colleague(store, player, Role.READER)
    owner = visit(player.user.email)
    owner.get(f"{TEAM}/members/{membership.id}/hand-over")
    store.commit()
    first, second = (owner.post(f"{TEAM}/members/{membership.id}/hand-over") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 404)
    assert roles_in(store, player) == {player.user.email: "manager", LAN: "owner"}
    assert link_in(store, "handed_over") == "/producer/team"
    owner.get(TEAM)
    assert owner.post(f"{TEAM}/leave").status_code == 303
    assert roles_in(store, player) == {LAN: "owner"}
    assert owner.get(TEAM).status_code == 404
    assert trail(store) == ["team.hand_over", "team.leave"]


def test_last_owner_can_neither_leave_nor_step_down(visit: Visit, store: Session, player: ProducerPlayer) -> None:
    a_colleague(store, player, Role.MANAGER)
    own = store.scalars(select(Membership.id).where(Membership.user_id == player.user.id)).one()
    owner = visit(player.user.email)
    owner.get(TEAM)
    owner.post(f"{TEAM}/leave")
    assert "cannot be without an owner" in owner.get(TEAM).text
    assert owner.post(f"{TEAM}/members/{own}", role="reader").status_code == 422
    owner.post(f"{TEAM}/members/{own}/remove")
    assert roles_in(store, player) == {player.user.email: "owner", LAN: "manager"}


def test_handing_over_is_refused_to_strangers_oneself_and_closed_accounts(
    store: Session, player: ProducerPlayer
) -> None:
    membership = a_colleague(store, player, Role.MANAGER)
    lan = actor_for(store, membership.user)
    assert reason_of(lambda: hand_over(store, lan, membership, base_url=BASE_URL)) == "role_not_yours_to_give"
    own = store.scalars(select(Membership).where(Membership.user_id == player.user.id)).one()
    assert reason_of(lambda: hand_over(store, player.actor, own, base_url=BASE_URL)) == "hand_over_to_oneself"
    membership.user.disabled_at = clock.now()
    assert reason_of(lambda: hand_over(store, player.actor, membership, base_url=BASE_URL)) == "account_disabled"
    stranger = Actor(user_id=membership.user_id + 99)
    assert reason_of(lambda: leave_organisation(store, stranger, player.producer.organisation)) == "member_gone"


def test_person_of_two_units_acts_for_the_one_chosen_last(visit: Visit, store: Session, player: ProducerPlayer) -> None:
    other = a_producer(store, "HTX Hải sản Cô Tô", "co-to@binhlieu.example")
    enrol(store, player.user, other.producer.organisation, Role.MANAGER)
    person = visit(player.user.email)
    assert "HTX Miến dong Bình Liêu" in person.get("/producer").text
    person.get("/producer/team")
    answer = person.post(f"/producer/team/act-for/{other.producer.slug}")
    assert (answer.status_code, answer.location) == (303, "/producer")
    again = visit(player.user.email)  # another device: the choice is kept with the account
    assert "<h1>HTX Hải sản Cô Tô</h1>" in again.get("/producer").text
    assert person.post("/producer/team/act-for/khong-co").status_code == 404


PAGES = {
    # address: owner, manager, reader, owner of another unit, somebody without a unit
    "/producer": (200, 200, 200, 200, 303),
    "/producer/edit": (200, 200, 404, 200, 404),
    "/producer/products/new": (200, 200, 404, 200, 404),
    "/producer/products/{product}": (200, 200, 404, 404, 404),
    "/producer/papers": (200, 200, 200, 200, 404),
    "/producer/papers/new": (200, 200, 404, 200, 404),
    "/producer/team": (200, 200, 200, 200, 404),
    "/producer/team/leave": (200, 200, 200, 200, 404),
    "/producer/team/members/{reader}": (200, 200, 404, 404, 404),
    "/producer/team/members/{owner}": (200, 404, 404, 404, 404),
    "/producer/team/members/{reader}/remove": (200, 200, 404, 404, 404),
    "/producer/team/members/{owner}/remove": (200, 404, 404, 404, 404),
    "/producer/team/members/{reader}/hand-over": (200, 404, 404, 404, 404),
    "/apply/{fair}": (200, 200, 404, 200, 303),
    "/applications/{code}": (200, 200, 200, 404, 404),
    "/applications/{code}/withdraw": (200, 200, 404, 404, 404),
}
SENT = {
    # the same for forms that are sent with nothing typed
    "/producer/team/invite": (422, 422, 404, 422, 404),
    "/producer/team/members/{reader}": (303, 303, 404, 404, 404),
    "/producer/team/act-for/{unit}": (303, 303, 303, 404, 404),
    "/producer/edit": (422, 422, 404, 422, 404),
    "/producer/products/{product}": (422, 422, 404, 404, 404),
    "/applications/{code}/messages": (422, 422, 404, 404, 404),
}


def test_each_role_reaches_what_is_written_down(
    visit: Visit, store: Session, player: ProducerPlayer, fair: Fair
) -> None:
    people = {
        role: a_colleague(store, player, role, f"{role.value}@binhlieu.example") for role in (Role.MANAGER, Role.READER)
    }
    a_producer(store, "HTX Hải sản Cô Tô", "co-to@binhlieu.example")
    register_person(store, email="moi@binhlieu.example", name="Lê Mới", password=PASSWORD, confirmed=True)
    parts = {
        "code": start_application(store, player.actor, fair, player.producer).code,
        "fair": fair.slug,
        "unit": player.producer.slug,
        "product": player.producer.products[0].id,
        "reader": people[Role.READER].id,
        "owner": store.scalars(select(Membership.id).where(Membership.user_id == player.user.id)).one(),
    }
    emails = (
        player.user.email,
        "manager@binhlieu.example",
        "reader@binhlieu.example",
        "co-to@binhlieu.example",
        "moi@binhlieu.example",
    )
    browsers = [visit(email) for email in emails]
    got = {page: tuple(one.get(page.format(**parts)).status_code for one in browsers) for page in PAGES}
    assert got == PAGES
    got = {page: tuple(one.post(page.format(**parts)).status_code for one in browsers) for page in SENT}
    assert got == SENT
    nobody = visit()
    assert {nobody.get(page.format(**parts)).status_code for page in PAGES} == {303}
    nobody.get("/sign-in")
    assert {nobody.post(page.format(**parts)).status_code for page in SENT} == {401}
