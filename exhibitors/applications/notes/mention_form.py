"""What every form has in which organisers write to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from exhibitors.applications.notes.colleagues import Colleague
from foundation.house_form import HouseForm
from foundation.made_once import new_form_token


class MentionForm(HouseForm):
    """Colleagues to mention; a form sent twice writes once."""

    mentioned = SelectMultipleField(
        _("Mention"),
        choices=[],
        coerce=int,
        validate_choice=False,  # the verb refuses whoever may not read the words
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    once = HiddenField(default=new_form_token)

    @classmethod
    def beside(cls, colleagues: Sequence[Colleague]) -> Self:
        """The form of this request with the colleagues who can be mentioned."""
        form: Self = cls.from_request()
        form.mentioned.choices = [(one.id, one.name) for one in colleagues]
        return form
