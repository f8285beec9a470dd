"""One search box: accents optional, exact accents first, nothing private found."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibitors.producers.producer import ProductGroup
from exhibitors.producers.register_producer import add_product
from exhibitors.results.search import MOST_PRODUCTS, Found, SearchFilters, search_everything
from foundation import clock
from tests.cast import a_producer
from tests.exhibitors.results.conftest import CountQueries, Public
from tests.repeated_rows import MARK, repeat

pytestmark = pytest.mark.each_database


def look_for(session: Session, query: str) -> Found:
    return search_everything(session, SearchFilters(query), clock.today())


@pytest.mark.parametrize("query", ["mien binh lieu", "Miến Bình Liêu", "MIEN  BINH LIEU", "bình liêu miến"])
def test_product_is_found_however_it_is_typed(session: Session, public: Public, query: str) -> None:
    found = look_for(session, query)
    assert [product.name_vi for product in found.products.rows] == ["Miến dong Bình Liêu"]


def test_exact_accents_come_first(session: Session, public: Public) -> None:
    food = session.scalars(select(ProductGroup).where(ProductGroup.key == "food")).one()
    player = public.producer
    for name in ("Bánh gia đình", "Bánh giã tay"):
        add_product(session, player.actor, player.producer, group_id=food.id, name_vi=name)
    session.commit()
    plain, exact = (look_for(session, query).products.rows for query in ("banh gia", "giã"))
    assert [product.name_vi for product in plain] == ["Bánh gia đình", "Bánh giã tay"]
    assert [product.name_vi for product in exact] == ["Bánh giã tay", "Bánh gia đình"]


@pytest.mark.parametrize("query", ["mine dong", "miem dong", "mien dng", "mienn bihn lieu"])
def test_one_slip_in_a_word_is_forgiven(client: FlaskClient, session: Session, public: Public, query: str) -> None:
    found = look_for(session, query)
    assert [product.name_vi for product in found.products.rows] == ["Miến dong Bình Liêu"]
    assert found.corrected
    assert "Nothing is called" in client.get("/en/search", query_string={"q": query}).get_data(as_text=True)


@pytest.mark.parametrize("query", ["xyz dong", "mi", "qqqqq"])
def test_more_than_a_slip_finds_nothing_else(session: Session, public: Public, query: str) -> None:
    assert look_for(session, query).corrected == ""


def test_fair_and_place_are_found_too(session: Session, public: Public) -> None:
    found = look_for(session, "bình liêu")
    assert [(one.place.name.vi, one.place.is_former, one.producers) for one in found.places] == [
        ("Huyện Bình Liêu", True, 1),
        ("Xã Bình Liêu", False, 1),
    ]
    fairs = look_for(session, "hội chợ xuân").fairs.rows
    assert [fair.name_vi for fair in fairs] == ["Hội chợ Xuân"]


def test_confirmed_booth_stands_beside_the_product(client: FlaskClient, public: Public) -> None:
    assert "Booth A01" in client.get("/en/search?q=mien").get_data(as_text=True)


@pytest.mark.parametrize("query", ["", "   ", "%", "__", "'; drop table fair; --", "<script>alert(1)</script>"])
def test_odd_words_find_nothing_and_break_nothing(client: FlaskClient, public: Public, query: str) -> None:
    answer = client.get("/search", query_string={"q": query})
    assert (answer.status_code, "<script>alert" in answer.get_data(as_text=True)) == (200, False)


def test_unit_without_products_is_not_listed(client: FlaskClient, session: Session) -> None:
    player = a_producer(session, "HTX Trống", "empty@unit.example", products=0)
    session.commit()
    assert client.get(f"/producers/{player.producer.slug}").status_code == 404
    assert look_for(session, "trống").total == 0


def test_search_costs_the_same_with_one_row_and_thirty(
    session: Session, public: Public, count_queries: CountQueries
) -> None:
    addresses = ("/search?q=mien", "/products", "/producers")
    one = [count_queries(address) for address in addresses]
    repeat(session, 28, lambda: a_producer(session, f"HTX Miến {MARK}", f"m{MARK}@units.example"))
    session.commit()
    assert [count_queries(address) for address in addresses] == one


def test_whole_words_come_before_beginnings_and_those_before_the_rest(session: Session, public: Public) -> None:
    food = session.scalars(select(ProductGroup).where(ProductGroup.key == "food")).one()
    player = public.producer
    for name in ("Bánh lachua", "Chuai sấy", "Nem chua", "Achua ngâm"):
        add_product(session, player.actor, player.producer, group_id=food.id, name_vi=name)
    session.commit()
    found = look_for(session, "chua").products.rows
    assert [product.name_vi for product in found] == ["Nem chua", "Chuai sấy", "Achua ngâm", "Bánh lachua"]


@pytest.mark.parametrize("typed", ["h. binh lieu", "huyện Bình Liêu", "X.Binh Lieu"])
def test_unit_of_a_place_changes_nothing(session: Session, public: Public, typed: str) -> None:
    plain, with_unit = (look_for(session, query) for query in ("binh lieu", typed))
    assert with_unit.products.rows == plain.products.rows != []
    assert {one.place for one in with_unit.places} <= {one.place for one in plain.places}
    assert with_unit.places


def test_more_than_fits_on_the_page_is_one_link_away(client: FlaskClient, session: Session, public: Public) -> None:
    a_producer(session, "HTX Nhiều hàng", "nhieu@x.example", products=MOST_PRODUCTS + 1)
    session.commit()
    page = client.get("/en/search?q=htx+nhieu").get_data(as_text=True)
    assert f'href="/en/search?q=htx+nhieu&amp;kind=products">All {MOST_PRODUCTS + 1} products that fit' in page
    whole = client.get("/en/search?q=htx+nhieu&kind=products").get_data(as_text=True)
    assert whole.count('<li class="item">') == MOST_PRODUCTS + 1
    assert "products that fit" not in client.get("/en/search?q=hoi+cho+xuan").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/en/products", "/en/producers", "/en/fairs/{slug}", "/en/fairs/{slug}/plan"])
def test_a_slip_is_forgiven_in_every_search(client: FlaskClient, public: Public, path: str) -> None:
    address = path.format(slug=public.fair.slug)
    meant = client.get(address, query_string={"q": "mine dogn"}).get_data(as_text=True)
    assert "This is what “mien dong” finds." in meant
    assert "Miến dong Bình Liêu" in meant
    nothing = client.get(address, query_string={"q": "qqqqq"}).get_data(as_text=True)
    assert "This is what" not in nothing
    with_unit = client.get(address, query_string={"q": "huyện Bình Liêu"}).get_data(as_text=True)
    assert "Miến dong Bình Liêu" in with_unit


def test_a_slip_is_forgiven_in_the_list_of_fairs(client: FlaskClient, public: Public) -> None:
    page = client.get("/en/fairs?q=hoi+cho+xaun").get_data(as_text=True)
    assert "This is what “hoi cho xuan” finds." in page
