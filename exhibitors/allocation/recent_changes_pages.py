"""Audience: organisers. Everything that was done at one fair, or at all current fairs, latest first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_read_desk
from events.fairs.workbench import workbench_of
from exhibitors.allocation.change_wording import change_words
from exhibitors.allocation.desk_today import current_fairs
from exhibitors.allocation.permissions import may_publish_decisions
from exhibitors.allocation.recent_changes import PER_PAGE, ChangesPage, TrailLine, changes_page, whole_trail
from exhibitors.allocation.trail_filters import TOPICS, TrailFilters, people_of
from exhibitors.allocation.trail_wording import topic_choices, trail_heads
from foundation import clock
from foundation.address_parts import day_asked, number_asked
from foundation.audience import Audience, Pages, audience_suffices, demand, found, signed_in_actor
from foundation.audit_seals import head_of, scope_of
from foundation.audit_trail import record
from foundation.file_answers import file_answer
from foundation.flask_database import current_session
from foundation.paging import Paging, asked_page
from foundation.tables_to_send import SPREADSHEET, Cell, as_spreadsheet

pages = Pages("recent_changes", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
TEMPLATE = "exhibitors/allocation/recent_changes/changes.html"
LONGEST_CODE = 20


@pages.page("/changes", may=audience_suffices)
def everywhere() -> ResponseReturnValue:
    """At all fairs that are not over; the question itself looks at no others."""
    session, filters = current_session(), _asked()
    fairs = current_fairs(session, signed_in_actor())
    page = changes_page(session, fairs, asked_page(), filters)
    return render_template(TEMPLATE, **_shown(page, filters, people_of(session, fairs)), fairs=fairs)


@pages.page("/fairs/<slug>/changes", may=may_read_desk)
def at_fair(slug: str) -> ResponseReturnValue:
    """At one fair, from the first to the last."""
    session, actor, filters = current_session(), signed_in_actor(), _asked()
    fair = found(find_fair(session, slug))
    demand(fair)
    page = changes_page(session, [fair.id], asked_page(), filters)
    return render_template(
        TEMPLATE,
        **_shown(page, filters, people_of(session, [fair.id])),
        fair=fair,
        fairs={fair.id: fair},
        may_take_looks=may_publish_decisions(actor, fair),
        seal=head_of(session, scope_of(fair.id)),
        workbench=workbench_of(session, actor, fair),
    )


@pages.page("/fairs/<slug>/changes.xlsx", may=may_read_desk, methods=("POST",))
def sheet(slug: str) -> ResponseReturnValue:
    """Exactly the changes that the address asks for, entry by entry; who took them out is recorded."""
    session, filters = current_session(), _asked()
    fair = found(find_fair(session, slug))
    demand(fair)
    lines = whole_trail(session, fair.id, filters)
    _record(fair, filters, len(lines))
    content = as_spreadsheet(str(_("Changes")), trail_heads(), [_cells(line) for line in lines])
    return file_answer(content, SPREADSHEET, f"{fair.slug}-changes.xlsx")


def _asked() -> TrailFilters:
    topic = request.args.get("topic", "")
    return TrailFilters(
        person=number_asked("person"),
        topic=topic if topic in TOPICS else "",
        code=request.args.get("code", "").strip().upper()[:LONGEST_CODE],
        first=day_asked("first"),
        last=day_asked("last"),
        hidden=signed_in_actor().stands_aside,
    )


def _shown(page: ChangesPage, filters: TrailFilters, people: list[tuple[int, str]]) -> dict[str, Any]:
    return {
        "page": Paging.of(page, PER_PAGE),
        "filters": filters,
        "people": [("", str(_("Everybody"))), *((str(number), name) for number, name in people)],
        "topics": topic_choices(),
        "change_words": change_words,
    }


def _record(fair: Fair, filters: TrailFilters, rows: int) -> None:
    session = current_session()
    asked = {name: str(getattr(filters, name) or "") for name in ("person", "topic", "code", "first", "last")}
    facts = {"rows": rows, "filters": {name: value for name, value in asked.items() if value}}
    record(session, signed_in_actor(), "trail.export", fair_id=fair.id, new=facts)
    session.commit()


def _cells(line: TrailLine) -> list[Cell]:
    change = line.change
    return [
        line.number,
        change.at.astimezone(clock.VIETNAM).strftime("%d/%m/%Y %H:%M:%S"),
        change.person or str(_("by itself")),
        str(_("for the unit")) if change.for_unit else "",
        change_words(change.what)[0],
        change.what,
        change.code,
        change.producer or change.thing,
        change.place,
        change.reason,
        _facts(line.old),
        _facts(line.new),
    ]


def _facts(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True) if facts else ""
