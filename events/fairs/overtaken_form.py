"""Plain forms of the set-up: each carries the version it was opened on and shows what somebody else saved since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import gettext as _
from wtforms import BooleanField, FieldList, FileField, FormField, HiddenField, SelectFieldBase, SelectMultipleField

from events.fairs.fair_history import LastChange
from events.fairs.typed_fields_form import DayField, TypedField
from foundation.days import format_date
from foundation.house_form import HouseForm
from foundation.overtaken import OVERTAKEN
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Who saved meanwhile, and label and present words of every field that differs from what was typed."""

    by: LastChange | None
    rows: list[tuple[str, str]]


class OvertakenForm(HouseForm):
    """A form about one thing that somebody else may be changing too."""

    NOT_COMPARED: frozenset[str] = frozenset()
    version = HiddenField()

    def seen_version(self) -> int:
        """The version that came back, 0 for anything that is none."""
        return self.brought_back("version")

    def is_overtaken(
        self,
        refusal: Refused,
        values: Mapping[str, Any],
        by: LastChange | None = None,
        offer: Callable[[Self], None] | None = None,
        more: tuple[tuple[str, str], ...] = (),
    ) -> bool:
        """Whether the refusal says so; then what stands there now is shown beside what was typed, and saving means it.

        `values` are the form's values for the thing as it stands, with its `version`; `offer` fills the pickers of a
        form; `more` are rows about what has no field.
        """
        if refusal.reason != OVERTAKEN:
            return False
        now = type(self)(data=dict(values))
        if offer is not None:
            offer(now)
        self.carry("version", values["version"])
        self.form_errors.append(refusal_words(refusal))
        self.overtaken = Overtaken(by, [*_differences(self, now, self.NOT_COMPARED), *more])
        return True


def typed_rows(form: HouseForm) -> Iterator[tuple[str, str]]:
    """Label and words of every field in which something stands, to be shown where the form itself cannot be."""
    for field in form:
        if isinstance(field, HiddenField | FileField) or (isinstance(field, BooleanField) and not field.data):
            continue
        if words := _shown(field) or _as_typed(field):
            yield str(field.label.text), words


def _as_typed(field: Any) -> str:
    """What cannot be read is shown as it came."""
    entries = field if isinstance(field, FieldList) else [field]
    return "; ".join(str(each) for entry in entries for each in entry.raw_data or () if each)


def _differences(typed: HouseForm, now: HouseForm, left_out: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name, mine in typed._fields.items():
        other = now._fields.get(name)
        if other is None or isinstance(mine, HiddenField | FileField) or name in left_out:
            continue
        if isinstance(mine, FieldList) and _has_rows(mine):
            yield from _differing_rows(mine, other)
        elif isinstance(mine, FieldList) and len({str(entry.label.text) for entry in mine}) == len(mine.entries):
            yield from _differing_entries(mine, other)
        elif _plain(mine) != _plain(other):
            yield str(mine.label.text), _shown(other)


def _has_rows(field: FieldList[Any]) -> bool:
    return any(isinstance(entry, FormField) for entry in field)


def _differing_rows(mine: FieldList[Any], other: Any) -> Iterator[tuple[str, str]]:
    """Each row says its own title."""
    for typed, now in zip(mine, other, strict=False):
        for label, words in _differences(typed.form, now.form, frozenset()):
            yield f"{typed.form.title()}: {label}", words


def _differing_entries(mine: FieldList[Any], other: Any) -> Iterator[tuple[str, str]]:
    """Where each entry has a name of its own, it speaks for itself."""
    for typed, now in zip(mine, other, strict=False):
        if _plain(typed) != _plain(now):
            yield str(typed.label.text), _shown(now)


def _plain(field: Any) -> object:
    """What a field holds, so that ways of writing the same do not differ."""
    if isinstance(field, FieldList):
        return [entry.data for entry in field if entry.data]
    if isinstance(field, SelectMultipleField):
        return sorted(field.data or ())
    return ("\n".join(field.data.splitlines()) if isinstance(field.data, str) else field.data) or None


def _shown(field: Any) -> str:
    if isinstance(field, FieldList):
        return "; ".join(filter(None, (_shown(entry) for entry in field if entry.data)))
    if isinstance(field, SelectFieldBase):
        return ", ".join(_words(option.label.text) for option in field if option.checked)
    if isinstance(field, BooleanField):
        return str(_("Yes") if field.data else _("No"))
    if isinstance(field, DayField):
        return format_date(field.data) if field.data else ""
    if isinstance(field, TypedField):
        return field.written().replace("\n", ", ") if field.data else ""
    return "" if field.data is None else str(field.data)


def _words(label: Any) -> str:
    """The words of a choice; some have a title and a text."""
    return str(label[0]) if isinstance(label, tuple) else str(label)
