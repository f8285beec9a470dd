"""The words of proposals: policies, states, levels, findings and reasons, in whole sentences."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.proposals.allocation_proposal import Candidates, ProposalState
from exhibitors.allocation.proposals.name_findings import Finding
from exhibitors.allocation.proposals.since_asked import Part
from exhibitors.calls.wording import quota_words
from foundation.refusal_words import register_refusals

POLICIES = {
    Policy.BANDED_MERIT: (
        _("By bands of points"),
        _("More points go first, in three bands. Inside a band, whoever would be worst off is served first."),
    ),
    Policy.STRICT_MERIT: (
        _("Strictly by points"),
        _("Every single point counts: nobody with fewer points gets what somebody with more wished for."),
    ),
    Policy.FAIREST_WISHES: (
        _("Wishes first"),
        _("Points decide who is in. Where they stand follows the wishes, so that nobody is far from the own list."),
    ),
    Policy.FIRST_COME: (_("First come"), _("Whoever sent the application earlier goes first.")),
    Policy.DRAW: (_("Draw"), _("The draw alone decides, with the seed that was committed to on the fair's page.")),
}

CANDIDATES = {
    Candidates.ACCEPTED: (
        _("Those noted as accepted"),
        _("Also whoever was accepted before or is on the waiting list."),
    ),
    Candidates.REVIEWED: (
        _("Everybody in review"),
        _("Also those without a decision. Whoever gets a booth is then noted as accepted."),
    ),
}

STATES = {
    ProposalState.QUEUED: (_("Waiting its turn"), "info", "hourglass"),
    ProposalState.RUNNING: (_("Being made"), "info", "refresh-cw"),
    ProposalState.DONE: (_("Ready"), "ok", "check"),
    ProposalState.FAILED: (_("Not possible"), "bad", "circle-alert"),
    ProposalState.CANCELLED: (_("Called off"), None, "x"),
}

LEVELS = {
    "quota_shortfall": _("Missing for quotas"),
    "published_lost": _("Accepted units without a place"),
    "published_moved": _("Accepted units with a new place"),
    "priority": _("Points of those with a booth"),
    "standing": _("Turns of those with a booth"),
    "regret": _("Distance from the wishes"),
    "conflicts": _("Same kind of product next door or opposite"),
}

CLASHES = {
    "SIZE": _("%(who)s is pinned to another number of booths than it asks for."),
    "NOT_CONTIGUOUS": _("%(who)s is pinned to booths that do not stand side by side. Pin neighbours, or let go."),
    "BLOCKED": _("%(who)s is pinned to a booth that is not in use. Open the booth, or let go."),
    "RESERVED": _("%(who)s is pinned to a booth of another type. Change the type of the booth, or let go."),
    "NEED_WATER": _("%(who)s needs water, and the pinned booth has none. Pin another booth, or add water to this one."),
    "NEED_COLD": _("%(who)s needs power, and the pinned booth has none. Pin another booth, or add power to this one."),
    "ZONE_POWER": _("The pinned places in zone %(who)s need more power than it has: %(detail)s."),
    "PRODUCER_CAP": _("%(who)s is pinned to more booths than one producer may have."),
    "QUOTA_MAX": _("The pinned places pass a quota: %(detail)s. Raise the quota, or let somebody go."),
    "DOUBLE_BOOKED": _("Two are pinned to booth %(who)s. Let one go."),
}

BETTER_BOOTH = "better_booth"
"""Found after publication: nobody is moved to a better booth in silence."""

PARTS = {
    Part.APPLICATIONS: _("applications"),
    Part.PLAN: _("booths of the plan"),
    Part.QUOTAS: _("quotas"),
    Part.BOARD: _("places on the board"),
}

FAILURES = {
    "interrupted": _("The work was interrupted. Ask again."),
    "crashed": _("The optimiser ended in the middle. The board was not touched; ask again."),
    "no_booths": _("No booth can be given: draw some first."),
    "no_applications": _("There is nobody to place."),
}

REFUSALS = {
    "proposal_at_work": _("Proposal %(number)s is still being made. Wait for it, or call it off."),
    "nothing_to_allocate": _("There is no booth on the plans yet. Draw some first."),
    "nobody_to_place": _("There is nobody to place yet. Accept applications first."),
    "proposal_not_ready": _("Proposal %(number)s is not ready, so it cannot be put on the board."),
    "proposal_move_impossible": _("This proposal has ended already."),
    "fair_changed": _(
        "The fair has changed since proposal %(number)s was computed. Compute it again, then put it on the board."
    ),
    "nothing_to_undo": _("Proposal %(number)s is not on the board, so there is nothing to take back."),
    "left_to_colleague": _(
        "Nothing is decided here yet, and you stand aside: a colleague decides and gives the booth."
    ),
    "acceptance_left_to_colleague": _(
        "It has no booth in this proposal, and you stand aside: a colleague takes its acceptance back."
    ),
    "undo_left_to_colleague": _(
        "Taking it off the board would change the acceptance of a unit from which you stand aside. "
        "Let a colleague do it."
    ),
    "board_changed": _(
        "The place of %(who)s was changed or published since. Proposal %(number)s cannot be taken back as a whole."
    ),
    "nothing_to_pin": _("Application %(code)s stands on no booth, so there is nothing to pin."),
}
register_refusals(REFUSALS)


def finding_words(finding: Finding) -> str:
    """A wish of the organiser that was not kept, and what would make it possible."""
    facts, code = finding.facts, finding.code
    if code == "kept_back":
        name = quota_words(finding.quota) if finding.quota else ""
        return str(gettext("%(name)s: kept back are %(booths)s.", name=name, booths=", ".join(facts["booths"])))
    if code == BETTER_BOOTH:
        said = gettext(
            "%(who)s was told another booth and would rather have %(booths)s, which is free. Ask first, then move it.",
            who=finding.who,
            booths=", ".join(facts["booths"]),
        )
        return str(said)
    if code == "quota":
        return _quota_words(finding)
    kind, _blank, rule = code.partition(" ")
    if kind == "clash" and rule in CLASHES:
        return str(CLASHES[rule]) % {"who": finding.who, "detail": facts.get("detail", "")}
    if code in FAILURES:
        return str(FAILURES[code])
    said = facts.get("sentence") or f"{code} {finding.who} {facts.get('detail', '')}".strip()
    return str(gettext("Not possible: %(sentence)s", sentence=said))


def _quota_words(finding: Finding) -> str:
    facts = finding.facts
    name = quota_words(finding.quota) if finding.quota else ""
    if facts["most"] is not None and facts["given"] > facts["most"]:
        return str(
            gettext(
                "%(name)s: %(given)s booths, at most %(most)s were to be given. Raise the quota, or note fewer.",
                name=name,
                given=facts["given"],
                most=facts["most"],
            )
        )
    return str(
        gettext(
            "%(name)s: %(given)s of at least %(least)s booths. Accept more from there, or lower the quota.",
            name=name,
            given=facts["given"],
            least=facts["least"],
        )
    )
