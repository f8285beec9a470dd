"""A person's own unit through the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.sign_up import register_person
from events.fairs.fair import Fair
from events.places.locality import Locality
from exhibitors.producers.producer import Producer, Product
from foundation import clock
from tests.cast import PASSWORD, OrganiserPlayer, ProducerPlayer, a_producer

Visit = Callable[..., Any]
PERSONAL = "022085001234"


@pytest.fixture
def newcomer(store: Session, fair: Fair) -> str:
    """The address of somebody without a unit."""
    register_person(store, email="moi@binhlieu.example", name="Trần Mới", password=PASSWORD, confirmed=True)
    store.commit()
    return "moi@binhlieu.example"


def typed(store: Session, **changes: str) -> dict[str, str]:
    """What a person types about a unit."""
    place = store.scalars(select(Locality.id).where(Locality.name_vi == "Xã Bình Liêu")).one()
    store.commit()
    facts = {
        "kind": "household",
        "name_vi": "Hộ Trần Mới",
        "tax_code": PERSONAL,
        "locality_id": str(place),
        "contact_person": "Trần Mới",
        "contact_phone": "0912 345 678",
    }
    return facts | changes


def unit_named(store: Session, name: str) -> Producer | None:
    """As the database has it now."""
    found = store.scalar(select(Producer).where(Producer.name_vi == name).execution_options(populate_existing=True))
    store.commit()
    return found


def test_registering_on_the_way_to_a_fair_leads_back_to_its_form(
    visit: Visit, store: Session, fair: Fair, newcomer: str
) -> None:
    browser = visit(newcomer)
    answer = browser.post(f"/producer/register?fair={fair.slug}", **typed(store))
    assert (answer.status_code, answer.location) == (303, f"/apply/{fair.slug}")
    assert browser.get(answer.location).status_code == 200


def test_registering_does_not_lead_to_another_site(visit: Visit, store: Session, newcomer: str) -> None:
    answer = visit(newcomer).post("/producer/register?fair=//evil.example/x", **typed(store))
    assert (answer.status_code, answer.location.startswith("/apply/")) == (303, True)


def test_fields_that_are_not_in_the_form_change_nothing(visit: Visit, store: Session, newcomer: str) -> None:
    extra = {"slug": "hacked", "is_demonstration": "1", "organisation_id": "1", "role": "admin", "source": "x"}
    visit(newcomer).post("/producer/register", **typed(store), **extra)
    unit = unit_named(store, "Hộ Trần Mới")
    assert unit is not None
    assert (unit.slug, unit.is_demonstration, unit.source, unit.phone_is_public) == ("ho-tran-moi", False, "", False)


def test_wrong_input_is_named_field_by_field_and_kept(visit: Visit, store: Session, newcomer: str) -> None:
    wrong = typed(store, contact_phone="0912", name_vi="x" * 201, locality_id="", address="Thôn Nà Ếch")
    answer = visit(newcomer).post("/producer/register", **wrong)
    marks = [f'id="{name}-error"' in answer.text for name in ("contact_phone", "name_vi", "locality_id", "kind")]
    assert (answer.status_code, marks, "Thôn Nà Ếch" in answer.text) == (422, [True, True, True, False], True)


def test_tax_code_that_does_not_fit_is_asked_about_once(visit: Visit, store: Session, newcomer: str) -> None:
    browser = visit(newcomer)
    first = browser.post("/producer/register", **typed(store, tax_code="5700100257"))
    assert (first.status_code, 'value="0257"' in first.text) == (422, True)
    second = browser.post("/producer/register", **typed(store, tax_code="5700100257", tax_code_seen="0257"))
    assert second.status_code == 303


def test_personal_number_is_masked_and_kept_when_left_empty(visit: Visit, store: Session, newcomer: str) -> None:
    browser = visit(newcomer)
    browser.post("/producer/register", **typed(store))
    pages = [browser.get(path).text for path in ("/producer", "/producer/edit", "/en/producer")]
    assert [PERSONAL in page for page in pages] == [False, False, False]
    assert ["•••••••••234" in page for page in pages] == [True, True, True]
    unit = unit_named(store, "Hộ Trần Mới")
    assert unit is not None
    answer = browser.post("/producer/edit", **typed(store, tax_code="", address="Nà Ếch"), version=str(unit.version))
    after = unit_named(store, "Hộ Trần Mới")
    assert after is not None
    assert (answer.status_code, after.tax_code, after.address) == (303, PERSONAL, "Nà Ếch")


def test_place_is_found_by_the_name_it_had_before(visit: Visit, player: ProducerPlayer) -> None:
    for prefix, words in (("", "Xã Hải Lạng (trước là Đồng Rui, Hải Hòa)"), ("/en", "(formerly Đồng Rui, Hải Hòa)")):
        page = visit(player.user.email).get(f"{prefix}/producer/edit").text
        assert words in page
        assert "một phần" not in page


def test_edit_from_an_old_version_is_told_with_all_that_was_typed(
    visit: Visit, store: Session, player: ProducerPlayer
) -> None:
    facts = typed(store, name_vi="Tên cũ", version="99")
    answer = visit(player.user.email).post("/producer/edit", **facts)
    assert (answer.status_code, "Tên cũ" in answer.text, unit_named(store, "Tên cũ")) == (422, True, None)


def test_product_is_entered_with_a_price_as_people_type_it(
    visit: Visit, store: Session, player: ProducerPlayer
) -> None:
    group = str(player.producer.products[0].group_id)
    answer = visit(player.user.email).post(
        "/producer/products/new", name_vi="Mật ong", group_id=group, price="45.000", certificate_issued_on="01/06/2025"
    )
    product = store.scalars(select(Product).where(Product.name_vi == "Mật ong")).one()
    assert (answer.status_code, product.price, str(product.certificate_expires_on)) == (303, 45_000, "2028-06-01")


def test_product_form_sent_again_makes_no_second_product(visit: Visit, store: Session, player: ProducerPlayer) -> None:
    facts = {"group_id": str(player.producer.products[0].group_id), "once": "one-copy-of-the-form"}
    browser = visit(player.user.email)
    for name, price in (("Mật ong", "45.000"), ("Mật ong", "50.000"), ("Chả mực", "50.000")):
        browser.post("/producer/products/new", name_vi=name, price=price, **facts)
    made = store.scalars(select(Product).where(Product.name_vi.in_(["Mật ong", "Chả mực"])).order_by(Product.id)).all()
    assert [(product.name_vi, product.price) for product in made] == [("Mật ong", 50_000), ("Chả mực", 50_000)]


@pytest.mark.parametrize(
    ("tongue", "sentence"), [("", "Ngày cấp còn ở phía trước."), ("/en", "The day of issue lies ahead.")]
)
def test_certificate_issued_on_a_day_to_come_is_refused_at_its_field(
    visit: Visit, player: ProducerPlayer, tongue: str, sentence: str
) -> None:
    group, browser = str(player.producer.products[0].group_id), visit(player.user.email)
    days = [(clock.today() + timedelta(days=ahead)).isoformat() for ahead in (0, 1)]
    today, tomorrow = (
        browser.post(f"{tongue}/producer/products/new", name_vi="Trà", group_id=group, certificate_issued_on=day)
        for day in days
    )
    assert (today.status_code, tomorrow.status_code) == (303, 422)
    assert 'id="certificate_issued_on-error"' in tomorrow.text
    assert sentence in unescape(tomorrow.text)


def test_product_with_wrong_input_is_named_and_kept(visit: Visit, player: ProducerPlayer) -> None:
    answer = visit(player.user.email).post(
        "/producer/products/new", name_vi="Mật ong", price="nhiều", certificate_issued_on="32/13/2025"
    )
    marks = [f'id="{name}-error"' in answer.text for name in ("price", "group_id", "certificate_issued_on")]
    assert (answer.status_code, marks, "Mật ong" in answer.text, "32/13/2025" in answer.text) == (
        422,
        [True, True, True],
        True,
        True,
    )


@pytest.mark.parametrize(
    ("typed_price", "language", "sentence"),
    [
        ("12345678901234567890123", "", "“12345678901234567890123” là số tiền quá lớn."),
        ("12345678901234567890123", "/en", "“12345678901234567890123” is too large an amount."),
        ("1,600", "", "đọc được theo hai cách"),
        ("45.000,5", "", "không phải là số đồng nguyên"),
        ("nhiều", "/en", "“nhiều” cannot be read as an amount."),
    ],
)
def test_price_that_is_refused_says_why_and_is_kept(
    visit: Visit, player: ProducerPlayer, typed_price: str, language: str, sentence: str
) -> None:
    answer = visit(player.user.email).post(f"{language}/producer/products/new", name_vi="Mật ong", price=typed_price)
    assert (answer.status_code, sentence in answer.text, f'value="{typed_price}"' in answer.text) == (422, True, True)


@pytest.mark.parametrize("tail", ["", "/remove"])
def test_product_of_another_unit_is_not_found(visit: Visit, store: Session, player: ProducerPlayer, tail: str) -> None:
    theirs = a_producer(store, "Cơ sở Xuân Thế", "xuan@the.example").producer.products[0].id
    store.commit()
    browser = visit(player.user.email)
    assert browser.get(f"/producer/products/{theirs}{tail}").status_code == 404
    assert browser.post(f"/producer/products/{theirs}{tail}", name_vi="của tôi").status_code == 404


def test_product_is_removed_after_a_question(visit: Visit, store: Session, player: ProducerPlayer) -> None:
    number = player.producer.products[0].id
    browser = visit(player.user.email)
    assert browser.get(f"/producer/products/{number}/remove").status_code == 200
    assert browser.post(f"/producer/products/{number}/remove").status_code == 303
    assert store.scalar(select(Product.id).where(Product.id == number)) is None


def test_page_of_a_person_without_a_unit_leads_to_the_form(visit: Visit, organiser: OrganiserPlayer) -> None:
    answer = visit(organiser.user.email).get("/producer")
    assert (answer.status_code, answer.location) == (303, "/producer/register")
