"""The steps of a fair from draft to over: which acts there are, and which come next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from events.fairs.archive_fair import MAY_BE_ARCHIVED, archive_fair, unarchive_fair
from events.fairs.fair import CALL_MOVES, MOVES, CallState, Fair, FairState, Phase
from events.fairs.organise_fair import (
    cancel_fair,
    close_call,
    missing_for_call,
    missing_for_publishing,
    open_call,
    postpone_fair,
    publish_fair,
    restore,
    resume,
    withdraw_from_public,
)
from foundation.actor import Actor

Taking = Callable[[Session, Actor, Fair, str], None]


@dataclass(frozen=True, slots=True)
class StepAct:
    """One act: how it is taken, whether it asks for a reason and whether it undoes what people rely on."""

    take: Taking
    needs_reason: bool = False
    is_dangerous: bool = False


STEP_ACTS: dict[str, StepAct] = {
    "publish": StepAct(lambda session, actor, fair, _: publish_fair(session, actor, fair)),
    "open_call": StepAct(lambda session, actor, fair, _: open_call(session, actor, fair)),
    "close_call": StepAct(lambda session, actor, fair, _: close_call(session, actor, fair)),
    "archive": StepAct(lambda session, actor, fair, _: archive_fair(session, actor, fair)),
    "unarchive": StepAct(lambda session, actor, fair, _: unarchive_fair(session, actor, fair)),
    "resume": StepAct(lambda session, actor, fair, _: resume(session, actor, fair)),
    "restore": StepAct(lambda session, actor, fair, _: restore(session, actor, fair)),
    "withdraw_from_public": StepAct(
        lambda session, actor, fair, _: withdraw_from_public(session, actor, fair), is_dangerous=True
    ),
    "postpone": StepAct(
        lambda session, actor, fair, reason: postpone_fair(session, actor, fair, reason=reason),
        needs_reason=True,
        is_dangerous=True,
    ),
    "cancel": StepAct(
        lambda session, actor, fair, reason: cancel_fair(session, actor, fair, reason=reason),
        needs_reason=True,
        is_dangerous=True,
    ),
}


@dataclass(frozen=True, slots=True)
class FairSteps:
    """What can be done now: the step that comes next (with what is missing for it), and the other acts open."""

    next_act: str | None
    missing: list[str]
    others: list[str]


def steps_of(session: Session, fair: Fair) -> FairSteps:
    """The acts open to the fair as it stands."""
    open_acts = [act for act in STEP_ACTS if _is_open(fair, act)]
    next_act = _next(fair)
    if next_act not in open_acts:
        next_act = None
    missing = {"publish": lambda: missing_for_publishing(fair), "open_call": lambda: missing_for_call(session, fair)}
    return FairSteps(
        next_act=next_act,
        missing=missing[next_act]() if next_act in missing else [],
        others=[act for act in open_acts if act != next_act],
    )


def _is_open(fair: Fair, act: str) -> bool:
    if fair.archived_at is not None or act == "unarchive":
        return fair.archived_at is not None and act == "unarchive"
    if act == "archive":
        return fair.phase() in MAY_BE_ARCHIVED
    if fair.phase() is Phase.OVER and act != "withdraw_from_public":
        return False
    if act == "withdraw_from_public" and fair.call_state == CallState.OPEN:
        return False
    if act in {"open_call", "close_call"}:
        return fair.state == FairState.PUBLISHED and (CallState(fair.call_state), act) in CALL_MOVES
    return (FairState(fair.state), act) in MOVES


def _next(fair: Fair) -> str | None:
    if fair.state != FairState.PUBLISHED:
        return {FairState.DRAFT: "publish", FairState.POSTPONED: "resume"}.get(FairState(fair.state))
    if fair.phase() in {Phase.OVER, Phase.RUNNING}:
        return None
    return "open_call" if fair.call_state == CallState.NOT_OPEN else None
