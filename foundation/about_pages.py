"""Audience: anyone. What the product is, what it gives away, whom it serves and what it keeps."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from foundation.audience import Audience, Pages, audience_suffices
from foundation.page_cache import kept_for_visitors

pages = Pages("about", __name__, audience=Audience.ANYONE)
TOPICS = {"guide", "open-data", "accessibility", "privacy"}


@pages.page("/about/<topic>", may=audience_suffices)
@kept_for_visitors
def page(topic: str) -> ResponseReturnValue:
    """One of the four pages of the footer."""
    if topic not in TOPICS:
        abort(404)
    return render_template(f"foundation/about/{topic}.html")
