"""A person's own unit: register it, change it, enter its products."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.current_actor import current_person
from events.places.locality import all_localities
from exhibitors.producers.certificate_issuers import certificate_issuers
from exhibitors.producers.enter_product_form import ProductForm, values_of_product, written_degrees
from exhibitors.producers.load_product_groups import product_groups_on, product_subgroups_on
from exhibitors.producers.permissions import may_change_producer
from exhibitors.producers.phone import display_phone
from exhibitors.producers.producer import Producer, Product, own_producer
from exhibitors.producers.register_producer import (
    add_product,
    change_producer,
    change_product,
    product_version,
    register_producer,
    remove_product,
)
from exhibitors.producers.register_producer_form import ProducerForm
from exhibitors.producers.tax_code import TaxCodeKind, read_tax_code
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.made_once import make_once
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("register_producer", __name__, audience=Audience.SIGNED_IN, url_prefix="/producer", for_lent_unit=True)
FOLDER = "exhibitors/producers/register_producer"


@pages.page("/register", may=audience_suffices, methods=("GET", "POST"))
def register() -> ResponseReturnValue:
    """The form for a unit; `?fair=` leads back to the application that was begun."""
    session, actor = current_session(), signed_in_actor()
    if own_producer(session, actor) is not None:
        return redirect(_after_registering(), 303)
    person = current_person()
    form: ProducerForm = ProducerForm.from_request(contact_person=person.name, contact_email=person.email)
    form.offer_places(all_localities(session))
    alike = form.alike_not_seen(session) if form.validate_posted() else None
    if request.method == "POST" and not form.errors and alike is None:
        try:
            register_producer(session, actor, user=person, **form.facts())
        except Refused as refusal:
            form.form_errors.append(refusal_words(refusal))
        else:
            session.commit()
            flash(_("Your unit is registered. Enter your products next: applications choose from them."), "ok")
            return redirect(_after_registering(), 303)
    page = render_template(f"{FOLDER}/register.html", form=form, alike=alike)
    return page, 422 if form.errors or form.form_errors or alike else 200


@pages.page("/edit", may=may_change_producer, methods=("GET", "POST"))
def edit() -> ResponseReturnValue:
    """Change the unit; a personal tax code that is kept is never shown again."""
    session, actor = current_session(), signed_in_actor()
    producer = _own_unit()
    form: ProducerForm = ProducerForm.from_request(obj=producer)
    form.offer_places(all_localities(session))
    masked = _masked_tax_code(producer)
    if request.method != "POST":
        form.contact_phone.data = display_phone(producer.contact_phone)
        form.tax_code.data = "" if masked else producer.tax_code
    if form.validate_posted():
        facts = form.facts() | {"wants_warnings": form.wants_warnings.data}
        if masked and not form.tax_code.data and not form.forget_tax_code.data:
            facts["tax_code"] = producer.tax_code
        try:
            change_producer(session, actor, producer, expected_version=_number(form.version.data), **facts)
        except Refused as refusal:
            session.rollback()
            form.form_errors.append(refusal_words(refusal))
            form.version.data = str(refusal.facts.get("version", form.version.data))
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for("my_unit.overview"), 303)
    page = render_template(f"{FOLDER}/edit.html", form=form, producer=producer, masked=masked)
    return page, 422 if form.errors else 200


@pages.page("/products/new", may=may_change_producer, methods=("GET", "POST"))
def new_product() -> ResponseReturnValue:
    """Enter a product; "save and enter another" keeps the hand on the form, `?fair=` leads back to an application."""
    session = current_session()
    producer = _own_unit()
    form: ProductForm = ProductForm.from_request()
    form.offer_groups(product_groups_on(session, clock.today()), product_subgroups_on(session, clock.today()))
    if form.validate_posted():
        try:
            product = _product_made_once(session, producer, form)
        except Refused as refusal:
            session.rollback()
            form.explain(refusal)
        else:
            session.commit()
            flash(_("%(name)s is on your list.", name=product.name_vi), "ok")
            if "another" in request.form:
                return redirect(url_for(".new_product", fair=_fair_begun() or None), 303)
            return redirect(_after_product(product), 303)
    return _product_page(form, None)


@pages.page("/products/<int:product_id>", may=may_change_producer, methods=("GET", "POST"))
def product(product_id: int) -> ResponseReturnValue:
    """Change a product."""
    session = current_session()
    _own_unit()
    thing = _own_product(product_id)
    form: ProductForm = ProductForm.from_request(obj=thing, version=product_version(thing))
    groups, parts = product_groups_on(session, clock.today()), product_subgroups_on(session, clock.today())
    is_gone = thing.subgroup is not None and thing.subgroup not in parts
    groups = groups if thing.group in groups else [*groups, thing.group]
    parts = [*parts, thing.subgroup] if is_gone and thing.subgroup else parts
    form.offer_groups(groups, parts)
    if request.method != "POST":
        form.alcohol_degrees.data = written_degrees(thing)
    if form.validate_posted():
        try:
            change_product(session, signed_in_actor(), thing, expected_version=form.seen_version(), **form.facts())
        except Refused as refusal:
            session.rollback()
            if not form.is_overtaken(
                refusal, values_of_product(thing), offer=lambda now: now.offer_groups(groups, parts)
            ):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(_after_product(thing), 303)
    return _product_page(form, thing)


@pages.page("/products/<int:product_id>/remove", may=may_change_producer, methods=("GET", "POST"))
def remove(product_id: int) -> ResponseReturnValue:
    """Ask once more, then take the product off the list."""
    session = current_session()
    _own_unit()
    thing = _own_product(product_id)
    if request.method == "POST":
        try:
            remove_product(session, signed_in_actor(), thing)
        except Refused as refusal:
            session.rollback()
            flash(refusal_words(refusal), "bad")
            return redirect(url_for(".product", product_id=product_id), 303)
        session.commit()
        flash(_("%(name)s is no longer on your list.", name=thing.name_vi), "ok")
        return redirect(url_for("my_unit.overview"), 303)
    return render_template(
        "foundation/confirm.html",
        title=_("Remove %(name)s?", name=thing.name_vi),
        text=_("It leaves your list and your public page. Applications that have ended no longer name it."),
        post_url=url_for(".remove", product_id=product_id),
        action=_("Remove the product"),
        back_url=url_for(".product", product_id=product_id),
        danger=True,
    )


def _own_unit() -> Producer:
    """The signed-in person's unit, with the permission asked; nobody else's can be reached here."""
    producer = found(own_producer(current_session(), signed_in_actor()))
    demand(producer)
    return producer


def _own_product(product_id: int) -> Product:
    producer = own_producer(current_session(), signed_in_actor())
    product = current_session().get(Product, product_id)
    return found(product if product and producer and product.producer_id == producer.id else None)


def _fair_begun() -> str:
    """The fair for which an application was begun before coming here."""
    return request.values.get("fair", "")


def _after_registering() -> str:
    fair = _fair_begun()
    return url_for("fill_in_application.form", slug=fair) if fair else url_for("my_unit.overview")


def _after_product(product: Product) -> str:
    """Back to the application, where the product is then ticked, or to the unit."""
    if not _fair_begun():
        return url_for("my_unit.overview")
    return url_for("fill_in_application.form", slug=_fair_begun(), product=product.id, _anchor="products")


def _product_page(form: ProductForm, shown: Product | None) -> ResponseReturnValue:
    back_url, issuers = _after_registering(), certificate_issuers(current_session(), clock.today())
    page = render_template(f"{FOLDER}/product.html", form=form, product=shown, back_url=back_url, issuers=issuers)
    return page, 422 if form.errors else 200


def _masked_tax_code(producer: Producer) -> str:
    """What may be shown of a personal number; empty for other codes."""
    code = read_tax_code(producer.tax_code) if producer.tax_code else None
    return code.shown if code and code.kind == TaxCodeKind.PERSONAL else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _product_made_once(session: Session, producer: Producer, form: ProductForm) -> Product:
    """A new product; when this copy of the form has made it already, that product with what stands in the form now.

    Under another name it is another product: people go back to enter the next one from what they typed.
    """
    actor, facts = signed_in_actor(), form.facts()

    def add() -> Product:
        return add_product(session, actor, producer, **facts)

    product, is_new = make_once(session, actor, form.once.data or "", Product, add)
    if is_new:
        return product
    if product.name_vi != facts["name_vi"]:
        return add()
    return change_product(session, actor, product, **facts)
