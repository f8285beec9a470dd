"""What an application lacks of what its fair asks, as conditions of the database and as counts by the same rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, false, not_, or_, select
from sqlalchemy.orm import Session, aliased

from events.fairs.fair import Fair
from exhibitors.applications.application_answer import ApplicationPaper
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.calls.known_units import present_key
from exhibitors.calls.paper import Paper, papers_of
from exhibitors.calls.paper_needs import Need
from exhibitors.producers.certificate_life import certificate_end
from exhibitors.producers.dossier.dossier_paper import DossierPaper, PaperKind, PaperStatus, best_of_kind
from exhibitors.producers.producer import Producer, ProducerKind, Product, ProductGroup
from foundation import clock

MISSING = ("anything", "paper", "certificate", "stars", "tax_code")
"""Names in the address."""


FEW = 100
"""Up to so many applications are named in a question; of more the whole fair is asked about."""


class KeptPaper(NamedTuple):
    """A paper of a dossier, as far as it is judged here."""

    id: int
    kind: str
    status: str
    issued_on: date | None
    expires_on: date | None


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
    """Papers required and there, by application; `units` says its unit's kind and the groups it brings. Three queries.

    What was brought with the application counts first, else the best of the unit's dossier, as `paper_shown` has it.
    """
    papers = papers_of(session, fair)
    if not papers or not units:
        return {number: PaperCount(0, 0) for number in units}
    day, brought = fair.last_day or clock.today(), _brought(session, fair, units)
    kept = _kept(session, fair, units)
    counts = {}
    for number, (kind, groups) in units.items():
        required = [paper for paper in papers if paper.need_for(kind, groups) is Need.REQUIRED]
        there = sum(_is_well(paper, brought[number].get(paper.id), kept[number], day) for paper in required)
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
    if len(units) <= FEW:
        query = query.where(ApplicationPaper.application_id.in_(list(units)))
    brought: dict[int, dict[int, tuple[date | None, date | None]]] = defaultdict(dict)
    for number, paper_id, issued, expires in session.execute(query):
        brought[number][paper_id] = (issued, expires)
    return brought


def _kept(session: Session, fair: Fair, units: Mapping[int, object]) -> dict[int, list[KeptPaper]]:
    """The papers of the units' dossiers, by application."""
    columns = (DossierPaper.id, DossierPaper.kind, DossierPaper.status, DossierPaper.issued_on, DossierPaper.expires_on)
    query = (
        select(BoothApplication.id, *columns)
        .join(DossierPaper, DossierPaper.producer_id == BoothApplication.producer_id)
        .where(BoothApplication.fair_id == fair.id)
    )
    if len(units) <= FEW:
        query = query.where(BoothApplication.id.in_(list(units)))
    kept: dict[int, list[KeptPaper]] = defaultdict(list)
    for number, *facts in session.execute(query):
        kept[number].append(KeptPaper._make(facts))
    return kept


def _is_well(paper: Paper, brought: tuple[date | None, date | None] | None, kept: list[KeptPaper], day: date) -> bool:
    """Whether what there is does for the fair."""
    if brought is None:
        best = best_of_kind(kept, paper.kind, day) if paper.kind != PaperKind.OTHER else None
        if best is None or best.status == PaperStatus.REJECTED:
            return False
        brought = (best.issued_on, best.expires_on)
    return paper.validity.objection(paper.name_vi, *brought, day) is None


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
    brought = exists().where(*there, *_in_force(paper, ApplicationPaper, day))
    if paper.kind == PaperKind.OTHER:
        return brought
    kept = exists().where(DossierPaper.id == _best_kept(paper.kind, day), *_in_force(paper, DossierPaper, day))
    return or_(brought, and_(not_(exists().where(*there)), kept))


def _in_force(paper: Paper, papers: type[ApplicationPaper | DossierPaper], day: date) -> Iterator[ColumnElement[bool]]:
    if paper.on_last_day:
        yield papers.expires_on >= day
    if paper.most_months:
        yield papers.issued_on >= _earliest_issue(paper.most_months, day)


def _best_kept(kind: str, day: date) -> ScalarSelect[int]:
    """The paper of the unit's dossier that serves best, in the order of `best_of_kind`; none that was rejected."""
    one = aliased(DossierPaper)
    holds = case((or_(one.expires_on.is_(None), one.expires_on >= day), 1), else_=0)
    checked = case((one.status == PaperStatus.VALID.value, 1), else_=0)
    query = select(one.id).where(one.producer_id == BoothApplication.producer_id, one.kind == kind)
    query = query.where(one.status != PaperStatus.REJECTED.value).correlate(BoothApplication)
    return query.order_by(holds.desc(), checked.desc(), one.id.desc()).limit(1).scalar_subquery()


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
