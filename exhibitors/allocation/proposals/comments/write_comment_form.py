"""What may be typed as a comment on the allocation."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from exhibitors.allocation.proposals.comments.wording import REFUSALS
from exhibitors.allocation.proposals.comments.write_comment import LONGEST_COMMENT
from exhibitors.applications.notes.colleagues import Colleague
from foundation.house_form import HouseForm
from foundation.made_once import new_form_token


class CommentForm(HouseForm):
    """One comment; a form sent twice writes it once."""

    words = TextAreaField(
        _("Your comment"),
        description=_("Only organisers read it. Tick a colleague below, or write @ and the whole name."),
        validators=[InputRequired(REFUSALS["comment_empty"]), Length(max=LONGEST_COMMENT)],
    )
    mentioned = SelectMultipleField(
        _("Mention"),
        choices=[],
        coerce=int,
        validate_choice=False,  # the verb refuses whoever may not read it
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    once = HiddenField(default=new_form_token)


def comment_form(colleagues: Sequence[Colleague]) -> CommentForm:
    """The form with the colleagues who can be mentioned."""
    form: CommentForm = CommentForm.from_request()
    form.mentioned.choices = [(one.id, one.name) for one in colleagues]
    return form
