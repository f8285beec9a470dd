"""Words of booths as a sheet and of the printed plan."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

UNITS = {"x_cm": "m", "y_cm": "m", "width_cm": "m", "depth_cm": "m", "rotation": "°", "power_w": "kW"}
LEGEND = {
    "sign has_water": _("W"),
    "sign has_cold_storage": _("C"),
    "sign allows_open_flame": _("F"),
    "legend open": _("Thick edge: open side"),
    "legend blocked": _("Crossed out: not in use"),
    "legend signs": _("kW: power, W: water, C: cold storage, F: open flame allowed"),
}
REFUSALS = {
    "sheet_overtaken": _(
        "Somebody else changed %(count)s of these booths after the sheet was looked at. Send the sheet again to see "
        "what it would do now."
    ),
    "sheet_missing": _("Choose the file first."),
    "sheet_unreadable": _("This file is no readable XLSX sheet."),
    "sheet_too_large": _("A sheet has at most %(most)s rows."),
    "sheet_empty": _("The sheet has no row with a booth."),
    "sheet_without_columns": _("The sheet lacks these columns: %(columns)s."),
    "cell_unreadable": _("The column “%(column)s” cannot be read."),
    "turn_unreadable": _("The column “%(column)s” takes whole degrees, such as 45."),
    "row_twice": _("Booth %(code)s stands in the sheet twice."),
}
register_refusals(REFUSALS)
