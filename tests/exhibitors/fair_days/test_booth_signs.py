"""Signs for the booths: what stands on them, how they are cut, and that their QR codes lead to the booths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import segno
from pypdfium2 import PdfDocument

from exhibitors.fair_days.booth_signs import booth_signs
from exhibitors.fair_days.print_booth_signs import HEIGHT, MARGIN, QR_SIDE, QR_TOP, WIDTH, SignWords, fitted, signs_pdf
from tests.cast import a_confirmed_application, booths_of
from tests.scenes import Play

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from events.fairs.fair import Fair
    from exhibitors.applications.booth_application import BoothApplication
    from tests.cast import OrganiserPlayer, ProducerPlayer
    from tests.exhibitors.conftest import Visitor

DOTS = 6
"""For each millimetre."""


@pytest.fixture
def stand(play: Play, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """A confirmed booth, A01."""
    return play(a_confirmed_application, organiser, player, fair)


def words_on(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_range() for page in PdfDocument(content)]


def modules_at(content: bytes, left: float, top: float, count: int) -> list[list[bool]]:
    """The middle of each module of the QR code whose corner is there, in millimetres: dark or not."""
    picture = PdfDocument(content)[0].render(scale=DOTS * 25.4 / 72).to_pil().convert("L")
    side = QR_SIDE / count
    return [
        [
            picture.getpixel((round((left + (x + 0.5) * side) * DOTS), round((top + (y + 0.5) * side) * DOTS))) < 128
            for x in range(count)
        ]
        for y in range(count)
    ]


def test_a_sign_for_each_booth_in_use_with_the_confirmed_name(
    store: Session, fair: Fair, player: ProducerPlayer, stand: BoothApplication
) -> None:
    signs = booth_signs(store, fair)
    assert [sign.code for sign in signs] == [booth.code for booth in booths_of(store, fair)]
    assert {sign.code: sign.holder.vi for sign in signs if sign.holder} == {"A01": player.producer.name_vi}
    assert [sign.code for sign in booth_signs(store, fair, taken_alone=True)] == ["A01"]


def test_qr_code_leads_to_the_booth(fair: Fair) -> None:
    address = f"https://gianhang.example/fairs/{fair.slug}/booths/A01"
    made = signs_pdf([SignWords("A01", "HTX", "Khu A", address)], fair="Hội chợ", hint="Quét", language="vi")
    matrix = [[bool(module & 1) for module in row] for row in segno.make_qr(address, error="m").matrix]
    left, top = MARGIN + (WIDTH - QR_SIDE) / 2, MARGIN + QR_TOP
    assert modules_at(made, left, top, len(matrix)) == matrix


def test_six_on_a_page_however_long_the_names() -> None:
    long_name = "Hợp tác xã Nông nghiệp và Dịch vụ tổng hợp xã Quảng La thành phố Hạ Long tỉnh Quảng Ninh " * 3
    signs = [SignWords(f"A{number:02}", long_name, "Khu A", "https://gianhang.example/a") for number in range(1, 14)]
    pages = words_on(signs_pdf(signs, fair="Hội chợ Xuân", hint="Quét mã", language="vi"))
    assert [sum(f"A{number:02}" in page for number in range(1, 14)) for page in pages] == [6, 6, 1]
    assert HEIGHT * 3 + 2 * MARGIN == 297
    size, lines = fitted("một hai ba bốn năm", 10, 13, 7, lambda words, size: len(words) * size / 10)
    assert (size, lines) == (11.0, ["một hai", "ba bốn năm"]) or len(lines) == 2


def test_organiser_prints_all_or_the_confirmed_ones(
    fair: Fair, organiser: OrganiserPlayer, stand: BoothApplication, visit: Callable[..., Visitor]
) -> None:
    desk = visit(organiser.user.email)
    address = f"/organise/fairs/{fair.slug}/booth-signs.pdf"
    assert address in desk.get(f"/organise/fairs/{fair.slug}/booths").text
    all_signs, taken = desk.client.get(address), desk.client.get(f"{address}?only=taken")
    assert (all_signs.mimetype, all_signs.status_code) == ("application/pdf", 200)
    [page] = words_on(taken.data)
    assert "A01" in page
    assert "HTX Miến dong Bình Liêu" in page
    assert "A02" in words_on(all_signs.data)[0]
    assert "Scan to see" in words_on(desk.client.get(f"/en{address}").data)[0]
