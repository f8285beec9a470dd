"""Audience: organisers. The queue as it is filtered, as a spreadsheet or to print (/organise/fairs/…).

Sent by a form: who took which applications out is recorded, and looking alone records nothing.
"""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_enter_desk
from exhibitors.applications.queue_address_form import asked_columns, asked_filters, in_address
from exhibitors.applications.queue_wording import cells_of, heads_of, shares_of
from exhibitors.applications.screening_queue import whole_queue
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.audit_trail import record
from foundation.days import format_date
from foundation.file_answers import PDF, file_answer
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.tables_to_send import SPREADSHEET, Cell, as_printed, as_spreadsheet

pages = Pages("export_applications", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/applications.xlsx", may=may_enter_desk, methods=("POST",))
def sheet(slug: str) -> ResponseReturnValue:
    """Exactly the applications and columns that the address asks for."""
    fair = _fair(slug)
    heads, rows = _table(fair)
    return file_answer(as_spreadsheet(str(_("Applications")), heads, rows), SPREADSHEET, f"{fair.slug}.xlsx")


@pages.page("/fairs/<slug>/applications.pdf", may=may_enter_desk, methods=("POST",))
def printed(slug: str) -> ResponseReturnValue:
    """The same to print."""
    fair = _fair(slug)
    heads, rows = _table(fair)
    words = ngettext("%(num)s application", "%(num)s applications", len(rows))
    subtitle = f"{words}, {format_date(clock.today())}"
    title = fair.name.local(current_language())
    content = as_printed(title, subtitle, heads, rows, shares_of(asked_columns()))
    return file_answer(content, PDF, f"{fair.slug}.pdf")


def _table(fair: Fair) -> tuple[list[str], list[list[Cell]]]:
    session, columns, language = current_session(), asked_columns(), current_language()
    filters = asked_filters(fair)
    rows = whole_queue(session, fair, filters)
    facts = {"rows": len(rows), "columns": columns, "filters": {**in_address(filters), "cols": columns}}
    record(session, signed_in_actor(), "applications.export", fair_id=fair.id, new=facts)
    session.commit()
    return heads_of(columns), [cells_of(row, columns, language) for row in rows]


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
