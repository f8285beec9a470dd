"""What organisers type while screening: a decision with its reason, changes asked for, a way back."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from exhibitors.applications.application_moves import Decision
from exhibitors.applications.asked_points import Point
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import LONGEST_REASON, NEEDS_REASON
from exhibitors.applications.screening_wording import POINT_WORDS, REASON_CODES
from foundation import clock
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

END_OF_WORK = time(17)
NEEDED = _("Needed for the waiting list and for a refusal.")
TOO_LONG = _("Shorten this to %(max)d characters.")


class OnlyForSome(Optional):
    """May be empty, but is not called optional: some of the answers above it need it."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


def reasons_are_given(form: HouseForm, decision: Decision | None, *, code: str, reason: str) -> bool:
    """Whether the fields hold what the decision needs; each that does not says so, at once with the other."""
    lacking = {}
    if decision in NEEDS_REASON:
        told = {code: "reason_code_missing", reason: "reason_missing"}
        lacking = {name: told[name] for name in told if not form[name].data and not form[name].errors}
    for name, why in lacking.items():
        form.fault(name, refusal_words(Refused(why)))
    return not lacking


class DecisionForm(HouseForm):
    """Accept, waiting list or refuse, with the reason that the producer will read."""

    decision = RadioField(
        _("Decision"),
        choices=[
            (Decision.ACCEPT.value, _("Accept")),
            (Decision.WAITLIST.value, _("Waiting list")),
            (Decision.REJECT.value, _("Refuse")),
        ],
        validators=[InputRequired(_("Choose a decision."))],
    )
    reason_code = RadioField(
        _("What it rests on"),
        choices=[(code.value, REASON_CODES[code][0]) for code in ReasonCode],
        validators=[OnlyForSome()],
        description=NEEDED,
    )
    reason = TextAreaField(
        _("Reason, read by the producer"),
        validators=[Length(max=LONGEST_REASON, message=TOO_LONG)],
        description=NEEDED,
    )
    beyond_quota = BooleanField(
        _("Accept beyond the quota"), description=_("It is kept in the history who did so and when.")
    )
    version = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Both reasons are asked for at once."""
        is_valid: bool = super().validate(extra_validators)
        decision = Decision(self.decision.data) if self.decision.data in set(Decision) else None
        return reasons_are_given(self, decision, code="reason_code", reason="reason") and is_valid

    @property
    def chosen(self) -> Decision:
        """The decision as an enum."""
        return Decision(self.decision.data)

    @property
    def chosen_code(self) -> ReasonCode | None:
        """The reason code as an enum."""
        return ReasonCode(self.reason_code.data) if self.reason_code.data else None

    @property
    def expected_version(self) -> int | None:
        """The version that was on the screen."""
        return self.brought_back("version") or None


class ChangesForm(HouseForm):
    """The points to mend and the day until when."""

    points = TextAreaField(
        _("What has to be changed or added"),
        validators=[
            InputRequired(_("Say what has to be changed: the producer reads it.")),
            Length(max=LONGEST_REASON, message=TOO_LONG),
        ],
    )
    opened = SelectMultipleField(
        _("Parts of the form that may be changed"),
        choices=[(point.value, POINT_WORDS[point]) for point in Point],
        validators=[InputRequired(_("Tick at least one part of the form that may be changed."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    due_on = DateField(_("Until"), validators=[InputRequired(_("Choose a day."))], description=_("17:00 on this day"))
    version = HiddenField()

    @property
    def expected_version(self) -> int | None:
        """The version that was on the screen."""
        return self.brought_back("version") or None

    @property
    def points_opened(self) -> list[Point]:
        """The ticked parts as enums."""
        return [Point(name) for name in self.opened.data or []]

    @property
    def due_at(self) -> datetime:
        """The moment: the end of work on the day. Only after the form was found valid."""
        return clock.local_moment(self.due_on.data or clock.today(), END_OF_WORK)


class ExtendForm(HouseForm):
    """A later day for changes that were asked for."""

    later = DateField(_("Until"), validators=[InputRequired(_("Choose a day."))], description=_("17:00 on this day"))

    @property
    def due_at(self) -> datetime:
        """The moment: the end of work on the day. Only after the form was found valid."""
        return clock.local_moment(self.later.data or clock.today(), END_OF_WORK)


class CancelForm(HouseForm):
    """Why a place is taken back."""

    why = TextAreaField(
        _("Reason, read by the producer"),
        validators=[
            InputRequired(_("Say why: the other side will read it.")),
            Length(max=LONGEST_REASON, message=TOO_LONG),
        ],
    )
    version = HiddenField()

    @property
    def expected_version(self) -> int | None:
        """The version that was on the screen."""
        return self.brought_back("version") or None


class ReinstateForm(HouseForm):
    """Why an ended application comes back into review."""

    reason = TextAreaField(
        _("Why it comes back"),
        validators=[
            InputRequired(_("Say why: it is kept in the history.")),
            Length(max=LONGEST_REASON, message=TOO_LONG),
        ],
    )
