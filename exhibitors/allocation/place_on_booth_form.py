"""What is sent when an application is put on a booth, moved, swapped or taken off."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from exhibitors.allocation.booth_assignment import LONGEST_REASON
from foundation.house_form import HouseForm


class BoothForm(HouseForm):
    """What is done to a booth: `holder` is the application that the page showed there, so that nobody else is moved."""

    holder = HiddenField(validators=[Optional(), Length(max=12)])
    reason = TextAreaField(_("Reason"), validators=[Length(max=LONGEST_REASON)])


class PlaceForm(BoothForm):
    """Who goes onto the booth, instead of which other booth, and why where the producer has been told."""

    application = HiddenField(validators=[InputRequired(_("Choose an application.")), Length(max=12)])
    instead_of = HiddenField(validators=[Optional(), Length(max=8)])


class VacateForm(BoothForm):
    """Who is taken off, and why where the producer has been told."""
