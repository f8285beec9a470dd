"""Pictures of units and products: without the place of the photo, private until made public, in an own order."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exhibitors.producers.merging.merge_units import merge_units
from exhibitors.producers.pictures import unit_picture
from exhibitors.producers.pictures.keep_pictures import (
    UnitPictureSayings,
    add_unit_picture,
    put_picture_first,
    remove_unit_picture,
)
from exhibitors.producers.pictures.unit_picture import UnitPicture, pictures_of_unit
from exhibitors.producers.register_producer import remove_product
from foundation.file_store import FileStore
from foundation.refusal import Refused
from foundation.settings import Settings
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_producer
from tests.sent_files import SVG, a_photo, an_iphone_photo, place_in

NEW = "/producer/pictures/new"
SAID = UnitPictureSayings(alt_vi="Phơi miến ngoài sân")


@pytest.fixture
def files(settings: Settings) -> FileStore:
    """Where the app keeps its files."""
    return FileStore(settings.data_dir / "files")


def add(
    store: Session, player: ProducerPlayer, files: FileStore, said: UnitPictureSayings = SAID, side: int = 40
) -> UnitPicture:
    return add_unit_picture(
        store, player.actor, files, player.producer, said, name="a.jpg", content=a_photo(side, side)
    )


@pytest.mark.parametrize("make", [an_iphone_photo, lambda: a_photo(4000, 3000, with_place=True)])
def test_phone_photo_is_sent_without_its_place_and_shown_once_public(
    store: Session, visit: Callable[..., Any], player: ProducerPlayer, make: Callable[[], bytes]
) -> None:
    photo = make()
    assert place_in(photo) is not None
    product, slug = player.producer.products[0].id, player.producer.slug
    owner, stranger = visit(player.user.email), visit()
    sent = owner.post(NEW, file=(BytesIO(photo), "IMG_1.HEIC"), alt_vi="Bó miến dong", product_id=str(product))
    sent.request.environ["wsgi.input"].close()
    assert sent.status_code == 303
    picture = store.scalars(sa.select(UnitPicture)).one()
    small, address = f"/files/{picture.file.key}/small", f"/producer/pictures/{picture.id}"
    store.rollback()
    mine = owner.client.get(small, buffered=True)
    assert (mine.status_code, mine.headers["Cache-Control"]) == (200, "private, no-store")
    assert place_in(mine.data) is None
    assert small in owner.get("/producer/pictures").text
    assert stranger.client.get(small).status_code == 404
    pages = (f"/producers/{slug}", f"/products/{product}")
    assert [small in stranger.get(page).text for page in pages] == [False, False]

    owner.post(address, alt_vi="Bó miến dong", alt_en="Noodles", product_id=str(product), is_public="y")
    assert stranger.client.get(small, buffered=True).status_code == 200
    assert [small in stranger.get(page).text for page in pages] == [True, True]
    assert 'alt="Noodles"' in stranger.get(f"/en/products/{product}").text
    owner.post(address, alt_vi="Bó miến dong", product_id=str(product))
    assert stranger.client.get(small).status_code == 404
    assert [small in stranger.get(page).text for page in pages] == [False, False]


def test_all_faults_at_once_with_what_was_typed(visit: Callable[..., Any], player: ProducerPlayer) -> None:
    owner = visit(player.user.email)
    answer = owner.post(NEW, alt_vi="", alt_en="x" * 201)
    assert answer.status_code == 422
    for field in ("file", "alt_vi", "alt_en"):
        assert f'id="{field}-error"' in answer.text
    assert "x" * 201 in answer.text
    drawn = owner.post(NEW, file=(BytesIO(SVG), "a.jpg"), alt_vi="Bản vẽ")
    assert (drawn.status_code, 'id="file-error"' in drawn.text, "Bản vẽ" in drawn.text) == (422, True, True)


def test_alcohol_is_pictured_on_its_own_page_alone(
    store: Session, visit: Callable[..., Any], player: ProducerPlayer, files: FileStore
) -> None:
    product = player.producer.products[0]
    product.is_alcohol = True
    said = UnitPictureSayings(alt_vi="Chai rượu", product_id=product.id, is_public=True)
    key = add(store, player, files, said).file.key
    slug, number = player.producer.slug, product.id
    stranger = visit()
    assert key not in stranger.get(f"/producers/{slug}").text
    assert key in stranger.get(f"/products/{number}").text


def test_order_is_the_units_own(store: Session, player: ProducerPlayer, files: FileStore) -> None:
    first, second, third = (add(store, player, files) for _ in range(3))
    put_picture_first(store, player.actor, third)
    put_picture_first(store, player.actor, third)
    assert pictures_of_unit(store, player.producer.id) == [third, first, second]


def test_another_units_product_and_one_picture_too_many_are_refused(
    store: Session, player: ProducerPlayer, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_producer(store, "HTX Ruốc", "ruoc@example.vn")
    foreign = UnitPictureSayings(alt_vi="Ruốc", product_id=other.producer.products[0].id)
    with pytest.raises(Refused) as refused:
        add(store, player, files, foreign)
    assert refused.value.reason == "unit_picture_product"
    for _ in range(unit_picture.MOST_UNIT_PICTURES):
        add(store, player, files, side=8)
    with pytest.raises(Refused) as refused:
        add(store, player, files)
    assert refused.value.reason == "too_many_unit_pictures"


def test_pictures_of_a_product_that_leaves_stay_private_and_bytes_go_with_the_picture(
    store: Session, player: ProducerPlayer, files: FileStore
) -> None:
    product = player.producer.products[0]
    said = UnitPictureSayings(alt_vi="Miến", product_id=product.id, is_public=True)
    picture = add(store, player, files, said)
    remove_product(store, player.actor, product)
    assert (picture.product_id, picture.is_public) == (None, False)
    store.commit()
    remove_unit_picture(store, player.actor, files, picture)
    store.commit()
    assert list(files.all_files()) == []


def test_pictures_go_over_when_two_units_become_one(
    store: Session, player: ProducerPlayer, organiser: OrganiserPlayer, files: FileStore
) -> None:
    double = a_producer(store, "HTX Miến dong B.Liêu", "doi@example.vn")
    mine, theirs = add(store, player, files), add(store, double, files)
    merge_units(
        store, organiser.actor, player.producer, double.producer, product_ids=[], with_people=False, base_url=BASE_URL
    )
    assert pictures_of_unit(store, player.producer.id) == [mine, theirs]
    assert theirs.file.subject_id == player.producer.id
