"""For search engines, feed readers and other sites: a map, true news, a frame; drafts nowhere."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from exhibitors.results.preview_picture import PreviewFacts, preview_picture
from tests.small_world import CANARY, World

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(world: World, address: str) -> bytes:
    answer = world.request("anonymous", "GET", address, headers={"Accept-Encoding": "identity"})
    assert answer.status_code == 200
    return answer.data


def test_every_address_of_the_map_is_there_in_both_languages(world: World) -> None:
    root = ET.fromstring(read(world, "/sitemap.xml"))  # noqa: S314 - our own document
    addresses = [node.text or "" for node in root.iter(f"{SITEMAP}loc")]
    assert len(addresses) == len(set(addresses))
    assert CANARY not in str(addresses)
    paths = ["/" + address.split("/", 3)[3] for address in addresses]
    assert {path for path in paths if not path.startswith("/en/")} == {path[3:] for path in paths if path[:4] == "/en/"}
    assert {world.request("anonymous", "GET", path).status_code for path in paths} == {200}
    assert [path for path in paths if path.endswith("/plan")]


def test_map_says_when_a_fair_last_changed(world: World) -> None:
    root = ET.fromstring(read(world, "/sitemap.xml"))  # noqa: S314 - our own document
    changed = {
        (page.findtext(f"{SITEMAP}loc") or "").split("/", 3)[3]: page.findtext(f"{SITEMAP}lastmod")
        for page in root.iter(f"{SITEMAP}url")
    }
    slug = world.players["organiser A"].values["slug"]
    feed = read(world, f"/calendar/fairs/{slug}.ics").decode()
    stamps = re.findall(r"LAST-MODIFIED:(\d{8}T\d{6}Z)", feed)
    told = (changed[f"fairs/{slug}"] or "").translate({ord("-"): None, ord(":"): None})
    assert told == max(stamps)
    assert changed["products"] is None


def test_robots_find_the_map_and_leave_accounts_alone(world: World) -> None:
    text = read(world, "/robots.txt").decode()
    assert "Disallow: /organise" in text
    assert "Disallow: /en/organise" in text
    assert text.rstrip().splitlines()[-1].endswith("/sitemap.xml")
    assert not any("/producers/x".startswith(line.removeprefix("Disallow: ")) for line in text.splitlines()[1:-2])


def test_news_are_atom_with_one_lasting_entry_for_each_public_fair(world: World) -> None:
    root = ET.fromstring(read(world, "/news.atom"))  # noqa: S314 - our own document
    entries = root.findall(f"{ATOM}entry")
    titles = {entry.findtext(f"{ATOM}title") for entry in entries}
    assert titles == {"Hội chợ OCOP A", "Hội chợ OCOP B"}
    assert all((entry.findtext(f"{ATOM}id") or "").startswith("tag:") for entry in entries)
    newest = max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
    assert root.findtext(f"{ATOM}updated") == newest
    english = ET.fromstring(read(world, "/en/news.atom"))  # noqa: S314 - our own document
    assert [one.findtext(f"{ATOM}id") for one in english.findall(f"{ATOM}entry")] == [
        one.findtext(f"{ATOM}id") for one in entries
    ]


def test_frame_may_stand_in_any_site_and_only_the_frame(world: World) -> None:
    frame = world.request("anonymous", "GET", "/embed/fairs?most=1")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert frame.get_data(as_text=True).count('class="item') == 1
    assert "Set-Cookie" not in frame.headers
    page = world.request("anonymous", "GET", "/")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("most", ["0", "-1", "x", "99999", "²"])
def test_frame_takes_any_number_asked(world: World, most: str) -> None:
    assert world.request("anonymous", "GET", "/embed/fairs", query_string={"most": most}).status_code == 200


def test_preview_picture_has_the_size_that_programs_expect(world: World) -> None:
    slug = world.players["organiser A"].values["slug"]
    answer = world.request("anonymous", "GET", f"/fairs/{slug}/preview.png")
    assert answer.content_type == "image/png"
    with Image.open(BytesIO(answer.data)) as picture:
        assert picture.size == (1200, 630)
    page = world.request("anonymous", "GET", f"/fairs/{slug}").get_data(as_text=True)
    assert f'/fairs/{slug}/preview.png"' in page
    assert '"@type": "Event"' in page


@pytest.mark.parametrize("words", [1, 4, 9, 14, 20, 40])
def test_title_of_any_length_leaves_room_for_days_and_place(words: int) -> None:
    facts = PreviewFacts(
        title=" ".join(["Hội chợ triển lãm"] * words)[: words * 17],
        days="1–7 tháng 10",
        place="Hạ Long",
        day="1–7",
        month="10/2026",
    )
    with Image.open(BytesIO(preview_picture(facts))) as picture:
        shown = picture.convert("RGB")
    ground = {shown.getpixel((column, row)) for row in range(530, 538) for column in range(380, 1190)}
    assert len(ground) == 1  # nothing reaches the line above the foot


@pytest.mark.parametrize("path", ["/embed/fairs", "/en/embed/fairs?most=2", "/news.atom", "/sitemap.xml"])
def test_what_is_the_same_for_all_is_kept_by_caches_that_many_share(world: World, path: str) -> None:
    visitor = world.app.test_client(use_cookies=False)
    for answer in (visitor.get(path), visitor.get(path)):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Cache-Control"].startswith("public, max-age=")
        assert ("ETag" in answer.headers, "Set-Cookie" in answer.headers) == (True, False)
