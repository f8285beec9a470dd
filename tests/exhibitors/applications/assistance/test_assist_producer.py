"""An officer applies for a household that came with paper; who acted for whom stands everywhere; it is handed over."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.organisation import actor_for, enrol
from accounts.sign_up import register_person
from events.fairs.fair import Fair
from events.places.locality import Locality
from exhibitors.applications.apply_for_booth import save_application, start_application, submit_application
from exhibitors.applications.assistance.assist_producer import begin_assistance, end_assistance
from exhibitors.applications.assistance.assistance import LIFE, Assistance
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.claims.claim_unit import claim_by_code
from exhibitors.producers.enter_units import enter_units
from exhibitors.producers.producer import Producer, ProductGroup, own_producer
from exhibitors.producers.register_producer import add_product
from foundation import clock
from foundation.actor import Role
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from tests.accounts.conftest import reason_of
from tests.cast import BASE_URL, PASSWORD, OrganiserPlayer, ProducerPlayer, a_member

Visit = Callable[..., Any]
REVIEWER = "xet@halong.example"


@pytest.fixture
def officer(store: Session, organiser: OrganiserPlayer, fair: Fair) -> str:
    """The address of somebody who screens at the fair's body."""
    a_member(store, organiser, Role.REVIEWER, REVIEWER)
    store.commit()
    return REVIEWER


@pytest.fixture
def unit(store: Session, organiser: OrganiserPlayer, fair: Fair) -> Producer:
    """A household of the register with one product and nobody who keeps it."""
    facts = {"kind": "household", "name_vi": "Hộ Trần Thị Lan", "contact_email": "lan@binhlieu.example"}
    made = enter_units(store, organiser.actor, [(facts, [])])[0]
    group = store.scalars(select(ProductGroup.id).where(ProductGroup.key == "food")).one()
    day = clock.today() - timedelta(days=30)
    add_product(store, organiser.actor, made, group_id=group, name_vi="Miến dong", stars=3, certificate_issued_on=day)
    store.commit()
    return made


def assist(browser: Any, fair: Fair, unit: Producer) -> Any:
    browser.get(f"/organise/fairs/{fair.slug}/assist?q=tran+thi+lan")
    return browser.post(f"/organise/fairs/{fair.slug}/assist/begin", unit=unit.slug)


def typed(unit: Producer) -> dict[str, Any]:
    return {"products": [str(product.id) for product in unit.products], "booths_wanted": "1", "anywhere": "y"}


def test_officer_fills_in_sends_and_hands_over(
    visit: Visit, store: Session, fair: Fair, unit: Producer, officer: str
) -> None:
    browser = visit(officer)
    assert "Hộ Trần Thị Lan" in browser.get(f"/organise/fairs/{fair.slug}/assist?q=tran+thi+lan").text
    assert assist(browser, fair, unit).location == "/producer"
    page = browser.get(f"/en/apply/{fair.slug}").text
    assert "You act for" in page
    assert browser.post(f"/apply/{fair.slug}", action="send", **typed(unit)).status_code == 303
    sent = browser.get(f"/apply/{fair.slug}/review")
    version = re.search(r'name="version"[^>]*value="(\d+)"', sent.text)
    assert version
    receipts = [
        browser.post(
            f"/apply/{fair.slug}/review", rules_accepted="y", pledge_given="y", version=version.group(1)
        ).location
        for _ in range(2)
    ]
    application = store.scalars(select(BoothApplication)).one()
    assert receipts == [f"/applications/{application.code}"] * 2
    assert (application.state, application.assisted_by.name if application.assisted_by else "") == (
        "submitted",
        "Bùi Văn Ba",
    )
    code, behalf = application.code, unit.organisation_id
    lines = store.scalars(select(AuditEntry).where(AuditEntry.what.startswith("application."))).all()
    assert {line.on_behalf_of for line in lines} == {behalf}
    store.commit()
    status = browser.get(f"/en/applications/{code}").text
    assert re.search("Bùi Văn Ba filed this application for (<span[^>]*>)?Hộ Trần Thị Lan", status)
    assert "You act for" not in status  # this page is read as an organiser, not as the unit
    handed = browser.post("/organise/assist/end")
    printed = re.search(r'class="claimcode">([0-9A-Z-]+)<', handed.text)
    assert printed
    letter = store.scalars(select(OutboxLetter).where(OutboxLetter.kind == "assisted_receipt")).one()
    assert (letter.recipient, printed.group(1) in letter.body, code in letter.body) == (
        "lan@binhlieu.example",
        True,
        True,
    )
    store.commit()
    assert browser.get("/producer").status_code == 303  # on the way to register a unit: nothing is lent any longer
    register_person(store, email="lan@binhlieu.example", name="Trần Thị Lan", password=PASSWORD, confirmed=True)
    household = visit("lan@binhlieu.example")
    household.get("/producer/claim")
    assert household.post("/producer/claim/code", code=printed.group(1)).status_code == 303
    assert "The unit has agreed to it" in household.get(f"/en/applications/{code}").text
    history = visit(officer).get(f"/en/organise/fairs/{fair.slug}/applications/{code}").text
    assert "for the unit" in history
    assert "The unit agrees" in history


def test_officer_reads_everywhere_whom_they_have_not_finished_with_and_prints_what_was_filed(
    visit: Visit, store: Session, organiser: OrganiserPlayer, fair: Fair, unit: Producer, officer: str
) -> None:
    browser = visit(officer)
    assist(browser, fair, unit)
    filed = start_application(store, organiser.actor, fair, unit)
    goods = [product.id for product in unit.products]
    save_application(store, organiser.actor, filed, zone_ids=[], product_ids=goods)
    submit_application(store, organiser.actor, filed, rules_accepted=True, pledge_given=True, base_url=BASE_URL)
    code = filed.code
    store.commit()
    for path in (f"/en/applications/{code}", "/en/organise", "/en/fairs"):
        page = browser.get(path).text
        assert re.search("not finished what you began for (<span[^>]*>)?Hộ Trần Thị Lan", page)
        assert 'action="/en/organise/assist/end"' in page
    handed = browser.post("/en/organise/assist/end").text
    assert ("not finished" in handed, f"Application {code} for a booth" in handed) == (False, True)
    assert "not finished" not in browser.get("/en/organise").text


def test_household_that_no_register_knows_is_entered_on_the_way(
    visit: Visit, store: Session, fair: Fair, officer: str
) -> None:
    place = store.scalars(select(Locality.id).where(Locality.name_vi == "Phường Hạ Long")).one()
    browser = visit(officer)
    enter = f"/en/organise/fairs/{fair.slug}/assist/new"
    browser.get(enter)
    empty = browser.post(enter, name_vi="Hộ Mới")
    assert (empty.status_code, 'value="Hộ Mới"' in empty.text) == (422, True)
    facts = {"kind": "household", "locality_id": str(place), "contact_person": "Mới", "contact_phone": "0912345678"}
    assert browser.post(enter, name_vi="Hộ Mới", **facts).location == "/en/producer"
    assert re.search("<h1>(<span[^>]*>)?Hộ Mới", browser.get("/en/producer").text)
    assert browser.get("/en/producer/products/new").status_code == 200


def test_unit_that_stands_in_the_register_is_pointed_out_before_it_is_entered_again(
    visit: Visit, store: Session, fair: Fair, unit: Producer, officer: str
) -> None:
    place = store.scalars(select(Locality.id).where(Locality.name_vi == "Phường Hạ Long")).one()
    store.commit()
    browser, enter = visit(officer), f"/organise/fairs/{fair.slug}/assist/new"
    facts = {"kind": "household", "locality_id": str(place), "contact_person": "Lan", "contact_phone": "0912345678"}
    facts["name_vi"] = "Hộ Trần Thị Lan"
    browser.get(enter)
    warned = browser.post(enter, **facts)
    assert (warned.status_code, f'value="{unit.slug}"' in warned.text) == (422, True)
    count = select(func.count(Producer.id)).where(Producer.name_vi == "Hộ Trần Thị Lan")
    assert store.scalar(count) == 1
    store.commit()
    seen = re.search(r'name="alike_seen"[^>]*value="(\w+)"', warned.text)
    assert seen
    assert browser.post(enter, **facts, alike_seen=seen.group(1)).location == "/producer"
    assert store.scalar(count) == 2


def test_unit_with_people_applies_itself(
    visit: Visit, store: Session, fair: Fair, player: ProducerPlayer, unit: Producer, officer: str
) -> None:
    browser = visit(officer)
    assert assist(browser, fair, player.producer).location == f"/organise/fairs/{fair.slug}/assist"
    assist(browser, fair, unit)
    assert browser.get("/producer/edit").status_code == 200
    enrol(store, player.user, unit.organisation, Role.OWNER)
    store.commit()
    assert browser.get("/producer/edit").status_code == 404  # somebody keeps it now
    assert browser.post("/organise/assist/end").status_code == 303
    assert store.scalars(select(Assistance.ended_at)).one() is not None


def test_what_is_lent_opens_nothing_else_and_not_for_long(
    visit: Visit, store: Session, organiser: OrganiserPlayer, fair: Fair, unit: Producer, officer: str
) -> None:
    browser = visit(officer)
    assist(browser, fair, unit)
    statuses = [browser.get(path).status_code for path in ("/producer", "/producer/papers", "/producer/team")]
    assert statuses == [200, 200, 404]
    assert browser.post("/producer/team/invite", email="toi@x.example", role="owner", language="vi").status_code == 404
    store.scalars(select(Assistance)).one().started_at = clock.now() - LIFE
    store.commit()
    assert browser.get("/producer/edit").status_code == 404
    assert reason_of(lambda: end_assistance(store, organiser.actor, base_url=BASE_URL)) == "assistance_over"


def test_one_unit_at_a_time_and_the_call_must_be_open(
    store: Session, organiser: OrganiserPlayer, fair: Fair, unit: Producer
) -> None:
    other = enter_units(store, organiser.actor, [({"kind": "household", "name_vi": "Hộ Khác"}, [])])[0]
    begin_assistance(store, organiser.actor, fair, unit)
    begin_assistance(store, organiser.actor, fair, other)
    actor = actor_for(store, organiser.user)
    assert (actor.acts_for and actor.acts_for.name, own_producer(store, actor)) == ("Hộ Khác", other)
    assert own_producer(store, actor.for_oneself()) is None
    _, code = end_assistance(store, actor, base_url=BASE_URL)
    assert claim_by_code(store, organiser.actor, organiser.user, code) is other
    fair.call_closes_at = clock.now() - timedelta(minutes=1)
    assert reason_of(lambda: begin_assistance(store, organiser.actor, fair, unit)) == "call_closed"
