"""What is typed on the page of the waiting list."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Length

from exhibitors.allocation.publish_decisions import END_OF_WORK
from exhibitors.allocation.waiting_list.close_waiting_list import LONGEST_REASON
from foundation import clock
from foundation.house_form import HouseForm


class OfferForm(HouseForm):
    """The day to answer by."""

    confirm_by = DateField(
        _("Answer by"),
        validators=[InputRequired(_("Choose a day."))],
        description=_("17:00 on this day. Whoever does not answer goes to the end of the list."),
    )

    @property
    def moment(self) -> datetime:
        """The end of work on the day. Only after the form was found valid."""
        return clock.local_moment(self.confirm_by.data or clock.today(), END_OF_WORK)


class CloseForm(HouseForm):
    """The reason that everybody on the list reads."""

    reason = TextAreaField(_("Reason, for everybody who waits"), validators=[Length(max=LONGEST_REASON)])
