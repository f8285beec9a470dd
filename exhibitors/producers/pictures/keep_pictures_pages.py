"""A person's own unit shows pictures of itself and its products."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exhibitors.producers.permissions import may_change_producer, may_see_own_unit
from exhibitors.producers.pictures import wording  # noqa: F401 - registers its sentences
from exhibitors.producers.pictures.keep_pictures import (
    UnitPictureSayings,
    add_unit_picture,
    describe_unit_picture,
    put_picture_first,
    remove_unit_picture,
)
from exhibitors.producers.pictures.keep_pictures_form import UnitPictureForm, UnitPictureWordsForm
from exhibitors.producers.pictures.unit_picture import (
    MOST_UNIT_PICTURES,
    UnitPicture,
    find_unit_picture,
    pictures_of_unit,
)
from exhibitors.producers.producer import Producer, own_producer
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.made_once import make_once
from foundation.refusal import Refused
from foundation.upload_form import current_store

pages = Pages(
    "keep_pictures", __name__, audience=Audience.SIGNED_IN, url_prefix="/producer/pictures", for_lent_unit=True
)
FOLDER = "exhibitors/producers/pictures/keep_pictures"


@pages.page("", may=may_see_own_unit)
def pictures() -> ResponseReturnValue:
    """All pictures in their order, public or not."""
    session, actor = current_session(), signed_in_actor()
    producer = _own_unit()
    return render_template(
        f"{FOLDER}/pictures.html",
        producer=producer,
        pictures=pictures_of_unit(session, producer.id),
        may_change=may_change_producer(actor, producer),
        most=MOST_UNIT_PICTURES,
    )


@pages.page("/new", may=may_change_producer, methods=("GET", "POST"))
def new() -> ResponseReturnValue:
    """Send one more; `?product=` says of what."""
    producer = _own_unit()
    form: UnitPictureForm = UnitPictureForm.from_request(product_id=request.args.get("product", ""))
    form.offer(producer)
    if request.method == "POST" and _add(producer, form):
        flash(_("The picture is kept."), "ok")
        return redirect(url_for(".pictures"), 303)
    page = render_template(f"{FOLDER}/picture.html", form=form, picture=None)
    return page, 422 if form.errors or form.form_errors else 200


@pages.page("/<int(max=2147483647):unit_picture_id>", may=may_change_producer, methods=("GET", "POST"))
def picture(unit_picture_id: int) -> ResponseReturnValue:
    """Say something else about one, or make it public."""
    session, producer = current_session(), _own_unit()
    thing = found(find_unit_picture(session, producer, unit_picture_id))
    form: UnitPictureWordsForm = UnitPictureWordsForm.from_request(obj=thing)
    form.offer(producer)
    if form.validate_posted() and _describe(thing, form.said(), form):
        flash(_("Saved."), "ok")
        return redirect(url_for(".pictures"), 303)
    page = render_template(f"{FOLDER}/picture.html", form=form, picture=thing)
    return page, 422 if form.errors or form.form_errors else 200


@pages.page("/<int(max=2147483647):unit_picture_id>/first", may=may_change_producer, methods=("POST",))
def first(unit_picture_id: int) -> ResponseReturnValue:
    """Put it before the others."""
    session = current_session()
    put_picture_first(session, signed_in_actor(), _own_picture(unit_picture_id))
    session.commit()
    flash(_("Saved."), "ok")
    return redirect(url_for(".pictures"), 303)


@pages.page("/<int(max=2147483647):unit_picture_id>/remove", may=may_change_producer, methods=("GET", "POST"))
def remove(unit_picture_id: int) -> ResponseReturnValue:
    """Ask once more, then take it away."""
    session, thing = current_session(), _own_picture(unit_picture_id)
    if request.method == "POST":
        remove_unit_picture(session, signed_in_actor(), current_store(), thing)
        session.commit()
        flash(_("Removed."), "ok")
        return redirect(url_for(".pictures"), 303)
    return render_template(
        "foundation/confirm.html",
        title=_("Remove this picture?"),
        text=_("It is deleted and no longer shown anywhere."),
        post_url=url_for(".remove", unit_picture_id=unit_picture_id),
        action=_("Remove the picture"),
        back_url=url_for(".picture", unit_picture_id=unit_picture_id),
        danger=True,
    )


def _own_unit() -> Producer:
    producer = found(own_producer(current_session(), signed_in_actor()))
    demand(producer)
    return producer


def _own_picture(unit_picture_id: int) -> UnitPicture:
    return found(find_unit_picture(current_session(), _own_unit(), unit_picture_id))


def _add(producer: Producer, form: UnitPictureForm) -> bool:
    """Whether it is added; all faults at once otherwise, those of the words and that of the file."""
    session, actor = current_session(), signed_in_actor()
    is_valid, said = form.validate(), form.said()
    faults = said.faults(producer)
    try:
        name, content = form.file.sent_or_refused()
        if is_valid and not faults:
            store = current_store()
            make_once(
                session,
                actor,
                form.once.data or "",
                UnitPicture,
                lambda: add_unit_picture(session, actor, store, producer, said, name=name, content=content),
            )
            session.commit()
    except Refused as refusal:
        session.rollback()
        faults.append(refusal)
    for fault in faults:
        form.explain(fault)
    return is_valid and not faults


def _describe(thing: UnitPicture, said: UnitPictureSayings, form: UnitPictureWordsForm) -> bool:
    faults = said.faults(thing.producer)
    for fault in faults:
        form.explain(fault)
    if not faults:
        describe_unit_picture(current_session(), signed_in_actor(), thing, said)
        current_session().commit()
    return not faults
