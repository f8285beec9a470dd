"""Words for the trail's filters and its sheet."""

from __future__ import annotations

from flask_babel import gettext as _


def topic_choices() -> list[tuple[str, str]]:
    """Names in the address and words of what acts can be about."""
    return [
        ("", _("About everything")),
        ("applications", _("Applications")),
        ("review", _("Scores and reviewers")),
        ("booths", _("Booths and offers")),
        ("set_up", _("The fair, its plan and its call")),
        ("letters", _("Letters")),
        ("people", _("Team")),
        ("taken_out", _("Lists taken out")),
    ]


def trail_heads() -> list[str]:
    """The heads of the sheet, in the order of its cells."""
    return [
        _("Number"),
        _("When"),
        _("Who"),
        _("On whose behalf"),
        _("What was done"),
        _("Code of the act"),
        _("Application"),
        _("Unit or thing"),
        _("Booth or zone"),
        _("Reason"),
        _("Before"),
        _("After"),
    ]
