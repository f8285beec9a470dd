"""The team's pages and the page behind an invitation, at a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy.orm import Session

from accounts.invitation import Invitation
from accounts.organisation import Membership, enrol
from accounts.sign_up import register_person
from accounts.user import User
from foundation.actor import Role
from foundation.outbox import OutboxLetter
from tests.accounts.conftest import Visitor
from tests.cast import PASSWORD, OrganiserPlayer, an_organiser

LAN = "lan@halong.example"


@pytest.fixture
def player(store: Session) -> OrganiserPlayer:
    made = an_organiser(store)
    store.commit()
    return made


@pytest.fixture
def owner(visitor: Visitor, player: OrganiserPlayer) -> Visitor:
    visitor.sign_in(player.user.email)
    return visitor


def team_page(player: OrganiserPlayer, english: bool = True) -> str:
    return f"{'/en' if english else ''}/organise/organisations/{player.organisation.id}/team"


def invite(owner: Visitor, player: OrganiserPlayer, email: str = LAN, role: str = "reviewer", language: str = "en"):
    page = team_page(player)
    return owner.send(f"{page}/invite", page, email=email, role=role, language=language)


def link_in(letters: list[OutboxLetter]) -> str:
    found = re.search(r"http://127.0.0.1:8000(/\S+/\S+)", letters[-1].body)
    assert found
    return found.group(1)


def a_member(store: Session, player: OrganiserPlayer, role: Role, email: str = "b@halong.example") -> User:
    user = register_person(store, email=email, name="Bùi Văn Ba", password=PASSWORD, confirmed=True)
    enrol(store, user, player.organisation, role)
    store.commit()
    return user


def role_of(look: Callable[..., object], email: str) -> object:
    return look(lambda session: session.query(Membership.role).join(User).filter(User.email == email).scalar())


def test_invited_newcomer_makes_an_account_and_sees_the_desk(
    owner: Visitor,
    player: OrganiserPlayer,
    letters: Callable[..., list[OutboxLetter]],
    another_visitor: Callable[..., Visitor],
) -> None:
    answer = invite(owner, player)
    assert (answer.status_code, LAN in owner.get(team_page(player)).text) == (303, True)
    link, newcomer = link_in(letters()), another_visitor()
    page = newcomer.get(link)
    assert (page.status_code, page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == (
        200,
        "no-referrer",
        "no-store",
    )
    assert "Screens applications and stages decisions." in unescape(page.text)
    refused = newcomer.send(link, link, name="", password="12345678")
    assert (refused.status_code, "Type your name." in refused.text) == (422, True)
    assert refused.text.count('<li><a href="#') == 2
    refused = newcomer.send(link, link, name="Trần Thị Lan", password="12345678")
    assert (refused.status_code, "Trần Thị Lan" in refused.text) == (422, True)
    joined = newcomer.send(link, link, name="Trần Thị Lan", password=PASSWORD)
    assert (joined.status_code, joined.location) == (303, "/en/organise")
    assert newcomer.get("/en/organise").status_code == 200
    assert another_visitor().get(link).status_code == 410


def test_invited_person_signs_in_and_joins(
    owner: Visitor,
    player: OrganiserPlayer,
    store: Session,
    letters: Callable[..., list[OutboxLetter]],
    look: Callable[..., object],
    another_visitor: Callable[..., Visitor],
) -> None:
    register_person(store, email=LAN, name="Trần Thị Lan", password=PASSWORD, confirmed=True)
    store.commit()
    invite(owner, player)
    link, person = link_in(letters()).removeprefix("/en"), another_visitor()
    way = re.search(r'href="(/sign-in\?next=[^"]+)"', person.get(link).text)
    assert way
    answer = person.send("/sign-in", way.group(1), email=LAN, password=PASSWORD, next=link)
    assert answer.location == link
    assert person.send(link, link).status_code == 303
    assert role_of(look, LAN) == "reviewer"


def test_other_person_is_told_to_sign_out_and_joins_nothing(
    owner: Visitor, player: OrganiserPlayer, letters: Callable[..., list[OutboxLetter]], look: Callable[..., object]
) -> None:
    invite(owner, player)
    link = link_in(letters())
    assert "Sign out, then open the link" in owner.get(link).text
    assert "Sign out, then open the link" in owner.send(link, link).text
    assert look(lambda session: session.query(Invitation.accepted_at).scalar()) is None


def test_extra_fields_of_an_invitation_change_nothing(
    owner: Visitor,
    player: OrganiserPlayer,
    letters: Callable[..., list[OutboxLetter]],
    look: Callable[..., object],
    another_visitor: Callable[..., Visitor],
) -> None:  # fmt: skip - one line of fixtures
    invite(owner, player, role="reader")
    link = link_in(letters())
    another_visitor().send(
        link, link, name="Lan", password=PASSWORD, role="owner", email="x@x.example", is_admin="1", organisation_id="9"
    )
    assert role_of(look, LAN) == "reader"
    assert look(lambda session: session.query(User.is_admin).filter(User.email == LAN).scalar()) is False


def test_refused_invitation_keeps_what_was_typed(owner: Visitor, player: OrganiserPlayer) -> None:
    answer = invite(owner, player, "khong phai dia chi", "emperor")
    assert answer.status_code == 422
    assert ('value="khong phai dia chi"' in answer.text, answer.text.count('<li><a href="#')) == (True, 2)
    assert invite(owner, player, player.user.email).status_code == 422


def test_manager_may_not_offer_or_post_a_role_beside_their_own(
    store: Session, player: OrganiserPlayer, visitor: Visitor, look: Callable[..., object]
) -> None:
    user = a_member(store, player, Role.MANAGER)
    visitor.sign_in(user.email)
    page = visitor.get(team_page(player)).text
    assert sorted(set(re.findall(r'name="role" type="radio" value="(\w+)"', page))) == [
        "field_staff", "reader", "reviewer"
    ]  # fmt: skip
    assert invite(visitor, player, role="owner").status_code == 422
    assert look(lambda session: session.query(Invitation).count()) == 0


def test_open_invitation_is_sent_again_and_taken_back(
    owner: Visitor,
    player: OrganiserPlayer,
    letters: Callable[..., list[OutboxLetter]],
    look: Callable[..., object],
    another_visitor: Callable[..., Visitor],
) -> None:  # fmt: skip - one line of fixtures
    invite(owner, player)
    first, page = link_in(letters()), team_page(player)
    number = look(lambda session: session.query(Invitation.id).scalar())
    owner.send(f"{page}/invitations/{number}/resend", page)
    second = link_in(letters())
    assert [another_visitor().get(link).status_code for link in (first, second)] == [410, 200]
    owner.send(f"{page}/invitations/{number}/revoke", page)
    assert another_visitor().get(second).status_code == 410
    assert owner.send(f"{page}/invitations/{number}/resend", page).status_code == 404


def test_role_is_changed_and_person_taken_out_after_a_question(
    owner: Visitor, player: OrganiserPlayer, store: Session, look: Callable[..., object]
) -> None:
    user = a_member(store, player, Role.READER)
    number = look(lambda session: session.query(Membership.id).filter(Membership.user_id == user.id).scalar())
    member = f"{team_page(player)}/members/{number}"
    assert owner.send(member, member, role="field_staff").status_code == 303
    assert role_of(look, user.email) == "field_staff"
    assert owner.send(member, member, role="king").status_code == 422
    assert "sees nothing of" in owner.get(f"{member}/remove").text
    assert owner.send(f"{member}/remove", f"{member}/remove").status_code == 303
    assert role_of(look, user.email) is None


def test_last_owner_is_told_why_leaving_is_impossible(
    owner: Visitor, player: OrganiserPlayer, look: Callable[..., object]
) -> None:
    page = f"{team_page(player)}/leave"
    owner.send(page, page)
    assert "cannot be without an owner" in owner.get("/en/organise/team", follow_redirects=True).text
    assert role_of(look, player.user.email) == "owner"


def test_reader_sees_the_team_and_changes_nothing(store: Session, player: OrganiserPlayer, visitor: Visitor) -> None:
    user = a_member(store, player, Role.READER)
    visitor.sign_in(user.email)
    page = visitor.get(team_page(player)).text
    assert ("Members" in page, "Invite somebody" in page, ">Change<" in page) == (True, False, False)


def test_stranger_finds_no_team(store: Session, player: OrganiserPlayer, visitor: Visitor) -> None:
    an_organiser(store, "Khác", "khac@halong.example")
    store.commit()
    visitor.sign_in("khac@halong.example")
    assert visitor.get(team_page(player)).status_code == 404
    assert visitor.send(f"{team_page(player)}/invite", "/en/account", email=LAN, role="owner").status_code == 404
