"""Everything that stands in the way of sending an application, all of it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy.orm import Session

from events.floor_plans.booth_type import booth_types_of
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.asked_of_applicant import asked_of
from exhibitors.applications.asked_points import open_objections
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.product_choice import why_not_brought
from exhibitors.calls.call_terms import CallTerms, terms_of, window_of, zone_calls_of
from exhibitors.calls.call_window import CallWindow, Standing, is_late
from exhibitors.calls.invite import refuse_unusable
from exhibitors.calls.known_units import brought_of, known_units
from foundation import clock
from foundation.refusal import Refused


def objections_to_sending(
    session: Session, application: BoothApplication, *, rules_accepted: bool = True, pledge_given: bool = True
) -> list[Refused]:
    """Refusals in the order of the form, none when it can be sent.

    Missing parts: no_products, no_wish, no_booth_type, too_many_of_type, rules_not_accepted, pledge_not_given. For
    a draft also what the call asks: the reasons of `Conditions.objections`, zone_call_not_open and
    zone_call_closed, and those of `refuse_unusable` with invitation_needed. An application that was sent back for
    changes is not asked these again, and at none but the points that it was sent back for. Of products those of
    `why_not_brought`. Questions and papers: those of `AskedOfApplicant.objections`.
    """
    terms = terms_of(session, application.fair)
    found = list(_missing_parts(session, application))
    if application.current is ApplicationState.DRAFT:
        found += [*_invitation(session, application, terms), *_conditions(session, application, terms)]
        found += _closed_zones(session, application, terms)
    if not terms.conditions.needs_certificate:  # else said above
        found += _certificates(application)
    found += asked_of(session, application).objections()
    found = open_objections(application, found)
    if not rules_accepted:
        found.append(Refused("rules_not_accepted"))
    if not pledge_given:
        found.append(Refused("pledge_not_given"))
    return found


def objections_to_change(session: Session, application: BoothApplication, wished: Collection[int]) -> list[Refused]:
    """What a change would leave missing in an application that was sent and has to stay one that could be sent.

    Zones (ids) that were `wished` for already may be closed by now. Questions and papers are left out: what a new
    product asks for can be brought only once it is there, and stands among the unit's tasks.
    """
    terms = terms_of(session, application.fair)
    found = [*_missing_parts(session, application), *_conditions(session, application, terms)]
    fair, windows = window_of(application.fair, terms), _wished_windows(session, application)
    new = {wish.zone.code for wish in application.wishes if wish.zone_id not in wished}
    found += [
        Refused("zone_call_not_open" if standing is Standing.NOT_OPEN else "zone_call_closed", zone=code)
        for code, window in windows.items()
        if code in new and (standing := window.inside(fair).standing(clock.now())) is not Standing.ON_TIME
    ]
    return found if terms.conditions.needs_certificate else [*found, *_certificates(application)]


def is_late_now(session: Session, application: BoothApplication) -> bool:
    """Whether it goes to the waiting list if it is sent now."""
    terms = terms_of(session, application.fair)
    return is_late(window_of(application.fair, terms), _wished_windows(session, application).values(), clock.now())


def _missing_parts(session: Session, application: BoothApplication) -> Iterator[Refused]:
    if not application.goods:
        yield Refused("no_products")
    booth_type = application.booth_type
    if booth_type is None and booth_types_of(session, application.fair):
        yield Refused("no_booth_type")
    if booth_type is not None and booth_type.most_booths and application.booths_wanted > booth_type.most_booths:
        yield Refused("too_many_of_type", name=booth_type.name, most=booth_type.most_booths)
    if not application.wishes and not application.anywhere:
        yield Refused("no_wish")


def _invitation(session: Session, application: BoothApplication, terms: CallTerms) -> Iterator[Refused]:
    if not terms.is_by_invitation:
        return
    if application.invitation is None:
        yield Refused("invitation_needed")
        return
    try:
        refuse_unusable(session, application.invitation, application.producer)
    except Refused as refusal:
        yield refusal


def _conditions(session: Session, application: BoothApplication, terms: CallTerms) -> list[Refused]:
    last_day = application.fair.last_day
    unit = known_units(session, last_day, [application.producer_id])[application.producer_id]
    brought = [brought_of(good.product, last_day) for good in application.goods]
    return terms.conditions.objections(unit, brought)


def _certificates(application: BoothApplication) -> Iterator[Refused]:
    """What was chosen while its certificate still held long enough, and does so no longer."""
    day = application.fair.last_day or clock.today()
    for good in application.goods:
        objection = why_not_brought(good.product, day, needs_certificate=False)
        if objection is not None:
            yield objection


def _closed_zones(session: Session, application: BoothApplication, terms: CallTerms) -> Iterator[Refused]:
    fair, moment = window_of(application.fair, terms), clock.now()
    for code, window in _wished_windows(session, application).items():
        standing = window.inside(fair).standing(moment)
        if standing is Standing.NOT_OPEN:
            yield Refused("zone_call_not_open", zone=code)
        if standing is Standing.CLOSED:
            yield Refused("zone_call_closed", zone=code)


def _wished_windows(session: Session, application: BoothApplication) -> dict[str, CallWindow]:
    calls = zone_calls_of(session, application.fair)
    return {
        wish.zone.code: calls[wish.zone_id].window if wish.zone_id in calls else CallWindow()
        for wish in application.wishes
    }
