"""What an organiser may say about a paper of the dossier."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from exhibitors.producers.dossier.dossier_paper import PaperStatus
from exhibitors.producers.dossier.keep_papers import LONGEST_REASON
from foundation.house_form import HouseForm


class CheckForm(HouseForm):
    """Valid, or rejected with a reason; `version` is the paper as it was looked at."""

    status = RadioField(
        _("Is it valid?"),
        choices=[(PaperStatus.VALID.value, _("Valid")), (PaperStatus.REJECTED.value, _("Rejected"))],
        validators=[InputRequired(_("Choose one of the two."))],
    )
    reason = TextAreaField(
        _("Why it is rejected, read by the producer"), validators=[Optional(), Length(max=LONGEST_REASON)]
    )
    paper = HiddenField()
    version = HiddenField()
