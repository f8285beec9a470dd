"""What may be typed as a note."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from exhibitors.applications.notes.colleagues import Colleague
from exhibitors.applications.notes.wording import REFUSALS
from exhibitors.applications.notes.write_note import LONGEST_NOTE
from foundation.house_form import HouseForm
from foundation.made_once import new_form_token


class NoteForm(HouseForm):
    """One note; a form sent twice writes it once."""

    words = TextAreaField(
        _("Your note"),
        description=_("Only organisers read it. Tick a colleague below, or write @ and the whole name."),
        validators=[InputRequired(REFUSALS["internal_note_empty"]), Length(max=LONGEST_NOTE)],
    )
    mentioned = SelectMultipleField(
        _("Mention"),
        choices=[],
        coerce=int,
        validate_choice=False,  # the verb refuses whoever cannot open the application
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    once = HiddenField(default=new_form_token)


def note_form(colleagues: Sequence[Colleague]) -> NoteForm:
    """The form with the colleagues who can be mentioned."""
    form: NoteForm = NoteForm.from_request()
    form.mentioned.choices = [(one.id, one.name) for one in colleagues]
    return form
