"""The words of comments on the allocation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "comment_empty": _("Write something first."),
    "comment_too_long": _("Shorten the comment to %(most)s characters."),
    "too_many_comments": _("A fair has room for %(most)s comments. Take one of yours back first."),
    "comment_names_unit": _("You stand aside from a unit that is named here, so nothing was kept. Leave it out."),
    "comment_mention_impossible": _(
        "Somebody you picked may not read this comment: they cannot open the board, or stand aside from a unit that "
        "is named. Nothing was kept. Pick anew."
    ),
    "comment_of_another": _("Only who wrote a comment takes it back."),
}
register_refusals(REFUSALS)
