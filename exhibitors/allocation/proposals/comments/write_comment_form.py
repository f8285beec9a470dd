"""What may be typed as a comment on the allocation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from exhibitors.allocation.proposals.comments.wording import REFUSALS
from exhibitors.allocation.proposals.comments.write_comment import LONGEST_COMMENT
from exhibitors.applications.notes.mention_form import MentionForm


class CommentForm(MentionForm):
    """One comment."""

    words = TextAreaField(
        _("Your comment"),
        description=_("Only organisers read it. Tick a colleague below, or write @ and the whole name."),
        validators=[InputRequired(REFUSALS["comment_empty"]), Length(max=LONGEST_COMMENT)],
    )
