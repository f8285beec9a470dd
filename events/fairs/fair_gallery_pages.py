"""The organiser shows pictures of a fair: add one, say something else about it, remove it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs import set_up_wording  # noqa: F401 - registers its sentences
from events.fairs.fair import Fair, find_fair
from events.fairs.fair_gallery import (
    MOST_PICTURES,
    FairPicture,
    add_picture,
    describe_picture,
    find_picture,
    pictures_of,
    remove_picture,
)
from events.fairs.fair_gallery_form import FairPictureWordsForm, PictureForm, values_of_picture
from events.fairs.fair_history import last_change
from events.fairs.permissions import may_organise_fair
from events.fairs.removed_answers import found_or_told
from events.fairs.workbench import workbench_of
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.upload_form import current_store

pages = Pages("fair_gallery", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/pictures", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str) -> ResponseReturnValue:
    """All pictures, and a form for one more."""
    fair, form = _fair(slug), PictureForm.from_request()
    if form.validate_posted() and _add(fair, form):
        return _saved(slug)
    fair = _fair(slug)
    page = render_template(
        "events/fairs/fair_gallery/edit.html",
        fair=fair,
        form=form,
        pictures=pictures_of(current_session(), fair),
        most=MOST_PICTURES,
        workbench=workbench_of(current_session(), signed_in_actor(), fair),
    )
    return page, 422 if form.errors or form.form_errors else 200


@pages.page("/fairs/<slug>/pictures/<int(max=2147483647):picture_id>", may=may_organise_fair, methods=("GET", "POST"))
def words(slug: str, picture_id: int) -> ResponseReturnValue:
    """Say something else about one."""
    session, fair = current_session(), _fair(slug)
    picture = _picture(fair, picture_id)
    form = FairPictureWordsForm.from_request(**values_of_picture(picture))
    if form.validate_posted():
        said = form.said()
        faults = said.faults()
        for fault in faults:
            form.explain(fault)
        if not faults:
            try:
                describe_picture(session, signed_in_actor(), fair, picture, said, seen=form.seen_version())
            except Refused as refusal:
                session.rollback()
                if not form.is_overtaken(refusal, values_of_picture(picture), last_change(session, fair, picture)):
                    form.explain(refusal)
            else:
                session.commit()
                return _saved(slug)
    fair = _fair(slug)
    page = render_template(
        "events/fairs/fair_gallery/words.html",
        fair=fair,
        form=form,
        picture=_picture(fair, picture_id),
        workbench=workbench_of(session, signed_in_actor(), fair),
    )
    return page, 422 if form.errors or form.form_errors else 200


@pages.page("/fairs/<slug>/pictures/<int(max=2147483647):picture_id>/remove", may=may_organise_fair, methods=("POST",))
def remove(slug: str, picture_id: int) -> ResponseReturnValue:
    """Show it no more."""
    session, fair = current_session(), _fair(slug)
    picture = _picture(fair, picture_id)
    remove_picture(session, signed_in_actor(), current_store(), fair, picture)
    session.commit()
    flash(_("Removed."), "ok")
    return redirect(url_for("fair_gallery.edit", slug=slug), 303)


def _add(fair: Fair, form: PictureForm) -> bool:
    """Whether it is added; all faults at once otherwise, those of the words and that of the file."""
    session, said = current_session(), form.said()
    faults = said.faults()
    try:
        name, content = form.file.sent_or_refused()
        if not faults:
            add_picture(session, signed_in_actor(), current_store(), fair, said, name=name, content=content)
            session.commit()
    except Refused as refusal:
        session.rollback()
        faults.append(refusal)
    for fault in faults:
        form.explain(fault)
    return not faults


def _saved(slug: str) -> ResponseReturnValue:
    flash(_("Saved."), "ok")
    return redirect(url_for("fair_gallery.edit", slug=slug), 303)


def _picture(fair: Fair, picture_id: int) -> FairPicture:
    return found_or_told(
        find_picture(current_session(), fair, picture_id),
        fair,
        FairPicture,
        picture_id,
        what=_("The picture"),
        back_url=url_for("fair_gallery.edit", slug=fair.slug),
        step="details",
        form=FairPictureWordsForm.from_request,
    )


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
