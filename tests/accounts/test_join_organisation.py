"""Founding organisations, and the first organiser."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from accounts.join_organisation import found_organisation
from accounts.make_organiser import make_organiser
from accounts.organisation import Membership, Organisation, OrganisationKind, actor_for
from accounts.passwords import verify_password
from accounts.sign_up import register_person
from foundation.actor import Role
from foundation.refusal import Refused
from tests.cast import PASSWORD


def test_founder_owns_the_organisation(session: Session) -> None:
    user = register_person(session, email="ly@binhlieu.example", name="Bùi Thị Lý", password=PASSWORD, confirmed=True)
    made = found_organisation(session, user, kind=OrganisationKind.PRODUCER, name_vi="  HTX  Miến dong ")
    actor = actor_for(session, user)
    assert (made.name_vi, actor.producer_roles, actor.organiser_roles) == ("HTX Miến dong", {made.id: Role.OWNER}, {})


def test_organisation_without_a_name_is_refused(session: Session) -> None:
    user = register_person(session, email="ly@binhlieu.example", name="Bùi Thị Lý", password=PASSWORD)
    with pytest.raises(Refused) as refusal:
        found_organisation(session, user, kind=OrganisationKind.PRODUCER, name_vi=" ")
    assert refusal.value.reason == "organisation_name_missing"


def test_first_organiser_can_sign_in_and_organise(session: Session) -> None:
    membership = make_organiser(
        session, email="btc@halong.example", organisation_name="Sở Công Thương", password=PASSWORD
    )
    user = membership.user
    assert (user.may_act, verify_password(user.password_hash, PASSWORD)) == (True, True)
    assert actor_for(session, user).is_organiser


def test_making_an_organiser_twice_changes_nothing(session: Session) -> None:
    first = make_organiser(session, email="btc@halong.example", organisation_name="Sở Công Thương", password=PASSWORD)
    again = make_organiser(
        session, email="BTC@halong.example", organisation_name="so cong thuong", password="con thuyền ra khơi"
    )
    assert again is first
    assert verify_password(first.user.password_hash, PASSWORD)
    assert (session.query(Organisation).count(), session.query(Membership).count()) == (1, 1)


def test_second_person_joins_the_same_organisation(session: Session) -> None:
    make_organiser(session, email="btc@halong.example", organisation_name="Sở Công Thương", password=PASSWORD)
    make_organiser(session, email="btc2@halong.example", organisation_name="Sở Công Thương", password=PASSWORD)
    assert (session.query(Organisation).count(), session.query(Membership).count()) == (1, 2)


def test_easily_guessed_password_makes_no_organiser(session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        make_organiser(session, email="btc@halong.example", organisation_name="Sở Công Thương", password="12345678")
    assert refusal.value.reason == "password_common"
