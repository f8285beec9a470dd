"""Sentences of the refusals that belong to no capability."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "money_missing": _("Enter an amount of money."),
    "money_unreadable": _("“%(typed)s” cannot be read as an amount. Write it like 45,000."),
    "money_ambiguous": _("“%(typed)s” can be read in two ways. Write it like 45,000."),
    "money_not_whole": _("“%(typed)s” is not a whole number of đồng."),
    "money_too_large": _("“%(typed)s” is too large an amount."),
    "file_missing": _("Choose a file first."),
    "file_empty": _("This file is empty. Choose it again, or save it anew first."),
    "file_too_large": _("This file is too large: there is room for %(most)s MB. Make it smaller and send it again."),
    "file_kind_refused": _("This kind of file is not taken. Send one of these: %(kinds)s."),
    "file_cut_off": _("The end of this PDF is missing. Save it anew and send it again."),
    "picture_too_large": _("This picture has more than %(most)s million pixels. Make it smaller and send it again."),
    "picture_unreadable": _("This picture is damaged and cannot be read. Save it anew and send it again."),
}
register_refusals(REFUSALS)
