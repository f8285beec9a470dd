"""A unit of the register is taken over: by a code on paper, or by asking an officer; two at once, twice, too late."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import Membership, actor_for
from accounts.sign_up import register_person
from accounts.user import User
from demonstration.first_run import load_reference_data
from exhibitors.producers.claims.claim_unit import (
    ask_for_unit,
    claim_by_code,
    grant_claim,
    make_claim_code,
    refuse_claim,
)
from exhibitors.producers.claims.find_unit import units_nobody_keeps
from exhibitors.producers.claims.unit_claim import ClaimCode, UnitClaim, hash_code, spaced
from exhibitors.producers.enter_units import enter_units
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import Role
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from tests.accounts.conftest import at_once, reason_of
from tests.cast import BASE_URL, PASSWORD, OrganiserPlayer, ProducerPlayer, a_member

Visit = Callable[..., Any]
LAN = "lan@binhlieu.example"
UNITS = "/organise/register/units"


def a_person(store: Session, email: str = LAN) -> User:
    """Somebody without a unit."""
    user = register_person(store, email=email, name="Trần Thị Lan", password=PASSWORD, confirmed=True)
    store.commit()
    return user


@pytest.fixture
def unit(store: Session, organiser: OrganiserPlayer) -> Producer:
    """A unit that the department entered and nobody keeps."""
    load_reference_data(store)
    facts = {"kind": "household", "name_vi": "Hộ Trần Thị Lan", "contact_email": "LAN@binhlieu.example"}
    made = enter_units(store, organiser.actor, [(facts, [])])[0]
    store.commit()
    return made


def owners(store: Session, unit: Producer) -> list[tuple[str, str]]:
    rows = store.execute(
        select(User.email, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == unit.organisation_id)
    ).all()
    store.commit()
    return [tuple(row) for row in rows]


def test_code_from_a_letter_hands_the_unit_over_once(
    visit: Visit, store: Session, organiser: OrganiserPlayer, unit: Producer
) -> None:
    a_person(store)
    officer = visit(organiser.user.email)
    officer.get(UNITS)
    letter = officer.post("/organise/register/code", unit=unit.slug)
    found = re.search(r'class="claimcode">([0-9A-Z]{5}-[0-9A-Z]{5})<', letter.text)
    assert found
    code = found.group(1)
    kept = store.scalars(select(ClaimCode.code_hash)).one()
    store.commit()
    assert kept == hash_code(code)
    person = visit(LAN)
    person.get("/en/producer/claim")
    wrong = person.post("/en/producer/claim/code", code="22222-22222")
    assert (wrong.status_code, "opens no unit" in wrong.text, 'value="22222-22222"' in wrong.text) == (422, True, True)
    done = person.post("/en/producer/claim/code", code=f" {code.lower().replace('-', ' ')} ")
    assert (done.status_code, done.location) == (303, "/en/producer")
    assert "Hộ Trần Thị Lan" in person.get("/en/producer").text
    assert owners(store, unit) == [(LAN, "owner")]
    again = person.post("/en/producer/claim/code", code=code)
    assert again.status_code == 422
    trail = select(AuditEntry.what).where(AuditEntry.what.startswith("unit.")).order_by(AuditEntry.id)
    assert store.scalars(trail).all() == ["unit.make_code", "unit.claim"]


def test_only_the_newest_code_opens_and_only_in_time(
    store: Session, organiser: OrganiserPlayer, unit: Producer
) -> None:
    user = a_person(store)
    actor = actor_for(store, user)
    old = make_claim_code(store, organiser.actor, unit)
    new = make_claim_code(store, organiser.actor, unit)
    assert reason_of(lambda: claim_by_code(store, actor, user, old)) == "claim_code_unknown"
    store.scalars(select(ClaimCode)).one().expires_at = clock.now() - timedelta(seconds=1)
    assert reason_of(lambda: claim_by_code(store, actor, user, new)) == "claim_code_unknown"
    fresh = make_claim_code(store, organiser.actor, unit)
    assert claim_by_code(store, actor, user, spaced(fresh)) is unit
    assert reason_of(lambda: make_claim_code(store, organiser.actor, unit)) == "unit_is_kept"


def test_of_two_who_type_the_code_at_once_one_gets_the_unit(
    store: Session, engine: sa.Engine, organiser: OrganiserPlayer, unit: Producer
) -> None:
    code = make_claim_code(store, organiser.actor, unit)
    people = [a_person(store, f"{number}@binhlieu.example").id for number in range(2)]

    def claim(number: int) -> Callable[[Session], object]:
        def act(session: Session) -> object:
            user = session.get_one(User, number)
            return claim_by_code(session, actor_for(session, user), user, code)

        return act

    assert sorted(at_once(engine, *map(claim, people))) == ["claim_code_unknown", "done"]
    assert len(owners(store, unit)) == 1


def test_asking_by_the_same_address_and_an_officers_consent(
    visit: Visit, store: Session, organiser: OrganiserPlayer, unit: Producer
) -> None:
    a_person(store)
    person = visit(LAN)
    found = person.get("/en/producer/claim?q=tran thi lan").text
    assert f"/en/producer/claim/ask?unit={unit.slug}" in found
    ask = f"/en/producer/claim/ask?unit={unit.slug}"
    person.get(ask)
    sent = [person.post(ask, unit=unit.slug, words="Tôi là chủ hộ") for _ in range(2)]
    assert [answer.status_code for answer in sent] == [303, 303]
    claim = store.scalars(select(UnitClaim)).one()
    assert (claim.address_matches, claim.words) == (True, "Tôi là chủ hộ")
    number = claim.id
    officer = visit(organiser.user.email)
    page = officer.get("/en/organise/register/claims").text
    assert "Same e-mail as in the register" in page
    assert "Tôi là chủ hộ" in page
    refused = officer.post("/en/organise/register/claims", claim=number, outcome="refuse", reason="")
    assert (refused.status_code, "Say why: the person will read it." in refused.text) == (422, True)
    assert officer.post("/en/organise/register/claims", claim=number, outcome="grant").status_code == 303
    late = officer.post("/en/organise/register/claims", claim=number, outcome="grant")
    assert (late.status_code, "Another officer has answered" in late.text) == (422, True)
    assert owners(store, unit) == [(LAN, "owner")]
    assert store.scalars(select(OutboxLetter.kind).order_by(OutboxLetter.id)).all() == ["claim_waits", "claim_granted"]
    store.commit()
    assert visit(LAN).get("/producer/edit").status_code == 200


def test_refused_claim_tells_why_and_can_be_made_again(
    store: Session, organiser: OrganiserPlayer, unit: Producer
) -> None:
    user = a_person(store, "mai@binhlieu.example")
    actor = actor_for(store, user)
    claim = ask_for_unit(store, actor, user, unit, "", base_url=BASE_URL)
    assert not claim.address_matches
    assert (
        reason_of(lambda: refuse_claim(store, organiser.actor, claim, " ", base_url=BASE_URL)) == "claim_reason_missing"
    )
    refuse_claim(store, organiser.actor, claim, "Số điện thoại không khớp", base_url=BASE_URL)
    assert (
        "Số điện thoại không khớp"
        in store.scalars(select(OutboxLetter.body).where(OutboxLetter.kind == "claim_refused")).one()
    )
    again = ask_for_unit(store, actor, user, unit, "", base_url=BASE_URL)
    assert again.id != claim.id
    assert (
        reason_of(lambda: ask_for_unit(store, actor, user, unit, "x" * 1001, base_url=BASE_URL))
        == "claim_words_too_long"
    )


def test_unit_that_is_kept_is_neither_found_nor_given(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, unit: Producer
) -> None:
    user = a_person(store)
    actor = actor_for(store, user)
    assert units_nobody_keeps(store, "binh lieu") == []
    assert units_nobody_keeps(store, "  ") == []
    assert units_nobody_keeps(store, "ho tran") == [unit]
    assert reason_of(lambda: ask_for_unit(store, actor, user, player.producer, "", base_url=BASE_URL)) == "unit_is_kept"
    first = ask_for_unit(store, actor, user, unit, "", base_url=BASE_URL)
    other = a_person(store, "khac@binhlieu.example")
    second = ask_for_unit(store, actor_for(store, other), other, unit, "", base_url=BASE_URL)
    grant_claim(store, organiser.actor, first, base_url=BASE_URL)
    assert reason_of(lambda: grant_claim(store, organiser.actor, second, base_url=BASE_URL)) == "unit_is_kept"


def test_page_shows_many_units_with_the_same_number_of_questions(
    visit: Visit, store: Session, organiser: OrganiserPlayer, unit: Producer, count_queries: Callable[..., Any]
) -> None:
    officer = visit(organiser.user.email)
    officer.get(UNITS)  # a connection that has written is first set to read
    seen = []
    for number in (0, 30):
        names = [({"kind": "household", "name_vi": f"Hộ Trần Văn {index:03}"}, []) for index in range(number)]
        enter_units(store, organiser.actor, names)
        store.commit()
        with count_queries() as statements:
            assert officer.get(UNITS).status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1]


def test_same_name_and_phone_are_shown_as_maybe_one(
    visit: Visit, store: Session, organiser: OrganiserPlayer, unit: Producer
) -> None:
    twice = [({"kind": "household", "name_vi": name, "contact_phone": "0912345678"}, []) for name in ("Hộ A", "Hộ B")]
    enter_units(store, organiser.actor, [*twice, ({"kind": "household", "name_vi": "Hộ Trần Thị Lan"}, [])])
    page = visit(organiser.user.email).get(f"/en{UNITS}").text
    assert (page.count("The same name"), page.count("The same phone number")) == (1, 1)
    assert page.count("<span>Household business</span>") == 4


def test_those_who_keep_the_register_hear_that_a_claim_waits_once_a_day(
    store: Session, organiser: OrganiserPlayer, unit: Producer
) -> None:
    a_member(store, organiser, Role.MANAGER, "quanly@halong.example")
    a_member(store, organiser, Role.REVIEWER, "tham-dinh@halong.example")
    first, second = a_person(store), a_person(store, "khac@binhlieu.example")
    for user in (first, first, second):
        ask_for_unit(store, actor_for(store, user), user, unit, "Của nhà tôi", base_url=BASE_URL)
    letters = store.scalars(select(OutboxLetter).where(OutboxLetter.kind == "claim_waits")).all()
    assert sorted(one.recipient for one in letters) == ["btc@halong.example", "quanly@halong.example"]
    assert f"{BASE_URL}/organise/register/claims" in letters[0].body
    assert "Của nhà tôi" not in letters[0].body  # what people say of themselves stays on the page
    tomorrow = clock.now() + timedelta(days=1)
    with clock.as_of(tomorrow):
        third = a_person(store, "ba@binhlieu.example")
        ask_for_unit(store, actor_for(store, third), third, unit, "", base_url=BASE_URL)
    assert len(store.scalars(select(OutboxLetter).where(OutboxLetter.kind == "claim_waits")).all()) == 4


REGISTER = "/producer/register"
NEW_UNIT = {
    "kind": "household",
    "locality_id": "",
    "place_outside": "Hà Nội",
    "name_vi": "Hộ Mới Tinh",
    "contact_person": "Trần Thị Lan",
    "contact_phone": "0988 111 222",
}


@pytest.mark.parametrize(
    "same",
    [{"name_vi": "htx mien dong binh lieu"}, {"tax_code": "0100109106"}, {"contact_phone": "0912 345 678"}],
)
def test_registering_a_unit_that_is_known_is_pointed_out_once_and_tells_nothing_private(
    store: Session, visit: Visit, player: ProducerPlayer, same: dict[str, str]
) -> None:
    player.producer.tax_code, player.producer.contact_phone = "0100109106", "+84912345678"
    person = a_person(store, "moi@binhlieu.example")
    visitor = visit(person.email)
    visitor.get(REGISTER)
    typed = NEW_UNIT | same
    warned = visitor.post(REGISTER, **typed)
    assert (warned.status_code, "có thể đã có trong sổ" in warned.text) == (422, True)
    assert "HTX Miến dong Bình Liêu" not in warned.text  # whose number it is stays unsaid
    assert "mien@binhlieu.example" not in warned.text
    seen = re.search(r'name="alike_seen"[^>]* value="(\w+)"', warned.text)
    assert seen
    assert visitor.post(REGISTER, **typed, alike_seen=seen[1]).status_code == 303


def test_unit_of_the_name_that_nobody_keeps_is_offered_and_a_new_one_is_not_held_up(
    store: Session, visit: Visit, unit: Producer
) -> None:
    name, slug = unit.name_vi, unit.slug
    visitor = visit(a_person(store, "moi@binhlieu.example").email)
    visitor.get(REGISTER)
    offered = visitor.post(REGISTER, **(NEW_UNIT | {"name_vi": name.upper()}))
    assert (offered.status_code, f"/producer/claim/ask?unit={slug}" in offered.text) == (422, True)
    assert visitor.post(REGISTER, **NEW_UNIT).status_code == 303
