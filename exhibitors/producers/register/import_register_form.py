"""What may be typed while a register is brought in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import FileStorage
from wtforms import FileField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import Optional

from exhibitors.producers.register.register_sheet import NEEDED
from exhibitors.producers.register.wording import FIELDS
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.stored_file import MOST_BYTES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(HouseForm):
    """The spreadsheet."""

    sheet = FileField(_("Spreadsheet (XLSX)"), render_kw={"accept": f".xlsx,{XLSX}"})

    def sent(self) -> tuple[str, bytes]:
        """Name and bytes, no further than one byte past the limit; refuses file_missing and file_too_large."""
        if not isinstance(self.sheet.data, FileStorage) or not self.sheet.data.filename:
            raise Refused("file_missing")
        content = self.sheet.data.stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise Refused("file_too_large", most=MOST_BYTES // 1_000_000)
        return self.sheet.data.filename, content


class ColumnsForm(HouseForm):
    """One picker for each field; made by `columns_form`."""

    def columns(self) -> dict[str, int]:
        """Field → number of the column, for those that were chosen."""
        return {name: int(self._fields[name].data) for name in FIELDS if self._fields[name].data not in {None, ""}}


def columns_form(heads: Sequence[str], chosen: dict[str, int], sent: Any) -> ColumnsForm:
    """The pickers over the heads of a sheet, filled from what was sent or else chosen."""
    offered = [SelectChoice("", str(_("not in this sheet")))]
    offered += [SelectChoice(str(place), f"{place + 1}. {head}"[:80]) for place, head in enumerate(heads)]
    fields: dict[str, object] = {
        name: SelectField(words, [] if name in NEEDED else [Optional()], choices=offered)
        for name, words in FIELDS.items()
    }
    made = type("ColumnsOfSheet", (ColumnsForm,), fields)
    form: ColumnsForm = made(sent, data={name: str(place) for name, place in chosen.items()})
    return form
