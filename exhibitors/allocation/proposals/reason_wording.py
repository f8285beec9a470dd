"""Why somebody stands where they stand, in sentences: to organisers, and to the applicant alone. Nobody is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from exhibitors.allocation.optimiser.explanations import Why
from exhibitors.allocation.optimiser.policies import BY_POINTS, Policy

NEEDS = {
    "water": _("a water tap"),
    "cold": _("a power socket"),
    "corner": _("a corner"),
    "fire": _("room for an open flame"),
}

OF_A_ZONE = {
    Why.CLOSED_CATEGORY: _("this kind of product is not sold there."),
    Why.RESERVED: _("its booths are of another type."),
    Why.MADE_BY_HAND: _("all its places stood fast already."),
    Why.FREE: _("a place is free there; ask the organiser."),
    Why.QUOTA_FULL: _("the quota that this unit counts in is full."),
    Why.PRODUCER_CAP: _("this unit has as many booths as one may have."),
}
BY_TURN = _("all its places are taken by units whose turn came earlier.")
AS_MANY = _("all its places are taken by units with as many points or more.")
MORE = _("all its places are taken by units with at least %(least)s points; this one has %(own)s.")
MORE_THAN_YOURS = _("all its places are taken by units with at least %(least)s points; you have %(own)s.")

OF_THE_WHOLE = {
    Why.QUOTA_FULL: _("The quota that this unit counts in is full."),
    Why.PRODUCER_CAP: _("This unit has as many booths as one may have."),
    Why.NOWHERE: _("None of the wishes can be met at this fair, and no other zone was accepted."),
    Why.TOTAL: _("Every place that would do is taken; no exchange would have made room without breaking a rule."),
}
WHOLE_BY_TURN = _("Every place that would do is taken by units whose turn came earlier.")
WHOLE_MORE = _("Every place that would do is taken by units with at least %(least)s points; this one has %(own)s.")
WHOLE_MORE_THAN_YOURS = _(
    "Every place that would do is taken by units with at least %(least)s points; you have %(own)s."
)
WHOLE_AS_MANY = _("Every place that would do is taken by units with as many points or more; the draw decided.")


def reason_words(reason: Mapping[str, Any], policy: str, *, own: bool = False) -> str:
    """One reason as a sentence; `own` speaks to the applicant."""
    code, zone = Why(reason["code"]), reason.get("zone")
    by_points = Policy(policy) in BY_POINTS
    if zone is None:
        return _of_the_whole(code, reason, by_points=by_points, own=own)
    words = _of_a_zone(code, reason, by_points=by_points, own=own)
    return str(gettext("Zone %(code)s: %(why)s", code=zone, why=words))


def _of_a_zone(code: Why, facts: Mapping[str, Any], *, by_points: bool, own: bool) -> str:
    if code is Why.NO_ROW:
        return str(ngettext("there is no booth in use.", "there are no %(num)s booths side by side.", facts["booths"]))
    if code is Why.FACILITY_MISSING:
        return str(gettext("no place there has %(need)s.", need=_list(facts["needs"])))
    if code is Why.POWER_FULL:
        facts = {"left": facts["watts_left"], "needed": facts["watts_needed"]}
        return str(gettext("%(left)s W are left there, %(needed)s W would be needed.", **facts))
    if code in {Why.HELD_BY_HIGHER, Why.NO_SEAT_FOR_OTHER} and not by_points:
        return str(BY_TURN)
    if code is Why.HELD_BY_HIGHER:
        return _in_points(facts, AS_MANY, MORE_THAN_YOURS if own else MORE)
    return _held_by_fewer_points(facts) if code is Why.NO_SEAT_FOR_OTHER else str(OF_A_ZONE[code])


def _held_by_fewer_points(facts: Mapping[str, Any]) -> str:
    """What making room would have cost those with fewer points: their only place, or at least as much as was gained."""
    lower, seatless = facts["lower"], facts.get("no_seat", 0)
    if 0 < seatless < lower:
        return str(
            gettext(
                "all its places are taken, %(lower)s of them by units with fewer points: %(seatless)s would have no"
                " place if they made room, the others would lose as much or more.",
                lower=lower,
                seatless=seatless,
            )
        )
    if seatless:
        return str(
            ngettext(
                "all its places are taken, one by a unit with fewer points that would have no place if it made room.",
                "all its places are taken, %(num)s of them by units with fewer points that would have no place if they"
                " made room.",
                lower,
            )
        )
    return str(
        ngettext(
            "all its places are taken, one by a unit with fewer points that would lose as much or more by making room.",
            "all its places are taken, %(num)s of them by units with fewer points that would lose as much or more by"
            " making room.",
            lower,
        )
    )


def _of_the_whole(code: Why, facts: Mapping[str, Any], *, by_points: bool, own: bool) -> str:
    if code in {Why.HELD_BY_HIGHER, Why.TOTAL} and not by_points:
        return str(WHOLE_BY_TURN)
    if code is Why.HELD_BY_HIGHER:
        return _in_points(facts, WHOLE_AS_MANY, WHOLE_MORE_THAN_YOURS if own else WHOLE_MORE)
    return str(OF_THE_WHOLE[code])


def _in_points(facts: Mapping[str, Any], as_many: object, more: object) -> str:
    least, own = facts["lowest_score"], facts["own_score"]
    return str(as_many) if least == own else str(more) % {"least": least, "own": own}


def _list(needs: list[str]) -> str:
    return ", ".join(str(NEEDS[need]) for need in needs)
