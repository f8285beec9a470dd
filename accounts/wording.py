"""Labels and sentences of floor 1: what it refuses, and why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

LETTER_LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
REFUSALS = {
    "password_too_short": _("The password is too short. Use at least %(least)s characters."),
    "password_too_long": _("The password is too long. Use a shorter one."),
    "password_unreadable": _("The password holds a character that keyboards do not have. Type it again."),
    "password_common": _("Many people use this password, so it is guessed first. Choose another one."),
    "password_personal": _("This password is too close to your name, your address or this site. Choose another one."),
    "wrong_sign_in": _("The address or the password is not right. Type both again."),
    "wrong_password": _("The present password is not right. Type it again."),
    "person_name_missing": _("Type your name."),
    "person_name_too_long": _("The name is too long. Use at most %(most)s characters."),
    "person_name_unreadable": _("Type a name only, without addresses or signs such as < and @."),
    "email_taken": _("This e-mail address has an account already."),
    "email_same": _("This is your address already. Type the new one."),
    "email_unconfirmed": _("The e-mail address has not been confirmed yet."),
    "account_disabled": _("This account is closed. Ask the organiser."),
    "link_dead": _("This link no longer works. Ask for a new one."),
    "organisation_name_missing": _("Type the name of the organisation."),
}
register_refusals(REFUSALS)
