"""The receipt of an application as PDF, for whoever may see the application (/applications/…/receipt.pdf)."""

from __future__ import annotations

from flask import current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.calendars.public_address import public_address
from exhibitors.applications.booth_application import BoothApplication, find_application
from exhibitors.applications.permissions import may_see_application
from exhibitors.applications.receipts.print_receipt import ReceiptWords, receipt_pdf
from exhibitors.applications.receipts.receipt_check import receipt_token
from foundation import clock
from foundation.audience import Audience, Pages, demand, found
from foundation.days import format_day, format_day_range, format_when
from foundation.file_answers import PDF, file_answer
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.settings import Settings

pages = Pages("print_receipt", __name__, audience=Audience.SIGNED_IN)


@pages.page("/applications/<code>/receipt.pdf", may=may_see_application)
def printed(code: str) -> ResponseReturnValue:
    """One page of A5 with the QR code by which anybody checks it; there is none before the application was sent."""
    application = found(find_application(current_session(), code))
    demand(application)
    sent_at = found(application.submitted_at)
    settings: Settings = current_app.extensions["settings"]
    address = public_address(f"/receipts/{receipt_token(application, settings.secret_key)}", current_language())
    words = ReceiptWords(
        title=_("Receipt of an application for booths"),
        fair=application.fair.name.local(current_language()),
        code=application.code,
        rows=_rows(application),
        address=address,
        hint=_("Scan to check this receipt. The page names the code, the fair and whether the application stands."),
    )
    content = receipt_pdf(words, language=current_language(), sent_at=sent_at)
    answer = file_answer(content, PDF, f"{application.code}.pdf", inline=True)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _rows(application: BoothApplication) -> list[tuple[str, str]]:
    language, today, fair = current_language(), clock.today(), application.fair
    days = format_day_range(fair.first_day, fair.last_day, language) if fair.first_day and fair.last_day else ""
    sent = format_when(application.submitted_at, language, today=today) if application.submitted_at else ""
    zones = [f"{wish.rank}. {wish.place} {wish.zone.name.local(language)}".strip() for wish in application.wishes]
    rows = [
        (_("Unit"), application.producer.name.local(language)),
        (_("Received"), sent),
        (_("Days of the fair"), days),
        (_("Organiser"), fair.organisation.name.local(language)),
        (_("Booths"), str(application.booths_wanted)),
        (_("Wishes"), "; ".join(zones)),
        (_("Answer by"), format_day(fair.answer_by, language, today=today) if fair.answer_by else ""),
        (_("Filed by"), application.assisted_by.name if application.assisted_by else ""),
        (_("Products"), "; ".join(good.product.name.local(language) for good in application.goods)),
    ]
    return [(str(term), value) for term, value in rows if value]
