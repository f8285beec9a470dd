"""Who reviews at a fair, and what keeps somebody away from an application: said by themselves, or by what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, bindparam, case, literal, null, or_, select, true, union_all
from sqlalchemy.orm import Session

from accounts.organisation import Membership, limits_actors
from accounts.permissions import MAY, Act, open_zones
from accounts.user import User
from events.fairs.fair import Fair
from events.places.locality import Locality
from events.teams.fair_role import FairRole
from exhibitors.applications.booth_application import BoothApplication, find_application
from exhibitors.applications.review.application_review import Recusal
from exhibitors.applications.review.review_round import ReviewerPlace, ReviewRound
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.database import read_rows
from foundation.refusal import Refused


class Tie(StrEnum):
    """What binds a reviewer to an applicant."""

    DECLARED = "recused_declared"
    SAME_UNIT = "recused_same_unit"
    SAME_PLACE = "recused_same_place"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who may score at a fair, in all of it or in some zones, and the commune they come from if it is set."""

    id: int
    name: str
    place: Bilingual | None
    locality_id: int | None


_BLIND = (
    select(
        ReviewRound.fair_id.label("number"), ReviewRound.fair_id, Fair.organisation_id, literal("blind").label("why")
    )
    .join(Fair, Fair.id == ReviewRound.fair_id)
    .where(ReviewRound.is_blind)
    .where(or_(ReviewRound.closes_at.is_(None), ReviewRound.closes_at > bindparam("now")))
)
_HANDED_IN_AT = case((BoothApplication.submitted_at.is_not(None), BoothApplication.fair_id))
_SAID = (
    select(BoothApplication.id, _HANDED_IN_AT, null(), literal("aside"))
    .join(Recusal, Recusal.application_id == BoothApplication.id)
    .where(Recusal.user_id == bindparam("user_id"))
)
_OWN_UNIT = (
    select(BoothApplication.id, _HANDED_IN_AT, null(), literal("aside"))
    .join(Producer, Producer.id == BoothApplication.producer_id)
    .join(Membership, Membership.organisation_id == Producer.organisation_id)
    .where(Membership.user_id == bindparam("user_id"))
)
_HIDDEN: CompoundSelect[Any] = union_all(_BLIND, _SAID, _OWN_UNIT)


@limits_actors
def what_is_hidden(session: Session, actor: Actor) -> Actor:
    """The actor with the fairs that they score blind and the applications of which they stand aside, because they said
    so or because they belong to the unit; one query. A unit that is only lent to them does not count.
    """
    rows = read_rows(session, _HIDDEN, {"now": clock.now(), "user_id": actor.user_id})
    return replace(
        actor,
        blind_at=frozenset(fair for _, fair, body, why in rows if why == "blind" and only_scores(actor, body, fair)),
        stands_aside=frozenset(number for number, _, _, why in rows if why == "aside"),
        aside_at=frozenset(fair for _, fair, _, why in rows if why == "aside" and fair is not None),
    )


def only_scores(actor: Actor, organisation_id: int, fair_id: int) -> bool:
    """Whether the person scores at the fair and leads no part of it."""
    scores = open_zones(actor, Act.SCORE, organisation_id, fair_id) != frozenset()
    return scores and open_zones(actor, Act.PUBLISH_DECISIONS, organisation_id, fair_id) == frozenset()


def tie_between(session: Session, actor: Actor, application: BoothApplication) -> Tie | None:
    """What keeps this person from scoring and deciding this application, if anything does; one query."""
    ties = {tie for _, _, tie in _ties(session, BoothApplication.id == application.id, actor.user_id)}
    if Tie.DECLARED in ties:
        return Tie.DECLARED
    if Tie.SAME_UNIT in ties or application.producer.organisation_id in actor.producer_roles:
        return Tie.SAME_UNIT
    if application.id in actor.stands_aside:
        return Tie.DECLARED
    return Tie.SAME_PLACE if Tie.SAME_PLACE in ties else None


def asides_at(session: Session, fair_id: int) -> Mapping[int, set[int]]:
    """The applications of the fair of which each person stands aside, by their own word or as a member of the unit,
    by the person's number; one query.
    """
    found: dict[int, set[int]] = defaultdict(set)
    for person, application, tie in _ties(session, BoothApplication.fair_id == fair_id):
        if tie is not Tie.SAME_PLACE:
            found[person].add(application)
    return found


def who_stands_aside(session: Session, application: BoothApplication) -> set[int]:
    """Numbers of everybody who stands aside, by their own word or as a member of the unit; one query."""
    ties = _ties(session, BoothApplication.id == application.id)
    return {person for person, _, tie in ties if tie is not Tie.SAME_PLACE}


def tied_people(session: Session, application: BoothApplication) -> set[int]:
    """Numbers of everybody whom something keeps from scoring and deciding this application; one query."""
    return {person for person, _, _ in _ties(session, BoothApplication.id == application.id)}


def tied_at(session: Session, actor: Actor, fair_id: int) -> frozenset[int]:
    """Numbers of the fair's applications that something keeps this person from scoring and deciding; one query."""
    ties = _ties(session, BoothApplication.fair_id == fair_id, actor.user_id)
    return frozenset(application for _, application, _ in ties) | actor.stands_aside


def _ties(session: Session, which: ColumnElement[bool], user_id: int | None = None) -> list[tuple[int, int, Tie]]:
    """Person, application and tie, of the applications that fit and of one person or everybody; one query.

    Those who come from the unit's commune are among them unless the fair's round says that this does not count.
    """
    people = {Tie.DECLARED: Recusal.user_id, Tie.SAME_UNIT: Membership.user_id, Tie.SAME_PLACE: ReviewerPlace.user_id}
    here = {
        tie: select(person, BoothApplication.id, literal(tie.value))
        .select_from(BoothApplication)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(which, true() if user_id is None else person == user_id)
        for tie, person in people.items()
    }
    near = (ReviewerPlace.fair_id == BoothApplication.fair_id) & (ReviewerPlace.locality_id == Producer.locality_id)
    rows = session.execute(
        union_all(
            here[Tie.DECLARED].join(Recusal, Recusal.application_id == BoothApplication.id),
            here[Tie.SAME_UNIT].join(Membership, Membership.organisation_id == Producer.organisation_id),
            here[Tie.SAME_PLACE]
            .join(ReviewerPlace, near)
            .outerjoin(ReviewRound, ReviewRound.fair_id == ReviewerPlace.fair_id)
            .where(or_(ReviewRound.recuses_by_locality, ReviewRound.fair_id.is_(None))),
        )
    )
    return [(person, application, Tie(tie)) for person, application, tie in rows]


def refuse_tied(session: Session, actor: Actor, application: BoothApplication) -> None:
    """Refuses `recused_declared`, `recused_same_unit` and `recused_same_place`."""
    tie = tie_between(session, actor, application)
    if tie is not None:
        raise Refused(tie.value, code=application.code)


def note_if_tied(session: Session, actor: Actor, application: BoothApplication, refusal: Refused) -> None:
    """Keep in the trail that somebody tried who may not; called after the rollback, for the caller to commit."""
    if refusal.reason in set(Tie):
        new = {"why": refusal.reason}
        record(session, actor, "review.turned_away", application, fair_id=application.fair_id, new=new)


def note_try(session: Session, actor: Actor, refusal: Refused) -> None:
    """The same for a refusal that names its application by the code alone; commits what it noted."""
    application = (
        find_application(session, str(refusal.facts.get("code") or "")) if refusal.reason in set(Tie) else None
    )
    if application is not None:
        note_if_tied(session, actor, application, refusal)
        session.commit()


def reviewers_of(session: Session, fair: Fair) -> Sequence[Reviewer]:
    """Everybody who may score at the fair, by name; one query."""
    scoring = [role.value for role, acts in MAY.items() if Act.SCORE in acts]
    everywhere = select(Membership.user_id).where(
        Membership.organisation_id == fair.organisation_id, Membership.role.in_(scoring)
    )
    named = (
        select(Membership.user_id)
        .join(FairRole, FairRole.membership_id == Membership.id)
        .where(FairRole.fair_id == fair.id, FairRole.role.in_(scoring))
    )
    rows = session.execute(
        select(User.id, User.name, Locality.name_vi, Locality.name_en, Locality.id)
        .outerjoin(ReviewerPlace, (ReviewerPlace.user_id == User.id) & (ReviewerPlace.fair_id == fair.id))
        .outerjoin(Locality, Locality.id == ReviewerPlace.locality_id)
        .where(or_(User.id.in_(everywhere), User.id.in_(named)), User.disabled_at.is_(None))
        .order_by(User.name, User.id)
    )
    return [Reviewer(number, name, Bilingual(vi, en) if vi else None, place) for number, name, vi, en, place in rows]


def hides_scores(session: Session, actor: Actor, fair: Fair) -> bool:
    """Whether scores of others are kept from this person for now: those who lead see them, the rest after the round."""
    if open_zones(actor, Act.PUBLISH_DECISIONS, fair.organisation_id, fair.id) is None:
        return False
    rules = session.get(ReviewRound, fair.id)
    return rules is not None and rules.own_score_first and (rules.closes_at is None or clock.now() < rules.closes_at)
