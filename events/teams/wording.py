"""What naming people for a fair refuses, and why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "zone_of_another_fair": _("This zone belongs to another fair. Choose one of this fair."),
}
register_refusals(REFUSALS)
