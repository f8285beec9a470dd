"""The organiser's pages about a fair's facts, and its steps from draft to over."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.organisation import Organisation, OrganisationKind
from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.fair_series import series_of
from events.fairs.fair_steps import STEP_ACTS, steps_of
from events.fairs.legal_basis import legal_basis_of, legal_deadlines
from events.fairs.name_series import name_series
from events.fairs.organise_fair import change_fair, create_fair, details_version
from events.fairs.organise_fair_form import OrganiseFairForm, ReasonForm, values_of
from events.fairs.permissions import may_create_fair, may_organise_fair, may_read_desk
from events.fairs.set_up_wording import DEADLINES
from events.fairs.wording import ACT_WORDS, CALL_STATES, PHASES, REFUSALS
from events.fairs.workbench import workbench_of
from events.places.locality import Locality, all_localities
from events.places.venue import Venue, find_or_add_venue
from foundation import clock
from foundation.actor import Actor
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.made_once import made_before, make_once
from foundation.overtaken import OVERTAKEN, refuse_overtaken
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("organise_fair", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "events/fairs/organise_fair"
FIRST_VERSION = 1


@pages.page("/fairs/new", may=may_create_fair, methods=("GET", "POST"))
def new() -> ResponseReturnValue:
    """Enter a new fair; it begins as a draft."""
    session, actor = current_session(), signed_in_actor()
    organisations = _own_organisations(session)
    form = OrganiseFairForm.from_request(**values_of(None))
    _offer(session, form, organisations)
    organisation_id = form.organisation_id.data or (organisations[0].id if organisations else 0)
    demand(organisation_id)
    if form.validate_posted():
        try:
            fair = _made_once(session, actor, form, organisation_id)
        except Refused as refusal:
            session.rollback()
            if refusal.reason == OVERTAKEN:
                return _made_and_changed_since(session, actor, form, refusal)
            form.explain(refusal)
        else:
            session.commit()
            flash(_("The fair is kept as a draft. Next: draw its plan, then publish it."), "ok")
            return redirect(url_for("organise_fair.steps", slug=fair.slug), 303)
    return _form_page("new.html", form, organisations=organisations)


@pages.page("/fairs/<slug>/edit", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str) -> ResponseReturnValue:
    """Change what is said about a fair; of two who save, the second is told and keeps what they typed."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    form = OrganiseFairForm.from_request(**values_of(fair))
    _offer(session, form, [])
    if form.validate_posted():
        try:
            facts = form.facts(_venues(session, form))
            change_fair(session, actor, fair, expected_version=form.seen_version(), **facts)
            name_series(session, actor, fair, **form.series())
        except Refused as refusal:
            session.rollback()
            fair = found(find_fair(session, slug))
            if not _is_overtaken(session, form, fair, refusal):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for("organise_fair.edit", slug=slug), 303)
    bench, known = workbench_of(session, actor, fair), series_of(session, fair.organisation_id)
    return _form_page("edit.html", form, fair=fair, workbench=bench, known_series=known)


@pages.page("/fairs/<slug>/steps", may=may_read_desk)
def steps(slug: str) -> ResponseReturnValue:
    """Where the fair stands and what can be done next."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    return render_template(
        f"{FOLDER}/steps.html",
        fair=fair,
        phase=PHASES[fair.phase()],
        call_words=CALL_STATES,
        steps=steps_of(session, fair),
        acts=ACT_WORDS,
        refusals=REFUSALS,
        deadlines=legal_deadlines(fair, legal_basis_of(session, fair), clock.today()),
        deadline_names=DEADLINES,
        may_act=may_organise_fair(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )


@pages.page("/fairs/<slug>/steps/<act>", may=may_organise_fair, methods=("GET", "POST"))
def take_step(slug: str, act: str) -> ResponseReturnValue:
    """Confirm a step and take it."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    step = found(STEP_ACTS.get(act))
    words = ACT_WORDS[act]
    form = ReasonForm.from_request() if step.needs_reason else None
    back = url_for("organise_fair.steps", slug=slug)
    if request.method == "POST" and (form is None or form.validate_posted()):
        try:
            step.take(session, actor, fair, form.reason.data if form else "")
        except Refused as refusal:
            session.rollback()
            flash(refusal_words(refusal), "bad")
        else:
            session.commit()
            flash(str(words.done), "ok")
        return redirect(back, 303)
    page = render_template(
        "foundation/confirm.html",
        base_template="organise_base.html",
        step="call",
        fair=fair,
        title=words.title,
        text=words.effect,
        action=words.label,
        post_url=url_for("organise_fair.take_step", slug=slug, act=act),
        back_url=back,
        danger=step.is_dangerous,
        form=form,
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form and form.errors else 200


def _made_once(session: Session, actor: Actor, form: OrganiseFairForm, organisation_id: int) -> Fair:
    """A new fair; when this copy of the form has made it already, that fair with what stands in the form now."""
    facts = form.facts(_venues(session, form))

    def create() -> Fair:
        return create_fair(session, actor, organisation_id=organisation_id, **facts)

    fair, is_new = make_once(session, actor, form.once.data or "", Fair, create)
    demand(fair.organisation_id)
    if is_new:
        return fair
    refuse_overtaken(fair.version, FIRST_VERSION)
    return change_fair(session, actor, fair, expected_version=details_version(fair), **facts)


def _made_and_changed_since(
    session: Session, actor: Actor, form: OrganiseFairForm, refusal: Refused
) -> ResponseReturnValue:
    """Somebody has worked on the fair since this copy of the form made it: what was typed goes to its edit page."""
    fair = found(made_before(session, actor, form.once.data or "", Fair))
    demand(fair.organisation_id)
    _is_overtaken(session, form, fair, refusal)
    form.carry_series(fair)
    post_url = url_for("organise_fair.edit", slug=fair.slug)
    bench, known = workbench_of(session, actor, fair), series_of(session, fair.organisation_id)
    return _form_page("edit.html", form, fair=fair, workbench=bench, post_url=post_url, known_series=known)


def _form_page(template: str, form: OrganiseFairForm, **more: object) -> ResponseReturnValue:
    failed = bool(form.errors or form.form_errors)
    return render_template(f"{FOLDER}/{template}", form=form, **more), 422 if failed else 200


def _own_organisations(session: Session) -> list[Organisation]:
    actor = signed_in_actor()
    open_ones = (Organisation.kind == OrganisationKind.ORGANISER, Organisation.closed_at.is_(None))
    statement = select(Organisation).where(*open_ones).order_by(Organisation.id)
    return [found for found in session.scalars(statement) if may_create_fair(actor, found.id)]


def _offer(session: Session, form: OrganiseFairForm, organisations: list[Organisation]) -> None:
    venues = session.scalars(select(Venue).options(joinedload(Venue.locality)).order_by(Venue.name_vi, Venue.id))
    form.offer(organisations, list(venues), all_localities(session))


def _venues(session: Session, form: OrganiseFairForm) -> list[int]:
    """The venues chosen, and last the one that was typed in anew."""
    chosen = form.chosen_venues()
    locality = session.get(Locality, form.new_venue_locality.data) if form.new_venue_locality.data else None
    if locality is None or not form.new_venue_name_vi.data:
        return chosen
    venue = find_or_add_venue(
        session,
        name_vi=form.new_venue_name_vi.data,
        name_en=form.new_venue_name_en.data or "",
        address=form.new_venue_address.data or "",
        locality=locality,
    )
    return [*chosen, venue.id]


def _is_overtaken(session: Session, form: OrganiseFairForm, fair: Fair, refusal: Refused) -> bool:
    def offer(now: OrganiseFairForm) -> None:
        _offer(session, now, [])

    return form.is_overtaken(
        refusal, values_of(fair), last_change(session, fair, acts=("fair.change", "fair.name_series")), offer
    )
