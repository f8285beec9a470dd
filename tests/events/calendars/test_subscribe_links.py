"""Each calendar program gets the address in the form it takes."""

from __future__ import annotations

from events.calendars.subscribe_links import links_for, qr_picture

FEED = "https://fairs.example.vn/calendar/quang-ninh.ics"


def test_links_for_apple_google_and_outlook() -> None:
    links = links_for(FEED, "Hội chợ")
    assert links.webcal == "webcal://fairs.example.vn/calendar/quang-ninh.ics"
    assert links.google == (
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Ffairs.example.vn%2Fcalendar%2Fquang-ninh.ics"
    )
    assert links.outlook == (
        "https://outlook.live.com/calendar/0/addfromweb"
        "?url=https%3A%2F%2Ffairs.example.vn%2Fcalendar%2Fquang-ninh.ics&name=H%E1%BB%99i%20ch%E1%BB%A3"
    )
    assert links.office.startswith("https://outlook.office.com/calendar/0/addfromweb?url=https%3A")


def test_qr_path_stays_inside_its_square() -> None:
    picture = qr_picture(FEED)
    rows = {float(part.split(" ")[1].split("h")[0]) for part in picture.path.split("M")[1:]}
    assert (min(rows), max(rows)) == (2.5, picture.size - 2.5)
