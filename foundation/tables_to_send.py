"""A table as a spreadsheet and as a PDF to print: heads and rows of plain cells, nothing of the trade."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import chain, islice
from typing import Any

from foundation.folding import strip_controls
from foundation.print_fonts import font_file
from foundation.spreadsheet_library import spared_numpy

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | None
WIDE, HIGH = 297.0, 210.0
MARGIN, HEAD, LINE = 10.0, 22.0, 5.0
ROWS_A_PAGE = int((HIGH - 2 * MARGIN - HEAD) // LINE)
SIZE = 7.0
MEASURED, NARROWEST, WIDEST = 200, 12, 60
"""How many rows say how wide a column of a spreadsheet is, and between which widths, in letters."""
INK, PALE = (16, 40, 45), (128, 119, 95)


def as_spreadsheet(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """An XLSX file with one sheet; text stays text even when it begins with =, numbers are numbers."""
    with spared_numpy():
        from openpyxl import Workbook  # reason: takes 20 MB and is seldom wanted
        from openpyxl.cell import WriteOnlyCell  # reason: the same
        from openpyxl.styles import Font  # reason: the same

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=_sheet_name(title))
    sheet.freeze_panes = "A2"
    ahead = iter(rows)
    first = list(islice(ahead, MEASURED))
    for place, head in enumerate(heads):
        longest = max((len(str(row[place])) for row in first if row[place] is not None), default=0)
        width = max(NARROWEST, len(head) + 6, min(WIDEST, longest + 2))
        sheet.column_dimensions[chr(ord("A") + place)].width = width

    def text(words: str, font: Font | None = None) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet, value=strip_controls(words))
        cell.data_type = "s"
        if font is not None:
            cell.font = font
        return cell

    bold = Font(bold=True)
    sheet.append([text(head, bold) for head in heads])
    for row in chain(first, ahead):
        sheet.append([text(value) if isinstance(value, str) else value for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_printed(
    title: str, subtitle: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], shares: Sequence[float]
) -> bytes:
    """A PDF, A4 lying, every page with its heads and number; `shares` are the columns' parts of the width."""
    from fpdf import FPDF  # reason: takes 20 MB and is seldom wanted

    pdf = FPDF(orientation="L", unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    for style, weight in (("", "400"), ("B", "800")):
        pdf.add_font("house", style, str(font_file(weight)))
    room = WIDE - 2 * MARGIN
    widths = [share / sum(shares) * room for share in shares]
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    for number in range(pages):
        pdf.add_page()
        _head(pdf, title, f"{subtitle} · {number + 1}/{pages}")
        _line(pdf, MARGIN + HEAD - 3, heads, widths, bold=True)
        pdf.set_draw_color(*PALE)
        pdf.line(MARGIN, MARGIN + HEAD - 1.5, WIDE - MARGIN, MARGIN + HEAD - 1.5)
        pdf.set_font("house", "", SIZE)
        for place, row in enumerate(rows[number * ROWS_A_PAGE : (number + 1) * ROWS_A_PAGE]):
            _line(pdf, MARGIN + HEAD + 2.5 + place * LINE, row, widths)
    return bytes(pdf.output())


def _head(pdf: Any, title: str, subtitle: str) -> None:
    pdf.set_text_color(*INK)
    pdf.set_font("house", "B", 13)
    pdf.text(MARGIN, MARGIN + 5, title)
    pdf.set_font("house", "", 8)
    pdf.text(MARGIN, MARGIN + 10.5, subtitle)


def _line(pdf: Any, top: float, cells: Sequence[Cell], widths: Sequence[float], *, bold: bool = False) -> None:
    if bold:
        pdf.set_font("house", "B", SIZE)
    left = MARGIN
    for value, width in zip(cells, widths, strict=True):
        words = "" if value is None else " ".join(str(value).split())
        pdf.text(left, top, _cut(pdf, words, width - 1.5))
        left += width


def _cut(pdf: Any, words: str, room: float) -> str:
    """The words, or as many of their letters as have room, with the sign that some are left out."""
    if len(words) * SIZE * 0.19 <= room:  # no letter of the house's font is wider on the whole
        return words
    if pdf.get_string_width(words) <= room:
        return words
    few = words[: max(1, int(len(words) * room / pdf.get_string_width(words)) - 1)]
    return f"{few.rstrip()}…"


def _sheet_name(title: str) -> str:
    """Spreadsheets allow 31 letters and none of []:*?/\\ in the name of a sheet."""
    bare = "".join(" " if sign in "[]:*?/\\" else sign for sign in title)
    return " ".join(bare.split())[:31] or "1"
