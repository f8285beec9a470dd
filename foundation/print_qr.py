"""QR codes in PDF pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foundation.qr_code import qr_runs

if TYPE_CHECKING:
    from fpdf import FPDF

BLACK = (0, 0, 0)


def draw_qr(pdf: FPDF, address: str, left: float, top: float, side: float) -> None:
    """The code as black bars, run by run, in the PDF's unit; its quiet zone is the white around it."""
    modules, runs = qr_runs(address)
    module_side = side / modules
    pdf.set_fill_color(*BLACK)
    for run in runs:
        x, y = left + run.left * module_side, top + run.top * module_side
        pdf.rect(x, y, run.length * module_side, module_side, style="F")
