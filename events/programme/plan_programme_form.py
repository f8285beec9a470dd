"""What may be typed about an item of the programme."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from events.fairs.fair import Fair
from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import ClockField, DayField
from events.programme.plan_programme import LONGEST, ItemFacts, item_faults
from events.programme.programme_item import ProgrammeItem
from events.programme.wording import ITEM_KINDS
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

FIELD_OF_REFUSAL = {
    "programme_kind_unknown": "kind",
    "programme_needs_days": "day",
    "programme_day_outside": "day",
    "programme_day_closed": "day",
    "programme_ends_before_start": "ends_at",
}


class ItemForm(OvertakenForm):
    """One item."""

    kind = SelectField(_("What is it?"), choices=[(kind.value, words) for kind, words in ITEM_KINDS.items()])
    title_vi = StringField(
        _("Title in Vietnamese"),
        validators=[DataRequired(_("Enter the title in Vietnamese.")), Length(max=LONGEST["title_vi"])],
    )
    title_en = StringField(_("Title in English"), validators=[Optional(), Length(max=LONGEST["title_en"])])
    day = DayField(_("Day"), validators=[InputRequired(_("Enter the day."))])
    starts_at = ClockField(_("From"), validators=[InputRequired(_("Enter when it begins."))])
    ends_at = ClockField(
        _("Until"), validators=[Optional()], description=_("Leave empty when nobody knows how long it takes.")
    )
    place_vi = StringField(
        _("Where on the grounds, in Vietnamese"), validators=[Optional(), Length(max=LONGEST["place_vi"])]
    )
    place_en = StringField(
        _("Where on the grounds, in English"), validators=[Optional(), Length(max=LONGEST["place_en"])]
    )
    text_vi = TextAreaField(
        _("What visitors should know, in Vietnamese"), validators=[Optional(), Length(max=LONGEST["text_vi"])]
    )
    text_en = TextAreaField(
        _("What visitors should know, in English"), validators=[Optional(), Length(max=LONGEST["text_en"])]
    )
    is_cancelled = BooleanField(
        _("It does not take place"), description=_("It stays in the programme and in calendars, marked as cancelled.")
    )

    def facts(self) -> ItemFacts:
        """What the verbs take."""
        said: ItemFacts = {name: self._fields[name].data for name in ItemFacts.__annotations__}  # type: ignore[assignment]  # the fields bear the names of the facts
        return said

    def holds_for(self, fair: Fair) -> bool:
        """Whether the fields can be read and the rules agree; every fault stands at its field."""
        readable = self.validate_posted()
        if self.kind.data and self.day.data and self.starts_at.data and not self.ends_at.errors:
            for fault in item_faults(fair, self.facts()):
                if not self._fields[self._field_of(fault)].errors:
                    self.explain(fault)
                    readable = False
        return readable

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns, in words."""
        self.fault(self._field_of(refusal), refusal_words(refusal))

    @staticmethod
    def _field_of(refusal: Refused) -> str:
        return FIELD_OF_REFUSAL.get(refusal.reason) or str(refusal.facts.get("field", "title_vi"))


def values_of_item(item: ProgrammeItem | None, fair: Fair) -> dict[str, Any]:
    """The form's values for an item as it stands, or for a new one."""
    if item is None:
        return {"kind": "performance", "day": fair.first_day}
    return {name: getattr(item, name) for name in (*ItemFacts.__annotations__, "version")}
