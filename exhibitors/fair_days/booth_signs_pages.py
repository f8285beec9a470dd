"""Audience: organisers. Signs with QR codes for the booths (/organise/fairs/…/booth-signs.pdf)."""

from __future__ import annotations

from urllib.parse import quote

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.calendars.public_address import public_address
from events.fairs.fair import find_fair
from events.fairs.permissions import may_read_desk
from exhibitors.fair_days.booth_signs import booth_signs
from exhibitors.fair_days.print_booth_signs import SignWords, signs_pdf
from foundation.audience import Audience, Pages, demand, found
from foundation.days import format_day_range
from foundation.file_answers import PDF, file_answer
from foundation.flask_database import current_session
from foundation.languages import current_language

pages = Pages("booth_signs", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/booth-signs.pdf", may=may_read_desk)
def printed(slug: str) -> ResponseReturnValue:
    """A sign for each booth, `?only=taken` for those that are confirmed; the QR code leads to the booth's page."""
    fair, language = found(find_fair(current_session(), slug)), current_language()
    demand(fair)
    rows = booth_signs(current_session(), fair, taken_alone=request.args.get("only") == "taken")
    days = format_day_range(fair.first_day, fair.last_day, language) if fair.first_day and fair.last_day else ""
    signs = [
        SignWords(
            code=row.code,
            name=row.holder.vi if row.holder else "",
            place=", ".join(filter(None, (row.zone.local(language), row.venue.local(language)))),
            address=public_address(f"/fairs/{quote(fair.slug)}/booths/{quote(row.code, safe='')}"),
        )
        for row in rows
    ]
    content = signs_pdf(
        signs,
        fair=", ".join(filter(None, (fair.name.local(language), days))),
        hint=_("Scan to see who stands here, with OCOP certificates"),
        language=language,
    )
    return file_answer(content, PDF, f"{fair.slug}-qr.pdf", inline=True)
