"""The same step for many applications at once: each on its own, so that one that cannot go holds up no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.permissions import may_screen
from exhibitors.applications.review.who_reviews import note_if_tied
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation.actor import Actor
from foundation.refusal import Refused


class Step(StrEnum):
    """What can be done to many."""

    TAKE_UP = "take_up"
    ACCEPT = "accept"
    WAITLIST = "waitlist"
    REJECT = "reject"
    UNDECIDE = "undecide"


DECISIONS = {
    Step.ACCEPT: Decision.ACCEPT,
    Step.WAITLIST: Decision.WAITLIST,
    Step.REJECT: Decision.REJECT,
    Step.UNDECIDE: None,
}


@dataclass(slots=True)
class Outcome:
    """The codes of those that went, and why the others did not."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, Refused]] = field(default_factory=list)


def decide_many(
    session: Session,
    actor: Actor,
    fair: Fair,
    versions: Mapping[str, int | None],
    step: Step,
    *,
    reason: str = "",
    reason_code: ReasonCode | None = None,
    beyond_quota: bool = False,
) -> Outcome:
    """Take the step for each application named by its code, as it was on the screen with that version.

    What the actor may not screen, and codes of other fairs, are passed over as if they were not there. Reasons of the
    refusals: those of `take_up` and `stage_decision`.
    """
    outcome = Outcome()
    query = select(BoothApplication).where(
        BoothApplication.fair_id == fair.id,
        BoothApplication.submitted_at.is_not(None),
        BoothApplication.code.in_(list(versions)),
    )
    for application in session.scalars(query.order_by(BoothApplication.id)).all():
        if not may_screen(actor, fair, application):
            continue
        code = application.code
        said: dict[str, Any] = {"reason": reason, "reason_code": reason_code, "expected_version": versions[code]}
        said["beyond_quota"] = beyond_quota
        try:
            with session.begin_nested():
                if step is Step.TAKE_UP:
                    take_up(session, actor, application, versions[code])
                else:
                    stage_decision(session, actor, application, DECISIONS[step], **said)
        except Refused as refusal:
            session.expire(application)
            note_if_tied(session, actor, application, refusal)
            outcome.refused.append((code, refusal))
        else:
            outcome.done.append(code)
    return outcome
