"""What mergers are refused with."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "same_unit": _("Choose two different units."),
    "unit_gone": _("One of the two has become part of another unit meanwhile."),
    "both_apply": _("Both units have an application going on for %(fairs)s. Let one of the two be withdrawn first."),
}
register_refusals(REFUSALS)
