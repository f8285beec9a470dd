"""Audience: anyone. One picture of a fair or a unit on a page of its own, with the ways to its neighbours."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from events.fairs.browse_fairs import find_public_fair
from events.fairs.permissions import may_see_fair
from exhibitors.producers.producer_directory import show_producer
from exhibitors.results.gallery import Gallery, gallery_of_fair, gallery_of_unit
from exhibitors.results.structured_data import image_object
from foundation.audience import Audience, Pages, audience_suffices, demand, found
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.page_cache import kept_for_visitors

pages = Pages("show_picture", __name__, audience=Audience.ANYONE)


@pages.page("/fairs/<slug>/pictures/<int(max=2147483647):picture_id>", may=may_see_fair)
@kept_for_visitors
def of_fair(slug: str, picture_id: int) -> ResponseReturnValue:
    """A picture of a fair, with who took it."""
    session = current_session()
    fair = found(find_public_fair(session, slug))
    demand(fair)
    return _show(found(gallery_of_fair(session, fair, picture_id)), section="fairs", is_told=may_see_fair(None, fair))


@pages.page("/producers/<slug>/pictures/<int(max=2147483647):picture_id>", may=audience_suffices)
@kept_for_visitors
def of_unit(slug: str, picture_id: int) -> ResponseReturnValue:
    """A picture that a unit has made public."""
    session = current_session()
    producer = found(show_producer(session, slug))
    return _show(found(gallery_of_unit(session, producer, picture_id)), section="producers", is_told=True)


def _show(gallery: Gallery, *, section: str, is_told: bool) -> str:
    picture, language = gallery.picture, current_language()
    told = image_object(picture, gallery.path_of(picture), gallery.owner, language) if is_told else None
    return render_template(
        "exhibitors/results/show_picture/show.html", gallery=gallery, picture=picture, section=section, structured=told
    )
