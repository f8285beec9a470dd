"""Set up how a fair reviews: the rules of the round, the criteria, and where its reviewers come from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.edition_dates import EditionDate, dates_with_edition
from events.fairs.fair import Fair
from events.places.locality import Locality
from exhibitors.applications.review.application_review import Recusal
from exhibitors.applications.review.review_round import Criterion, ReviewerPlace, ReviewRound, round_of
from exhibitors.applications.review.sum_up_reviews import sum_up_reviews
from exhibitors.applications.review.who_reviews import reviewers_of
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.overtaken import refuse_overtaken, version_of_facts
from foundation.refusal import Refused

MOST_CRITERIA = 12
LONGEST_NAME = 120
LONGEST_HELP = 1000
WORDS = ("name_vi", "name_en", "help_vi", "help_en")
RULES = ("is_blind", "own_score_first", "recuses_by_locality", "by_median")


def set_rules(
    session: Session,
    actor: Actor,
    fair: Fair,
    *,
    is_blind: bool,
    own_score_first: bool,
    recuses_by_locality: bool,
    by_median: bool,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    seen: int | None = None,
) -> ReviewRound:
    """Set the rules of the round. Refuses `review_order` when it would close before it opens, and `refuse_overtaken`.

    `seen` is the `rules_version` that somebody had before them.
    """
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise Refused("review_order")
    _lock(session, fair)
    known = round_of(session, fair)
    refuse_overtaken(rules_version(known), seen)
    old = _rules(known)
    known.is_blind, known.own_score_first = is_blind, own_score_first
    known.recuses_by_locality, known.by_median = recuses_by_locality, by_median
    known.opens_at, known.closes_at = opens_at, closes_at
    session.add(known)
    session.flush()
    record(session, actor, "review.set_rules", fair, fair_id=fair.id, old=old, new=_rules(known))
    return known


def set_criterion(
    session: Session,
    actor: Actor,
    fair: Fair,
    known: Criterion | None = None,
    *,
    name_vi: str,
    name_en: str = "",
    help_vi: str = "",
    help_en: str = "",
    weight: int,
    seen: int | None = None,
) -> Criterion:
    """Enter a criterion or change one; what has been scored is weighed anew.

    Refuses `criterion_name_missing`, `criterion_name_too_long`, `criterion_taken`, `criterion_weight` (1 to 100) and
    `too_many_criteria`; `set_up_changed_meanwhile` when another `criterion_version` than the one `seen` stands there.
    """
    _lock(session, fair)
    if known is not None:
        session.refresh(known)
        refuse_overtaken(criterion_version(known), seen)
    name = nfc(name_vi.strip())
    _check(session, fair, known, name, weight)
    made = known or Criterion(fair_id=fair.id, position=_next_position(session, fair))
    old = _words(made) if known else None
    made.name_vi, made.name_en, made.weight = name, nfc(name_en.strip())[:LONGEST_NAME], weight
    made.help_vi, made.help_en = nfc(help_vi.strip())[:LONGEST_HELP], nfc(help_en.strip())[:LONGEST_HELP]
    session.add(made)
    session.flush()
    what = "review.change_criterion" if known else "review.add_criterion"
    record(session, actor, what, made, fair_id=fair.id, old=old, new=_words(made))
    sum_up_reviews(session, fair)
    return made


def criterion_version(criterion: Criterion) -> int:
    """Another number whenever a criterion says another thing."""
    return version_of_facts(*(getattr(criterion, name) for name in WORDS), criterion.weight)


def rules_version(rules: ReviewRound) -> int:
    """Another number whenever the round has other rules."""
    moments = (rules.opens_at, rules.closes_at)
    in_utc = [moment.astimezone(UTC) if moment else None for moment in moments]  # typed just now, or read back
    return version_of_facts(*(getattr(rules, name) for name in RULES), *in_utc)


def remove_criterion(session: Session, actor: Actor, fair: Fair, criterion: Criterion) -> None:
    """Ask for it no longer; the points given for it go with it."""
    _lock(session, fair)
    record(session, actor, "review.remove_criterion", criterion, fair_id=fair.id, old=_words(criterion))
    session.delete(criterion)
    sum_up_reviews(session, fair)


def place_reviewer(session: Session, actor: Actor, fair: Fair, user_id: int, locality: Locality | None) -> None:
    """Say which commune a reviewer comes from, or that it does not count. Refuses `reviewer_unknown`."""
    _lock(session, fair)
    if user_id not in {reviewer.id for reviewer in reviewers_of(session, fair)}:
        raise Refused("reviewer_unknown")
    known = session.get(ReviewerPlace, (fair.id, user_id))
    old = {"reviewer": user_id, "locality_id": known.locality_id if known else None}
    if known is not None and locality is None:
        session.delete(known)
    elif locality is not None:
        session.merge(ReviewerPlace(fair_id=fair.id, user_id=user_id, locality_id=locality.id))
    session.flush()
    new = {"reviewer": user_id, "locality_id": locality.id if locality else None}
    record(session, actor, "review.place_reviewer", fair, fair_id=fair.id, old=old, new=new)


def lift_recusal(session: Session, actor: Actor, fair: Fair, recusal: Recusal) -> None:
    """Let somebody come back to an application; nobody does so for themselves. Refuses `recusal_own`."""
    if recusal.user_id == actor.user_id:
        raise Refused("recusal_own")
    old = {"reviewer": recusal.user_id, "application_id": recusal.application_id}
    record(session, actor, "review.lift_recusal", fair, fair_id=fair.id, old=old, reason=recusal.reason)
    session.delete(recusal)
    session.flush()


@copies_with_edition(Stage.CALL)
def copy_review(edition: Edition) -> None:
    """The next edition has the same criteria and the same rules, its round moved with its days."""
    edition.copy_all(Criterion, Criterion.fair_id == edition.source.id)
    known = edition.session.get(ReviewRound, edition.source.id)
    if known is not None:
        moments = {"opens_at": edition.moved(known.opens_at), "closes_at": edition.moved(known.closes_at)}
        rules = {name: getattr(known, name) for name in RULES}
        edition.session.add(ReviewRound(fair_id=edition.target.id, **rules, **moments))
        edition.session.flush()


@dates_with_edition
def dates_of_round(session: Session, fair: Fair) -> Iterator[EditionDate]:
    """The round of the reviewers."""
    known = session.get(ReviewRound, fair.id)
    named = {"review_opens": known.opens_at, "review_closes": known.closes_at} if known else {}
    yield from (EditionDate(name, moment) for name, moment in named.items() if moment is not None)


def _check(session: Session, fair: Fair, known: Criterion | None, name: str, weight: int) -> None:
    if not name:
        raise Refused("criterion_name_missing")
    if len(name) > LONGEST_NAME:
        raise Refused("criterion_name_too_long", most=LONGEST_NAME)
    if not 1 <= weight <= 100:
        raise Refused("criterion_weight")
    here = select(Criterion.id).where(Criterion.fair_id == fair.id)
    taken = session.scalar(here.where(Criterion.name_vi == name))
    if taken is not None and (known is None or taken != known.id):
        raise Refused("criterion_taken", name=name)
    if known is None and len(session.scalars(here).all()) >= MOST_CRITERIA:
        raise Refused("too_many_criteria", most=MOST_CRITERIA)


def _next_position(session: Session, fair: Fair) -> int:
    last = session.scalar(select(func.max(Criterion.position)).where(Criterion.fair_id == fair.id))
    return 0 if last is None else last + 1


def _rules(rules: ReviewRound) -> dict[str, Any]:
    moments = {"opens_at": rules.opens_at, "closes_at": rules.closes_at}
    return {name: getattr(rules, name) for name in RULES} | {
        name: moment.isoformat() if moment else None for name, moment in moments.items()
    }


def _words(criterion: Criterion) -> dict[str, Any]:
    return {"name_vi": criterion.name_vi, "weight": criterion.weight}


def _lock(session: Session, fair: Fair) -> None:
    session.flush()
    session.scalar(select(Fair.id).where(Fair.id == fair.id).with_for_update())
