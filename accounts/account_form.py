"""What people may change about their own account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from accounts.sign_in_form import MOST_TYPED
from accounts.sign_up_form import email_field, new_password_field
from accounts.user import LONGEST_NAME
from accounts.wording import LETTER_LANGUAGES
from foundation.house_form import HouseForm


def present_password_field() -> PasswordField:
    """The password as it is now: proves that the person at the keyboard is the owner."""
    return PasswordField(
        _("Present password"),
        [
            InputRequired(_("Type your present password.")),
            Length(max=MOST_TYPED, message=_("The password is too long.")),
        ],
    )


class ProfileForm(HouseForm):
    """How letters address the person."""

    name = StringField(
        _("Your name"),
        [InputRequired(_("Type your name.")), Length(max=LONGEST_NAME, message=_("The name is too long."))],
    )
    language = RadioField(_("Language of letters"), choices=LETTER_LANGUAGES)


class PasswordForm(HouseForm):
    """A new password, with the present one."""

    present_password = present_password_field()
    new_password = new_password_field(_("New password"))


class NewEmailForm(HouseForm):
    """A new address, with the password."""

    email = email_field(_("New e-mail address"))
    present_password = present_password_field()
