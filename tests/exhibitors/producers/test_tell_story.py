"""The unit's story in Markdown with a preview, its point on the map, sub-groups, and services without goods."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from events.places.directions import VIETNAM, geo_uri, map_url, point_words, read_point
from exhibitors.producers.load_product_groups import load_product_groups, product_subgroups_on
from exhibitors.producers.producer import Producer, ProductGroup, ProductSubgroup
from exhibitors.producers.product_group_register import registered_groups, registered_subgroups
from exhibitors.producers.register_producer import change_product
from foundation.refusal import Refused
from tests.cast import ProducerPlayer

STORY = "# Nghề cũ\n\nChúng tôi **xay bột** bằng cối đá.\n\n<script>alert(1)</script>"


def version(owner: Any) -> int:
    found = re.search(r'name="version"[^>]* value="(\d+)"', owner.get("/producer/story").text)
    assert found
    return int(found[1])


def latitudes() -> st.SearchStrategy[float]:
    return st.floats(*VIETNAM[0])


@given(latitudes(), st.floats(*VIETNAM[1]))
def test_point_can_be_pasted_again_and_names_itself_to_maps(latitude: float, longitude: float) -> None:
    words = point_words((latitude, longitude))
    again = read_point(words)
    assert again is not None
    assert again == pytest.approx((latitude, longitude), abs=1e-6)
    assert read_point(map_url(again).split("#map=16/")[1].replace("/", ", ")) == again
    assert read_point(geo_uri(again).removeprefix("geo:")) == again


def test_story_is_previewed_saved_and_read_by_visitors_without_its_script(
    store: Session, visit: Callable[..., Any], player: ProducerPlayer
) -> None:
    slug = player.producer.slug
    owner, stranger = visit(player.user.email), visit()
    typed = {"story_vi": STORY, "story_en": "Stone *mill*", "point": "20.951000, 107.080000"}
    typed["version"] = str(version(owner))
    preview = owner.post("/producer/story", **typed, do="preview")
    assert (preview.status_code, "<strong>xay bột</strong>" in preview.text) == (200, True)
    assert store.scalars(sa.select(Producer.story_vi)).all() == [""]
    store.rollback()
    assert owner.post("/producer/story", **typed, do="save").status_code == 303
    page = stranger.get(f"/producers/{slug}").text
    assert "<strong>xay bột</strong>" in page
    assert "<script>alert(1)" not in page
    assert "geo:" not in page  # a point is private until it is made public
    assert "<em>mill</em>" in stranger.get(f"/en/producers/{slug}").text
    owner.post("/producer/story", **(typed | {"version": str(version(owner)), "point_is_public": "y"}), do="save")
    page = stranger.get(f"/producers/{slug}").text
    assert 'href="geo:20.951000,107.080000"' in page
    assert "openstreetmap.org/?mlat=20.951000&amp;mlon=107.080000" in page


@pytest.mark.parametrize("point", ["107.080000, 20.951000", "48.858000, 2.294000", "hai mốt độ"])
def test_point_elsewhere_is_refused_and_nothing_typed_is_lost(
    visit: Callable[..., Any], player: ProducerPlayer, point: str
) -> None:
    owner = visit(player.user.email)
    answer = owner.post("/producer/story", story_vi="Chuyện của chúng tôi", point=point, version="1")
    assert (answer.status_code, 'id="point-error"' in answer.text) == (422, True)
    assert "Chuyện của chúng tôi" in answer.text
    assert point in answer.text


def test_web_shop_and_social_pages_stand_on_the_public_page_contacts_only_when_told(
    store: Session, visit: Callable[..., Any], player: ProducerPlayer
) -> None:
    producer = player.producer
    producer.website, producer.shop_url, producer.social_url = (
        "https://a.example",
        "https://b.example",
        "https://c.example",
    )
    producer.address, producer.contact_person = "Thôn Ba", "Hoàng Văn Sáu"
    slug, stranger = producer.slug, visit()
    page = stranger.get(f"/producers/{slug}").text
    assert [f'href="https://{one}.example"' in page for one in "abc"] == [True] * 3
    assert [words in page for words in ("Thôn Ba", "Hoàng Văn Sáu")] == [False, False]
    producer.address_is_public = producer.person_is_public = True
    store.commit()
    page = stranger.get(f"/producers/{slug}").text
    assert [words in page for words in ("Thôn Ba", "Hoàng Văn Sáu")] == [True, True]


def test_each_group_in_force_has_dated_sub_groups_and_loading_again_changes_nothing(store: Session) -> None:
    load_product_groups(store)
    load_product_groups(store)
    keys = [one.key for one in product_subgroups_on(store, date(2026, 11, 26))]
    assert keys == [one.key for one in registered_subgroups()]
    assert store.scalar(sa.select(sa.func.count(ProductSubgroup.id))) == len(keys) == len(set(keys))
    assert {one.group for one in registered_subgroups()} == {
        group.key for group in registered_groups() if group.valid_to is None
    }
    assert product_subgroups_on(store, date(2022, 1, 1)) == []


def test_sub_group_belongs_to_its_group_and_only_tourism_comes_without_goods(
    store: Session, player: ProducerPlayer
) -> None:
    product = player.producer.products[0]
    parts = {one.key: one.id for one in store.scalars(sa.select(ProductSubgroup))}
    groups = {one.key: one.id for one in store.scalars(sa.select(ProductGroup))}

    def say(group: str, part: str | None, *, is_service: bool = False) -> str:
        try:
            with store.begin_nested():
                change_product(
                    store,
                    player.actor,
                    product,
                    group_id=groups[group],
                    name_vi=product.name_vi,
                    subgroup_id=parts[part] if part else None,
                    is_service=is_service,
                )
        except Refused as refused:
            return refused.reason
        return ""

    assert say("food", "grain_products") == ""
    assert say("food", "white_spirits") == "subgroup_elsewhere"
    assert say("food", "grain_products", is_service=True) == "service_of_tourism"
    assert say("tourism", "tourism_services", is_service=True) == ""
    assert (product.is_service, product.group.key) == (True, "tourism")


def test_sub_group_and_service_are_refused_beside_their_fields(
    store: Session, visit: Callable[..., Any], player: ProducerPlayer
) -> None:
    food = store.scalars(sa.select(ProductGroup.id).where(ProductGroup.key == "food")).one()
    spirits = store.scalars(sa.select(ProductSubgroup.id).where(ProductSubgroup.key == "white_spirits")).one()
    owner = visit(player.user.email)
    typed = {"name_vi": "Miến mới", "group_id": str(food), "stars": ""}
    answer = owner.post("/producer/products/new", **typed, subgroup_id=str(spirits))
    assert (answer.status_code, 'id="subgroup_id-error"' in answer.text) == (422, True)
    answer = owner.post("/producer/products/new", **typed, subgroup_id="", is_service="y")
    assert (answer.status_code, 'id="is_service-error"' in answer.text) == (422, True)
