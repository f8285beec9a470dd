"""Audience: organisers. Who has opened which application of a fair, as a spreadsheet (/organise/fairs/…/looks.xlsx)."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import find_fair
from exhibitors.applications.looks.application_look import Opened, looks_at_fair
from exhibitors.applications.looks.wording import OPENED
from exhibitors.applications.permissions import may_publish
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.audit_trail import record
from foundation.file_answers import file_answer
from foundation.flask_database import current_session
from foundation.tables_to_send import SPREADSHEET, as_spreadsheet

pages = Pages("export_looks", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/looks.xlsx", may=may_publish, methods=("POST",))
def sheet(slug: str) -> ResponseReturnValue:
    """Every look at an application of the fair, the latest first; who took the list out is recorded."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    rows = [
        [at.astimezone(clock.VIETNAM).strftime("%d/%m/%Y %H:%M:%S"), name, code, unit, str(OPENED[Opened(opened)])]
        for at, name, code, unit, opened in looks_at_fair(session, fair, actor.stands_aside)
    ]
    record(session, actor, "looks.export", fair_id=fair.id, new={"rows": len(rows)})
    session.commit()
    heads = [_("First opened"), _("Person"), _("Code"), _("Producer"), _("What was opened")]
    content = as_spreadsheet(str(_("Seen by")), [str(head) for head in heads], rows)
    return file_answer(content, SPREADSHEET, f"{fair.slug}-looks.xlsx")
