"""What is typed below the ticked applications of the queue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from exhibitors.applications.decide_many import DECISIONS, Step
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import LONGEST_REASON
from exhibitors.applications.screen_applications_form import NEEDED, OnlyForSome, reasons_are_given
from exhibitors.applications.screening_wording import REASON_CODES
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

MOST_AT_ONCE = 200
MOST_TOLD = 8
"""So many reasons, and for each so many codes, are told in full."""


class ManyForm(HouseForm):
    """One step, with its reason, for every ticked application."""

    step = RadioField(
        _("For the ticked applications"),
        choices=[
            (Step.TAKE_UP.value, _("Take up")),
            (Step.ACCEPT.value, _("Accept")),
            (Step.WAITLIST.value, _("Waiting list")),
            (Step.REJECT.value, _("Refuse")),
            (Step.UNDECIDE.value, _("Take the decision back")),
        ],
        validators=[InputRequired(_("Choose what to do."))],
    )
    many_code = SelectField(
        _("What it rests on"),
        choices=[
            ("", _("Choose, for the waiting list and refusals")),
            *((code.value, REASON_CODES[code][0]) for code in ReasonCode),
        ],
        validators=[OnlyForSome()],
        description=NEEDED,
    )
    many_reason = TextAreaField(
        _("Reason, read by the producer"), validators=[Length(max=LONGEST_REASON)], description=NEEDED
    )
    beyond_quota = BooleanField(
        _("Accept beyond the quota"), description=_("It is kept in the history who did so and when.")
    )

    quota_is_full = False
    """Whether the box for going beyond it is shown."""

    left: Collection[str] | None = None
    """The codes that stay ticked when the list is shown again; before a step was tried all that were sent."""

    def validate(self, extra_validators: Any = None) -> bool:
        """What a refusal and the waiting list need is told at once, not one thing after the other."""
        is_valid: bool = super().validate(extra_validators)
        decision = DECISIONS.get(Step(self.step.data)) if self.step.data in set(Step) else None
        return reasons_are_given(self, decision, code="many_code", reason="many_reason") and is_valid

    @property
    def still_ticked(self) -> Collection[str]:
        """The codes that are ticked when the list is shown again."""
        return self.versions if self.left is None else self.left

    @property
    def chosen(self) -> Step:
        """The step as an enum."""
        return Step(self.step.data)

    @property
    def chosen_code(self) -> ReasonCode | None:
        """The reason code as an enum."""
        return ReasonCode(self.many_code.data) if self.many_code.data else None

    @property
    def versions(self) -> dict[str, int | None]:
        """The ticked codes with the versions that were on the screen ("GH-ABC234:7")."""
        ticked = {}
        for value in request.form.getlist("ticked")[:MOST_AT_ONCE]:
            code, _colon, version = value[:40].partition(":")
            ticked[code] = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
        return ticked

    def explain(self, refused: Sequence[tuple[str, Refused]]) -> None:
        """Say each reason once, with the codes it keeps back in the order of the list; they stay ticked."""
        self.left = [code for code, _refusal in refused]
        places, alike = list(self.versions), dict[str, list[tuple[str, Refused]]]()
        for code, refusal in sorted(refused, key=lambda one: places.index(one[0])):
            alike.setdefault(refusal_words(refusal).replace(code, ""), []).append((code, refusal))
            self.quota_is_full = self.quota_is_full or refusal.reason.startswith("quota_full")
        told, untold = list(alike.values())[:MOST_TOLD], list(alike.values())[MOST_TOLD:]
        self.form_errors += [_sentence([code for code, _refusal in each], each[0][1]) for each in told]
        if left := sum(map(len, untold)):
            more = ngettext("and %(num)s more that could not go", "and %(num)s more that could not go", left)
            self.form_errors.append(more)


def _sentence(codes: Sequence[str], refusal: Refused) -> str:
    """The words of a refusal with all the codes it concerns."""
    if "code" in refusal.facts:
        return refusal_words(Refused(refusal.reason, **refusal.facts | {"code": _named(codes)}))
    return f"{_named(codes)}: {refusal_words(refusal)}"


def _named(codes: Sequence[str]) -> str:
    named, left = ", ".join(codes[:MOST_TOLD]), len(codes) - MOST_TOLD
    if left <= 0:
        return named
    return str(ngettext("%(codes)s and %(num)s more", "%(codes)s and %(num)s more", left, codes=named))
