"""What may be typed about a call: late applications, invitation, who may apply, a zone's own window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import ClockField, DayField, WholeNumberField
from exhibitors.calls.call_terms import CallTerms, ZoneCall
from exhibitors.calls.call_window import CallWindow
from exhibitors.calls.invitation_code import InvitationCode
from exhibitors.calls.set_up_call import TermsFacts
from exhibitors.calls.wording import ORIGINS
from exhibitors.producers.product_group_register import groups_on
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation import clock
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

END_OF_WORK = time(17)


def _stars_or_none(value: Any) -> int | None:
    return int(value) if value not in {None, "", "None"} else None


def _ticks(label: Any, description: Any = "") -> SelectMultipleField:
    return SelectMultipleField(
        label, description=description, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class CallTermsForm(OvertakenForm):
    """The terms of a call. Call `offer` before validating."""

    soft_closes_day = DayField(
        _("Late from"),
        validators=[Optional()],
        description=_("From then on applications go to the waiting list, marked as late."),
    )
    soft_closes_time = ClockField(_("Hour"))
    is_by_invitation = BooleanField(
        _("By invitation only"), description=_("Only units with an invitation code can begin an application.")
    )
    kinds = _ticks(_("Kinds of unit"), _("Tick none and every kind may apply."))
    groups = _ticks(_("Product groups"), _("Tick none and every group may be brought."))
    least_stars = SelectField(_("OCOP stars of each product"), coerce=_stars_or_none)
    needs_certificate = BooleanField(_("Each product's certificate must hold on the last day of the fair"))
    origin = RadioField(_("From where"), choices=[(origin.value, words) for origin, words in ORIGINS.items()])
    places = _ticks(_("Only these communes, wards and special zones"), _("Tick none and all may apply."))

    FIELDS = {"places_need_province": "places", "conditions_unknown": "kinds"}

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        """Fill the pickers; `places` are codes and names of localities."""
        language = current_language()
        self.kinds.choices = [SelectChoice(kind.value, str(words)) for kind, words in PRODUCER_KINDS.items()]
        names = [
            (group.key, group.name_en if language == "en" else group.name_vi) for group in groups_on(clock.today())
        ]
        self.groups.choices = [SelectChoice(key, name) for key, name in names]
        stars = [SelectChoice(str(number), str(_("%(count)s stars or more", count=number))) for number in (3, 4, 5)]
        self.least_stars.choices = [SelectChoice("", str(_("Any, also without stars"))), *stars]
        self.places.choices = [SelectChoice(code, name) for code, name in places]

    def facts(self) -> TermsFacts:
        """What the verb takes."""
        return TermsFacts(
            soft_closes_at=_moment(self.soft_closes_day, self.soft_closes_time),
            is_by_invitation=self.is_by_invitation.data,
            kinds=self.kinds.data or (),
            groups=self.groups.data or (),
            least_stars=self.least_stars.data,
            needs_certificate=self.needs_certificate.data,
            origin=self.origin.data,
            places=self.places.data or (),
        )

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns, in words."""
        self.fault(self.FIELDS.get(refusal.reason, "soft_closes_day"), refusal_words(refusal))


class ZoneCallForm(OvertakenForm):
    """A zone's own window; what is empty follows the fair."""

    opens_day = DayField(_("Opens on"), validators=[Optional()])
    opens_time = ClockField(_("Opening hour"))
    soft_closes_day = DayField(_("Late from"), validators=[Optional()])
    soft_closes_time = ClockField(_("Hour"))
    closes_day = DayField(_("Closes on"), validators=[Optional()])
    closes_time = ClockField(_("Closing hour"))

    def window(self) -> CallWindow:
        """What the verb takes."""
        return CallWindow(
            _moment(self.opens_day, self.opens_time, time(8)),
            _moment(self.soft_closes_day, self.soft_closes_time),
            _moment(self.closes_day, self.closes_time),
        )


class InvitationForm(OvertakenForm):
    """A new code."""

    given_to = StringField(
        _("For whom"),
        validators=[Optional(), Length(max=200)],
        description=_("For example a locality or a list of units; only you see it."),
    )
    uses = WholeNumberField(_("For how many units"), validators=[InputRequired(_("Enter a number."))])
    valid_until_day = DayField(
        _("Valid until"),
        validators=[Optional()],
        description=_("17:00 on this day. Leave empty for the whole call."),
    )

    FIELDS = {"code_ends_in_past": "valid_until_day"}

    @property
    def valid_until(self) -> datetime | None:
        """The moment, or None."""
        return clock.local_moment(self.valid_until_day.data, END_OF_WORK) if self.valid_until_day.data else None

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns, in words."""
        self.fault(self.FIELDS.get(refusal.reason, "uses"), refusal_words(refusal))


def values_of_terms(terms: CallTerms) -> dict[str, Any]:
    """The form's values for terms as they stand."""
    columns = ("is_by_invitation", "kinds", "groups", "least_stars", "needs_certificate", "origin", "places")
    values = {name: getattr(terms, name) for name in columns} | _typed("soft_closes", terms.soft_closes_at)
    return values | {"version": terms.version or 0}


def values_of_zone_call(call: ZoneCall | None) -> dict[str, Any]:
    """The form's values for a zone's window."""
    window = call.window if call else CallWindow()
    values = _typed("opens", window.opens_at, time(8)) | _typed("soft_closes", window.soft_closes_at)
    return values | _typed("closes", window.closes_at) | {"version": call.version if call else 0}


def values_of_code(code: InvitationCode | None) -> dict[str, Any]:
    """The form's values for a code, or for a new one."""
    if code is None:
        return {"uses": 1}
    day = clock.local_day(code.valid_until) if code.valid_until else None
    return {"given_to": code.given_to, "uses": code.uses_allowed, "valid_until_day": day, "version": code.version}


def _typed(stem: str, moment: datetime | None, default: time = END_OF_WORK) -> dict[str, Any]:
    local = moment.astimezone(clock.VIETNAM) if moment else None
    return {f"{stem}_day": local.date() if local else None, f"{stem}_time": local.time() if local else default}


def _moment(day: DayField, at: ClockField, default: time = END_OF_WORK) -> datetime | None:
    return clock.local_moment(day.data, at.data or default) if day.data else None
