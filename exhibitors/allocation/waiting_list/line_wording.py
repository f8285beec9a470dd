"""What the line goes by, and why nothing free is offered to somebody who waits; who is before them is not named."""

from __future__ import annotations

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from exhibitors.allocation.proposals.reason_wording import NEEDS
from exhibitors.allocation.waiting_list.fitting_block import NoFit, WhyNone
from exhibitors.allocation.waiting_list.next_in_line import LineOrder

ORDERS = {
    LineOrder.POINTS_THEN_DRAW: _(
        "The line goes by points, where they are equal by the draw. Whoever let an offer lapse stands at the end."
    ),
    LineOrder.POINTS_THEN_SENDING: _(
        "The line goes by points, where they are equal by when the application was sent. "
        "Whoever let an offer lapse stands at the end."
    ),
    LineOrder.DRAW: _(
        "The line goes by the draw alone, as on the board; points do not count. "
        "Whoever let an offer lapse stands at the end."
    ),
    LineOrder.SENDING: _(
        "The line goes by when the application was sent, as on the board; points do not count. "
        "Whoever let an offer lapse stands at the end."
    ),
}

PLAIN = {
    NoFit.NOTHING_FREE: _("No booth is free."),
    NoFit.OTHER_GOODS: _("What is free is meant for other kinds of product, or is of another type of booth."),
    NoFit.NOT_WISHED: _("What is free and would do stands in zones that it did not wish for."),
    NoFit.QUOTA_FULL: _("The quota that this unit counts in is full."),
    NoFit.TAKEN_BEFORE: _("What is free and would do goes to units before it in the line."),
}


def why_none_words(why: WhyNone) -> str:
    """One sentence."""
    facts = why.facts
    if why.code is NoFit.NO_ROW:
        words = ngettext("No %(num)s booth is free.", "No %(num)s booths are free side by side.", facts["booths"])
        return str(words)
    if why.code is NoFit.NEEDS_MISSING:
        needs = ", ".join(str(NEEDS[need]) for need in facts["needs"])
        return str(gettext("Nothing that is free has %(needs)s.", needs=needs))
    if why.code is NoFit.POWER_SHORT:
        return str(gettext("The power left where it could stand does not reach: it needs %(watts)s W.", **facts))
    return str(PLAIN[why.code])
