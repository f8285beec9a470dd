"""The words of reviewing: rules, refusals, and the acts as the history tells them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from events.fairs.edition_wording import name_dates
from exhibitors.applications.review.who_reviews import Tie
from foundation.refusal_words import register_refusals

LIST_WORDS = {
    "asked": _("Asked of me"),
    "open": _("Not scored by me"),
    "done": _("Scored by me"),
    "aside": _("I stand aside"),
}
TABLE_WORDS = {"all": _("All"), "missing": _("Reviews missing"), "unscored": _("Not scored")}
ORDER_WORDS = {
    "score": _("Highest mean first"),
    "median": _("Highest median first"),
    "spread": _("Reviewers farthest apart first"),
    "code": _("By code"),
}
REFUSALS = {
    Tie.DECLARED.value: _("You have said that you stand too near to this unit, so you neither score nor decide it."),
    Tie.SAME_UNIT.value: _("You belong to this unit, so you neither score nor decide its application."),
    Tie.SAME_PLACE.value: _("You come from the same commune as this unit, so you neither score nor decide it."),
    "round_not_open": _("Scores are not taken at this time."),
    "score_too_late": _("This application is decided; its scores stand."),
    "score_sees_names": _("This round is blind, and you see who applied. Leave the scores to the reviewers."),
    "no_criteria": _("There are no criteria yet, so there is nothing to score."),
    "scores_missing": _("Give points for every criterion."),
    "scores_wrong": _("Points go from 1 to %(most)s."),
    "recusal_reason_missing": _("Say in a few words why you stand aside."),
    "recusal_too_long": _("Shorten the reason to %(most)s characters."),
    "recusal_own": _("You said so yourself; somebody else has to let you come back."),
    "review_order": _("Scores are taken until a day that is not before the first."),
    "criterion_name_missing": _("Give the criterion a name in Vietnamese."),
    "criterion_name_too_long": _("A name has room for %(most)s characters."),
    "criterion_taken": _("There is a criterion %(name)s already."),
    "criterion_weight": _("A weight is a whole number from 1 to 100."),
    "too_many_criteria": _("A fair has room for %(most)s criteria."),
    "reviewer_unknown": _("This person does not review at this fair any more."),
    "reviewers_missing": _("Tick at least one reviewer."),
    "reviews_wrong": _("Each application can have from 1 to %(most)s of the ticked reviewers."),
    "nothing_to_review": _("No application that can be scored is meant by this choice."),
    "code_unknown": _("No application that can be scored has this code: %(codes)s."),
}
register_refusals(REFUSALS)
name_dates({"review_opens": _("The reviewers' round begins"), "review_closes": _("The reviewers' round ends")})
