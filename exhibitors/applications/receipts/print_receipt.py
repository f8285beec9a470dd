"""A receipt as one PDF page of A5: large enough to read, small enough to fold into a purse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from foundation.print_fonts import font_file
from foundation.print_qr import draw_qr

if TYPE_CHECKING:
    from fpdf import FPDF

PAGE = (148.0, 210.0)
MARGIN = 14.0
QR_SIDE = 38.0
INK, PALE = (16, 40, 45), (110, 103, 82)
TERM_WIDTH = 38.0
LINE = 4.8


class ReceiptWords(NamedTuple):
    """What stands on it: `rows` are term and value; `address` is behind the QR code, `hint` beside it."""

    title: str
    fair: str
    code: str
    rows: Sequence[tuple[str, str]]
    address: str
    hint: str


def receipt_pdf(words: ReceiptWords, *, language: str, sent_at: datetime) -> bytes:
    """The page, the same bytes each time; what is too long is cut so that the QR code always has its place."""
    from fpdf import FPDF  # reason: takes 20 MB and is seldom wanted

    pdf = FPDF(unit="mm", format=PAGE)
    pdf.set_auto_page_break(False)
    pdf.set_margins(MARGIN, MARGIN, MARGIN)
    for style, weight in (("", "400"), ("B", "800")):
        pdf.add_font("house", style, str(font_file(weight)))
    pdf.set_lang(language)
    pdf.set_creation_date(sent_at)
    pdf.set_title(f"{words.title} {words.code}")
    pdf.add_page()
    for text, style, size, colour in (
        (words.title, "", 11, PALE),
        (words.fair, "B", 14, INK),
        (words.code, "B", 26, INK),
    ):
        pdf.set_font("house", style, size)
        pdf.set_text_color(*colour)
        pdf.multi_cell(0, size * 0.45, text, new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.ln(1.5)
    bottom = PAGE[1] - MARGIN - QR_SIDE - 4
    for term, value in words.rows:
        if pdf.get_y() > bottom - 6:
            break
        _row(pdf, term, value, bottom)
    top = PAGE[1] - MARGIN - QR_SIDE
    draw_qr(pdf, words.address, MARGIN, top, QR_SIDE)
    pdf.set_xy(MARGIN + QR_SIDE + 6, top)
    pdf.set_font("house", "", 9)
    pdf.set_text_color(*PALE)
    pdf.multi_cell(0, 4.5, words.hint, align="L")
    return bytes(pdf.output())


def _row(pdf: FPDF, term: str, value: str, bottom: float) -> None:
    """Term on the left, value beside it; lines that would reach the QR code are left out."""
    top = pdf.get_y()
    pdf.set_font("house", "", 9.5)
    pdf.set_text_color(*PALE)
    pdf.multi_cell(TERM_WIDTH, LINE, term, align="L")
    under_term = pdf.get_y()
    pdf.set_text_color(*INK)
    pdf.set_xy(MARGIN + TERM_WIDTH, top)
    lines = cast("list[str]", pdf.multi_cell(0, LINE, value, align="L", dry_run=True, output="LINES"))
    room = max(1, int((bottom - top) / LINE))
    shown = lines if len(lines) <= room else [*lines[: room - 1], "…"]
    pdf.multi_cell(0, LINE, "\n".join(shown), align="L")
    pdf.set_xy(MARGIN, max(under_term, pdf.get_y()) + 1.2)
