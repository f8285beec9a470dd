"""Pictures of a fair: told in words, credited, without the place where they were taken, shown with the fair alone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from events.fairs.archive_fair import archive_fair
from events.fairs.fair import Fair
from events.fairs.fair_gallery import (
    GALLERY,
    MOST_PICTURES,
    FairPicture,
    PictureSayings,
    add_picture,
    describe_picture,
    pictures_of,
    remove_picture,
)
from events.fairs.organise_fair import cancel_fair, publish_fair
from foundation import clock
from foundation.file_store import FileStore
from foundation.keep_files import keep_file
from foundation.refusal import Refused
from foundation.settings import Settings
from tests.cast import OrganiserPlayer, a_draft_fair
from tests.scenes import Play
from tests.sent_files import GPS_TAG, SCRIPT, a_photo
from tests.typed_form import typed_form

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.events.conftest import OrganiserBrowser

SAID = PictureSayings(alt_vi="Khách xem gian miến dong", alt_en="Visitors at a noodle booth", credit="Lê Thị Hoa")


@pytest.fixture
def fair(play: Play, player: OrganiserPlayer) -> Fair:
    """A draft."""
    return play(a_draft_fair, player)


@pytest.fixture
def store(settings: Settings) -> FileStore:
    """Where the app keeps its files."""
    return FileStore(settings.data_dir / "files")


def test_picture_is_kept_without_its_place_and_goes_with_its_bytes(
    session: Session, player: OrganiserPlayer, fair: Fair, store: FileStore
) -> None:
    photo = a_photo(2000, 1500, with_place=True)
    assert dict(Image.open(BytesIO(photo)).getexif().get_ifd(GPS_TAG))
    picture = add_picture(session, player.actor, store, fair, SAID, name="anh.jpg", content=photo)
    session.commit()
    kept = [path.read_bytes() for _, path in store.all_files()]
    assert [dict(Image.open(BytesIO(content)).getexif()) for content in kept] == [{}, {}]
    assert picture.file.pixels_of("small") == (480, 360)
    remove_picture(session, player.actor, store, fair, picture)
    session.commit()
    assert (pictures_of(session, fair), list(store.all_files())) == ([], [])


def test_all_faults_of_the_words_at_once(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    faults = PictureSayings(alt_vi="  ", credit="", alt_en="x" * 201).faults()
    assert [(fault.reason, fault.facts["field"]) for fault in faults] == [
        ("picture_alt_missing", "alt_vi"),
        ("picture_credit_missing", "credit"),
        ("text_too_long", "alt_en"),
    ]


def test_refused_when_full_or_archived(session: Session, player: OrganiserPlayer, fair: Fair, store: FileStore) -> None:
    for _ in range(MOST_PICTURES):
        kept = keep_file(session, player.actor, store, GALLERY, name="a.jpg", content=a_photo(40, 30))
        session.add(FairPicture(fair_id=fair.id, file=kept, added_at=clock.now(), **SAID.clean()))
    session.flush()
    with pytest.raises(Refused) as full:
        add_picture(session, player.actor, store, fair, SAID, name="a.jpg", content=a_photo())
    assert full.value.reason == "too_many_pictures"
    publish_fair(session, player.actor, fair)
    cancel_fair(session, player.actor, fair, reason="Bão")
    archive_fair(session, player.actor, fair)
    picture = pictures_of(session, fair)[0]
    for attempt in (
        lambda: describe_picture(session, player.actor, fair, picture, SAID),
        lambda: remove_picture(session, player.actor, store, fair, picture),
    ):
        with pytest.raises(Refused) as archived:
            attempt()
        assert archived.value.reason == "fair_is_archived"


def test_visitors_see_it_with_the_fair_alone(
    desk: OrganiserBrowser, session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    address = f"/organise/fairs/{fair.slug}/pictures"
    said = {"alt_vi": SAID.alt_vi, "alt_en": SAID.alt_en, "credit": SAID.credit}
    refused = desk.send(f"/en{address}", {"alt_vi": "", "credit": "", "alt_en": "Kept"})
    assert refused.status_code == 422
    for sentence in ("Say in Vietnamese what", "Say who took", 'value="Kept"', 'href="#file"'):
        assert sentence in refused.text
    script = desk.send(address, {**said, "file": (BytesIO(SCRIPT), "anh.jpg")})
    assert (script.status_code, SAID.credit in script.text) == (422, True)
    assert desk.send(address, {**said, "file": (BytesIO(a_photo()), "anh.jpg")}).status_code == 303
    session.expire_all()
    [picture] = pictures_of(session, fair)
    file_address = f"/files/{picture.file.key}/small"
    session.commit()
    somebody = desk.client.application.test_client()

    def status() -> int:
        with somebody.get(file_address) as answer:
            return answer.status_code

    assert status() == 404
    publish_fair(session, player.actor, fair)
    session.commit()
    assert status() == 200
    page = somebody.get(f"/en/fairs/{fair.slug}").text
    assert f'alt="{SAID.alt_en}"' in page
    assert "Picture: Lê Thị Hoa" in page
    assert 'loading="lazy"' in page
    words = {"alt_vi": "Khai mạc", "alt_en": "", "credit": "Hoa"}
    seen = typed_form(desk.get(f"{address}/{picture.id}").text, holding="version")
    assert desk.client.post(f"{address}/{picture.id}", data={**seen, **words}).status_code == 303
    told = desk.client.post(f"/en{address}/{picture.id}", data={**seen, "alt_vi": "Bế mạc", "credit": "Ba"})
    assert (told.status_code, "saved at" in told.text, 'value="Bế mạc"' in told.text) == (422, True, True)
    assert 'alt="Khai mạc"' in somebody.get(f"/fairs/{fair.slug}").text
    assert desk.send(f"{address}/{picture.id}/remove", {}, form_on=address).status_code == 303
    assert status() == 404
