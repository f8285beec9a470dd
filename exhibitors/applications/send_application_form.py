"""What is ticked when an application is sent, and said when it is taken back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import Length, Optional

from exhibitors.applications.given_word import CONSENTS, VERSIONS, Purpose
from exhibitors.applications.given_word_wording import TEXTS
from foundation.house_form import HouseForm


class RulesForm(HouseForm):
    """The last ticks before sending: rules and pledge are needed, each consent is free and never ticked before."""

    rules_accepted = BooleanField(_("We accept the rules of the fair"))
    pledge_given = BooleanField(TEXTS[Purpose.PLEDGE, VERSIONS[Purpose.PLEDGE]])
    agrees_photos = BooleanField(TEXTS[Purpose.PHOTOS, VERSIONS[Purpose.PHOTOS]])
    agrees_buyers = BooleanField(TEXTS[Purpose.BUYERS, VERSIONS[Purpose.BUYERS]])
    agrees_next_fairs = BooleanField(TEXTS[Purpose.NEXT_FAIRS, VERSIONS[Purpose.NEXT_FAIRS]])
    rules_number = HiddenField()
    version = HiddenField()

    def consents(self) -> list[Purpose]:
        """The purposes ticked."""
        return [purpose for purpose in CONSENTS if self[f"agrees_{purpose.value}"].data]


class WithdrawForm(HouseForm):
    """Why an application is taken back."""

    reason = TextAreaField(
        _("Reason"),
        validators=[Optional(), Length(max=500)],
        description=_("It helps the organiser to plan; needed once you have confirmed a booth."),
    )
