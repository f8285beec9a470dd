"""What is typed by somebody invited who has no account yet."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from accounts.sign_up_form import new_password_field
from accounts.user import LONGEST_NAME
from foundation.house_form import HouseForm


class NewMemberForm(HouseForm):
    """Name and password; the address is the one that was invited."""

    name = StringField(
        _("Your name"),
        [InputRequired(_("Type your name.")), Length(max=LONGEST_NAME, message=_("The name is too long."))],
    )
    password = new_password_field()
