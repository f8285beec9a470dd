"""Pictures of fairs and units on pages of their own: their order, their words, and who may see them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events.fairs.fair_gallery import FairPicture, PictureSayings, add_picture
from exhibitors.producers.pictures.keep_pictures import UnitPictureSayings, add_unit_picture
from exhibitors.producers.pictures.unit_picture import UnitPicture
from foundation.file_store import FileStore
from foundation.settings import Settings
from tests.cast import a_draft_fair
from tests.exhibitors.results.conftest import CountQueries, Public
from tests.sent_files import a_photo

NEIGHBOURS = re.compile(r'<a class="btn alt" rel="(prev|next)" href="([^"]+)"')


@pytest.fixture
def store(settings: Settings) -> FileStore:
    """Where the app keeps its files."""
    return FileStore(settings.data_dir / "files")


@pytest.fixture
def shown(session: Session, public: Public, store: FileStore) -> list[FairPicture]:
    """Three pictures of the fair."""
    pictures = []
    for number in (1, 2, 3):
        said = PictureSayings(alt_vi=f"Cảnh {number}", alt_en=f"Scene {number}", credit="Lê Thị Hoa")
        content = a_photo(60 + number, 40)
        pictures.append(
            add_picture(session, public.organiser.actor, store, public.fair, said, name="a.jpg", content=content)
        )
    session.commit()
    return pictures


def unit_picture(
    session: Session,
    public: Public,
    store: FileStore,
    words: str,
    *,
    is_public: bool = True,
    product_id: int | None = None,
) -> UnitPicture:
    said = UnitPictureSayings(alt_vi=words, is_public=is_public, product_id=product_id)
    player = public.producer
    made = add_unit_picture(session, player.actor, store, player.producer, said, name="a.jpg", content=a_photo(50, 40))
    session.commit()
    return made


def told(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_one_goes_through_all_of_them_by_links(
    client: FlaskClient, public: Public, shown: list[FairPicture], prefix: str
) -> None:
    fair = f"{prefix}/fairs/{public.fair.slug}"
    first = re.search(rf'href="({fair}/pictures/\d+)"', client.get(fair).get_data(as_text=True))
    assert first
    address, seen, back = first[1], [], []
    while address:
        page = client.get(address).get_data(as_text=True)
        ways = dict(NEIGHBOURS.findall(page))
        seen.append(address)
        back.append(ways.get("prev", ""))
        assert f'href="{fair}#pictures"' in page
        address = ways.get("next", "")
    assert seen == [f"{fair}/pictures/{picture.id}" for picture in shown]
    assert back == ["", *seen[:-1]]


def test_picture_is_told_in_words_and_to_other_programs(
    client: FlaskClient, public: Public, shown: list[FairPicture]
) -> None:
    page = client.get(f"/en/fairs/{public.fair.slug}/pictures/{shown[1].id}").get_data(as_text=True)
    large = f"http://127.0.0.1:8000/files/{shown[1].file.key}/large"
    assert 'alt="Scene 2"' in page
    assert "Picture: <span" in page or "Picture: Lê Thị Hoa" in page
    assert f'<meta property="og:image" content="{large}">' in page
    assert '<meta property="og:image:width" content="62">' in page
    data = told(page)
    assert (data["@type"], data["contentUrl"], data["caption"], data["creditText"]) == (
        "ImageObject", large, "Scene 2", "Lê Thị Hoa",
    )  # fmt: skip
    assert data["about"]["url"] == f"http://127.0.0.1:8000/en/fairs/{public.fair.slug}"
    fair = told(client.get(f"/fairs/{public.fair.slug}").get_data(as_text=True))
    assert fair["image"][1:] == [f"http://127.0.0.1:8000/files/{picture.file.key}/large" for picture in shown]


def test_unit_shows_what_it_made_public_and_no_alcohol(
    client: FlaskClient, session: Session, public: Public, store: FileStore
) -> None:
    unit = public.producer.producer
    first = unit_picture(session, public, store, "Sân phơi")
    hidden = unit_picture(session, public, store, "Bếp", is_public=False)
    second = unit_picture(session, public, store, "Tấm cuối")
    unit.products[0].is_alcohol = True
    spirits = unit_picture(session, public, store, "Chai", product_id=unit.products[0].id)
    path = f"/producers/{unit.slug}/pictures"
    page = client.get(f"{path}/{first.id}").get_data(as_text=True)
    assert dict(NEIGHBOURS.findall(page)) == {"next": f"{path}/{second.id}"}
    assert told(page)["about"]["@type"] == "Organization"
    assert [client.get(f"{path}/{one.id}").status_code for one in (hidden, spirits)] == [404, 404]
    own = client.get(f"/products/{unit.products[0].id}").get_data(as_text=True)
    assert f"/files/{spirits.file.key}/large" in own
    assert f"{path}/{spirits.id}" not in own


def test_picture_of_another_fair_or_of_a_draft_is_not_there(
    client: FlaskClient, session: Session, public: Public, shown: list[FairPicture], store: FileStore
) -> None:
    draft = a_draft_fair(session, public.organiser, name="Nháp")
    said = PictureSayings(alt_vi="Bí mật", credit="Ai")
    secret = add_picture(session, public.organiser.actor, store, draft, said, name="a.jpg", content=a_photo(50, 40))
    session.commit()
    for address in (
        f"/fairs/{draft.slug}/pictures/{secret.id}",
        f"/fairs/{public.fair.slug}/pictures/{secret.id}",
        f"/fairs/{public.fair.slug}/pictures/999999",
        f"/fairs/{public.fair.slug}/pictures/99999999999999",
    ):
        assert client.get(address).status_code == 404


def test_questions_do_not_grow_with_the_gallery(
    session: Session, public: Public, shown: list[FairPicture], store: FileStore, count_queries: CountQueries
) -> None:
    address = f"/fairs/{public.fair.slug}/pictures/{shown[0].id}"
    few = count_queries(address)
    for number in range(10):
        said = PictureSayings(alt_vi=f"Thêm {number}", credit="Hoa")
        add_picture(session, public.organiser.actor, store, public.fair, said, name="a.jpg", content=a_photo(50, 40))
    session.commit()
    assert count_queries(address) == few
