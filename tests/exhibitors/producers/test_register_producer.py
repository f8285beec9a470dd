"""Registering a unit and its products, on a real database."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.organisation import Membership, actor_for
from accounts.sign_up import register_person
from accounts.user import User
from exhibitors.producers.load_product_groups import load_product_groups, product_groups_on
from exhibitors.producers.permissions import may_change_producer, may_see_own_unit
from exhibitors.producers.producer import Producer, ProducerKind, ProductGroup, own_producer
from exhibitors.producers.register_producer import (
    add_product,
    change_producer,
    change_product,
    register_producer,
    remove_product,
)
from foundation.actor import Actor, Role
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import PASSWORD, ProducerPlayer, a_producer
from tests.scenes import Play

PERSONAL = "022085001234"


@pytest.fixture
def person(session: Session) -> User:
    """Somebody without a unit."""
    return register_person(session, email="sau@binhlieu.example", name="Sáu", password=PASSWORD, confirmed=True)


@pytest.fixture
def unit(play: Play) -> ProducerPlayer:
    """A unit with one product."""
    return play(a_producer)


def register(session: Session, person: User, **changes: object) -> Producer:
    """Register with as little as is needed, but for the changes."""
    facts: dict[str, object] = {"kind": ProducerKind.HOUSEHOLD, "name_vi": "Cơ sở bánh Xuân Thế"}
    return register_producer(session, None, user=person, **(facts | changes))  # type: ignore[arg-type]  # test facts


def reason_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    """The code."""
    return refusal.value.reason


# --- the unit -----------------------------------------------------------------------------------------------------


def test_registering_makes_the_person_owner(session: Session, person: User) -> None:
    unit = register(session, person)
    actor = actor_for(session, person)
    assert (actor.producer_roles, own_producer(session, actor)) == ({unit.organisation_id: Role.OWNER}, unit)


def test_registering_twice_gives_one_unit(session: Session, person: User) -> None:
    assert register(session, person) is register(session, person, name_vi=" Cơ sở bánh Xuân Thế ")
    assert session.scalar(select(func.count()).select_from(Membership)) == 1


def test_same_name_of_two_units_gives_two_addresses(session: Session, person: User) -> None:
    other = register_person(session, email="b@binhlieu.example", name="Bảy", password=PASSWORD, confirmed=True)
    assert [register(session, person).slug, register(session, other).slug] == [
        "co-so-banh-xuan-the",
        "co-so-banh-xuan-the-2",
    ]


def test_contacts_are_private_unless_made_public(session: Session, person: User) -> None:
    unit = register(session, person, contact_phone="0912 345 678", contact_email="a@b.example")
    assert (unit.contact_phone, unit.phone_is_public, unit.email_is_public) == ("+84912345678", False, False)


def test_place_outside_gives_way_to_a_locality(session: Session, unit: ProducerPlayer) -> None:
    place = unit.producer.locality_id
    change_producer(
        session, unit.actor, unit.producer, kind="farm", name_vi="X", locality_id=place, place_outside="Hải Phòng"
    )
    assert (unit.producer.place_outside, unit.producer.place) == ("", "Bình Liêu")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name_vi": "  "}, "producer_name_missing"),
        ({"kind": "shop"}, "producer_kind_unknown"),
        ({"tax_code": "12345"}, "tax_code_form"),
        ({"contact_phone": "hello"}, "phone_form"),
    ],
)
def test_unit_that_cannot_be_is_refused(
    session: Session, unit: ProducerPlayer, change: dict[str, str], reason: str
) -> None:
    facts = {"kind": "farm", "name_vi": "Trang trại"} | change
    with session.no_autoflush, pytest.raises(Refused) as refusal:
        change_producer(session, unit.actor, unit.producer, **facts)  # type: ignore[arg-type]  # test facts
    assert reason_of(refusal) == reason


def test_tax_code_whose_check_digit_does_not_fit_is_kept(session: Session, person: User) -> None:
    assert register(session, person, tax_code="5700 100 257").tax_code == "5700100257"


def test_audit_trail_names_changed_facts_without_their_values(session: Session, unit: ProducerPlayer) -> None:
    change_producer(session, unit.actor, unit.producer, kind="farm", name_vi="Trang trại", tax_code=PERSONAL)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "producer.change")).one()
    assert (entry.old, entry.new) == (None, {"changed": ["kind", "name_vi", "tax_code"]})


def test_change_from_an_old_version_is_refused(session: Session, unit: ProducerPlayer) -> None:
    with pytest.raises(Refused) as refusal:
        change_producer(session, unit.actor, unit.producer, kind="farm", name_vi="X", expected_version=99)
    assert reason_of(refusal) == "changed_meanwhile"


def test_only_managers_and_owners_change_the_unit(unit: ProducerPlayer) -> None:
    organisation = unit.producer.organisation_id
    actors = {role: Actor(1, producer_roles={organisation: role}) for role in Role}
    may = {role for role, actor in actors.items() if may_change_producer(actor, unit.producer)}
    assert may == {Role.MANAGER, Role.OWNER}
    sees = {role for role, actor in actors.items() if may_see_own_unit(actor, unit.producer)}
    assert sees == set(Role) - {Role.LIMITED}
    assert not any(may_see_own_unit(actor, unit.producer) for actor in (Actor(2), None))


# --- products -----------------------------------------------------------------------------------------------------


def test_certificate_without_an_end_holds_36_months(session: Session, unit: ProducerPlayer) -> None:
    group = unit.producer.products[0].group_id
    product = add_product(
        session, unit.actor, unit.producer, group_id=group, name_vi="Trà", certificate_issued_on=date(2024, 2, 29)
    )
    assert product.certificate_expires_on == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name_vi": " "}, "product_name_missing"),
        ({"group_id": 9999}, "product_group_unknown"),
        ({"stars": 6}, "stars_unknown"),
        ({"price": -1}, "price_negative"),
        (
            {"certificate_issued_on": date(2026, 1, 1), "certificate_expires_on": date(2026, 1, 1)},
            "certificate_days_wrong",
        ),
        ({"certificate_issued_on": date(2100, 1, 1)}, "certificate_issued_later"),
    ],
)
def test_product_that_cannot_be_is_refused(
    session: Session, unit: ProducerPlayer, change: dict[str, object], reason: str
) -> None:
    facts: dict[str, object] = {"group_id": unit.producer.products[0].group_id, "name_vi": "Trà"}
    with pytest.raises(Refused) as refusal:
        add_product(session, unit.actor, unit.producer, **(facts | change))  # type: ignore[arg-type]  # test facts
    assert reason_of(refusal) == reason


def test_product_is_changed_and_removed(session: Session, unit: ProducerPlayer) -> None:
    product = unit.producer.products[0]
    change_product(session, unit.actor, product, group_id=product.group_id, name_vi="Miến mới", price=45_000)
    assert (product.name_vi, product.price, product.folded.startswith("mien moi")) == ("Miến mới", 45_000, True)
    remove_product(session, unit.actor, product)
    assert unit.producer.products == []


def test_product_groups_load_as_often_as_one_likes(session: Session) -> None:
    counts = [load_product_groups(session) for _ in range(2)]
    rows = session.scalar(select(func.count()).select_from(ProductGroup))
    assert (counts, rows, len(product_groups_on(session, date(2026, 11, 24)))) == ([10, 10], 10, 6)
