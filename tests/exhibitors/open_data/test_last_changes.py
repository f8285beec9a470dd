"""When a page last said something else: by the acts of its unit, of the unit's products, and by its booths at fairs."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair_gallery import FairPicture, PictureSayings, add_picture, remove_picture
from exhibitors.calendars.stand_entry import StandEntry
from exhibitors.open_data.last_changes import last_changes
from exhibitors.open_data.site_map import SITEMAP as NAMESPACE
from exhibitors.producers.merging.merge_units import merge_units
from exhibitors.producers.pictures.keep_pictures import (
    UnitPictureSayings,
    add_unit_picture,
    describe_unit_picture,
    put_picture_first,
    remove_unit_picture,
)
from exhibitors.producers.pictures.unit_picture import UnitPicture
from exhibitors.producers.register_producer import change_product, remove_product
from foundation import clock
from foundation.file_store import FileStore
from foundation.settings import Settings
from tests.cast import BASE_URL, a_confirmed_application, a_producer, an_open_fair, an_organiser
from tests.sent_files import a_photo

SITEMAP = f"{{{NAMESPACE}}}"


def test_pages_change_with_their_unit_its_products_and_its_booths(session: Session) -> None:
    start = clock.now().replace(microsecond=0)
    with clock.as_of(start - timedelta(days=3)):
        player, other = a_producer(session), a_producer(session, "HTX Đình Trung", "other@binhlieu.example")
        session.commit()
    product = player.producer.products[0]
    producers, products = last_changes(session)
    registered = start - timedelta(days=3)
    assert {producers[player.producer.id], producers[other.producer.id], products[product.id]} == {registered}

    with clock.as_of(start - timedelta(days=1)):
        change_product(session, player.actor, product, name_vi="Miến dong sợi nhỏ", group_id=product.group_id)
        session.commit()
    producers, products = last_changes(session)
    changed = start - timedelta(days=1)
    assert (producers[player.producer.id], products[product.id]) == (changed, changed)
    assert producers[other.producer.id] == registered

    organiser = an_organiser(session)
    a_confirmed_application(session, organiser, player, an_open_fair(session, organiser), 0)
    session.commit()
    told = session.scalar(select(func.max(StandEntry.last_modified)))
    producers, products = last_changes(session)
    assert told is not None
    assert told > changed
    assert (producers[player.producer.id], products[product.id]) == (told, told)
    assert producers[other.producer.id] == registered


class Stamps:
    """Each act has a day of its own; tells which pages say in the site map that they changed on it."""

    def __init__(self, client: FlaskClient, session: Session, day: datetime, pages: dict[str, str]) -> None:
        self.client, self.session, self.day, self.pages = client, session, day, pages
        self.before = stamps(client, pages)

    def moved_by(self, act: Callable[[], object]) -> set[str]:
        """The names of the pages that bear the day of the act."""
        self.day += timedelta(days=1)
        with clock.as_of(self.day):
            act()
            self.session.commit()
        after = stamps(self.client, self.pages)
        moved = {name for name in after if after[name] != self.before.get(name)}
        assert {after[name] for name in moved} <= {f"{self.day:%Y-%m-%dT%H:%M:%SZ}"}
        self.before = after
        return moved


@pytest.fixture
def store(settings: Settings) -> FileStore:
    """Where the app keeps its files."""
    return FileStore(settings.data_dir / "files")


def test_pictures_of_units_and_what_leaves_move_the_stamps(
    client: FlaskClient, session: Session, store: FileStore
) -> None:
    day = clock.now().replace(microsecond=0) - timedelta(days=20)
    with clock.as_of(day):
        player = a_producer(session, products=2)
        session.commit()
    unit, (kept, spare) = player.producer, player.producer.products
    told = Stamps(client, session, day, {"unit": f"/producers/{unit.slug}", "kept": f"/products/{kept.id}"})

    def show(said: UnitPictureSayings) -> UnitPicture:
        return add_unit_picture(session, player.actor, store, unit, said, name="a.jpg", content=a_photo(50, 40))

    shown: list[UnitPicture] = []
    hidden, of_product = UnitPictureSayings(alt_vi="Bếp"), UnitPictureSayings(alt_vi="Miến", product_id=kept.id)
    describe = partial(describe_unit_picture, session, player.actor)
    assert told.moved_by(lambda: shown.append(show(hidden))) == set()
    assert told.moved_by(lambda: describe(shown[0], replace(hidden, is_public=True))) == {"unit"}
    assert told.moved_by(lambda: describe(shown[0], hidden)) == {"unit"}
    assert told.moved_by(lambda: shown.append(show(replace(of_product, is_public=True)))) == {"unit", "kept"}
    assert told.moved_by(lambda: put_picture_first(session, player.actor, shown[1])) == {"unit", "kept"}
    assert told.moved_by(lambda: remove_unit_picture(session, player.actor, store, shown[0])) == set()
    assert told.moved_by(lambda: remove_unit_picture(session, player.actor, store, shown[1])) == {"unit", "kept"}
    assert told.moved_by(lambda: remove_product(session, player.actor, spare)) == {"unit"}


def test_pictures_of_fairs_and_merged_units_move_the_stamps(
    client: FlaskClient, session: Session, store: FileStore
) -> None:
    day = clock.now().replace(microsecond=0) - timedelta(days=20)
    with clock.as_of(day):
        organiser, player = an_organiser(session), a_producer(session)
        twin = a_producer(session, "HTX Sinh Đôi", "twin@binhlieu.example")
        fair = an_open_fair(session, organiser)
        session.commit()
    unit, twins = player.producer, twin.producer.products[0]
    pages = {
        "unit": f"/producers/{unit.slug}", "twin": f"/producers/{twin.producer.slug}", "fair": f"/fairs/{fair.slug}",
        "own": f"/products/{unit.products[0].id}", "twins": f"/products/{twins.id}",
    }  # fmt: skip
    told = Stamps(client, session, day, pages)
    said = PictureSayings(alt_vi="Cảnh chợ", credit="Hoa")
    show = partial(add_picture, session, organiser.actor, store, fair, said, name="a.jpg", content=a_photo(50, 40))
    pictures: list[FairPicture] = []
    assert told.moved_by(lambda: pictures.append(show())) == {"fair"}
    assert told.moved_by(lambda: remove_picture(session, organiser.actor, store, fair, pictures[0])) == {"fair"}
    merge = partial(merge_units, product_ids=[twins.id], with_people=False, base_url=BASE_URL)
    assert told.moved_by(lambda: merge(session, organiser.actor, unit, twin.producer)) == {"unit", "own", "twins"}
    assert "twin" not in told.before


def stamps(client: FlaskClient, pages: dict[str, str]) -> dict[str, str]:
    """What the site map says of these pages, by name; those that are not in it are not in the answer."""
    root = ET.fromstring(client.get("/sitemap.xml").get_data())  # noqa: S314 - our own document
    told = {page.findtext(f"{SITEMAP}loc"): page.findtext(f"{SITEMAP}lastmod") or "" for page in root}
    there = {name: f"http://127.0.0.1:8000{path}" for name, path in pages.items()}
    return {name: told[address] for name, address in there.items() if address in told}
