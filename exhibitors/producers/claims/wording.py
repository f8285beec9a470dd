"""What claims of units are refused with."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "claim_code_unknown": _("This code opens no unit. Check each sign; ask whoever gave you the letter for a new one."),
    "unit_is_kept": _("Somebody keeps this unit already. Ask the people of the unit to invite you."),
    "claim_words_too_long": _("Shorten your words to %(most)s characters."),
    "claim_answered": _("Another officer has answered this claim meanwhile."),
    "claim_reason_missing": _("Say why: the person will read it."),
}
register_refusals(REFUSALS)
