"""Audience: organisers who keep the register. Compare two units and make one of them (/organise/register/merge)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.link_doors import base_url
from exhibitors.producers.merging import wording  # noqa: F401 - registers its sentences
from exhibitors.producers.merging.compare_units import candidates_to_stay, compare_units, whole_unit
from exhibitors.producers.merging.merge_units import merge_units
from exhibitors.producers.merging.merge_units_form import MergeForm
from exhibitors.producers.phone import display_phone
from exhibitors.producers.producer import Producer
from exhibitors.producers.register.register_import import may_keep_register
from exhibitors.producers.register.wording import FIELDS
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("merge_units", __name__, audience=Audience.ORGANISER, url_prefix="/organise/register/merge")
FOLDER = "exhibitors/producers/merging/merge_units"


@pages.page("", may=may_keep_register, methods=("GET", "POST"))
def merge() -> ResponseReturnValue:
    """`?gone=` alone looks for the unit that stays; with `?kept=` both stand side by side, then it is done."""
    demand()
    session = current_session()
    gone = found(whole_unit(session, request.values.get("gone", "")[:120]))
    if not request.values.get("kept"):
        query = request.args.get("q", "").strip()[:100]
        units = candidates_to_stay(session, gone, query)
        return render_template(f"{FOLDER}/find.html", gone=gone, query=query, units=units)
    kept = found(whole_unit(session, request.values["kept"][:120]))
    form: MergeForm = MergeForm.from_request(
        kept=kept.slug,
        gone=gone.slug,
        versions=f"{kept.version}-{gone.version}",
        product_ids=[product.id for product in gone.products],
        with_people=True,
    )
    form.offer(gone.products)
    if form.validate_posted() and _merge(form, kept, gone):
        return redirect(url_for("browse_register.units", q=kept.name_vi), 303)
    return _page(form, kept.slug, gone.slug)


def _merge(form: MergeForm, kept: Producer, gone: Producer) -> bool:
    session, name = current_session(), gone.name.local(current_language())
    try:
        merge_units(
            session,
            signed_in_actor(),
            kept,
            gone,
            product_ids=form.product_ids.data or [],
            with_people=form.with_people.data,
            expected_versions=form.read_versions(),
            base_url=base_url(),
        )
    except Refused as refusal:
        session.rollback()
        form.form_errors.append(refusal_words(refusal))
        return False
    session.commit()
    unit = kept.name.local(current_language())
    flash(_("%(gone)s is part of %(unit)s now. Its old address leads there.", gone=name, unit=unit), "ok")
    return True


def _page(form: MergeForm, kept_slug: str, gone_slug: str) -> ResponseReturnValue:
    session = current_session()
    kept, gone = found(whole_unit(session, kept_slug)), found(whole_unit(session, gone_slug))
    if form.form_errors:  # pressed again after reading both as they stand now
        form.versions.data = f"{kept.version}-{gone.version}"
    page = render_template(
        f"{FOLDER}/compare.html",
        form=form,
        comparison=compare_units(session, kept, gone),
        kinds=PRODUCER_KINDS,
        fields=FIELDS,
        shown_phone=lambda unit: display_phone(unit.contact_phone),
        refusal_words=refusal_words,
    )
    return page, 422 if form.errors else 200
