"""Booths out to a sheet and in again after a dry run; the plan as a page to print."""

from __future__ import annotations

import json
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_draw_plan, may_read_desk
from events.fairs.workbench import workbench_of
from events.floor_plans.asked_plan import asked_plan
from events.floor_plans.booth_sheet import COLUMNS, SheetRow, UnreadableSheet, read_sheet, write_sheet
from events.floor_plans.booth_type import booth_types_of
from events.floor_plans.editor_wording import FIELDS, editor_words
from events.floor_plans.floor_plan import FloorPlan
from events.floor_plans.import_booths import ImportReport, RowFault, import_booths
from events.floor_plans.plan_document import plan_as_document
from events.floor_plans.print_plan import PAPERS, plan_pdf
from events.floor_plans.sheet_wording import LEGEND, UNITS
from events.floor_plans.show_floor_plan import find_plan
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.bilingual import LANGUAGES
from foundation.file_answers import PDF, file_answer
from foundation.flask_database import current_session
from foundation.languages import current_language, speaking
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("exchange_booths", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 200


@pages.page("/fairs/<slug>/plan/<int:plan_id>/booths.xlsx", may=may_read_desk)
def sheet(slug: str, plan_id: int) -> ResponseReturnValue:
    """All booths of the plan as a sheet."""
    fair, plan = _asked(slug, plan_id)
    document = plan_as_document(plan)
    zones = {zone["key"]: zone["code"] for zone in document["zones"]}
    words = _heads() | {"booth": str(_("All booths"))}
    types = {kind.id: kind.name_vi for kind in booth_types_of(current_session(), fair)}
    return file_answer(write_sheet(document["booths"], zones, words, types), SHEET, f"{fair.slug}-{plan.id}.xlsx")


@pages.page("/fairs/<slug>/plan/<int:plan_id>/print.pdf", may=may_read_desk)
def printed(slug: str, plan_id: int) -> ResponseReturnValue:
    """The plan to scale; `?paper=A3` for the larger page."""
    fair, plan = _asked(slug, plan_id)
    language = current_language()
    venue, name = plan.fair_venue.venue.name.local(language), plan.name.local(language)
    words = editor_words() | {key: str(words) for key, words in LEGEND.items()} | {"language": language}
    paper = request.args.get("paper", "A4")
    title = f"{venue}, {name}" if name else venue
    content = plan_pdf(
        plan_as_document(plan), title, fair.name.local(language), words, paper=paper if paper in PAPERS else "A4"
    )
    return file_answer(content, PDF, f"{fair.slug}-{plan.id}.pdf", inline=True)


@pages.page("/fairs/<slug>/plan/<int:plan_id>/import", may=may_draw_plan, methods=("GET", "POST"))
def take_over(slug: str, plan_id: int) -> ResponseReturnValue:
    """Read a sheet, show what it would do, and do it when asked."""
    fair, plan = _asked(slug, plan_id)
    if request.method != "POST":
        return _show(fair, plan)
    session, actor = current_session(), signed_in_actor()
    try:
        rows = _rows_sent()
    except UnreadableSheet as wrong:
        heads = _heads()
        lacking = ", ".join(heads[name] for name in wrong.facts.get("columns", ()))  # type: ignore[attr-defined]  # a list
        return _show(fair, plan, fault=refusal_words(Refused(wrong.reason, **wrong.facts | {"columns": lacking}))), 422
    report = import_booths(session, actor, plan, rows, request.form.get("revision", type=int))
    if request.form.get("really") and not report.faults:
        session.commit()
        count = len(report.added) + len(report.changed)
        flash(ngettext("%(num)s booth is taken over.", "%(num)s booths are taken over.", count), "ok")
        return redirect(url_for("list_plan.listing", slug=slug, plan_id=plan.id), 303)
    session.rollback()
    plan = found(find_plan(session, fair, plan_id))
    return _show(fair, plan, report=report, rows=rows), 422 if report.faults else 200


def _asked(slug: str, plan_id: int) -> tuple[Fair, FloorPlan]:
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    return fair, asked_plan(fair, plan_id)


def _rows_sent() -> list[SheetRow]:
    """The rows of the file, or those that the dry run has shown already."""
    if kept := request.form.get("rows"):
        try:
            return [SheetRow(int(number), dict(values), list(wrong)) for number, values, wrong in json.loads(kept)]
        except (ValueError, TypeError) as error:
            raise UnreadableSheet("sheet_unreadable") from error
    file = request.files.get("file")
    content = file.read() if file else b""
    if not content:
        raise UnreadableSheet("sheet_missing")
    return read_sheet(content, _names())


def _heads() -> dict[str, str]:
    return {name: f"{FIELDS[name]} ({UNITS[name]})" if name in UNITS else str(FIELDS[name]) for name in COLUMNS}


def _names() -> dict[str, str]:
    """Heads of columns in both languages: a sheet may be made in one and read in the other."""
    names: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            names |= {head.lower(): name for name, head in _heads().items()}
    return names


def _spoken(facts: dict[str, Any]) -> dict[str, object]:
    return {name: str(FIELDS.get(str(value), value)) if name == "column" else value for name, value in facts.items()}


def _say(fault: RowFault) -> tuple[int, str, str]:
    return fault.number, fault.code, refusal_words(Refused(fault.reason, **_spoken(fault.facts)))


def _show(
    fair: Fair,
    plan: FloorPlan,
    *,
    fault: str = "",
    report: ImportReport | None = None,
    rows: list[SheetRow] | None = None,
) -> str:
    session, actor = current_session(), signed_in_actor()
    kept = [[row.number, row.values, row.unreadable] for row in rows or ()]
    return render_template(
        "events/floor_plans/exchange_booths/import.html",
        fair=fair,
        plan=plan,
        fault=fault,
        report=report,
        faults=[_say(each) for each in report.faults[:MOST_SHOWN]] if report else [],
        rows=json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
        heads=_heads(),
        workbench=workbench_of(session, actor, fair),
    )
