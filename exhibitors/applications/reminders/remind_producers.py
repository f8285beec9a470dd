"""Remind of drafts before the call closes, warn before certificates and papers end, tell that a call opens.

Each letter has a key that says what it is about; what is in the outbox already is not written again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.organisation import Membership
from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.reminders.letters import Ending, call_opens, draft_reminder, ending_warning
from exhibitors.calls.call_terms import terms_of
from exhibitors.calls.known_units import known_units
from exhibitors.calls.open_calls import open_calls
from exhibitors.producers.certificate_life import WARNINGS
from exhibitors.producers.dossier.dossier_paper import DossierPaper, papers_that_end
from exhibitors.producers.producer import Producer, Product
from foundation.bilingual import Bilingual
from foundation.outbox import post, posted_keys

DRAFT_DAYS = 3


def remind_of_drafts(session: Session, moment: datetime, *, base_url: str) -> int:
    """Write once to the members of units whose draft lies unsent three days before the close; how many letters."""
    due = session.scalars(
        select(BoothApplication)
        .join(Fair, Fair.id == BoothApplication.fair_id)
        .where(
            BoothApplication.state == ApplicationState.DRAFT,
            Fair.call_closes_at > moment,
            Fair.call_closes_at <= moment + timedelta(days=DRAFT_DAYS),
        )
        .options(joinedload(BoothApplication.fair), joinedload(BoothApplication.producer))
        .order_by(BoothApplication.id)
    ).all()
    open_drafts = [draft for draft in due if draft.fair.takes_applications()]
    known = posted_keys(session, "draft_reminder:") if open_drafts else set()
    people = _members(session, {draft.producer.organisation_id for draft in open_drafts})
    count = 0
    for draft in open_drafts:
        for person in people[draft.producer.organisation_id]:
            key = f"draft_reminder:{draft.code}:{draft.fair.call_closes_at:%Y%m%d%H%M}:{person.id}"
            if key not in known:
                post(session, draft_reminder(draft, person, key, base_url))
                count += 1
    return count


def warn_of_endings(session: Session, day: date, *, secret: str, base_url: str) -> int:
    """One letter for each unit and day on which something ends, 90 days before and 30 days before; how many letters."""
    endings: dict[tuple[int, date], list[Ending]] = defaultdict(list)
    for producer_id, ending, ends_on in _ending(session, day):
        endings[producer_id, ends_on].append(ending)
    if not endings:
        return 0
    known = posted_keys(session, "ending:")
    query = select(Producer).where(Producer.id.in_({number for number, _ in endings}), Producer.wants_warnings)
    units = {unit.id: unit for unit in session.scalars(query)}
    people = _members(session, {unit.organisation_id for unit in units.values()})
    count = 0
    for (producer_id, ends_on), ending_now in sorted(endings.items(), key=itemgetter(0)):
        warning = min(days for days in WARNINGS if (ends_on - day).days <= days)
        unit = units.get(producer_id)
        for person in people[unit.organisation_id] if unit else ():
            key = f"ending:{producer_id}:{ends_on:%Y%m%d}:{warning}:{person.id}"
            if unit and key not in known:
                facts = {"key": key, "secret": secret, "base_url": base_url}
                post(session, ending_warning(unit, ending_now, ends_on, person, **facts))
                count += 1
    return count


def tell_of_calls(session: Session, *, secret: str, base_url: str) -> int:
    """Tell units that want to know, and that may apply, of each call that is open; how many letters."""
    wanting = {unit.id: unit for unit in session.scalars(select(Producer).where(Producer.wants_calls))}
    if not wanting:
        return 0
    people = _members(session, {unit.organisation_id for unit in wanting.values()})
    count = 0
    for fair in open_calls(session):
        known = posted_keys(session, f"call_opens:{fair.id}:")
        fresh = [
            unit
            for unit in wanting.values()
            if any(_call_key(fair, person) not in known for person in people[unit.organisation_id])
        ]  # fmt: skip - a condition of its own
        terms = terms_of(session, fair)
        facts = known_units(session, fair.last_day, [unit.id for unit in fresh]) if fresh else {}
        for unit in fresh:
            if terms.is_by_invitation or not terms.conditions.may_apply(facts[unit.id]):
                continue
            for person in people[unit.organisation_id]:
                if (key := _call_key(fair, person)) not in known:
                    post(session, call_opens(unit, fair, person, key=key, secret=secret, base_url=base_url))
                    count += 1
    return count


def _call_key(fair: Fair, person: User) -> str:
    return f"call_opens:{fair.id}:{person.id}"


def _ending(session: Session, day: date) -> Iterator[tuple[int, Ending, date]]:
    """Unit, name and last day of what ends within the longest warning and was not replaced yet."""
    until = day + timedelta(days=max(WARNINGS))
    ends = Product.certificate_expires_on
    query = select(Product.producer_id, Product.name_vi, Product.name_en, ends).where(ends.between(day, until))
    for producer_id, name_vi, name_en, ends_on in session.execute(query):
        if ends_on is not None:
            yield producer_id, Ending("", Bilingual(name_vi, name_en)), ends_on
    units = select(DossierPaper.producer_id).where(DossierPaper.expires_on.between(day, until))
    kept: dict[int, list[DossierPaper]] = defaultdict(list)
    for paper in session.scalars(select(DossierPaper).where(DossierPaper.producer_id.in_(units))):
        kept[paper.producer_id].append(paper)
    for paper in (one for papers in kept.values() for one in papers_that_end(papers)):
        if paper.expires_on is not None and day <= paper.expires_on <= until:
            words = ", ".join(part for part in (paper.title, paper.number) if part)
            yield paper.producer_id, Ending(paper.kind, Bilingual(words, words)), paper.expires_on


def _members(session: Session, organisation_ids: set[int]) -> dict[int, list[User]]:
    people: dict[int, list[User]] = defaultdict(list)
    query = select(Membership.organisation_id, User).join(User, User.id == Membership.user_id)
    query = query.where(User.disabled_at.is_(None))
    for number, person in session.execute(query.where(Membership.organisation_id.in_(organisation_ids))):
        people[number].append(person)
    return people
