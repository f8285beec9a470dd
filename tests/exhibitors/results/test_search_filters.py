"""The search narrowed: by kind, place, group, stars and time; every search has an address, every kind its number."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.places.locality import Locality
from exhibitors.producers.producer import ProductGroup
from exhibitors.producers.register_producer import add_product
from exhibitors.results.search import Found, Kind, SearchFilters, search_everything
from exhibitors.results.where_sold import When
from foundation import clock
from tests.cast import a_producer
from tests.exhibitors.results.conftest import CountQueries, Public
from tests.repeated_rows import MARK, repeat

pytestmark = pytest.mark.each_database


def look_for(session: Session, query: str = "", **narrowed: object) -> Found:
    return search_everything(session, SearchFilters(query, **narrowed), clock.today())  # type: ignore[arg-type]  # any of its fields


def product_names(found: Found) -> set[str]:
    return {product.name_vi for product in found.products.rows}


@pytest.fixture
def goods(session: Session, public: Public) -> dict[str, ProductGroup]:
    """Beside the confirmed producer another one that goes nowhere, with goods of two groups and other stars."""
    groups = {group.key: group for group in session.scalars(select(ProductGroup))}
    other = a_producer(session, "HTX Ở Nhà", "home@units.example", products=0)
    for name, key, stars in (("Miến đỏ", "food", 3), ("Miến ba kích", "drinks", 5), ("Miến lạ", "food", None)):
        product = add_product(session, other.actor, other.producer, group_id=groups[key].id, name_vi=name)
        product.stars = stars
    session.commit()
    return groups


def test_stars_and_group_narrow_products_and_their_producers(
    session: Session, public: Public, goods: dict[str, ProductGroup]
) -> None:
    five = look_for(session, "mien", stars=5)
    assert "Miến ba kích" in product_names(five)
    assert "Miến đỏ" not in product_names(five)
    assert {row.producer.name_vi for row in look_for(session, "o nha", stars=5).producers.rows} == {"HTX Ở Nhà"}
    food = look_for(session, "mien", group="food")
    assert {"Miến đỏ", "Miến lạ"} <= product_names(food)
    assert "Miến ba kích" not in product_names(food)
    assert look_for(session, "hoi cho", stars=3).fairs.total == 0
    assert look_for(session, "mien", group="nothing-like-it").total == 0


@pytest.mark.parametrize(("moved", "when"), [(-1, When.COMING), (0, When.NOW), (400, When.PAST)])
def test_time_narrows_to_what_fairs_of_that_time_sell(
    session: Session, public: Public, goods: dict[str, ProductGroup], moved: int, when: When
) -> None:
    """Seen from the day before the fair, from its first day, and long after it."""
    assert public.fair.first_day
    day = public.fair.first_day + timedelta(days=moved)
    for asked in When:
        found = search_everything(session, SearchFilters("mien", when=asked), day)
        assert product_names(found) == ({"Miến dong Bình Liêu"} if asked is when else set())
        assert found.producers.total == (asked is when)
        assert search_everything(session, SearchFilters("binh lieu", when=asked), day).producers.total == (
            asked is when
        )
        assert search_everything(session, SearchFilters("xuan", when=asked), day).fairs.total == (asked is when)


def test_place_is_a_former_district_or_a_locality_of_today(session: Session, public: Public) -> None:
    unit = public.producer.producer
    locality = session.scalars(select(Locality).where(Locality.short_name == "Bình Liêu")).one()
    unit.locality, unit.district = locality, None
    session.commit()
    for key in ("binh-lieu", locality.code):
        assert look_for(session, "mien", district=key).products.total == 1
        assert look_for(session, district=key).producers.total == 1
    for key in ("mong-cai", "07090", "nowhere"):
        assert look_for(session, "mien", district=key).total == 0


def test_filters_alone_find_too_and_nothing_at_all_finds_nothing(session: Session, public: Public) -> None:
    assert look_for(session, district="binh-lieu").products.total == 1
    assert look_for(session, kind=Kind.PRODUCTS).total == look_for(session, "%").total == 0


@pytest.mark.parametrize("query", ["xã", "phường", "xã phường đặc khu", "thị trấn"])
def test_kind_of_place_alone_lists_no_products_of_every_such_place(
    session: Session, public: Public, query: str
) -> None:
    found = look_for(session, query)
    assert (found.products.total, found.producers.total, found.fairs.total) == (0, 0, 0)
    assert (len(found.places) > 0, found.corrected) == (True, "")
    narrowed = look_for(session, query, district="binh-lieu")
    assert narrowed.products.total == look_for(session, district="binh-lieu").products.total == 1


@pytest.mark.parametrize("query", ["TP", "thành phố", "xã", "xã phường"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_kind_of_place_alone_leads_to_places_and_says_so(
    client: FlaskClient, public: Public, query: str, prefix: str
) -> None:
    page = client.get(f"{prefix}/search", query_string={"q": query}).get_data(as_text=True)
    words = "is a kind of place" if prefix else "là một loại đơn vị hành chính"
    assert words in page
    first = re.search(r'href="[^"]*/producers\?district=([^"]+)"', page)
    assert first
    assert client.get(f"/producers?district={first.group(1)}").status_code == 200


def test_every_kind_has_its_number_and_its_address(
    client: FlaskClient, public: Public, goods: dict[str, ProductGroup]
) -> None:
    page = client.get("/en/search?q=mien&stars=3&district=&when=&group=&evil=%22").get_data(as_text=True)
    tabs = dict(re.findall(r'<a href="(/en/search[^"]*)"[^>]*>([^<(]+ \(\d+\))</a>', page))
    numbers = {words.split(" (")[0]: int(words.split("(")[1][:-1]) for words in tabs.values()}
    assert numbers["Everything"] == sum(number for words, number in numbers.items() if words != "Everything")
    assert all("stars=3" in address and "q=mien" in address and "evil" not in address for address in tabs)
    for address, words in tabs.items():
        told = client.get(address.replace("&amp;", "&")).get_data(as_text=True)
        number = int(words.split("(")[1][:-1])
        assert f'role="status">{number} result' in told
        assert 'aria-current="true"' in told


def test_what_was_chosen_stays_chosen_and_can_be_dropped(client: FlaskClient, public: Public) -> None:
    page = client.get("/en/search?q=mien&kind=products&district=binh-lieu&stars=4&when=coming").get_data(as_text=True)
    for value in ("binh-lieu", "4", "coming"):
        assert f'<option value="{value}" selected>' in page
    assert '<input type="hidden" name="kind" value="products">' in page
    assert 'href="/en/search?q=mien">Without filters' in page
    odd = client.get("/en/search?q=mien&kind=x&stars=9&when=never&page=x").get_data(as_text=True)
    assert "Miến dong Bình Liêu" in odd
    assert "Without filters" not in odd


def test_page_beyond_the_last_leads_back(client: FlaskClient, public: Public) -> None:
    answer = client.get("/en/search?q=mien&kind=products&page=9")
    assert answer.status_code == 404
    assert "kind=products" in answer.get_data(as_text=True)


def test_mistyped_word_is_forgiven_under_a_filter_and_never_promises_nothing(
    client: FlaskClient, session: Session, public: Public
) -> None:
    assert look_for(session, "mine dong", district="binh-lieu").corrected == "mien dong"
    assert look_for(session, "mine dong", district="mong-cai").corrected == ""
    page = client.get("/en/search?q=mine+dong&district=mong-cai").get_data(as_text=True)
    assert "Try fewer filters" in page


def test_filters_cost_no_more_questions_with_more_to_show(
    session: Session, public: Public, count_queries: CountQueries
) -> None:
    addresses = ("/search?q=mien&when=coming", "/search?district=binh-lieu&kind=producers", "/search?q=xã")
    one = [count_queries(address) for address in addresses]
    repeat(session, 28, lambda: a_producer(session, f"HTX Miến {MARK}", f"m{MARK}@units.example"))
    session.commit()
    assert [count_queries(address) for address in addresses] == one
