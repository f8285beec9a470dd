"""A register as a spreadsheet: its cells as texts, and which column is what by the words at its head."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from foundation.folding import fold, nfc, strip_controls
from foundation.refusal import Refused
from foundation.spreadsheet_library import spared_numpy

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_UNPACKED = 80_000_000
LONGEST_CELL = 500

HEADS: dict[str, tuple[str, ...]] = {
    "name_vi": ("ten chu the", "ten don vi", "ten co so", "chu the", "don vi", "co so", "producer", "unit"),
    "kind": ("loai hinh", "loai chu the", "loai co so", "loai don vi", "hinh thuc", "kind of unit", "kind"),
    "tax_code": ("ma so thue", "mst", "tax code", "ma so dn"),
    "place": ("xa phuong", "xa", "phuong", "dia phuong", "dia ban", "huyen", "locality", "commune", "place"),
    "address": ("dia chi", "so nha", "thon", "address", "street"),
    "contact_person": ("nguoi dai dien", "dai dien", "nguoi lien he", "lien he", "contact"),
    "contact_phone": ("dien thoai", "so dien thoai", "sdt", "phone"),
    "contact_email": ("email", "e mail", "thu dien tu"),
    "product_name": ("ten san pham", "san pham", "product"),
    "group": ("nhom san pham", "nhom", "nganh hang", "group"),
    "stars": ("hang sao", "so sao", "sao", "xep hang", "hang", "stars"),
    "certificate_number": ("so quyet dinh", "quyet dinh", "so giay chung nhan", "so chung nhan", "certificate"),
    "certificate_issuer": ("co quan cap", "noi cap", "issuer", "issued by"),
    "certificate_issued_on": ("ngay cap", "ngay quyet dinh", "ngay cong nhan", "issued on", "date of issue"),
    "certificate_expires_on": ("ngay het han", "het han", "hieu luc den", "valid until", "expiry"),
}
"""Field → beginnings of the words, folded, that stand at the head of its column; the longest wins."""
NEEDED = ("name_vi",)


def read_register(content: bytes) -> list[list[str]]:
    """The cells of the first sheet as texts, days as ISO, without empty rows at the end; row 1 holds the heads.

    Refuses register_unreadable, register_too_large (most) and register_empty.
    """
    with spared_numpy():
        from openpyxl import load_workbook  # reason: takes 20 MB and is seldom wanted

    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            _refuse_large(sum(part.file_size for part in packed.infolist()), MOST_UNPACKED)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        cells = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        rows = [[_text(value) for value in row] for row in cells]
    except Refused:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers do on a broken file
        raise Refused("register_unreadable") from error
    rows = _from_heads(rows)
    if len(rows) < 2:
        raise Refused("register_empty")
    _refuse_large(len(rows) - 1, MOST_ROWS)
    width = max(len("".join(column)) and place for place, column in enumerate(zip(*rows, strict=True), 1))
    return [row[:width] for row in rows]


def _refuse_large(size: int, most: int) -> None:
    if size > most:
        raise Refused("register_too_large", most=MOST_ROWS)


def guess_columns(heads: Sequence[str]) -> dict[str, int]:
    """Field → number of its column, from 0; each column serves one field, the field whose words fit it longest."""
    fits = [
        (len(words), field, place)
        for place, head in enumerate(heads)
        for field, beginnings in HEADS.items()
        for words in beginnings
        if f" {words}" in f" {_bare(head)}"
    ]
    guessed: dict[str, int] = {}
    for _length, field, place in sorted(fits, key=lambda fit: (-fit[0], fit[2])):
        if field not in guessed and place not in guessed.values():
            guessed[field] = place
    return guessed


def _bare(head: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(head)).split())


def _from_heads(rows: list[list[str]]) -> list[list[str]]:
    """Titles above the table are left out: it begins with the first row in which a name's column is recognised."""
    while rows and not any(rows[-1]):
        rows.pop()
    start = next((place for place, row in enumerate(rows[:20]) if _is_heads(row)), 0)
    # Rows keep their numbers of the sheet: what stands above the heads stays as empty rows behind them.
    return [rows[start], *([[""] * len(rows[0])] * start), *rows[start + 1 :]] if rows else []


def _is_heads(row: list[str]) -> bool:
    """A title may hold the same words as a head, but it stands alone."""
    guessed = guess_columns(row)
    return set(NEEDED) <= set(guessed) and (len(guessed) > 1 or sum(map(bool, row)) > 1)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # Excel keeps tax codes and telephones as numbers
    return " ".join(nfc(strip_controls(str(value))).split())[:LONGEST_CELL]
