"""What is typed when decisions are published: the day to confirm by, and which ones were on the screen."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, HiddenField
from wtforms.validators import InputRequired, Length

from exhibitors.allocation.publish_decisions import END_OF_WORK
from foundation import clock
from foundation.house_form import HouseForm

MOST_DIGITS = 60_000


class PublishForm(HouseForm):
    """Confirm-by day, and the ids of the applications that the organiser has seen in the list."""

    confirm_by = DateField(
        _("Producers confirm by"),
        validators=[InputRequired(_("Choose a day."))],
        description=_("17:00 on this day. After that the booth goes to somebody else."),
    )
    hold_letters = BooleanField(
        _("Hold the letters"),
        description=_("They are written and wait: read them, change single ones, then let them go."),
    )
    seen = HiddenField(validators=[Length(max=MOST_DIGITS)])

    @property
    def moment(self) -> datetime:
        """The end of work on the day. Only after the form was found valid."""
        return clock.local_moment(self.confirm_by.data or clock.today(), END_OF_WORK)

    @property
    def seen_ids(self) -> list[int]:
        """The ids as numbers; anything else is left out."""
        return numbers_in(self.seen.data)


def numbers_in(words: str | None) -> list[int]:
    """The numbers between commas; anything else is left out."""
    parts = (words or "").split(",")
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 10]
