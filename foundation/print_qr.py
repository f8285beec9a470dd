"""QR codes in PDF pages."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import segno

if TYPE_CHECKING:
    from fpdf import FPDF

BLACK = (0, 0, 0)


def draw_qr(pdf: FPDF, address: str, left: float, top: float, side: float) -> None:
    """The code as black bars, run by run, in the PDF's unit; its quiet zone is the white around it."""
    rows = [[bool(module & 1) for module in row] for row in segno.make_qr(address, error="m").matrix]
    module_side = side / len(rows)
    pdf.set_fill_color(*BLACK)
    for y, row in enumerate(rows):
        x = 0
        for dark, modules in groupby(row):
            run = len(list(modules))
            if dark:
                pdf.rect(left + x * module_side, top + y * module_side, run * module_side, module_side, style="F")
            x += run
