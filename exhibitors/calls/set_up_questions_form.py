"""What may be typed about a question, and about a paper with its matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import time
from typing import Any, ClassVar

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import DayField, WholeNumberField
from exhibitors.calls.paper import Paper
from exhibitors.calls.paper_needs import Need, cell
from exhibitors.calls.question import Question
from exhibitors.calls.set_up_papers import PaperFacts
from exhibitors.calls.set_up_questions import LONGEST_HELP, LONGEST_TEXT, QuestionFacts
from exhibitors.calls.wording import NEEDS, QUESTION_KINDS
from exhibitors.producers.dossier.dossier_paper import PaperKind
from exhibitors.producers.dossier.wording import PAPER_KINDS
from exhibitors.producers.product_group_register import RegisteredGroup, groups_on
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation import clock
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

MORNING = time(0)
CHOICE_SIGN = "|"


def _ticks(label: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        description=_("Tick none for all."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class RuledForm(OvertakenForm):
    """A form whose rules are told together with what is wrong with its fields."""

    FIELDS: ClassVar[Mapping[str, str]] = {}
    """Reason → the field that it concerns; others name theirs, or belong to the first."""
    FIRST: ClassVar[str] = ""

    def validate_posted_with(self, rules: Callable[[], Iterable[Refused]]) -> bool:
        """Whether this is a POST with valid fields that keeps every rule; each rule's no beside its field."""
        if request.method != "POST":
            return False
        self.validate()
        for refusal in rules():
            self.explain(refusal)
        return not self.errors

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns, in words, unless the field itself is told to be wrong."""
        name = self.FIELDS.get(refusal.reason) or str(refusal.facts.get("field", self.FIRST))
        if not self._fields[name].errors:
            self.fault(name, refusal_words(refusal))


class QuestionForm(RuledForm):
    """One question. Call `offer` before validating."""

    kind = SelectField(_("Answered by"), choices=[(kind.value, words) for kind, words in QUESTION_KINDS.items()])
    text_vi = StringField(
        _("Question in Vietnamese"),
        validators=[DataRequired(_("Write the question in Vietnamese.")), Length(max=LONGEST_TEXT)],
    )
    text_en = StringField(_("Question in English"), validators=[Optional(), Length(max=LONGEST_TEXT)])
    help_vi = TextAreaField(_("Help in Vietnamese"), validators=[Optional(), Length(max=LONGEST_HELP)])
    help_en = TextAreaField(_("Help in English"), validators=[Optional(), Length(max=LONGEST_HELP)])
    choices = TextAreaField(
        _("Choices"),
        validators=[Optional(), Length(max=8000)],
        description=_("For one or several choices: each on its own line, English after a bar, like “Có | Yes”."),
    )
    is_required = BooleanField(_("An answer is needed"))
    required_day = DayField(
        _("Needed only from"),
        validators=[Optional()],
        description=_("Leave empty when it is needed from the start."),
    )
    frozen_day = DayField(
        _("Answers stand from"),
        validators=[Optional()],
        description=_("From this day on nobody can change them."),
    )
    for_reviewers = BooleanField(_("Reviewers see the answer"), default=True)
    kinds = _ticks(_("Only for these kinds of unit"))
    groups = _ticks(_("Only for these product groups"))
    zones = _ticks(_("Only for wishes in these zones"))

    FIRST = "text_vi"
    FIELDS = {
        "question_kind_unknown": "kind",
        "question_kind_stays": "kind",
        "choices_too_few": "choices",
        "too_many_choices": "choices",
        "question_dates_order": "frozen_day",
        "conditions_unknown": "kinds",
    }

    def offer(self, zones: Sequence[str]) -> None:
        """Fill the pickers; `zones` are codes."""
        self.kinds.choices = [SelectChoice(kind.value, str(words)) for kind, words in PRODUCER_KINDS.items()]
        self.groups.choices = [SelectChoice(group.key, group_name(group)) for group in groups_on(clock.today())]
        self.zones.choices = [SelectChoice(code, str(_("Zone %(code)s", code=code))) for code in zones]

    def facts(self) -> QuestionFacts:
        """What the verb takes."""
        lines = [line.partition(CHOICE_SIGN) for line in (self.choices.data or "").splitlines()]
        return QuestionFacts(
            kind=self.kind.data,
            text_vi=self.text_vi.data or "",
            text_en=self.text_en.data or "",
            help_vi=self.help_vi.data or "",
            help_en=self.help_en.data or "",
            choices=[(vi.strip(), en.strip()) for vi, _bar, en in lines if vi.strip()],
            is_required=self.is_required.data,
            required_from=_moment(self.required_day),
            frozen_from=_moment(self.frozen_day),
            for_reviewers=self.for_reviewers.data,
            kinds=self.kinds.data or (),
            groups=self.groups.data or (),
            zones=self.zones.data or (),
        )


class PaperForm(RuledForm):
    """One paper; the cells of its matrix are read by `read_cells`."""

    name_vi = StringField(
        _("Name in Vietnamese"), validators=[DataRequired(_("Enter the name in Vietnamese.")), Length(max=200)]
    )
    name_en = StringField(_("Name in English"), validators=[Optional(), Length(max=200)])
    help_vi = TextAreaField(_("Help in Vietnamese"), validators=[Optional(), Length(max=LONGEST_HELP)])
    help_en = TextAreaField(_("Help in English"), validators=[Optional(), Length(max=LONGEST_HELP)])
    kind = SelectField(
        _("Kind of paper"),
        choices=[(kind.value, words) for kind, words in PAPER_KINDS.items()],
        default=PaperKind.OTHER.value,
        description=_("Of a known kind the unit brings it once, into its dossier; every fair finds it there."),
    )
    need = SelectField(_("In general"), choices=[(need.value, words) for need, words in NEEDS.items()])
    on_last_day = BooleanField(_("It must hold on the last day of the fair"))
    most_months = WholeNumberField(
        _("At most so many months old"),
        validators=[Optional()],
        description=_("Counted to the last day of the fair, for example 12 for a test report."),
    )

    FIRST = "name_vi"
    FIELDS = {"paper_kind_unknown": "kind", "paper_months_wrong": "most_months", "paper_need_unknown": "need"}

    def facts(self, cells: dict[str, str]) -> PaperFacts:
        """What the verb takes."""
        return PaperFacts(
            name_vi=self.name_vi.data or "",
            name_en=self.name_en.data or "",
            help_vi=self.help_vi.data or "",
            help_en=self.help_en.data or "",
            kind=self.kind.data,
            need=self.need.data,
            cells=cells,
            on_last_day=self.on_last_day.data,
            most_months=self.most_months.data,
        )


def group_name(group: RegisteredGroup) -> str:
    """A product group in the page's language."""
    return group.name_en if current_language() == "en" else group.name_vi


def values_of_question(question: Question | None) -> dict[str, Any]:
    """The form's values for a question as it stands, or for a new one."""
    if question is None:
        return {"kind": "text", "for_reviewers": True}
    columns = ("kind", "text_vi", "text_en", "help_vi", "help_en", "is_required", "for_reviewers", "kinds", "groups")
    values: dict[str, Any] = {name: getattr(question, name) for name in (*columns, "zones", "version")}
    rows = [f"{row['vi']} {CHOICE_SIGN} {row['en']}" if row["en"] else row["vi"] for row in question.choices]
    days = {"required_day": question.required_from, "frozen_day": question.frozen_from}
    return {**values, "choices": "\n".join(rows), **{name: at and clock.local_day(at) for name, at in days.items()}}


def values_of_paper(paper: Paper | None) -> dict[str, Any]:
    """The form's values for a paper as it stands, or for a new one."""
    if paper is None:
        return {"need": "required", "kind": PaperKind.OTHER.value}
    columns = ("name_vi", "name_en", "kind", "help_vi", "help_en", "need", "on_last_day", "most_months", "version")
    return {name: getattr(paper, name) for name in columns}


def differing_cells(typed: Mapping[str, str], present: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Name and present need of every cell of a paper's matrix that differs from what was chosen."""
    for group in groups_on(clock.today()):
        for kind, words in PRODUCER_KINDS.items():
            key = cell(group.key, kind)
            if typed.get(key) != present.get(key):
                need = NEEDS[Need(present[key])] if key in present else _("as in general")
                yield f"{group_name(group)}, {words}", str(need)


def chosen_cells(typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Name and chosen need of every cell of a paper's matrix in which something was chosen."""
    return differing_cells({}, {key: need for key, need in typed.items() if need in set(Need)})


def _moment(day: DayField) -> Any:
    return clock.local_moment(day.data, MORNING) if day.data else None
