"""What may be typed as a note."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from exhibitors.applications.notes.mention_form import MentionForm
from exhibitors.applications.notes.wording import REFUSALS
from exhibitors.applications.notes.write_note import LONGEST_NOTE


class NoteForm(MentionForm):
    """One note."""

    words = TextAreaField(
        _("Your note"),
        description=_("Only organisers read it. Tick a colleague below, or write @ and the whole name."),
        validators=[InputRequired(REFUSALS["internal_note_empty"]), Length(max=LONGEST_NOTE)],
    )
