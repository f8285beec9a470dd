"""Signs of booths as PDF pages to cut apart: six on a page of A4, each with code, name and a QR code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from foundation.print_fonts import font_file
from foundation.print_qr import draw_qr

if TYPE_CHECKING:
    from fpdf import FPDF

PAGE = (210.0, 297.0)
ACROSS, DOWN = 2, 3
MARGIN = 10.0
WIDTH, HEIGHT = (PAGE[0] - 2 * MARGIN) / ACROSS, (PAGE[1] - 2 * MARGIN) / DOWN
QR_SIDE, QR_TOP = 44.0, 30.0
PADDING = 6.0
INK, PALE = (16, 40, 45), (128, 119, 95)
LARGEST, SMALLEST = 13.0, 7.0


class SignWords(NamedTuple):
    """One sign: the code, who stands there (empty: nobody yet), where it is, and the address behind the QR code."""

    code: str
    name: str
    place: str
    address: str


def signs_pdf(signs: Sequence[SignWords], *, fair: str, hint: str, language: str) -> bytes:
    """All signs, `fair` and `hint` on each of them; one empty page where there are none."""
    from fpdf import FPDF  # reason: takes 20 MB and is seldom wanted

    pdf = FPDF(unit="mm", format=PAGE)
    pdf.set_auto_page_break(False)
    for style, weight in (("", "400"), ("B", "800")):
        pdf.add_font("house", style, str(font_file(weight)))
    pdf.set_lang(language)
    pdf.set_title(fair)
    for first in range(0, max(len(signs), 1), ACROSS * DOWN):
        pdf.add_page()
        _cut_lines(pdf)
        for number, sign in enumerate(signs[first : first + ACROSS * DOWN]):
            left, top = MARGIN + number % ACROSS * WIDTH, MARGIN + number // ACROSS * HEIGHT
            _sign(pdf, (left, top), sign, (hint, sign.place, fair))
    return bytes(pdf.output())


def _cut_lines(pdf: FPDF) -> None:
    """Dashed, from edge to edge, so that a whole pile is cut at once."""
    pdf.set_draw_color(*PALE)
    pdf.set_line_width(0.2)
    pdf.set_dash_pattern(dash=2, gap=2)
    for number in range(ACROSS + 1):
        pdf.line(MARGIN + number * WIDTH, 0, MARGIN + number * WIDTH, PAGE[1])
    for number in range(DOWN + 1):
        pdf.line(0, MARGIN + number * HEIGHT, PAGE[0], MARGIN + number * HEIGHT)
    pdf.set_dash_pattern()


def _sign(pdf: FPDF, corner: tuple[float, float], sign: SignWords, below: Sequence[str]) -> None:
    left, top = corner
    middle, room = left + WIDTH / 2, WIDTH - 2 * PADDING
    pdf.set_text_color(*INK)
    _centred(pdf, sign.code, (middle, top + 14), room, 30, bold=True)
    size, lines = fitted(sign.name, room, LARGEST, SMALLEST, lambda words, size: _wide(pdf, words, size, bold=True))
    for number, line in enumerate(lines):
        _centred(pdf, line, (middle, top + 21 + number * size * 0.42), room, size, bold=True)
    draw_qr(pdf, sign.address, middle - QR_SIDE / 2, top + QR_TOP, QR_SIDE)
    for number, line in enumerate(below):
        _centred(pdf, line, (middle, top + QR_TOP + QR_SIDE + 4.5 + number * 4.2), room, 7.5)


def fitted(
    words: str, room: float, largest: float, smallest: float, wide: Callable[[str, float], float]
) -> tuple[float, list[str]]:
    """The largest size in which the words stand in two lines, and the lines; `wide` measures in the unit of `room`."""
    size, parts = largest, words.split()
    while True:
        lines = [""]
        for part in parts:
            longer = f"{lines[-1]} {part}".strip()
            if lines[-1] and wide(longer, size) > room:
                lines.append(part)
            else:
                lines[-1] = longer
        if len(lines) <= 2 or size <= smallest:
            return size, lines[:2]
        size -= 0.5


def _wide(pdf: FPDF, words: str, size: float, *, bold: bool = False) -> float:
    pdf.set_font("house", "B" if bold else "", size)
    return float(pdf.get_string_width(words))


def _centred(pdf: FPDF, words: str, at: tuple[float, float], room: float, size: float, *, bold: bool = False) -> None:
    """One line about its middle, made smaller where it has no room."""
    wide = _wide(pdf, words, size, bold=bold)
    if wide > room:
        wide = _wide(pdf, words, size * room / wide, bold=bold)
    if words:
        pdf.text(at[0] - wide / 2, at[1], words)
