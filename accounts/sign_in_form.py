"""What is typed to sign in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from accounts.user import LONGEST_EMAIL
from foundation.house_form import HouseForm

MOST_TYPED = 2048
"""Longer than any password that can be set; what is longer is not worth hashing."""


class SignInForm(HouseForm):
    """An address and a password; neither is judged here, so the answer says nothing about which of the two is wrong."""

    email = EmailField(
        _("E-mail address"),
        [
            InputRequired(_("Type your e-mail address.")),
            Length(max=LONGEST_EMAIL, message=_("The address is too long.")),
        ],
    )
    password = PasswordField(
        _("Password"),
        [InputRequired(_("Type your password.")), Length(max=MOST_TYPED, message=_("The password is too long."))],
    )
