"""Audience: organisers. Proposals side by side, one of them on the plan, adopting it (/organise/fairs/…/proposals)."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_read_desk
from events.fairs.workbench import workbench_of
from exhibitors.allocation.allocation_board import board_plans, find_row
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.permissions import may_comment, may_propose
from exhibitors.allocation.proposals.adopt_proposal import Adoption, adopt_proposal, adopter_of
from exhibitors.allocation.proposals.allocation_proposal import (
    AllocationProposal,
    Candidates,
    find_proposal,
    proposals_of,
)
from exhibitors.allocation.proposals.ask_for_proposal import ask_for_proposal, cancel_proposal
from exhibitors.allocation.proposals.comments.plan_comment import comments_on
from exhibitors.allocation.proposals.compare_proposals import compare_with_board, drawn_proposal, figures_of
from exhibitors.allocation.proposals.fair_facts import count_not_taken_up
from exhibitors.allocation.proposals.lottery_draw import draw_of, was_in_time
from exhibitors.allocation.proposals.make_proposal_form import AdoptForm, AskForm
from exhibitors.allocation.proposals.name_findings import named_findings
from exhibitors.allocation.proposals.pin_booths import pin_booths
from exhibitors.allocation.proposals.reason_wording import reason_words
from exhibitors.allocation.proposals.remaining_envy import remaining_envy
from exhibitors.allocation.proposals.since_asked import changed_since
from exhibitors.allocation.proposals.undo_adoption import undo_adoption
from exhibitors.allocation.proposals.wording import CANDIDATES, LEVELS, PARTS, POLICIES, STATES, finding_words
from exhibitors.allocation.proposals.work_on_proposal import MAKE_PROPOSAL
from exhibitors.applications.review.who_reviews import note_try, tied_at
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import clean
from foundation.jobs import send_on_errand
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("make_proposal", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/allocation/proposals"
SHOWN_SIDE_BY_SIDE = 6
COLOURS = ("status", "group", "loc")


@pages.page("/fairs/<slug>/proposals", may=may_read_desk)
def listing(slug: str) -> ResponseReturnValue:
    """The board and the proposals in the same figures, and the form for another one."""
    return _listing(_fair(slug), AskForm())


@pages.page("/fairs/<slug>/proposals", may=may_propose, methods=("POST",))
def ask(slug: str) -> ResponseReturnValue:
    """Ask for a proposal; the work is done beside the page."""
    session, fair, form = current_session(), _fair(slug), AskForm.from_request()
    if form.validate_posted():
        policy, candidates = Policy(form.policy.data), Candidates(form.candidates.data)
        try:
            proposal = ask_for_proposal(session, signed_in_actor(), fair, policy=policy, candidates=candidates)
        except Refused as refusal:
            session.rollback()
            form.fault("policy", refusal_words(refusal))
        else:
            session.commit()
            _send(proposal)
            return redirect(url_for(".show", slug=slug, number=proposal.number), 303)
    return _listing(_fair(slug), form)


@pages.page("/fairs/<slug>/proposals/<int:number>", may=may_read_desk)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One proposal on the plan: figures, who is new, who moves, who is left out and why."""
    fair = _fair(slug)
    return _show(fair, _proposal(fair, number), AdoptForm())


@pages.page("/fairs/<slug>/proposals/<int:number>/cancel", may=may_propose, methods=("POST",))
def cancel(slug: str, number: int) -> ResponseReturnValue:
    """Call the work off."""
    session, fair = current_session(), _fair(slug)
    cancel_proposal(session, signed_in_actor(), _proposal(fair, number))
    session.commit()
    return redirect(url_for(".show", slug=slug, number=number), 303)


@pages.page("/fairs/<slug>/proposals/<int:number>/adopt", may=may_propose, methods=("POST",))
def adopt(slug: str, number: int) -> ResponseReturnValue:
    """Put its seats on the board."""
    session, fair, form = current_session(), _fair(slug), AdoptForm.from_request()
    proposal = _proposal(fair, number)
    if not form.validate_posted():
        return _show(fair, proposal, form)
    try:
        adoption = adopt_proposal(session, signed_in_actor(), proposal, reason=form.reason.data or "")
    except Refused as refusal:
        session.rollback()
        form.fault("reason", refusal_words(refusal))
        return _show(_fair(slug), _proposal(fair, number), form)
    session.commit()
    _tell(proposal, adoption)
    return redirect(url_for("place_on_booth.board", slug=slug), 303)


@pages.page("/fairs/<slug>/proposals/<int:number>/undo", may=may_propose, methods=("POST",))
def undo(slug: str, number: int) -> ResponseReturnValue:
    """Take it off the board again."""
    session, fair = current_session(), _fair(slug)
    try:
        back = undo_adoption(session, signed_in_actor(), _proposal(fair, number))
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "warn")
    else:
        session.commit()
        flash(ngettext("%(num)s unit stands as before.", "%(num)s units stand as before.", back), "ok")
    return redirect(url_for(".show", slug=slug, number=number), 303)


@pages.page("/fairs/<slug>/pins/<code>", may=may_propose, methods=("POST",))
def pin(slug: str, code: str) -> ResponseReturnValue:
    """Pin an application to its booths, or let it go again."""
    session, fair = current_session(), _fair(slug)
    row = found(find_row(session, fair, code))
    pinned = request.form.get("pinned") != "no"
    try:
        pin_booths(session, signed_in_actor(), row.application, pinned=pinned)
    except Refused as refusal:
        session.rollback()
        note_try(session, signed_in_actor(), refusal)
        flash(refusal_words(refusal), "warn")
    else:
        session.commit()
        flash(_("Pinned: it stays here in every proposal.") if pinned else _("No longer pinned."), "ok")
    return redirect(url_for("place_on_booth.board", slug=slug, application=code), 303)


def _listing(fair: Fair, form: AskForm) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    proposals, draw = proposals_of(session, fair), draw_of(session, fair)
    page = render_template(
        f"{FOLDER}/listing.html",
        fair=fair,
        form=form,
        proposals=proposals,
        figures=figures_of(session, fair, [one for one in proposals if one.has_draft][:SHOWN_SIDE_BY_SIDE]),
        draw=draw,
        is_in_time=draw is None or was_in_time(session, draw),
        not_taken_up=count_not_taken_up(session, fair),
        may_act=may_propose(actor, fair),
        workbench=workbench_of(session, actor, fair),
        **_words(),
    )
    return page, 422 if form.errors else 200


def _show(fair: Fair, proposal: AllocationProposal, form: AdoptForm) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    comparison = compare_with_board(session, fair, proposal, actor.stands_aside)
    plans = board_plans(session, fair, hidden=actor.stands_aside)
    asked = str(clean(request.args.get("application", "")))[:12]
    open_to_me = [one for one in comparison.outcomes if one.application_id not in actor.stands_aside]
    chosen = next((one for one in open_to_me if one.application.code == asked), None)
    siblings = proposals_of(session, fair)
    page = render_template(
        f"{FOLDER}/show.html",
        fair=fair,
        form=form,
        proposal=proposal,
        siblings=[one for one in siblings if one.has_draft or one.id == proposal.id][:SHOWN_SIDE_BY_SIDE],
        comparison=comparison,
        figures=figures_of(session, fair, [proposal]),
        plans=[(shown, drawn_proposal(shown, comparison)) for shown in plans],
        owner={
            code: outcome.application.code
            for outcome in open_to_me
            for code in comparison.booths.get(outcome.application_id, ())
        },
        chosen=chosen,
        colour=request.args.get("by") if request.args.get("by") in COLOURS else "status",
        tied=tied_at(session, actor, fair.id),
        adopter=adopter_of(session, proposal) if proposal.is_on_board else None,
        changed=changed_since(session, proposal) if proposal.has_draft and not proposal.is_on_board else [],
        envies=remaining_envy(comparison.outcomes, proposal.policy),
        not_taken_up=count_not_taken_up(session, fair),
        findings=named_findings(session, fair, proposal, actor.stands_aside),
        comments=comments_on(session, actor, fair, proposal),
        may_comment=may_comment(actor, fair),
        may_act=may_propose(actor, fair),
        workbench=workbench_of(session, actor, fair),
        **_words(),
    )
    return page, 422 if form.errors else 200


def _words() -> dict[str, object]:
    return {
        "policies": POLICIES,
        "candidates": CANDIDATES,
        "states": STATES,
        "level_words": LEVELS,
        "part_words": PARTS,
        "reason_words": reason_words,
        "finding_words": finding_words,
    }


def _tell(proposal: AllocationProposal, adoption: Adoption) -> None:
    placed = len(adoption.placed)
    flash(
        ngettext(
            "Proposal %(number)s is on the board: %(num)s unit placed.",
            "Proposal %(number)s is on the board: %(num)s units placed.",
            placed,
            number=proposal.number,
        ),
        "ok",
    )
    aside = signed_in_actor().stands_aside
    for one in adoption.impossible:
        name = one.application.producer.name_vi
        who = _("A unit from which you stand aside") if one.application.id in aside else name
        facts = one.refusal.facts | {"since": ""}
        flash(f"{who}: {refusal_words(Refused(one.refusal.reason, **facts))}", "warn")


def _send(proposal: AllocationProposal) -> None:
    """Ask the jobs to begin now; when the queue is away the minute's chore finds the row."""
    try:
        send_on_errand(current_app.extensions["settings"], MAKE_PROPOSAL, proposal.id)
    except Exception:  # noqa: BLE001 - whatever the queue's driver raises; the row is there
        current_app.logger.warning("queue_unavailable")


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair


def _proposal(fair: Fair, number: int) -> AllocationProposal:
    return found(find_proposal(current_session(), fair, number))
