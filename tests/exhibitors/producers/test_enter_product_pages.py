"""A product is entered on the way to an application, judged whole, and overwritten by nobody in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import enrol
from accounts.sign_up import register_person
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.certificate_issuers import certificate_issuers
from exhibitors.producers.producer import Product, ProductGroup, ProductSubgroup
from foundation import clock
from foundation.actor import Role
from tests.cast import PASSWORD, ProducerPlayer

Visit = Callable[..., Any]
COLLEAGUE = "ke.toan@binhlieu.example"


def group(store: Session, key: str) -> int:
    found = store.scalars(sa.select(ProductGroup.id).where(ProductGroup.key == key)).one()
    store.commit()
    return found


def said(store: Session, **changes: object) -> dict[str, object]:
    """What a person types about a product."""
    issued = (clock.today() - timedelta(days=30)).isoformat()
    facts = {"name_vi": "Mật ong rừng", "group_id": str(group(store, "food")), "stars": "3"}
    return facts | {"certificate_issued_on": issued} | changes


def test_another_product_on_the_way_keeps_what_was_typed_and_comes_back_ticked(
    visit: Visit, store: Session, fair: Fair, player: ProducerPlayer
) -> None:
    first = player.producer.products[0].id
    browser, form = visit(player.user.email), f"/apply/{fair.slug}"
    assert 'value="product"' in browser.get(form).text
    answer = browser.post(form, action="product", products=[str(first)], booths_wanted="2", note="Cần tủ mát")
    assert (answer.status_code, answer.location) == (303, f"/producer/products/new?fair={fair.slug}")
    application = store.scalars(sa.select(BoothApplication)).one()
    assert (application.booths_wanted, application.note) == (2, "Cần tủ mát")
    store.commit()
    page = browser.get(answer.location).text
    assert f'href="{form}"' in page
    again = browser.post(answer.location, **said(store), another="")
    assert again.location == f"/producer/products/new?fair={fair.slug}"
    done = browser.post(answer.location, **said(store, name_vi="Ruốc hàu"))
    number = store.scalars(sa.select(Product.id).where(Product.name_vi == "Ruốc hàu")).one()
    store.commit()
    assert done.location == f"{form}?product={number}#products"
    shown = browser.get(done.location.partition("#")[0]).text
    assert [f'value="{one}" checked' in shown for one in (first, number)] == [True, True]
    browser.post(form, action="save", products=[str(first), str(number)], version=_version(shown))
    assert "2 sản phẩm" in browser.get(f"{form}?product={number}").text
    assert browser.get(f"{form}?product=999999").status_code == 200
    assert browser.get(f"{form}?product=%C2%B2").status_code == 200


def test_what_was_typed_wrong_keeps_the_person_at_the_application(
    visit: Visit, fair: Fair, player: ProducerPlayer
) -> None:
    browser, form = visit(player.user.email), f"/apply/{fair.slug}"
    browser.get(form)
    answer = browser.post(form, action="product", booths_wanted="2", fascia_name="x" * 200)
    assert answer.status_code == 422
    assert "x" * 200 in answer.text


def test_faults_of_words_and_rules_are_told_together(visit: Visit, store: Session, player: ProducerPlayer) -> None:
    browser = visit(player.user.email)
    browser.get("/producer/products/new")
    elsewhere = store.scalars(
        sa.select(ProductSubgroup.id).join(ProductGroup).where(ProductGroup.key != "food").limit(1)
    ).one()
    store.commit()
    wrong = said(store, name_vi="", barcode="8934602001079", subgroup_id=str(elsewhere), is_service="y")
    for prefix, words in (("", "5 điều"), ("/en", "4 things to mend")):
        answer = browser.post(f"{prefix}/producer/products/new", **wrong)
        assert answer.status_code == 422
        faults = answer.text.count('class="msg"')
        assert (faults, words in answer.text or prefix == "") == (4, True)


def test_second_of_two_colleagues_reads_what_the_first_saved(
    visit: Visit, store: Session, player: ProducerPlayer
) -> None:
    colleague = register_person(store, email=COLLEAGUE, name="Bùi Kế Toán", password=PASSWORD, confirmed=True)
    enrol(store, colleague, player.producer.organisation, Role.OWNER)
    address = f"/producer/products/{player.producer.products[0].id}"
    first, second = visit(player.user.email), visit(COLLEAGUE)
    versions = [_version(browser.get(address).text) for browser in (first, second)]
    group_id = str(player.producer.products[0].group_id)
    mine = {"name_vi": "Miến dong Bình Liêu", "group_id": group_id, "stars": "4"}
    assert first.post(address, **mine, price="90000", version=versions[0]).status_code == 303
    late = second.post(address, **mine, price="120000", pack="Túi 1 kg", version=versions[1])
    words = unescape(late.text)
    assert (late.status_code, "90.000" in words, "Túi 1 kg" in words, "120000" in words) == (422, True, True, True)
    assert second.post(address, **mine, price="120000", version=_version(late.text)).status_code == 303
    product = store.get_one(Product, player.producer.products[0].id, populate_existing=True)
    assert product.price == 120_000


def _version(page: str) -> str:
    found = page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    assert found
    return found


def test_issuers_are_suggested_former_ones_marked(store: Session, player: ProducerPlayer) -> None:
    names = certificate_issuers(store, clock.today())
    assert "UBND thành phố Quảng Ninh" in names
    assert {"UBND tỉnh Quảng Ninh (cũ)", "UBND huyện Hải Hà (cũ)", "UBND thị xã Quảng Yên (cũ)"} <= set(names)
    assert len([name for name in names if name.startswith("UBND") and name.endswith("(cũ)")]) >= 14
