"""Ask reviewers to look at applications: of a zone, of a product group, those named by code, or all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import Membership
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.queue_filters import handed_in
from exhibitors.applications.review.application_review import Recusal, ReviewAssignment
from exhibitors.applications.review.review_round import round_of
from exhibitors.applications.review.score_applications import SCORED_IN
from exhibitors.applications.review.who_reviews import Reviewer, reviewers_of
from exhibitors.producers.producer import Producer, Product, ProductGroup
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many were asked anew, and how many applications have fewer reviewers than wanted, as too few may."""

    made: int
    short: int


def assign_reviewers(
    session: Session,
    actor: Actor,
    fair: Fair,
    people: Collection[int],
    *,
    of_each: int,
    zone: str = "",
    group: str = "",
    codes: Sequence[str] = (),
) -> Assigned:
    """Give each application that can be scored so many of these reviewers, evenly; whoever is tied to it is passed by.

    Assignments that are there stay and count. Refuses `reviewers_missing`, `reviewer_unknown`, `reviews_wrong`,
    `nothing_to_review` and `code_unknown`.
    """
    chosen = [one for one in reviewers_of(session, fair) if one.id in set(people)]
    if not people:
        raise Refused("reviewers_missing")
    if len(chosen) < len(set(people)):
        raise Refused("reviewer_unknown")
    if not 1 <= of_each <= len(chosen):
        raise Refused("reviews_wrong", most=len(chosen))
    session.flush()
    session.scalar(select(Fair.id).where(Fair.id == fair.id).with_for_update())
    found = _applications(session, fair, zone, group, codes)
    present = _present(session, fair)
    tied = _tied(session, fair, chosen)
    load = Counter(person for assigned in present.values() for person in assigned)
    made, short = 0, 0
    for application in found:
        has = present.get(application, set())
        free = [one.id for one in chosen if one.id not in has and (application, one.id) not in tied]
        wanted = max(0, of_each - len(has & {one.id for one in chosen}))
        taken = sorted(free, key=lambda person: (load[person], person))[:wanted]
        session.add_all(ReviewAssignment(application_id=application, user_id=person) for person in taken)
        load.update(taken)
        made, short = made + len(taken), short + (len(taken) < wanted)
    new = {"reviewers": sorted(people), "of_each": of_each, "zone": zone, "group": group, "made": made}
    record(session, actor, "review.assign", fair, fair_id=fair.id, new=new)
    session.flush()
    return Assigned(made, short)


def release_reviewer(session: Session, actor: Actor, fair: Fair, user_id: int) -> int:
    """Take back what somebody was asked and has not to do any more; points that were given stay."""
    mine = (
        select(ReviewAssignment)
        .join(BoothApplication, BoothApplication.id == ReviewAssignment.application_id)
        .where(BoothApplication.fair_id == fair.id, ReviewAssignment.user_id == user_id)
    )
    assignments = session.scalars(mine).all()
    for assignment in assignments:
        session.delete(assignment)
    record(session, actor, "review.release", fair, fair_id=fair.id, old={"reviewer": user_id, "made": len(assignments)})
    session.flush()
    return len(assignments)


def _applications(session: Session, fair: Fair, zone: str, group: str, codes: Sequence[str]) -> Sequence[int]:
    query = select(BoothApplication.id).where(*handed_in(fair), BoothApplication.state.in_(sorted(SCORED_IN)))
    if zone:
        wished = select(ZoneWish.application_id).join(Zone, Zone.id == ZoneWish.zone_id).where(Zone.code == zone)
        query = query.where(BoothApplication.id.in_(wished))
    if group:
        brought = (
            select(ApplicationProduct.application_id)
            .join(Product, Product.id == ApplicationProduct.product_id)
            .join(ProductGroup, ProductGroup.id == Product.group_id)
        )
        query = query.where(BoothApplication.id.in_(brought.where(ProductGroup.key == group)))
    if codes:
        known = set(session.scalars(query.with_only_columns(BoothApplication.code)))
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise Refused("code_unknown", codes=", ".join(unknown[:5]))
        query = query.where(BoothApplication.code.in_(codes))
    found = session.scalars(query.order_by(BoothApplication.id)).all()
    if not found:
        raise Refused("nothing_to_review")
    return found


def _present(session: Session, fair: Fair) -> dict[int, set[int]]:
    rows = session.execute(
        select(ReviewAssignment.application_id, ReviewAssignment.user_id)
        .join(BoothApplication, BoothApplication.id == ReviewAssignment.application_id)
        .where(BoothApplication.fair_id == fair.id)
    )
    present: dict[int, set[int]] = {}
    for application, person in rows:
        present.setdefault(application, set()).add(person)
    return present


def _tied(session: Session, fair: Fair, people: Sequence[Reviewer]) -> set[tuple[int, int]]:
    """Pairs of application and person that must not meet; three queries."""
    here = select(BoothApplication.id, Producer.organisation_id, Producer.locality_id).join(
        Producer, Producer.id == BoothApplication.producer_id
    )
    units = session.execute(here.where(BoothApplication.fair_id == fair.id)).all()
    members = select(Membership.organisation_id, Membership.user_id)
    belongs = {tuple(row) for row in session.execute(members.where(Membership.user_id.in_([one.id for one in people])))}
    declared = select(Recusal.application_id, Recusal.user_id).join(
        BoothApplication, BoothApplication.id == Recusal.application_id
    )
    tied = {(number, person) for number, person in session.execute(declared.where(BoothApplication.fair_id == fair.id))}
    by_place = round_of(session, fair).recuses_by_locality
    for number, organisation, locality in units:
        for one in people:
            near = by_place and locality is not None and one.locality_id == locality
            if near or (organisation, one.id) in belongs:
                tied.add((number, one.id))
    return tied
