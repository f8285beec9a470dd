"""What may be typed as a message."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from exhibitors.applications.messages.wording import REFUSALS
from exhibitors.applications.messages.write_message import LONGEST_MESSAGE
from foundation.house_form import HouseForm
from foundation.made_once import new_form_token


class MessageForm(HouseForm):
    """One message; a form sent twice writes it once."""

    body = TextAreaField(
        _("Your message"), validators=[InputRequired(REFUSALS["message_empty"]), Length(max=LONGEST_MESSAGE)]
    )
    once = HiddenField(default=new_form_token)
