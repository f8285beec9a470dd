"""Thousands of applications at one fair, written past the verbs: for measuring the queue, not for its rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import Organisation, OrganisationKind
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone
from events.places.locality import Locality
from exhibitors.applications.application_answer import ApplicationPaper
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.review.application_review import ReviewAssignment, ReviewSummary
from exhibitors.calls.paper import Paper
from exhibitors.producers.producer import Producer, ProducerKind, Product, ProductGroup
from foundation import clock
from foundation.folding import bare_name, fold, organisation_sort_key
from tests.benchmarks.fresh_statistics import gather_statistics

STATES = ("submitted", "in_review", "in_review", "needs_changes", "waitlisted", "accepted", "withdrawn", "rejected")
WORDS = ("Miến dong", "Chả mực", "Sá sùng", "Trà hoa vàng", "Ba kích", "Gà đồi", "Mật ong", "Nước mắm")


def add_many_applications(session: Session, fair: Fair, count: int, reviewer_id: int) -> None:
    """Units of every kind and place with two products each, two wishes, papers and, for every third, a score."""
    first = {noun: _next(session, noun) for noun in (Organisation, Producer, Product, BoothApplication)}
    _units(session, first, count)
    _products(session, first, count)
    _applications(session, fair, first, count)
    _wishes_and_papers(session, fair, first[BoothApplication], count)
    start, numbers = first[BoothApplication], range(count)
    scored = [
        {"application_id": start + n, "reviews": 2, "mean": n % 101, "median": n % 101} for n in numbers if not n % 3
    ]
    asked = [{"application_id": start + n, "user_id": reviewer_id} for n in numbers if n % 2]
    session.execute(sa.insert(ReviewSummary), scored)
    session.execute(sa.insert(ReviewAssignment), asked)
    session.commit()
    gather_statistics(session)


def _next(session: Session, noun: Any) -> int:
    return (session.scalar(sa.select(sa.func.max(noun.id))) or 0) + 1


def _units(session: Session, first: dict[Any, int], count: int) -> None:
    places = list(session.scalars(sa.select(Locality.id)))
    kinds = [kind.value for kind in ProducerKind]
    bodies, units = [], []
    for n in range(count):
        number, name = first[Organisation] + n, f"HTX {WORDS[n % 8]} số {n}"
        bodies.append({"id": number, "kind": OrganisationKind.PRODUCER.value, "name_vi": name})
        unit = {"id": first[Producer] + n, "organisation_id": number, "slug": f"so-{number}", "name_vi": name}
        unit |= {"kind": kinds[n % len(kinds)], "sort_key": organisation_sort_key(name), "folded": fold(name)}
        unit |= {"name_key": fold(bare_name(name)), "contact_phone": f"09{n // 2:08d}"}  # every two share a telephone
        units.append(unit | {"locality_id": places[n % len(places)], "created_at": clock.now(), "version": 1})
    session.execute(sa.insert(Organisation), bodies)
    session.execute(sa.insert(Producer), units)


def _products(session: Session, first: dict[Any, int], count: int) -> None:
    groups, today, rows = list(session.scalars(sa.select(ProductGroup.id))), clock.today(), []
    for n in range(2 * count):
        name = f"{WORDS[n % 7]} {n}"
        product = {
            "id": first[Product] + n,
            "producer_id": first[Producer] + n // 2,
            "name_vi": name,
            "folded": fold(name),
        }
        product |= {"group_id": groups[n % len(groups)], "stars": 3 + n % 3 if n % 10 else None}
        product["certificate_issued_on"] = today - timedelta(days=n % 900)
        rows.append(product | {"certificate_expires_on": today + timedelta(days=1095 - n * 37 % 1100)})
    session.execute(sa.insert(Product), rows)


def _applications(session: Session, fair: Fair, first: dict[Any, int], count: int) -> None:
    now, rows = clock.now(), []
    for n in range(count):
        number = first[BoothApplication] + n
        row = {"id": number, "code": f"GH-{number:06}", "fair_id": fair.id, "producer_id": first[Producer] + n}
        row |= {"state": STATES[n % 8], "pending_decision": "accept" if n % 8 == 2 else None, "is_late": n % 20 == 0}
        row |= {"booths_wanted": 1 + n % 2, "folded": fold(f"GH-{number:06} HTX {WORDS[n % 8]} số {n}"), "version": 1}
        rows.append(row | {"started_at": now, "saved_at": now, "submitted_at": now - timedelta(minutes=n)})
    session.execute(sa.insert(BoothApplication), rows)
    brought = [
        {"application_id": first[BoothApplication] + n // 2, "product_id": first[Product] + n} for n in range(2 * count)
    ]
    session.execute(sa.insert(ApplicationProduct), brought)


def _wishes_and_papers(session: Session, fair: Fair, start: int, count: int) -> None:
    zones = list(session.scalars(sa.select(Zone.id).where(Zone.plan.has(fair_id=fair.id))))
    papers = list(session.scalars(sa.select(Paper.id).where(Paper.fair_id == fair.id)))
    wishes = [
        {"application_id": start + n // 2, "zone_id": zones[(n // 2 + n % 2) % len(zones)], "rank": 1 + n % 2}
        for n in range(2 * count)
    ]
    session.execute(sa.insert(ZoneWish), wishes)
    numbers = [n for n in range(count) if n % 4]
    brought = [{"application_id": start + n, "paper_id": one, "number": f"{n}/2026"} for n in numbers for one in papers]
    if brought:
        session.execute(sa.insert(ApplicationPaper), brought)
