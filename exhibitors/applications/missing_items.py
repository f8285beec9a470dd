"""What an application lacks of what its fair asks, as conditions of the database and as counts by the same rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_answer import ApplicationPaper
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.calls.known_units import present_key
from exhibitors.calls.paper import Paper, papers_of
from exhibitors.calls.paper_needs import Need
from exhibitors.producers.certificate_life import certificate_end
from exhibitors.producers.producer import Producer, ProducerKind, Product, ProductGroup
from foundation import clock

MISSING = ("anything", "paper", "certificate", "stars", "tax_code")
"""Names in the address."""


@dataclass(frozen=True, slots=True)
class PaperCount:
    """How many of the papers that are required are there and hold."""

    there: int
    required: int


def lacks(session: Session, fair: Fair, what: str) -> ColumnElement[bool]:
    """The condition on `BoothApplication` joined with `Producer`; at most two queries, whatever the number of rows."""
    conditions: dict[str, ColumnElement[bool]] = {
        "certificate": _brings(not_(_certificate_holds(fair))),
        "stars": _brings(Product.stars.is_(None)),
        "tax_code": Producer.tax_code == "",
    }
    if what in {"paper", "anything"}:
        conditions["paper"] = _lacks_paper(session, fair)
    return or_(*conditions.values()) if what == "anything" else conditions[what]


def count_papers(session: Session, fair: Fair, units: Mapping[int, tuple[str, Sequence[str]]]) -> dict[int, PaperCount]:
    """Papers required and there, by application; `units` says its unit's kind and the groups it brings. Two queries."""
    papers = papers_of(session, fair)
    if not papers or not units:
        return {number: PaperCount(0, 0) for number in units}
    day, brought = fair.last_day or clock.today(), _brought(session, fair, units)
    counts = {}
    for number, (kind, groups) in units.items():
        required = [paper for paper in papers if paper.need_for(kind, groups) is Need.REQUIRED]
        there = sum(
            paper.id in brought[number] and _holds(paper, *brought[number][paper.id], day) for paper in required
        )
        counts[number] = PaperCount(there, len(required))
    return counts


def _brought(
    session: Session, fair: Fair, units: Mapping[int, object]
) -> dict[int, dict[int, tuple[date | None, date | None]]]:
    columns = (
        ApplicationPaper.application_id,
        ApplicationPaper.paper_id,
        ApplicationPaper.issued_on,
        ApplicationPaper.expires_on,
    )
    query = (
        select(*columns).join(Paper, Paper.id == ApplicationPaper.paper_id).where(Paper.fair_id == fair.id, _is_there())
    )
    if len(units) <= 100:
        query = query.where(ApplicationPaper.application_id.in_(list(units)))
    brought: dict[int, dict[int, tuple[date | None, date | None]]] = defaultdict(dict)
    for number, paper_id, issued, expires in session.execute(query):
        brought[number][paper_id] = (issued, expires)
    return brought


def _holds(paper: Paper, issued_on: date | None, expires_on: date | None, day: date) -> bool:
    return paper.validity.objection(paper.name_vi, issued_on, expires_on, day) is None


def _is_there() -> ColumnElement[bool]:
    return or_(ApplicationPaper.file_id.is_not(None), ApplicationPaper.number != "")


def _lacks_paper(session: Session, fair: Fair) -> ColumnElement[bool]:
    papers = papers_of(session, fair)
    if not papers:
        return false()
    keys = {number: present_key(key) for number, key in session.execute(select(ProductGroup.id, ProductGroup.key))}
    day = fair.last_day or clock.today()
    return or_(*(and_(_needs(paper, keys), not_(_brings_paper(paper, day))) for paper in papers))


def _needs(paper: Paper, keys: Mapping[int, str]) -> ColumnElement[bool]:
    """Whether the matrix asks the unit for it: one branch for each kind, by the groups of what it brings."""
    branches: list[ColumnElement[bool]] = []
    for kind in ProducerKind:
        groups = [number for number, key in keys.items() if paper.need_for(kind, [key]) is Need.REQUIRED]
        asked: list[ColumnElement[bool]] = []
        if len(groups) == len(keys):
            branches.append(Producer.kind == kind)
            continue
        if groups:
            asked.append(_brings(Product.group_id.in_(groups)))
        if paper.need == Need.REQUIRED:
            asked.append(not_(exists().where(ApplicationProduct.application_id == BoothApplication.id)))
        if asked:
            branches.append(and_(Producer.kind == kind, or_(*asked)))
    return or_(false(), *branches)


def _brings_paper(paper: Paper, day: date) -> ColumnElement[bool]:
    there = [
        ApplicationPaper.application_id == BoothApplication.id,
        ApplicationPaper.paper_id == paper.id,
        _is_there(),
    ]
    if paper.on_last_day:
        there.append(ApplicationPaper.expires_on >= day)
    if paper.most_months:
        there.append(ApplicationPaper.issued_on >= _earliest_issue(paper.most_months, day))
    return exists().where(*there)


def _earliest_issue(months: int, day: date) -> date:
    """The first day of issue from which a paper of so many months still holds on the day."""
    issued = day - timedelta(days=months * 31 + 2)
    while certificate_end(issued, months) < day:
        issued += timedelta(days=1)
    return issued


def _certificate_holds(fair: Fair) -> ColumnElement[bool]:
    day = fair.last_day or clock.today()
    known = and_(Product.certificate_issued_on.is_not(None), Product.certificate_expires_on.is_not(None))
    return and_(known, Product.certificate_issued_on <= day, Product.certificate_expires_on >= day)


def _brings(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Applications that bring a product of which this is true."""
    brought = select(ApplicationProduct.application_id).join(Product, Product.id == ApplicationProduct.product_id)
    return BoothApplication.id.in_(brought.where(which))
