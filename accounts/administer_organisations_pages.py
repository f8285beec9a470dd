"""Audience: administrators. The organising bodies and who belongs where (/admin/organisations …)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.administer_organisations import (
    close_organisation,
    create_organiser,
    rename_organisation,
    reopen_organisation,
)
from accounts.administer_organisations_form import NewOrganisationForm, OrganisationForm
from accounts.link_doors import base_url
from accounts.organisation import Organisation
from accounts.organisation_register import PER_PAGE, register_page, where_person_belongs
from accounts.permissions import may_administer
from accounts.team import find_organiser
from accounts.wording import ROLES
from foundation.actor import Role
from foundation.audience import Audience, Pages, audience_suffices, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import clean
from foundation.languages import current_language
from foundation.paging import Paging, asked_page
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("administer_organisations", __name__, audience=Audience.ADMIN, url_prefix="/admin/organisations")
FOLDER = "accounts/administer_organisations"
ONE = "/<int(max=2147483647):organisation_id>"


@pages.page("", may=audience_suffices)
def register() -> ResponseReturnValue:
    """All organising bodies; with `?q=` an address, where that person belongs."""
    session = current_session()
    query = str(clean(request.args.get("q", "")))[:254]
    person, memberships = where_person_belongs(session, query)
    return render_template(
        f"{FOLDER}/register.html",
        page=Paging.of(register_page(session, asked_page()), PER_PAGE),
        query=query,
        person=person,
        memberships=[(row, ROLES[Role(row.role)][0]) for row in memberships],
    )


@pages.page("/new", may=audience_suffices, methods=("GET", "POST"))
def new() -> ResponseReturnValue:
    """Make a body and invite its first owner."""
    session = current_session()
    form = NewOrganisationForm.from_request(language=current_language())
    if form.validate_posted():
        facts = {name: form[name].data or "" for name in ("name_vi", "name_en", "contact", "language")}
        try:
            made = create_organiser(
                session, signed_in_actor(), **facts, owner_email=form.email.data, base_url=base_url()
            )
        except Refused as refusal:
            session.rollback()
            form.fault("name_vi", refusal_words(refusal))
        else:
            session.commit()
            flash(_("A letter is on its way to %(address)s.", address=form.email.data), "ok")
            return redirect(url_for("lead_team.team", organisation_id=made.id), 303)
    return render_template(f"{FOLDER}/new.html", form=form), 422 if form.errors else 200


@pages.page(ONE, may=may_administer, methods=("GET", "POST"))
def edit(organisation_id: int) -> ResponseReturnValue:
    """Another name or contact; the ways to its team and to closing it."""
    session = current_session()
    organisation = _organisation(organisation_id)
    form = OrganisationForm.from_request(obj=organisation)
    if form.validate_posted():
        facts = {name: form[name].data or "" for name in ("name_vi", "name_en", "contact")}
        try:
            rename_organisation(session, signed_in_actor(), organisation, **facts)
        except Refused as refusal:
            session.rollback()
            form.fault("name_vi", refusal_words(refusal))
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".register"), 303)
    page = render_template(f"{FOLDER}/edit.html", form=form, organisation=_organisation(organisation_id))
    return page, 422 if form.errors else 200


@pages.page(f"{ONE}/close", may=may_administer, methods=("GET", "POST"))
def close(organisation_id: int) -> ResponseReturnValue:
    """Confirm, then close."""
    session = current_session()
    organisation = _organisation(organisation_id)
    name = organisation.name.local(current_language())
    if request.method == "POST":
        try:
            close_organisation(session, signed_in_actor(), organisation)
        except Refused as refusal:
            session.rollback()
            flash(refusal_words(refusal), "bad")
            return redirect(url_for(".edit", organisation_id=organisation_id), 303)
        session.commit()
        flash(_("%(organisation)s is closed.", organisation=name), "ok")
        return redirect(url_for(".register"), 303)
    return render_template(
        "foundation/confirm.html",
        base_template="organise_base.html",
        step="organisations",
        title=_("Close %(organisation)s?", organisation=name),
        text=_(
            "Its members can still read everything and change nothing; open invitations stop working. "
            "Fairs that are over stay public. It can be opened again."
        ),
        action=_("Close the organisation"),
        post_url=url_for(".close", organisation_id=organisation_id),
        back_url=url_for(".edit", organisation_id=organisation_id),
        danger=True,
    )  # fmt: skip - two sentences


@pages.page(f"{ONE}/reopen", may=may_administer, methods=("POST",))
def reopen(organisation_id: int) -> ResponseReturnValue:
    """Open it again; closing is possible at any time, so nothing is asked."""
    session = current_session()
    reopen_organisation(session, signed_in_actor(), _organisation(organisation_id))
    session.commit()
    flash(_("The organisation is open again."), "ok")
    return redirect(url_for(".edit", organisation_id=organisation_id), 303)


def _organisation(organisation_id: int) -> Organisation:
    organisation = found(find_organiser(current_session(), organisation_id))
    demand(organisation)
    return organisation
