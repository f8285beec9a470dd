"""What is typed to sign up, and the address fields that other forms of accounts share."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import Email, InputRequired, Length

from accounts.sign_in_form import MOST_TYPED
from accounts.user import LONGEST_EMAIL, LONGEST_NAME
from foundation.house_form import HouseForm


def email_field(label: str | None = None) -> EmailField:
    """An address that a letter can be sent to; only ASCII before the @, as not every mail server takes more."""
    return EmailField(
        label or _("E-mail address"),
        [
            InputRequired(_("Type your e-mail address.")),
            Length(max=LONGEST_EMAIL, message=_("The address is too long.")),
            Email(_("This is not an e-mail address. Example: ten@example.vn"), allow_smtputf8=False),
        ],
    )


def new_password_field(label: str | None = None) -> PasswordField:
    """A password to be set; its rules are those of `check_password_rules`."""
    return PasswordField(
        label or _("Password"),
        [InputRequired(_("Type a password.")), Length(max=MOST_TYPED, message=_("The password is too long."))],
        description=_("At least 8 characters. A few words in a row are easy to remember and hard to guess."),
    )


class EmailForm(HouseForm):
    """An address alone: forgotten password, letter once more."""

    email = email_field()


class SignUpForm(HouseForm):
    """A person's name, address and password."""

    name = StringField(
        _("Your name"),
        [InputRequired(_("Type your name.")), Length(max=LONGEST_NAME, message=_("The name is too long."))],
    )
    email = email_field()
    password = new_password_field()

    def facts(self) -> dict[str, str]:
        """What the verb takes."""
        return {"name": self.name.data or "", "email": self.email.data or "", "password": self.password.data or ""}


class NewPasswordForm(HouseForm):
    """A new password behind a link from a letter."""

    password = new_password_field(_("New password"))
