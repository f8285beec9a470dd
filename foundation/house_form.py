"""The base of every form: our languages, trimmed text in NFC, controls refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from flask_babel import get_translations, gettext, lazy_gettext, lazy_ngettext
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Form, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2

from foundation.folding import nfc, strip_controls

WTFORMS_SENTENCES = (
    lazy_gettext("This field is required."),
    lazy_gettext("Not a valid choice."),
    lazy_gettext("Invalid Choice: could not coerce."),
    lazy_gettext("Invalid choice(s): one or more data inputs could not be coerced."),
    lazy_ngettext(
        "'%(value)s' is not a valid choice for this field.", "'%(value)s' are not valid choices for this field.", 1
    ),
    lazy_gettext("Not a valid date value."),
    lazy_gettext("Not a valid time value."),
    lazy_gettext("Not a valid datetime value."),
    lazy_gettext("Not a valid integer value."),
    lazy_gettext("Not a valid decimal value."),
    lazy_ngettext(
        "Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters.", 1
    ),
    lazy_gettext("Number must be at least %(min)s."),
    lazy_gettext("Number must be at most %(max)s."),
    lazy_gettext("Number must be between %(min)s and %(max)s."),
)
"""What WTForms says by itself, named here so that the catalogue holds it; WTForms ships no Vietnamese."""


class HouseTranslations:
    """WTForms' own messages go through our catalogue (it ships no Vietnamese)."""

    def gettext(self, string: str) -> str:
        """One message."""
        return str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """A message with a number in it, its placeholders left for WTForms to fill."""
        return str(get_translations().ungettext(singular, plural, n))


def clean(value: Any) -> Any:
    """What people type, without what they cannot see: controls, outer blanks, decomposed accents."""
    return nfc(strip_controls(value)).strip() if isinstance(value, str) else value


class HouseForm(Form):
    """Reads the request's fields and files on POST; what was typed is kept when it is refused."""

    overtaken: Any = None
    """What somebody else saved while this was typed, for `error_summary` to show."""

    class Meta(Form.Meta):  # type: ignore[misc]  # the stubs leave Meta untyped
        """Settings of WTForms."""

        def get_translations(self, form: Any) -> HouseTranslations:
            """Our catalogue."""
            return HouseTranslations()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Every text field cleans what it is given, before its own filters; choices may be written as pairs."""
            filters: Iterable[Any] = unbound_field.kwargs.get("filters", ())
            if unbound_field.field_class.__name__ != "PasswordField" and unbound_field.field_class.__name__ not in {
                "SelectMultipleField",
                "FieldList",
                "FormField",
            }:
                unbound_field.kwargs["filters"] = (clean, *(f for f in filters if f is not clean))
            pairs = unbound_field.kwargs.get("choices")
            if isinstance(pairs, list | tuple):  # WTForms wants its own kind of choice from 3.4 on
                choices = [SelectChoice(*pair) if isinstance(pair, tuple) else pair for pair in pairs]
                unbound_field.kwargs["choices"] = choices
            return unbound_field.bind(form=form, **options)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read what was sent; of choices that cannot be read nothing is chosen, so that the form can be shown again."""
        super().process(*args, **kwargs)
        for field in self:
            if isinstance(field, SelectMultipleField) and field.data is None:
                field.data = []

    @classmethod
    def from_request(cls, obj: object | None = None, **data: Any) -> Any:
        """The form filled from the request's body, else from an object and defaults."""
        sent: Any = CombinedMultiDict([request.form, request.files]) if request.files else request.form
        return cls(sent if request.method == "POST" else None, obj=obj, data=data or None)

    def validate_posted(self) -> bool:
        """Whether this is a POST with valid fields."""
        return request.method == "POST" and self.validate()

    def brought_back(self, field_name: str) -> int:
        """The number that a hidden field carried through the page, 0 for anything that is none."""
        typed = str(self._fields[field_name].data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    def carry(self, field_name: str, number: object) -> None:
        """Give a hidden field another number to carry, whatever was sent in it."""
        self._fields[field_name].data, self._fields[field_name].raw_data = str(number), None

    def fault(self, field_name: str, message: str) -> None:
        """Add an error that a verb found to the field it concerns, in words."""
        field = self._fields[field_name]
        errors: Sequence[str] = field.errors
        field.errors = [*errors, message]
