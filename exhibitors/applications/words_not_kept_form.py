"""What was typed on an older page and cannot be kept any more, in words to be copied: nothing typed goes in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField

from exhibitors.applications.answer_questions_form import PARTS, AnswersForm
from exhibitors.applications.application_sheet import ApplicationSheet
from exhibitors.applications.apply_for_booth import ApplicationFacts
from exhibitors.applications.asked_of_applicant import AskedOfApplicant
from exhibitors.applications.asked_points import Point
from exhibitors.applications.booth_needs import TICKED
from exhibitors.applications.fill_in_application_form import COMING, ApplicationForm
from exhibitors.calls.question_answers import QuestionKind
from foundation.languages import current_language
from foundation.upload_form import UploadsField

FIELDS_OF = {
    Point.PRODUCTS: ("products",),
    Point.BOOTH: ("booth_type", "booths_wanted"),
    Point.PLACE: ("wish_1", "wish_2", "wish_3", "anywhere"),
    Point.NEEDS: (*TICKED, "power_kw", *COMING, "staff_count"),
    Point.FASCIA: ("fascia_name",),
    Point.NOTE: ("note",),
}


class NotKept(NamedTuple):
    """One field as it was typed."""

    label: str
    words: str


def not_kept_of_form(
    typed: ApplicationForm, kept: ApplicationForm, sheet: ApplicationSheet, sent: Collection[str]
) -> list[NotKept]:
    """The fields of parts that are closed now whose words differ from what is `kept`; `sent` are the fields of the page
    that was sent. A page that has no field of a part says nothing about it.
    """
    closed = [
        names for point, names in FIELDS_OF.items() if not sheet.opens(point) and any(one in sent for one in names)
    ]
    return _differing((typed[name], kept[name]) for names in closed for name in names)


def begin_other_parts(typed: ApplicationForm, facts: ApplicationFacts, sent: Collection[str]) -> None:
    """Parts that the page did not have begin as in a new form; those that were `sent` stay as they were typed."""
    missing = [names for names in FIELDS_OF.values() if not any(one in sent for one in names)]
    before = {name: typed[name].data for names in FIELDS_OF.values() if names not in missing for name in names}
    typed.begin(facts)
    for name, data in before.items():
        typed[name].data = data


def differs_from_kept(typed: ApplicationForm, kept: ApplicationForm) -> bool:
    """Whether a page says something else than what is kept."""
    names = [name for fields in FIELDS_OF.values() for name in fields]
    return any(_words(typed[name]) != _words(kept[name]) for name in names)


def not_kept_of_answers(
    typed: AnswersForm,
    kept: AnswersForm,
    asked: AskedOfApplicant,
    sent: Collection[str],
    *,
    answers_open: bool,
    papers_open: bool,
) -> list[NotKept]:
    """The same for questions and papers; a question that stands by now is closed for itself. Files go by names."""
    found: list[NotKept] = []
    for one in asked.questions:
        name = f"q{one.question.id}"
        if name not in sent or (answers_open and not one.is_frozen):
            continue
        if one.question.kind == QuestionKind.FILE:
            found += _files(str(typed[name].label.text), typed[name])
        else:
            found += _differing([(typed[name], kept[name])])
    for paper in () if papers_open else asked.papers:
        title = paper.paper.name.local(current_language())
        names = [name for part in PARTS if (name := f"p{paper.paper.id}-{part}") in sent]
        for name in names:
            is_file = isinstance(typed[name], UploadsField)
            rows = (
                _files(str(typed[name].label.text), typed[name]) if is_file else _differing([(typed[name], kept[name])])
            )
            found += [NotKept(f"{title}, {row.label}", row.words) for row in rows]
    return found


def _differing(pairs: Iterable[tuple[Field, Field]]) -> list[NotKept]:
    words = [(typed, _words(typed), _words(kept)) for typed, kept in pairs]
    return [NotKept(str(field.label.text), now or _("(empty)")) for field, now, before in words if now != before]


def _files(label: str, field: Field) -> list[NotKept]:
    chosen = field.data if isinstance(field.data, list | tuple) else [field.data]
    names = [one.filename for one in chosen if isinstance(one, FileStorage) and one.filename]
    return [NotKept(label, ", ".join(names))] if names else []


def _words(field: Field) -> str:
    """As a person reads it."""
    if isinstance(field, BooleanField):
        return str(_("Yes")) if field.data else str(_("No"))
    choices: Any = getattr(field, "choices", None) or ()
    labels = {str(choice.value): str(choice.label) for choice in choices}
    if isinstance(field, SelectMultipleField):
        return ", ".join(labels.get(str(one), str(one)) for one in field.data or ())
    if isinstance(field, SelectField | RadioField):
        return labels.get(str(field.data), "") if field.data not in {None, ""} else ""
    return "\n".join(str(field.data).splitlines()) if field.data is not None else ""
