"""What is chosen when a proposal is asked for, and said when one is put on the board."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length, Optional

from exhibitors.allocation.booth_assignment import LONGEST_REASON
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.proposals.allocation_proposal import Candidates
from exhibitors.allocation.proposals.wording import CANDIDATES, POLICIES
from foundation.house_form import HouseForm


class AskForm(HouseForm):
    """The rule, and who is to be placed."""

    policy = RadioField(
        _("By which rule?"),
        choices=[(policy.value, words) for policy, words in POLICIES.items()],  # type: ignore[misc]  # title and text
        default=Policy.BANDED_MERIT.value,
    )
    candidates = RadioField(
        _("Who is to be placed?"),
        choices=[(who.value, words) for who, words in CANDIDATES.items()],  # type: ignore[misc]  # title and text
        default=Candidates.ACCEPTED.value,
    )


class AdoptForm(HouseForm):
    """The reason for those whose published place changes."""

    reason = TextAreaField(
        _("Reason for changing published places"), validators=[Optional(), Length(max=LONGEST_REASON)]
    )
