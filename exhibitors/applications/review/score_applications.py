"""Score an application, stand aside from one, and write notes that only organisers read."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from accounts.permissions import Act
from events.fairs.fair import Fair
from events.fairs.permissions import zones_open_to
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.review.application_review import Recusal, ReviewAssignment, Score
from exhibitors.applications.review.review_round import MOST_POINTS, criteria_of, round_of
from exhibitors.applications.review.sum_up_reviews import sum_up_reviews
from exhibitors.applications.review.who_reviews import refuse_tied
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused

LONGEST_RECUSAL = 500
SCORED_IN = frozenset({ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.NEEDS_CHANGES})
"""States in which points still count for something."""


def score_application(
    session: Session, actor: Actor, application: BoothApplication, points: Mapping[int, int]
) -> Mapping[int, int]:
    """Give the points of one reviewer, 1 to 5 for every criterion; those given before are replaced.

    Refuses what `refuse_tied` refuses, `round_not_open`, `score_too_late` after the decision, `score_sees_names` in a
    blind round for whoever sees who applied, `no_criteria`, `scores_missing` and `scores_wrong`.
    """
    lock_application(session, application)
    fair = application.fair
    refuse_tied(session, actor, application)
    _refuse_closed(session, actor, fair, application)
    asked = [criterion.id for criterion in criteria_of(session, fair)]
    if not asked:
        raise Refused("no_criteria")
    given = {criterion: points[criterion] for criterion in asked if criterion in points}
    if len(given) < len(asked):
        raise Refused("scores_missing")
    if any(not 1 <= number <= MOST_POINTS for number in given.values()):
        raise Refused("scores_wrong", most=MOST_POINTS)
    mine = (Score.application_id == application.id, Score.user_id == actor.user_id)
    before = {score.criterion_id: score for score in session.scalars(select(Score).where(*mine))}
    old = {str(criterion): score.points for criterion, score in before.items()}
    for criterion, number in given.items():
        if criterion in before:
            before[criterion].points = number
        else:
            facts = {"application_id": application.id, "user_id": actor.user_id, "criterion_id": criterion}
            session.add(Score(points=number, **facts))
    new = {str(criterion): number for criterion, number in given.items()}
    record(
        session,
        actor,
        "review.score",
        application,
        fair_id=fair.id,
        old={"points": old} if old else None,
        new={"points": new},
    )
    sum_up_reviews(session, fair, [application.id])
    return given


def stand_aside(session: Session, actor: Actor, application: BoothApplication, reason: str) -> Recusal:
    """Say that one stands too near to the unit: points given are taken out, the application is neither seen nor
    scored nor decided any more. Refuses `recusal_reason_missing`, `recusal_too_long` and `recused_declared`.
    """
    lock_application(session, application)
    words = nfc(reason.strip())
    if not words:
        raise Refused("recusal_reason_missing")
    if len(words) > LONGEST_RECUSAL:
        raise Refused("recusal_too_long", most=LONGEST_RECUSAL)
    own = {"application_id": application.id, "user_id": actor.user_id}
    if session.get(Recusal, tuple(own.values())) is not None:
        raise Refused("recused_declared", code=application.code)
    for noun in (Score, ReviewAssignment):
        mine = (noun.application_id == application.id, noun.user_id == actor.user_id)
        session.execute(delete(noun).where(*mine))
    recusal = Recusal(**own, reason=words, declared_at=clock.now())
    session.add(recusal)
    session.flush()
    record(session, actor, "review.stand_aside", application, fair_id=application.fair_id, reason=words)
    sum_up_reviews(session, application.fair, [application.id])
    return recusal


def sees_names(actor: Actor, fair: Fair) -> bool:
    """Whether the person leads some part of the fair, and so knows who applied."""
    return zones_open_to(actor, Act.PUBLISH_DECISIONS, fair) != frozenset()


def _refuse_closed(session: Session, actor: Actor, fair: Fair, application: BoothApplication) -> None:
    rules = round_of(session, fair)
    if not rules.is_open(clock.now()):
        raise Refused("round_not_open")
    if application.current not in SCORED_IN:
        raise Refused("score_too_late")
    if rules.is_blind and sees_names(actor, fair):
        raise Refused("score_sees_names")
