"""Long text, cover picture, display without selling, and who else stands behind a fair."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from events.fairs.clone_fair import clone_fair
from events.fairs.fair import Fair
from events.fairs.fair_partner import (
    MOST_PARTNERS,
    FairPartner,
    PartnerSayings,
    add_partner,
    partners_of,
    remove_partner,
)
from events.fairs.fair_texts import drop_cover, keep_cover, say_texts, texts_version
from events.fairs.organise_fair import publish_fair
from foundation.file_store import FileStore
from foundation.refusal import Refused
from foundation.settings import Settings
from tests.cast import OrganiserPlayer, a_draft_fair
from tests.scenes import Play

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.events.conftest import OrganiserBrowser

THAI = PartnerSayings(role="foreign_exhibitor", name_vi="Siam Silk", country="TH", note_vi="lụa")
SHARED = PartnerSayings(role="co_organiser", name_vi="Sở Nông nghiệp và Môi trường")


def a_picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (1000, 400), "teal").save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def fair(play: Play, player: OrganiserPlayer) -> Fair:
    return play(a_draft_fair, player)


def test_texts_are_said_once_for_each_version(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    say_texts(
        session, player.actor, fair, expected_version=texts_version(fair), description_vi="**Chợ**", has_sales=False
    )
    assert (fair.description.vi, fair.has_sales) == ("**Chợ**", False)
    for texts, reason in (({"description_vi": "x" * 20_001}, "text_too_long"), ({}, "set_up_changed_meanwhile")):
        with pytest.raises(Refused) as refused:
            say_texts(session, player.actor, fair, expected_version=texts_version(fair) - (not texts), **texts)
        assert refused.value.reason == reason


def test_cover_is_shown_by_whom_the_fair_is(
    desk: OrganiserBrowser, stranger: OrganiserBrowser, session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    address = f"/organise/fairs/{fair.slug}/texts"
    assert desk.send(address, {"do": "keep", "file": (BytesIO(a_picture()), "bia.png")}).status_code == 303
    session.expire_all()
    assert fair.cover is not None
    link = f"/files/{fair.cover.key}/small"
    session.commit()
    assert link in desk.get(address).text
    assert [browser.client.get(link, buffered=True).status_code for browser in (desk, stranger)] == [200, 404]
    publish_fair(session, player.actor, fair)
    session.commit()
    shown = stranger.client.get(link, buffered=True)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "public, max-age=3600, immutable")
    assert link in stranger.get(f"/fairs/{fair.slug}").text
    for prefix, sentence in (("", "Không nhận loại tệp này."), ("/en", "This kind of file is not taken.")):
        refused = desk.send(prefix + address, {"do": "keep", "file": (BytesIO(b"<svg/>"), "a.png")})
        assert (refused.status_code, sentence in refused.text) == (422, True)
    assert desk.send(address, {"do": "drop"}).status_code == 303
    assert stranger.client.get(link).status_code == 404


def test_editions_share_a_cover(session: Session, player: OrganiserPlayer, settings: Settings, fair: Fair) -> None:
    store = FileStore(settings.data_dir / "files")
    keep_cover(session, player.actor, store, fair, name="bia.png", content=a_picture())
    made = clone_fair(session, player.actor, fair, first_day=date(2028, 1, 1), name_vi="Mới", series_name_vi="Chuỗi")
    assert made.cover_id == fair.cover_id
    drop_cover(session, player.actor, store, fair)
    session.commit()
    assert len(list(store.all_files())) == 2
    drop_cover(session, player.actor, store, made)
    session.commit()
    assert list(store.all_files()) == []


def test_text_page_previews_and_shows_on_the_public_page(
    desk: OrganiserBrowser, session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    address = f"/organise/fairs/{fair.slug}/texts"
    seen = texts_version(fair)
    typed = {"description_vi": "## Có gì\n\n- miến", "description_en": "Noodles", "version": seen, "has_sales": "no"}
    preview = desk.send(address, {**typed, "do": "preview"})
    assert (preview.status_code, "<h4>Có gì</h4>" in preview.text) == (200, True)
    assert desk.send(address, {**typed, "do": "save"}).status_code == 303
    long = desk.send(
        f"/en{address}", {**typed, "cover_alt_vi": "x" * 201, "description_en": "y" * 20_001, "do": "save"}
    )
    assert (long.status_code, long.text.count("This text is too long")) == (422, 4)  # at both fields and in the summary
    session.expire_all()
    publish_fair(session, player.actor, fair)
    session.commit()
    for prefix, said, shown in (("", "<li>miến</li>", "chỉ trưng bày"), ("/en", "<p>Noodles</p>", "not sold")):
        page = desk.get(f"{prefix}/fairs/{fair.slug}").text
        assert (said in page, shown in page) == (True, True)


# --- partners -------------------------------------------------------------------------------------------------------


def test_partners_stand_by_role(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    thai = add_partner(session, player.actor, fair, THAI)
    add_partner(session, player.actor, fair, SHARED)
    assert [one.name_vi for one in partners_of(session, fair)] == ["Sở Nông nghiệp và Môi trường", "Siam Silk"]
    made = clone_fair(session, player.actor, fair, first_day=date(2028, 1, 1), name_vi="Mới", series_name_vi="Chuỗi")
    assert [one.role for one in partners_of(session, made)] == ["co_organiser"]
    remove_partner(session, player.actor, thai)
    assert [one.role for one in partners_of(session, fair)] == ["co_organiser"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (PartnerSayings(role="friend", name_vi="A"), "partner_role_unknown"),
        (PartnerSayings(role="sponsor", name_vi=" "), "partner_name_missing"),
        (PartnerSayings(role="sponsor", name_vi="x" * 201), "text_too_long"),
        (PartnerSayings(role="foreign_exhibitor", name_vi="A"), "country_missing"),
        (PartnerSayings(role="foreign_exhibitor", name_vi="A", country="VN"), "country_missing"),
        (PartnerSayings(role="sponsor", name_vi="A", country="ZZ"), "country_unknown"),
        (PartnerSayings(role="sponsor", name_vi="A", website="javascript:alert(1)"), "website_unreadable"),
        (PartnerSayings(role="sponsor", name_vi="A", website="https://[x"), "website_unreadable"),
    ],
)
def test_wrong_partner_is_refused(
    session: Session, player: OrganiserPlayer, fair: Fair, said: PartnerSayings, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_partner(session, player.actor, fair, said)
    assert refused.value.reason == reason


def test_too_many_partners_are_refused(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    named = {"fair_id": fair.id, "role": "sponsor"}
    session.add_all(FairPartner(name_vi=f"Đơn vị {number}", **named) for number in range(MOST_PARTNERS))
    with pytest.raises(Refused) as refused:
        add_partner(session, player.actor, fair, SHARED)
    assert refused.value.reason == "too_many_partners"


def test_partner_page(desk: OrganiserBrowser, stranger: OrganiserBrowser, session: Session, fair: Fair) -> None:
    address = f"/organise/fairs/{fair.slug}/partners"
    typed = {"role": "foreign_exhibitor", "name_vi": "Siam Silk", "country": "TH", "note_vi": "lụa"}
    assert desk.send(address, typed).status_code == 303
    page = desk.get(address)
    assert all(word in page.text for word in ("Siam Silk", "Thái Lan", "Đơn vị nước ngoài"))
    assert "Thailand" in desk.get(f"/en{address}").text
    wrong = {**typed, "name_vi": "", "country": "", "website": "xyz", "name_en": "Kept as typed"}
    for prefix, sentences in (
        (
            "",
            [
                "Nhập tên tiếng Việt, hoặc tên dùng ở mọi nơi.",
                "Hãy chọn nước của đơn vị.",
                "Đây không phải địa chỉ web.",
            ],
        ),
        (
            "/en",
            ["Enter the name in Vietnamese, or", "Choose the country", "This is not a web address."],
        ),
    ):
        answer = desk.send(prefix + address, wrong)
        assert (answer.status_code, "Kept as typed" in answer.text) == (422, True)
        assert [sentence for sentence in sentences if sentence not in answer.text] == []
    (one,) = partners_of(session, fair)
    session.commit()
    gone = f"{address}/{one.id}/remove"
    assert stranger.send(gone, {}, form_on="/").status_code in {400, 404}
    assert desk.send(gone, {}, form_on=address).status_code == 303
    assert partners_of(session, fair) == []
