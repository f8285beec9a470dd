"""A table as a spreadsheet is as wide as what stands in it."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from foundation.tables_to_send import MEASURED, WIDEST, as_spreadsheet


def test_columns_are_as_wide_as_their_words_within_reason() -> None:
    name = "Hợp tác xã Miến dong Minh Họa Bình Liêu"
    rows = [("GH-1", name, "a" * 500), ("GH-2", None, "")]
    sheet = load_workbook(BytesIO(as_spreadsheet("Hồ sơ", ["Mã", "Nhà sản xuất", "Lý do"], rows))).active
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths == [12, len(name) + 2, WIDEST]


def test_no_row_is_lost_behind_those_that_are_measured() -> None:
    rows = ((number, f"hàng {number}") for number in range(MEASURED + 3))
    sheet = load_workbook(BytesIO(as_spreadsheet("Bảng", ["Số", "Tên"], rows))).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(range(MEASURED + 3))
