"""What may be typed about a quota, and about a named group of localities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import WholeNumberField
from exhibitors.calls.quota import PlaceGroup, Quota
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


class BoothsField(WholeNumberField):
    """A number of booths that may be zero."""

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "" if self.data is None else str(self.data)


class QuotaForm(OvertakenForm):
    """What is counted, at least and at most. Call `offer` before validating."""

    thing = SelectField(_("For"), coerce=str)
    least = BoothsField(_("At least (booths)"), validators=[Optional()])
    most = BoothsField(
        _("At most (booths)"),
        validators=[Optional()],
        description=_("For the reserve: how many booths are kept back."),
    )

    known = HiddenField()
    """What the version is that of: whoever chooses another thing has not seen its quota."""

    FIELDS = {"quota_thing_unknown": "thing", "quota_says_nothing": "most", "quota_reserve_has_no_least": "least"}

    def offer(self, things: dict[str, list[tuple[str, str]]]) -> None:
        """Fill the picker: values such as "zone:12" under the words of their kind."""
        self.thing.choices = things

    def seen_version(self) -> int:
        """The version of the quota that the page showed for the chosen thing, 0 for none."""
        return super().seen_version() if self.known.data == self.thing.data else 0

    @property
    def kind_and_thing(self) -> tuple[str, str]:
        """What `set_quota` takes."""
        kind, _colon, thing = (self.thing.data or "").partition(":")
        return kind, thing

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns, in words."""
        self.fault(self.FIELDS.get(refusal.reason, "most"), refusal_words(refusal))


def values_of_quota(quota: Quota | None) -> dict[str, Any]:
    """The form's values for a quota as it stands, or for a new one."""
    if quota is None:
        return {"version": 0}
    thing = f"{quota.kind}:{quota.zone_id or quota.place or quota.place_group_id or quota.product_group or ''}"
    return {"thing": thing, "known": thing, "least": quota.least, "most": quota.most, "version": quota.version}


class PlaceGroupForm(OvertakenForm):
    """A named group of localities."""

    name_vi = StringField(
        _("Name in Vietnamese"),
        validators=[DataRequired(_("Enter the name in Vietnamese.")), Length(max=120)],
    )
    name_en = StringField(_("Name in English"), validators=[Optional(), Length(max=120)])
    places = SelectMultipleField(
        _("Communes, wards and special zones"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    FIELDS = {"place_group_empty": "places", "conditions_unknown": "places"}

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        """Fill the picker with codes and names of localities."""
        self.places.choices = [*places]

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        return {
            "name_vi": self.name_vi.data or "",
            "name_en": self.name_en.data or "",
            "places": self.places.data or (),
        }

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns, in words."""
        self.fault(self.FIELDS.get(refusal.reason, "name_vi"), refusal_words(refusal))


def values_of_group(group: PlaceGroup | None) -> dict[str, Any]:
    """The form's values for a group as it stands, or for a new one."""
    return {name: getattr(group, name) for name in ("name_vi", "name_en", "places", "version")} if group else {}
