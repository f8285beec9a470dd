"""What assistance is refused with."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "assistance_over": _("You act for no unit now. Choose it again."),
}
register_refusals(REFUSALS)
