"""Booths as a spreadsheet and back: one row a booth, lengths in metres, power in kilowatts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType
from typing import Any

from foundation.spreadsheet_library import spared_numpy

COLUMNS = (
    "code", "zone", "x_cm", "y_cm", "width_cm", "depth_cm", "rotation", "power_w",
    "has_water", "has_cold_storage", "allows_open_flame", "is_corner", "open_sides", "booth_type_id", "blocked",
)  # fmt: skip
NEEDED = ("code", "zone", "x_cm", "y_cm", "width_cm", "depth_cm")
SCALES = {"x_cm": 100, "y_cm": 100, "width_cm": 100, "depth_cm": 100, "power_w": 1000}
FLAGS = frozenset({"has_water", "has_cold_storage", "allows_open_flame", "is_corner"})
YES = frozenset({"x", "1", "true", "yes", "y", "có", "co", "đúng"})
NO = frozenset({"", "0", "false", "no", "n", "không", "khong", "sai"})
SIDES = {"front": "F", "back": "B", "left": "L", "right": "R"}
MOST_ROWS = 5_000
MOST_UNPACKED = 60_000_000


class UnreadableSheet(Exception):
    """The file is no sheet of booths; `reason` is a code, `facts` fill its sentence."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


@dataclass(slots=True)
class SheetRow:
    """One row as it was read: its number in the sheet, the values, and the fields that cannot be read."""

    number: int
    values: dict[str, Any]
    unreadable: list[str] = field(default_factory=list)


def write_sheet(
    booths: Sequence[Mapping[str, Any]],
    zone_codes: Mapping[str, str],
    words: Mapping[str, str],
    type_names: Mapping[int, str] = MappingProxyType({}),
) -> bytes:
    """The booths of a plan document as an XLSX file; `words` are the heads of the columns, types go by their names."""
    with spared_numpy():
        from openpyxl import Workbook  # reason: takes 20 MB and is seldom wanted
        from openpyxl.styles import Font  # reason: the same
        from openpyxl.utils import get_column_letter  # reason: the same

    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = words["booth"][:31]
    sheet.append([words[name] for name in COLUMNS])
    for booth in booths:
        sheet.append([_shown(name, booth, zone_codes, type_names) for name in COLUMNS])
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with = stays a text
    for place, cell in enumerate(sheet[1], 1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = max(10, len(str(cell.value)) + 2)
    sheet.freeze_panes = "B2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def read_sheet(content: bytes, names: Mapping[str, str]) -> list[SheetRow]:
    """The rows of the first sheet; `names` leads from the head of a column, in small letters, to its field.

    Raises UnreadableSheet: sheet_unreadable, sheet_too_large, sheet_without_columns (columns), sheet_empty.
    """
    rows = _cells(content)
    heads = [names.get(str(value or "").strip().lower()) for value in next(rows, ())]
    missing = [name for name in NEEDED if name not in heads]
    if missing:
        raise UnreadableSheet("sheet_without_columns", columns=missing)
    read = [
        _read_row(number, heads, cells)
        for number, cells in enumerate(rows, 2)
        if any(value not in {None, ""} for value in cells)
    ]
    if not read:
        raise UnreadableSheet("sheet_empty")
    if len(read) > MOST_ROWS:
        raise UnreadableSheet("sheet_too_large", most=MOST_ROWS)
    return read


def _cells(content: bytes) -> Iterator[tuple[Any, ...]]:
    """The cells of the first sheet, after a look at how large the file becomes."""
    with spared_numpy():
        from openpyxl import load_workbook  # reason: takes 20 MB and is seldom wanted

    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        _refuse_large(unpacked)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return iter(list(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=40, values_only=True)))
    except UnreadableSheet:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers do on a broken file
        raise UnreadableSheet("sheet_unreadable") from error


def _refuse_large(unpacked: int) -> None:
    if unpacked > MOST_UNPACKED:
        raise UnreadableSheet("sheet_too_large", most=MOST_ROWS)


def _read_row(number: int, heads: Sequence[str | None], cells: Sequence[Any]) -> SheetRow:
    row = SheetRow(number, {})
    for name, value in zip(heads, cells, strict=False):
        if name is None:
            continue
        try:
            read = _read(name, value)
        except ValueError:
            row.unreadable.append(name)
            continue
        if read is not None:
            row.values[name] = read
    return row


def _read(name: str, value: Any) -> Any:
    text = str(value if value is not None else "").strip()
    if name in FLAGS:
        word = text.lower()
        if word not in YES | NO:
            raise ValueError(word)
        return word in YES
    if name == "open_sides":
        letters = {letter: side for side, letter in SIDES.items()}
        signs = dict.fromkeys(text.upper().replace(" ", "").replace(",", ""))
        if not set(signs) <= set(letters):
            raise ValueError(text)
        return [letters[sign] for sign in signs]
    if name in SCALES or name == "rotation":
        if not text:
            return None
        number = float(text.replace(",", ".")) * SCALES.get(name, 1)
        if number != number or abs(number) > 10**9:  # noqa: PLR0124  # not a number differs from itself
            raise ValueError(text)
        if name == "rotation" and number != int(number):
            raise ValueError(text)  # a part of a degree is not kept, so it is not taken in silence either
        return round(number) % 360 if name == "rotation" else round(number)
    return text


def _shown(name: str, booth: Mapping[str, Any], zone_codes: Mapping[str, str], type_names: Mapping[int, str]) -> Any:
    value = booth[name]
    if name == "zone":
        return zone_codes.get(value, "")
    if name == "booth_type_id":
        return type_names.get(value, "")
    if name == "open_sides":
        return "".join(SIDES[side] for side in value)
    if name in FLAGS:
        return "x" if value else ""
    return value / SCALES[name] if name in SCALES else value
