"""Audience: organisers. Quotas with live counters, and groups of localities (/organise/fairs/<slug>/quotas)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.permissions import may_organise_fair, may_read_desk
from events.fairs.removed_answers import found_or_told
from events.fairs.workbench import workbench_of
from events.floor_plans.floor_plan import zones_of
from exhibitors.calls.asked_booths import beyond_booths, quota_counts
from exhibitors.calls.quota import PlaceGroup, Quota, find_place_group, find_quota, place_groups_of
from exhibitors.calls.set_up_quotas import (
    find_quota_for,
    name_former_districts,
    name_place_group,
    remove_place_group,
    remove_quota,
    set_quota,
)
from exhibitors.calls.set_up_quotas_form import PlaceGroupForm, QuotaForm, values_of_group, values_of_quota
from exhibitors.calls.ticked_places import districts_to_tick, places_to_tick
from exhibitors.calls.wording import QUOTA_KINDS, quota_words
from exhibitors.producers.product_group_register import groups_on
from foundation import clock
from foundation.address_parts import number_asked
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.refusal import Refused

pages = Pages("set_up_quotas", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/calls/set_up_quotas"


@pages.page("/fairs/<slug>/quotas", may=may_read_desk)
def quotas(slug: str) -> ResponseReturnValue:
    """All quotas with what is asked for, noted, published and left."""
    fair = _fair(slug)
    return _show(fair, _form(fair, find_quota(current_session(), fair, number_asked("quota") or 0)))


@pages.page("/fairs/<slug>/quotas", may=may_organise_fair, methods=("POST",))
def change(slug: str) -> ResponseReturnValue:
    """Set a quota, or other numbers for one."""
    session = current_session()
    fair = _fair(slug)
    form = _form(fair, None)
    if form.validate_posted():
        kind, thing = form.kind_and_thing
        try:
            facts = {"least": form.least.data, "most": form.most.data, "seen": form.seen_version()}
            set_quota(session, signed_in_actor(), fair, kind, thing, **facts)
        except Refused as refusal:
            session.rollback()
            known, things = find_quota_for(session, fair, kind, thing), _things(session, fair)
            by = last_change(session, fair, known) if known else None  # removed: no row to ask about
            if form.is_overtaken(refusal, values_of_quota(known), by, lambda now: now.offer(things)):
                form.carry("known", form.thing.data)
            else:
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".quotas", slug=slug), 303)
    return _show(fair, form)


@pages.page("/fairs/<slug>/quotas/<int:quota_id>/remove", may=may_organise_fair, methods=("POST",))
def remove(slug: str, quota_id: int) -> ResponseReturnValue:
    """Take a quota away; nothing that was decided changes."""
    session = current_session()
    fair = _fair(slug)
    quota = found_or_told(
        find_quota(session, fair, quota_id),
        fair,
        Quota,
        quota_id,
        what=_("The quota"),
        back_url=url_for(".quotas", slug=slug),
    )
    remove_quota(session, signed_in_actor(), quota)
    session.commit()
    flash(_("Removed."), "ok")
    return redirect(url_for(".quotas", slug=slug), 303)


@pages.page("/fairs/<slug>/place-groups/districts", may=may_organise_fair, methods=("POST",))
def districts(slug: str) -> ResponseReturnValue:
    """A group for each former district."""
    session = current_session()
    fair = _fair(slug)
    name_former_districts(session, signed_in_actor(), fair)
    session.commit()
    return redirect(url_for(".quotas", slug=slug) + "#groups", 303)


@pages.page("/fairs/<slug>/place-groups/new", may=may_organise_fair, methods=("GET", "POST"))
def new_group(slug: str) -> ResponseReturnValue:
    """Name a group of localities."""
    return _group_form(_fair(slug), None)


@pages.page("/fairs/<slug>/place-groups/<int:group_id>", may=may_organise_fair, methods=("GET", "POST"))
def group(slug: str, group_id: int) -> ResponseReturnValue:
    """Change a group of localities."""
    fair = _fair(slug)
    return _group_form(fair, _group(fair, group_id))


@pages.page("/fairs/<slug>/place-groups/<int:group_id>/remove", may=may_organise_fair, methods=("POST",))
def drop_group(slug: str, group_id: int) -> ResponseReturnValue:
    """Take a group away, with its quota."""
    session = current_session()
    fair = _fair(slug)
    remove_place_group(session, signed_in_actor(), _group(fair, group_id))
    session.commit()
    flash(_("Removed."), "ok")
    return redirect(url_for(".quotas", slug=slug) + "#groups", 303)


def _show(fair: Fair, form: QuotaForm) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    counts = quota_counts(session, fair)
    page = render_template(
        f"{FOLDER}/quotas.html",
        fair=fair,
        form=form,
        quotas=counts,
        beyond=beyond_booths(session, fair, [quota for quota, _count in counts]),
        groups=place_groups_of(session, fair),
        quota_words=quota_words,
        kinds=QUOTA_KINDS,
        may_act=may_organise_fair(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200


def _group_form(fair: Fair, known: PlaceGroup | None) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    form: PlaceGroupForm = PlaceGroupForm.from_request(**values_of_group(known))
    former = districts_to_tick(session, current_language())
    form.offer(places_to_tick(former))
    if form.validate_posted():
        try:
            name_place_group(
                session, actor, fair, group=known, seen=form.seen_version() if known else None, **form.facts()
            )
        except Refused as refusal:
            session.rollback()
            by, places = last_change(session, fair, known), places_to_tick(former)
            if not form.is_overtaken(refusal, values_of_group(known), by, lambda now: now.offer(places)):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".quotas", slug=fair.slug) + "#groups", 303)
    bench = workbench_of(session, actor, fair)
    page = render_template(f"{FOLDER}/group.html", fair=fair, group=known, form=form, districts=former, workbench=bench)
    return page, 422 if form.errors else 200


def _group(fair: Fair, group_id: int) -> PlaceGroup:
    return found_or_told(
        find_place_group(current_session(), fair, group_id),
        fair,
        PlaceGroup,
        group_id,
        what=_("The group of localities"),
        back_url=url_for(".quotas", slug=fair.slug) + "#groups",
        form=_typed_group,
        anew_url=url_for(".new_group", slug=fair.slug),
    )


def _typed_group() -> PlaceGroupForm:
    form: PlaceGroupForm = PlaceGroupForm.from_request()
    form.offer(places_to_tick(districts_to_tick(current_session(), current_language())))
    return form


def _form(fair: Fair, known: Quota | None) -> QuotaForm:
    session = current_session()
    form: QuotaForm = QuotaForm.from_request(**values_of_quota(known))
    form.offer(_things(session, fair))
    return form


def _things(session: Session, fair: Fair) -> dict[str, list[tuple[str, str]]]:
    language = current_language()
    whole = [(f"{kind}:", str(QUOTA_KINDS[kind])) for kind in QUOTA_KINDS if kind in {"inside", "outside", "reserve"}]
    zones = [
        (f"zone:{zone.id}", f"{zone.code} {zone.name.local(language)}".strip()) for zone in zones_of(session, fair)
    ]
    groups = [(f"place_group:{made.id}", made.name.local(language)) for made in place_groups_of(session, fair)]
    products = [
        (f"product_group:{made.key}", made.name_en if language == "en" else made.name_vi)
        for made in groups_on(clock.today())
    ]
    places = [(f"place:{code}", name) for code, name in places_to_tick(districts_to_tick(session, language))]
    offered = {"zone": zones, "place_group": groups, "product_group": products, "place": places}
    things = {str(QUOTA_KINDS[kind]): offered[kind] for kind in QUOTA_KINDS if offered.get(kind)}
    return {str(_("Whole fair")): whole, **things}


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
