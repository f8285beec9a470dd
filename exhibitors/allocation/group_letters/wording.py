"""Refusals of a letter to many applicants."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "nobody_to_write_to": _("There is nobody to write to: choose other applications."),
    "group_too_large": _("Write to at most %(most)s applications at once: narrow the filter."),
}
register_refusals(REFUSALS)
