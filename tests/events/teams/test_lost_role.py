"""Whoever has lost a role reads so where a link from before leads; nobody else learns anything by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from accounts.lead_team import change_role, leave_organisation, remove_member
from accounts.organisation import Membership, actor_for, enrol
from events.fairs.fair import Fair
from events.teams.lost_role import left_team_at, lost_role_at
from events.teams.name_for_fair import end_fair_role, name_for_fair
from foundation import clock
from foundation.actor import Role
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    a_draft_fair,
    a_fair_role,
    a_member,
    a_producer,
    an_organiser,
)
from tests.events.conftest import OrganiserBrowser

EMAIL = "lan@halong.example"
SAID = ("your role at this fair ended or was changed", "you left the organising team")
Lose = Callable[[Session, OrganiserPlayer, Fair, Membership], None]


def taken_out(session: Session, player: OrganiserPlayer, fair: Fair, member: Membership) -> None:
    remove_member(session, player.actor, member)


def gone(session: Session, player: OrganiserPlayer, fair: Fair, member: Membership) -> None:
    leave_organisation(session, actor_for(session, member.user), player.organisation)


def lowered(session: Session, player: OrganiserPlayer, fair: Fair, member: Membership) -> None:
    change_role(session, player.actor, member, Role.LIMITED)


def ended(session: Session, player: OrganiserPlayer, fair: Fair, member: Membership) -> None:
    member.role = Role.LIMITED.value
    end_fair_role(session, player.actor, a_fair_role(session, member, fair, Role.REVIEWER))


def named_lower(session: Session, player: OrganiserPlayer, fair: Fair, member: Membership) -> None:
    member.role = Role.LIMITED.value
    a_fair_role(session, member, fair, Role.REVIEWER)
    facts = {"zone": None, "language": "vi", "base_url": BASE_URL}
    name_for_fair(session, player.actor, fair, email=EMAIL, role=Role.READER, **facts)  # type: ignore[arg-type]  # mixed facts


@pytest.mark.parametrize(
    ("lose", "words"),
    [(taken_out, SAID[1]), (gone, SAID[1]), (lowered, SAID[0]), (ended, SAID[0]), (named_lower, SAID[0])],
)
def test_link_from_before_says_that_the_role_is_lost(
    session: Session, player: OrganiserPlayer, app: Flask, lose: Lose, words: str
) -> None:
    fair = a_draft_fair(session, player)
    member = a_member(session, player, Role.REVIEWER, EMAIL)
    session.commit()
    browser = OrganiserBrowser(app, EMAIL)
    page = f"/en/organise/fairs/{fair.slug}/review"
    assert browser.get(page).status_code == 200
    lose(session, player, fair, member)
    session.commit()
    answer = browser.get(page)
    assert (answer.status_code, words in answer.text, fair.name_vi in answer.text) == (403, True, False)


def test_nothing_is_said_to_others_nor_of_a_fair_made_afterwards(
    session: Session, player: OrganiserPlayer, app: Flask
) -> None:
    fair = a_draft_fair(session, player)
    other = an_organiser(session, "Ban tổ chức Móng Cái", "khac@mongcai.example")
    member = a_member(session, player, Role.REVIEWER, EMAIL)
    enrol(session, member.user, other.organisation, Role.READER)
    user_id = member.user_id
    remove_member(session, player.actor, member)
    later = a_draft_fair(session, player, name="Hội chợ Sau")
    later.created_at = clock.now() + timedelta(minutes=1)
    elsewhere = a_draft_fair(session, other, name="Hội chợ Móng Cái")
    session.commit()
    answers = [lost_role_at(session, user_id, one) is None for one in (fair, later, elsewhere)]
    assert answers == [False, True, True]
    assert lost_role_at(session, other.user.id, fair) is None
    slugs = fair.slug, later.slug
    session.rollback()
    browser = OrganiserBrowser(app, EMAIL)
    statuses = [browser.get(f"/organise/fairs/{slug}/review").status_code for slug in slugs]
    assert statuses == [403, 404]
    stranger = OrganiserBrowser(app, "khac@mongcai.example")
    assert [stranger.get(f"/organise/fairs/{slug}/review").status_code for slug in slugs] == [404, 404]


def test_whoever_left_a_unit_was_never_in_an_organising_team(session: Session, player: OrganiserPlayer) -> None:
    unit = a_producer(session, "HTX Rùa Vàng", "rua@units.example")
    member = a_member(session, player, Role.READER, EMAIL)
    own = enrol(session, member.user, unit.producer.organisation, Role.READER)
    remove_member(session, actor_for(session, unit.user), own)
    session.flush()
    assert left_team_at(session, member.user_id) is None
    user_id = member.user_id
    remove_member(session, player.actor, member)
    session.flush()
    assert left_team_at(session, user_id) is not None
