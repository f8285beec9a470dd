"""What administrators may type about an organising body."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from accounts.administer_organisations import LONGEST_NAME
from accounts.sign_up_form import email_field
from accounts.wording import LETTER_LANGUAGES
from foundation.house_form import HouseForm


class OrganisationForm(HouseForm):
    """Names and contact."""

    name_vi = StringField(
        _("Name in Vietnamese"),
        [
            InputRequired(_("Type the name of the organisation.")),
            Length(max=LONGEST_NAME, message=_("The name is too long.")),
        ],
    )
    name_en = StringField(
        _("Name in English"), [Optional(), Length(max=LONGEST_NAME, message=_("The name is too long."))]
    )
    contact = StringField(
        _("Contact for visitors"),
        [Optional(), Length(max=LONGEST_NAME, message=_("The text is too long."))],
        description=_("Shown in public: a telephone number, an address, an office."),
    )


class NewOrganisationForm(OrganisationForm):
    """A new body with its first owner."""

    email = email_field(_("E-mail address of the first owner"))
    language = RadioField(_("Language of the letter"), choices=LETTER_LANGUAGES)
