"""Why nothing that is free is offered to somebody who waits, in sentences; who is before them is not named."""

from __future__ import annotations

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from exhibitors.allocation.proposals.reason_wording import NEEDS
from exhibitors.allocation.waiting_list.fitting_block import NoFit, WhyNone

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
