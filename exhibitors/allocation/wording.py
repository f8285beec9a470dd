"""The words of allocation and publication on screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

STANDING_WORDS = {
    "free": (_("Free"), None, "square-dashed"),
    "blocked": (_("Not in use"), None, "x"),
    "proposed": (_("Proposed"), "info", "plus"),
    "offered": (_("Waiting for an answer"), "warn", "hourglass"),
    "confirmed": (_("Confirmed"), "ok", "check"),
    "occupied": (_("Opened"), "ok", "check"),
}
"""How a booth stands, with tone and icon."""

REFUSALS = {
    "booth_taken": _("%(holder)s has been on booth %(booth)s since %(since)s. Choose another booth."),
    "nobody_beside": _("Whom this unit was to stand beside is no longer on booth %(booth)s."),
    "booth_shared": _("Two units share booth %(booth)s already. Choose another booth."),
    "left_booth": _("%(producer)s is no longer on booth %(booth)s: somebody changed that after you opened the page."),
    "booth_changed": _("Somebody else stands on booth %(booth)s now: it was changed after you opened the page."),
    "booth_blocked": _("Booth %(booth)s is not in use: %(why)s"),
    "booth_removed": _("Booth %(booth)s is no longer on the plan."),
    "not_in_this_fair": _("Booth %(booth)s belongs to another fair."),
    "too_many_booths": _("Application %(code)s asks for %(wanted)s booths and has them. Move it instead."),
    "not_ready_for_booth": _("Application %(code)s is not at a point where it can be given a booth. Take it up first."),
    "decision_against_booth": _("For application %(code)s no acceptance is noted. Change the decision first."),
    "assignment_move_impossible": _("This booth is no longer at a point where this can be done."),
    "no_capacity": _(
        "%(needed)s booths are needed and %(open)s can be given. Accept fewer, or add booths to the plan."
    ),
    "confirm_by_past": _("Choose a day to confirm by that is still to come."),
    "confirm_by_after_fair": _("Choose a day to confirm by that is not after the fair has begun."),
    "decisions_need_public_fair": _("The fair is not public now, so no decision can be published."),
    "confirm_by_passed": _("The time to confirm has passed. Call the organiser if you would still like to come."),
    "no_hand_move": _("There is nothing of yours to take back or to do again."),
    "places_changed": _("The place of %(who)s was changed, told or pinned since, so this cannot be taken back."),
    "places_changed_before_redo": _(
        "The place of %(who)s was changed, told or pinned since, so this cannot be done again."
    ),
    "not_next_in_line": _("It is not the turn of application %(code)s, or no booth that fits it is free any more."),
    "terms_not_accepted": _("Tick that you come on all days and keep the rules, then confirm."),
}
register_refusals(REFUSALS)
