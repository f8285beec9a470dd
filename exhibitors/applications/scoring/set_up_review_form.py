"""What may be typed about a round: its rules, a criterion, where a reviewer comes from, who reviews what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import DayField, WholeNumberField
from exhibitors.applications.review.review_round import Criterion, ReviewRound
from exhibitors.applications.review.set_up_review import LONGEST_HELP, LONGEST_NAME, criterion_version, rules_version
from exhibitors.applications.scoring.wording import REFUSALS
from foundation import clock
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

MORNING = time(0)


class RulesForm(OvertakenForm):
    """The rules of the round."""

    is_blind = BooleanField(
        _("Blind review"),
        description=_(
            "Reviewers do not see the name and the place of the units, nor their files, until the last day "
            "for scores has passed. Until then the rest of this fair's desk is closed to them."
        ),
    )
    own_score_first = BooleanField(
        _("Own score first"),
        description=_("A reviewer sees the scores of others only after giving their own."),
    )
    recuses_by_locality = BooleanField(
        _("Nobody judges their own commune"),
        description=_("Counts for reviewers whose commune is set below."),
    )
    by_median = BooleanField(
        _("The median counts"),
        description=_("Otherwise the mean counts. One reviewer far from the others moves the median less."),
    )
    opens_on = DayField(_("Scores are taken from"), validators=[Optional()])
    closes_on = DayField(_("Last day for scores"), validators=[Optional()])

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        names = ("is_blind", "own_score_first", "recuses_by_locality", "by_median")
        after = self.closes_on.data + timedelta(days=1) if self.closes_on.data else None
        moments = {"opens_at": _morning_of(self.opens_on.data), "closes_at": _morning_of(after)}
        return {name: bool(self[name].data) for name in names} | moments

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns."""
        self.fault("closes_on", refusal_words(refusal))


class CriterionForm(OvertakenForm):
    """One criterion."""

    name_vi = StringField(
        _("Name in Vietnamese"),
        validators=[DataRequired(REFUSALS["criterion_name_missing"]), Length(max=LONGEST_NAME)],
    )
    name_en = StringField(_("Name in English"), validators=[Optional(), Length(max=LONGEST_NAME)])
    weight = WholeNumberField(
        _("Weight"),
        validators=[DataRequired(REFUSALS["criterion_weight"])],
        description=_("From 1 to 100, against the weights of the other criteria."),
    )
    help_vi = TextAreaField(_("What is looked at, in Vietnamese"), validators=[Optional(), Length(max=LONGEST_HELP)])
    help_en = TextAreaField(_("What is looked at, in English"), validators=[Optional(), Length(max=LONGEST_HELP)])

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        words = {name: self[name].data or "" for name in ("name_vi", "name_en", "help_vi", "help_en")}
        return {**words, "weight": self.weight.data or 0}

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns."""
        self.fault("weight" if refusal.reason == "criterion_weight" else "name_vi", refusal_words(refusal))


class PlaceForm(HouseForm):
    """Which commune a reviewer comes from. Call `offer` before validating."""

    locality = SelectField(_("Comes from"), coerce=str)

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        """Fill the picker with codes and names."""
        self.locality.choices = [("", _("does not count")), *places]


class AssignForm(HouseForm):
    """Who reviews what. Call `offer` before validating."""

    people = SelectMultipleField(
        _("Reviewers"), coerce=str, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    of_each = WholeNumberField(
        _("Reviews for each application"), validators=[DataRequired(_("Enter a number from 1."))], default=2
    )
    zone = SelectField(_("Zone"), coerce=str)
    group = SelectField(_("Product group"), coerce=str)
    codes = TextAreaField(
        _("Only these codes"),
        validators=[Optional(), Length(max=8000)],
        description=_("For single applications: their codes, one after another."),
    )

    FIELDS = {
        "reviewers_missing": "people",
        "reviewer_unknown": "people",
        "reviews_wrong": "of_each",
        "code_unknown": "codes",
        "nothing_to_review": "zone",
    }

    def offer(
        self,
        people: Sequence[tuple[str, str]],
        zones: Sequence[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
    ) -> None:
        """Fill the pickers."""
        self.people.choices = [*people]
        self.zone.choices = [("", _("All zones")), *zones]
        self.group.choices = [("", _("All product groups")), *groups]

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        codes = [code.upper() for code in (self.codes.data or "").replace(",", " ").split()]
        chosen = {"zone": self.zone.data or "", "group": self.group.data or "", "codes": codes}
        return chosen | {"of_each": self.of_each.data or 0}

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns."""
        self.fault(self.FIELDS.get(refusal.reason, "people"), refusal_words(refusal))


def values_of_rules(rules: ReviewRound) -> dict[str, Any]:
    """What the form shows of rules that are set."""
    names = ("is_blind", "own_score_first", "recuses_by_locality", "by_median")
    days = {"opens_on": rules.first_day, "closes_on": rules.last_day}
    return {name: getattr(rules, name) for name in names} | days | {"version": rules_version(rules)}


def values_of_criterion(known: Criterion | None) -> dict[str, Any]:
    """What the form shows of a criterion that is there."""
    names = ("name_vi", "name_en", "help_vi", "help_en", "weight")
    return {name: getattr(known, name) for name in names} | {"version": criterion_version(known)} if known else {}


def _morning_of(day: Any) -> datetime | None:
    return clock.local_moment(day, MORNING) if day else None
