"""Say which papers a fair asks for, from whom, and how long they must hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Required, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.fair import Fair
from exhibitors.calls.paper import Paper
from exhibitors.calls.paper_needs import Need, cell
from exhibitors.producers.dossier.dossier_paper import PaperKind
from exhibitors.producers.producer import ProducerKind
from exhibitors.producers.product_group_register import registered_groups
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.overtaken import say_anew
from foundation.refusal import Refused

MOST_PAPERS = 40
LONGEST_NAME = 200
LONGEST_HELP = 1000
MOST_MONTHS = 120
TEXTS = {"name_vi": LONGEST_NAME, "name_en": LONGEST_NAME, "help_vi": LONGEST_HELP, "help_en": LONGEST_HELP}


class PaperFacts(TypedDict, total=False):
    """What is said about a paper; `cells` by "group:kind", a cell left out is the default need."""

    name_vi: Required[str]
    name_en: str
    kind: str
    help_vi: str
    help_en: str
    need: str
    cells: Mapping[str, str]
    on_last_day: bool
    most_months: int | None


FOOD_ONLY = {cell("food", kind.value): Need.REQUIRED.value for kind in ProducerKind} | {
    cell("drinks", kind.value): Need.REQUIRED.value for kind in ProducerKind
}
USUAL_PAPERS: tuple[PaperFacts, ...] = (
    {
        "name_vi": "Giấy chứng nhận đăng ký kinh doanh (doanh nghiệp, HTX, hộ kinh doanh)",
        "name_en": "Business registration certificate",
        "kind": "business_registration",
        "need": "required",
    },
    {
        "name_vi": "Giấy chứng nhận sản phẩm OCOP hoặc quyết định công nhận",
        "name_en": "OCOP certificate or recognition decision",
        "kind": "ocop_certificate",
        "need": "required",
        "on_last_day": True,
    },
    {
        "name_vi": "Giấy đủ điều kiện an toàn thực phẩm, HACCP/ISO 22000/GMP hoặc bản cam kết",
        "name_en": "Food safety certificate, HACCP/ISO 22000/GMP or written commitment",
        "kind": "food_safety",
        "need": "not_needed",
        "cells": FOOD_ONLY,
    },
    {
        "name_vi": "Bản tự công bố hoặc công bố tiêu chuẩn áp dụng",
        "name_en": "Self-declaration or declaration of applied standards",
        "kind": "product_declaration",
        "need": "not_needed",
        "cells": dict.fromkeys(FOOD_ONLY, Need.IF_AVAILABLE.value),
    },
    {
        "name_vi": "Phiếu kết quả kiểm nghiệm",
        "name_en": "Test report",
        "kind": "test_report",
        "need": "not_needed",
        "most_months": 12,
        "cells": dict.fromkeys(FOOD_ONLY, Need.IF_AVAILABLE.value),
    },
    {
        "name_vi": "Ảnh nhãn hàng hóa",
        "name_en": "Photo of the product label",
        "kind": "label",
        "need": "if_available",
    },
)  # fmt: skip - read as a table; papers asked for at real fairs, each organiser changes them


def set_paper(
    session: Session,
    actor: Actor,
    fair: Fair,
    paper: Paper | None = None,
    seen: int | None = None,
    **facts: Unpack[PaperFacts],
) -> Paper:
    """Ask for a new paper, last in the list, or change one as its version `seen` said it.

    Refuses the first of `faults_of_paper`, too_many_papers and as `say_anew`.
    """
    session.flush()
    session.scalar(select(Fair.id).where(Fair.id == fair.id).with_for_update())
    for fault in faults_of_paper(session, fair, paper, facts):
        raise fault
    columns = _columns(facts)
    made = paper or Paper(fair_id=fair.id, position=_next_position(session, fair))
    _before, after = say_anew(session, made, columns, seen)
    if not after:
        return made
    session.add(made)
    session.flush()
    what = "paper.change" if paper else "paper.ask"
    record(session, actor, what, made, fair_id=fair.id, new={"name_vi": made.name_vi, "need": made.need})
    return made


def ask_usual_papers(session: Session, actor: Actor, fair: Fair) -> list[Paper]:
    """The papers of most fairs; those whose name is there already are left out."""
    present = set(session.scalars(select(Paper.name_vi).where(Paper.fair_id == fair.id)))
    return [set_paper(session, actor, fair, **facts) for facts in USUAL_PAPERS if facts["name_vi"] not in present]


def remove_paper(session: Session, actor: Actor, paper: Paper) -> None:
    """Ask for it no longer. Refuses `paper_brought` once somebody has entered one: set it to not needed instead."""
    fair_id, name = paper.fair_id, paper.name_vi
    try:
        with session.begin_nested():
            session.delete(paper)
            session.flush()
    except IntegrityError as error:
        raise Refused("paper_brought") from error
    record(session, actor, "paper.remove", paper, fair_id=fair_id, old={"name_vi": name})


@copies_with_edition(Stage.CALL)
def copy_papers(edition: Edition) -> None:
    """The next edition asks for the same papers."""
    edition.copy_all(Paper, Paper.fair_id == edition.source.id)


def _next_position(session: Session, fair: Fair) -> int:
    query = select(func.max(Paper.position), func.count(Paper.id)).where(Paper.fair_id == fair.id)
    last, count = session.execute(query).one()
    if count >= MOST_PAPERS:
        raise Refused("too_many_papers", most=MOST_PAPERS)
    return (last or 0) + 1


def faults_of_paper(session: Session, fair: Fair, paper: Paper | None, facts: PaperFacts) -> list[Refused]:
    """Every rule that is broken by what is said: about a new paper, or about one that is there.

    paper_text_too_long, paper_name_missing, paper_taken, paper_kind_unknown, paper_need_unknown, paper_months_wrong.
    """
    said = _columns(facts)
    faults = [
        Refused("paper_text_too_long", field=name, most=most) for name, most in TEXTS.items() if len(said[name]) > most
    ]
    if not said["name_vi"]:
        faults.append(Refused("paper_name_missing"))
    taken = select(Paper.id).where(Paper.fair_id == fair.id, Paper.name_vi == said["name_vi"])
    if session.scalar(taken.where(Paper.id != paper.id) if paper is not None else taken) is not None:
        faults.append(Refused("paper_taken"))
    if said["kind"] not in set(PaperKind):
        faults.append(Refused("paper_kind_unknown"))
    known = {cell(group.key, kind.value) for group in registered_groups() for kind in ProducerKind}
    cells = facts.get("cells", {})
    if said["need"] not in set(Need) or not set(cells) <= known or not set(cells.values()) <= set(Need):
        faults.append(Refused("paper_need_unknown"))
    if said["most_months"] is not None and not 1 <= said["most_months"] <= MOST_MONTHS:
        faults.append(Refused("paper_months_wrong"))
    return faults


def _columns(facts: PaperFacts) -> dict[str, Any]:
    need = facts.get("need", Need.REQUIRED.value)
    return {
        **{name: nfc(str(facts.get(name, "")).strip()) for name in TEXTS},
        "kind": facts.get("kind", PaperKind.OTHER.value),
        "need": need,
        "cells": {key: value for key, value in sorted(facts.get("cells", {}).items()) if value != need},
        "on_last_day": facts.get("on_last_day", False),
        "most_months": facts.get("most_months"),
    }
