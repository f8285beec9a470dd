"""The words of following on screens: refusals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {"nothing_to_follow": _("There is nothing of that name to follow.")}
register_refusals(REFUSALS)
