"""Audience: anyone, inside pages of other sites. The coming fairs in a frame, and the script that puts it there."""

from __future__ import annotations

from pathlib import Path

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from events.fairs.browse_fairs import FairFilters, fairs_page, whats_on
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.page_cache import answer_kept
from foundation.security_headers import POLICY

pages = Pages("embed", __name__, audience=Audience.ANYONE)
IN_ANY_FRAME = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "embed.js"
MOST_FAIRS = 12


@pages.page("/embed/fairs", may=audience_suffices)
def fairs() -> ResponseReturnValue:
    """What is on and to come, as one short list; `most` and `district` in the address, anything else is left."""

    def build() -> Response:
        session, today = current_session(), clock.today()
        district = request.args.get("district", "")[:60]
        on_now = [] if district else whats_on(session, today)
        coming = fairs_page(session, FairFilters(when="coming", district=district), day=today).rows
        shown = [*on_now, *coming][: _asked_most()]
        html = render_template("exhibitors/open_data/embed/fairs.html", fairs=shown)
        response = make_response(html)
        response.headers["Content-Security-Policy"] = IN_ANY_FRAME
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer_kept(build, "public, max-age=300", vary="Accept-Encoding")


@pages.page("/embed.js", may=audience_suffices)
def script() -> ResponseReturnValue:
    """One line in another site's page is enough: the script puts the frame in its place."""
    response = Response(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _asked_most() -> int:
    asked = request.args.get("most", "")
    return min(MOST_FAIRS, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 4 and int(asked) else 5
