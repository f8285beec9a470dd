"""The organiser's questions and papers as fields of a form, made for one application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from events.fairs.typed_fields_form import DayField
from exhibitors.applications.answer_questions import LONGEST_NUMBER, PaperFacts, SentFile
from exhibitors.applications.application_answer import ANSWER_FILE, PAPER_FILE
from exhibitors.applications.asked_of_applicant import AskedOfApplicant, AskedPaper, AskedQuestion
from exhibitors.applications.seen_answers import Touch, marks_of, paper_value, read, touch_of, written
from exhibitors.calls.question_answers import LONGEST_ANSWER, QuestionKind, read_answer
from exhibitors.producers.dossier.dossier_paper import DOSSIER_FILE, PaperKind
from exhibitors.producers.dossier.keep_papers import PagesRefused
from exhibitors.producers.dossier.keep_papers_form import CAMERA, sentences_of_files
from foundation.house_form import HouseForm
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import UploadField, UploadsField

PARTS = ("number", "issued", "expires", "photo", "file")
PART_OF = {"paper_days_wrong": "expires", "paper_issued_later": "issued"}
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class AnswersForm(HouseForm):
    """A form whose fields are made by `answers_form`: q<id> for questions, p<id>-number … for papers."""

    seen = HiddenField()
    """Marks of what the page was made from."""
    clashes: frozenset[str] = frozenset()
    """Names of what was touched here and has been changed elsewhere meanwhile."""
    left: frozenset[str] = frozenset()
    """Names of what was changed elsewhere meanwhile and not touched here."""
    names_of_papers: Mapping[str, str] = MappingProxyType({})
    """What the papers are called, by the stems of their fields."""

    def belongs_to(self, field: Field) -> str:
        """The paper that a field is of, before its label in the summary of faults: "Giấy ATTP, "."""
        paper = self.names_of_papers.get(field.name.partition("-")[0])
        return f"{paper}, " if paper else ""

    def answers(self, asked: AskedOfApplicant) -> dict[int, object | None]:
        """Answers that were touched, by question; what cannot be read or was changed elsewhere meanwhile stands as a
        fault at its field, all of them at once.
        """
        touched: dict[int, object | None] = {}
        for one in asked.questions:
            if one.question.kind == QuestionKind.FILE or one.is_frozen:
                continue
            field = self._fields[f"q{one.question.id}"]
            try:
                kind = QuestionKind(one.question.kind)
                typed = read_answer(kind, field.data or "", one.question.labels)
            except Refused as refusal:
                self.fault(field.name, refusal_words(refusal))
                continue
            if self._is_touched(field.name, one.answer.value if one.answer else None, typed):
                touched[one.question.id] = typed
            elif field.name in self.clashes:
                self.fault(field.name, _changed_elsewhere(_answer_words(one)))
        return touched

    def files(self, asked: AskedOfApplicant) -> dict[int, SentFile]:
        """Files that were sent, by question."""
        fields: dict[str, Any] = self._fields
        sent: dict[int, SentFile | None] = {
            one.question.id: fields[f"q{one.question.id}"].sent()
            for one in asked.questions
            if one.question.kind == QuestionKind.FILE and not one.is_frozen
        }
        return {number: file for number, file in sent.items() if file is not None}

    def papers(self, asked: AskedOfApplicant) -> dict[int, PaperFacts]:
        """What was said anew about papers, but for those with a fault at one of their fields."""
        said: dict[int, PaperFacts] = {}
        for one in asked.papers:
            number, name = one.paper.id, f"p{one.paper.id}"
            if self._paper_faults(number):
                continue
            typed, kept = self._paper(number), paper_value(one)
            if self._is_touched(name, kept, [typed.number, typed.issued_on, typed.expires_on]):
                said[number] = typed
            elif name in self.clashes:
                self.fault(f"{name}-number", _changed_elsewhere(_paper_words(kept)))
            elif typed.files:
                said[number] = replace(_kept_facts(one), files=typed.files)
        return said

    def marks_after(self, asked: AskedOfApplicant, *, knowing: bool) -> str:
        """The marks for the page from now on. Who has read (`knowing`) of a clash may keep what was typed."""
        before, marks = read(self.seen.data or ""), marks_of(asked)
        stale = self.left if knowing else self.left | self.clashes
        return written({name: before.get(name, mark) if name in stale else mark for name, mark in marks.items()})

    def _is_touched(self, name: str, kept: object, typed: object) -> bool:
        """Whether what was typed is to be kept; what else it is, is noted."""
        touch = touch_of(read(self.seen.data or ""), name, kept, typed)
        self.left |= {name} if touch is Touch.LEFT else set()
        self.clashes |= {name} if touch is Touch.CLASH else set()
        return touch is Touch.CHANGED

    def sound_answers(self, read: Mapping[int, object | None]) -> dict[int, object | None]:
        """The answers without a fault at their field."""
        return {number: value for number, value in read.items() if not self[f"q{number}"].errors}

    def explain(self, refusal: Refused, field: str = "") -> None:
        """Put a rule's no beside the paper or `field` it concerns; each file is named with what is wrong."""
        number = refusal.facts.get("paper_id")
        if number is None and field:
            self.fault(field, refusal_words(refusal))
        elif number is None:
            self.form_errors.append(refusal_words(refusal))
        elif isinstance(refusal, PagesRefused):
            for sentence in sentences_of_files(refusal):
                self.fault(f"p{number}-{self._sent_by(number)}", sentence)
        else:
            part = PART_OF.get(refusal.reason) or self._sent_by(number)
            self.fault(f"p{number}-{part}", refusal_words(refusal))

    def _sent_by(self, number: object) -> str:
        """The field that the files came by: of a photo the camera's."""
        chosen = [
            part for part in ("file", "photo") if any(one.filename for one in self[f"p{number}-{part}"].data or ())
        ]
        return chosen[0] if chosen else "file"

    def _paper_faults(self, number: int) -> bool:
        return any(self[f"p{number}-{part}"].errors for part in PARTS)

    def _paper(self, number: int) -> PaperFacts:
        fields: dict[str, Any] = {part: self._fields[f"p{number}-{part}"] for part in PARTS}
        return PaperFacts(
            number=fields["number"].data or "",
            issued_on=fields["issued"].data,
            expires_on=fields["expires"].data,
            files=[*fields["photo"].sent(), *fields["file"].sent()],
        )


def answers_form(asked: AskedOfApplicant, typed: Any, files: Any) -> AnswersForm:
    """The form for what is asked; filled from what was sent, else from what is kept."""
    language = current_language()
    made: dict[str, Any] = {}
    kept: dict[str, Any] = {"seen": written(marks_of(asked))}
    for one in asked.questions:
        name = f"q{one.question.id}"
        made[name] = _field(one, language)
        kept[name] = _shown(one)
    for paper in asked.papers:
        stem, shown = f"p{paper.paper.id}", paper.shown
        purpose = PAPER_FILE if paper.paper.kind == PaperKind.OTHER else DOSSIER_FILE
        made[f"{stem}-number"] = StringField(_("Number"), validators=[Optional(), Length(max=LONGEST_NUMBER)])
        made[f"{stem}-issued"] = DayField(_("Issued on"))
        made[f"{stem}-expires"] = DayField(_("Holds until"))
        made[f"{stem}-photo"] = UploadsField(_("Take photos of the pages"), purpose, render_kw=CAMERA)
        made[f"{stem}-file"] = UploadsField(_("Or choose files"), purpose)
        if shown is not None:
            kept |= {f"{stem}-number": shown.number, f"{stem}-issued": shown.issued_on,
                     f"{stem}-expires": shown.expires_on}  # fmt: skip
    made["names_of_papers"] = {f"p{one.paper.id}": one.paper.name.local(language) for one in asked.papers}
    fields = type("AnswersOfFair", (AnswersForm,), made)
    sent = CombinedMultiDict([files, typed]) if typed is not None else None
    form: AnswersForm = fields(sent, data=kept)
    return form


def _changed_elsewhere(other: str) -> str:
    sentence = gettext(
        "This was changed in another window or on another device meanwhile. There it says: %(other)s. Save once more "
        "to keep what stands here.",
        other=other or gettext("no answer"),
    )
    return str(sentence)


def _answer_words(one: AskedQuestion) -> str:
    value, labels = one.answer.value if one.answer else None, one.question.labels
    if isinstance(value, bool):
        return str(dict(YES_NO)["yes" if value else "no"])
    chosen = value if isinstance(value, list) else [] if value is None else [value]
    return ", ".join(labels[key].local(current_language()) if key in labels else str(key) for key in chosen)


def _paper_words(kept: Sequence[object]) -> str:
    said = [f"{one:%d/%m/%Y}" if isinstance(one, date) else str(one) for one in kept if one]
    return ", ".join(said)


def _kept_facts(one: AskedPaper) -> PaperFacts:
    shown = one.shown
    return PaperFacts(shown.number, shown.issued_on, shown.expires_on, []) if shown else PaperFacts(files=[])


def _field(one: AskedQuestion, language: str) -> Any:
    question = one.question
    label = question.text.local(language)
    facts: dict[str, Any] = {"description": question.help.local(language)}
    options = [SelectChoice(key, words.local(language)) for key, words in question.labels.items()]
    if one.question.kind == QuestionKind.CHOICES:
        ticks: dict[str, Any] = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
        return SelectMultipleField(label, choices=options, validate_choice=False, **ticks, **facts)
    if one.question.kind == QuestionKind.CHOICE:
        choices = [SelectChoice("", str(_("No answer yet"))), *options]
        return SelectField(label, choices=choices, validate_choice=False, **facts)
    if one.question.kind == QuestionKind.YES_NO:
        choices = [SelectChoice(key, str(words)) for key, words in YES_NO]
        return RadioField(label, choices=choices, validate_choice=False, **facts)
    if one.question.kind == QuestionKind.FILE:
        return UploadField(label, ANSWER_FILE, **facts)
    if one.question.kind == QuestionKind.NUMBER:
        return StringField(label, render_kw={"inputmode": "numeric"}, **facts)
    return TextAreaField(label, validators=[Length(max=LONGEST_ANSWER)], **facts)


def _shown(one: AskedQuestion) -> Any:
    value = one.answer.value if one.answer else None
    if one.question.kind == QuestionKind.YES_NO and value is not None:
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else value
