"""Producers and products in public: only what the unit made public, alcohol marked and kept off the first page."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibitors.producers.producer import ProductGroup
from exhibitors.producers.producer_directory import ProducerFilters, featured_products, producers_page
from exhibitors.producers.register_producer import add_product
from tests.cast import a_producer
from tests.exhibitors.results.conftest import Public


def test_contacts_are_shown_only_when_made_public(client: FlaskClient, session: Session, public: Public) -> None:
    producer = public.producer.producer
    producer.contact_phone = "0912345678"
    session.commit()
    address = f"/producers/{producer.slug}"
    hidden = client.get(address).get_data(as_text=True)
    producer.phone_is_public = True
    session.commit()
    client.application.extensions["page_cache"].forget_revision()
    shown = client.get(address).get_data(as_text=True)
    assert ("0912345678" in hidden, "mien@binhlieu.example" in hidden) == (False, False)
    assert ("0912345678" in shown, "mien@binhlieu.example" in shown) == (True, False)


def test_confirmed_booth_is_where_to_find_them(client: FlaskClient, public: Public) -> None:
    page = client.get(f"/en/producers/{public.producer.producer.slug}").get_data(as_text=True)
    assert ("Quảng Ninh OCOP Fair" in page, "Booth A01" in page) == (True, True)


def test_alcohol_is_marked_and_never_featured(client: FlaskClient, session: Session, public: Public) -> None:
    group = session.scalars(select(ProductGroup).order_by(ProductGroup.id)).first()
    assert group is not None
    player = public.producer
    facts = {"group_id": group.id, "name_vi": "Rượu ba kích", "stars": 5, "is_alcohol": True}
    add_product(session, player.actor, player.producer, **facts)
    session.commit()
    assert [product.name_vi for product in featured_products(session)] == ["Miến dong Bình Liêu"]
    assert "Rượu ba kích" not in client.get("/").get_data(as_text=True)
    assert "18+" in client.get(f"/producers/{player.producer.slug}").get_data(as_text=True)


def test_producers_stand_in_vietnamese_order_without_legal_forms(session: Session) -> None:
    for number, name in enumerate(("HTX Đông Triều", "Công ty TNHH Cô Tô", "HTX Cẩm Phả", "Cơ sở Ba Chẽ")):
        a_producer(session, name, f"v{number}@units.example")
    session.commit()
    page = producers_page(session, ProducerFilters())
    assert [row.producer.name_vi for row in page.rows] == [
        "Cơ sở Ba Chẽ",
        "HTX Cẩm Phả",
        "Công ty TNHH Cô Tô",
        "HTX Đông Triều",
    ]


def test_filters_narrow_by_district_and_words(session: Session, public: Public) -> None:
    a_producer(session, "HTX Hải sản", "sea@units.example")
    session.commit()
    found = [producers_page(session, filters).total for filters in (
        ProducerFilters(), ProducerFilters(district="binh-lieu"), ProducerFilters(district="co-to"),
        ProducerFilters(query="hai san"), ProducerFilters(kind="household"),
    )]  # fmt: skip
    assert found == [2, 2, 0, 1, 0]
