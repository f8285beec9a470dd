"""A product's own page: stars, certificate, and only the fairs to which it is really brought."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from exhibitors.applications.booth_application import ApplicationProduct
from tests.exhibitors.results.conftest import CountQueries, Public


def test_product_says_where_it_is_sold(client: FlaskClient, public: Public) -> None:
    product = public.producer.producer.products[0]
    page = client.get(f"/products/{product.id}").get_data(as_text=True)
    assert "Miến dong Bình Liêu" in page
    assert "QĐ-12" in page
    assert "Hội chợ Xuân" in page
    assert "A01" in page
    assert '"@type": "Product"' in page


def test_product_that_is_not_brought_is_not_said_to_be(client: FlaskClient, session: Session, public: Public) -> None:
    product = public.producer.producer.products[0]
    product.name_en = "Noodles"
    session.query(ApplicationProduct).delete()
    session.commit()
    page = client.get(f"/en/products/{product.id}").get_data(as_text=True)
    assert "Noodles" in page
    assert "Hội chợ Xuân" not in page


def test_alcohol_carries_its_age_note_and_is_told_to_no_search_engine(
    client: FlaskClient, session: Session, public: Public
) -> None:
    product = public.producer.producer.products[0]
    product.is_alcohol = True
    session.commit()
    page = client.get(f"/products/{product.id}").get_data(as_text=True)
    assert "18+" in page
    assert 'content="noindex"' in page
    assert "ld+json" not in page
    assert f"/products/{product.id}<" not in client.get("/sitemap.xml").get_data(as_text=True)


def test_unknown_product_is_no_page(client: FlaskClient, public: Public) -> None:
    assert client.get("/products/999999").status_code == 404


def test_number_of_questions_does_not_grow(client: FlaskClient, public: Public, count_queries: CountQueries) -> None:
    assert count_queries(f"/products/{public.producer.producer.products[0].id}") <= 6
