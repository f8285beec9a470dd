"""The words of applications on screens: "đơn" to producers, "hồ sơ" to organisers."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_logistics import VehicleKind
from foundation.refusal_words import register_refusals


@dataclass(frozen=True, slots=True)
class StateWords:
    """How a state is told to either side, with the tone and icon of its tag."""

    to_producer: LazyString
    to_organiser: LazyString
    tone: str | None
    icon: str


APPLICATION_STATES: dict[S, StateWords] = {
    S.DRAFT: StateWords(_("Draft, not sent yet"), _("Draft application"), None, "pencil"),
    S.SUBMITTED: StateWords(_("Sent, waiting to be taken up"), _("New application"), "info", "send"),
    S.IN_REVIEW: StateWords(_("The organiser is reviewing it"), _("Under review"), "info", "eye"),
    S.NEEDS_CHANGES: StateWords(_("Changes asked for"), _("Waiting for changes"), "warn", "file-warning"),
    S.ACCEPTED: StateWords(_("Waiting for you to confirm"), _("Waiting for confirmation"), "warn", "hourglass"),
    S.WAITLISTED: StateWords(_("On the waiting list"), _("Waiting list"), "warn", "hourglass"),
    S.REJECTED: StateWords(_("Not accepted this time"), _("Not accepted"), "bad", "circle-x"),
    S.CONFIRMED: StateWords(_("You have confirmed"), _("Taking part confirmed"), "ok", "circle-check"),
    S.DECLINED: StateWords(_("You declined the offer"), _("Declined by the producer"), None, "circle-minus"),
    S.EXPIRED: StateWords(_("The time to confirm has passed"), _("Did not confirm in time"), "bad", "clock"),
    S.WITHDRAWN: StateWords(_("You have withdrawn it"), _("Withdrawn by the producer"), None, "undo-2"),
    S.CANCELLED: StateWords(_("Cancelled by the organiser"), _("Cancelled by us"), "bad", "ban"),
}

VEHICLES = {
    VehicleKind.NONE: _("No vehicle"),
    VehicleKind.MOTORBIKE: _("Motorbike"),
    VehicleKind.CAR: _("Car"),
    VehicleKind.VAN: _("Van"),
    VehicleKind.SMALL_TRUCK: _("Truck up to 3.5 t"),
    VehicleKind.LARGE_TRUCK: _("Truck over 3.5 t"),
}

REFUSALS = {
    "move_impossible": _("Application %(code)s is no longer at a point where this can be done."),
    "reason_missing": _("Say why: the other side will read it."),
    "application_not_open": _("Application %(code)s has been sent and can no longer be changed here."),
    "sent_stays_whole": _("What has been sent must stay complete: see what is marked."),
    "application_ended": _("Application %(code)s has ended. Start a new one while the call is open."),
    "withdrawn_while_typing": _(
        "Application %(code)s was withdrawn meanwhile, so nothing has been saved. What you typed is still on this page."
    ),
    "ended_while_typing": _(
        "Application %(code)s has ended meanwhile, so nothing has been saved. What you typed is still on this page."
    ),
    "typed_where_closed": _(
        "What you typed in parts that are closed by now is not saved. It stands below to be copied."
    ),
    "draft_changed_elsewhere": _(
        "This application was changed in another window or on another device. What you typed here is still on the "
        "page: compare the two, then save again to keep what you see."
    ),
    "one_file_only": _("One file is enough here: send all pages as one PDF."),
    "booths_wanted_range": _("You can ask for 1 to %(most)s booths."),
    "fascia_too_long": _("A fascia name has room for %(most)s characters."),
    "note_too_long": _("Shorten your note to %(most)s characters."),
    "zone_wished_twice": _("You wish for the same zone twice. Choose another zone, or no wish."),
    "booth_wished_twice": _("You wish for the same booth twice. Choose another place, or no wish."),
    "booth_not_in_fair": _("One of the booths is no longer on the plan. Choose again."),
    "booth_already_held": _("Booth %(booth)s is already held. Choose another place."),
    "staff_count_range": _("Between 1 and %(most)s people."),
    "vehicle_unknown": _("Choose from the list."),
    "coming_not_asked": _("Nothing can be said about coming any more: the application has ended or the fair is over."),
    "logistics_too_long": _("At most %(most)s characters, please."),
    "zone_not_in_fair": _("One of the zones is no longer part of this fair. Choose again."),
    "product_not_yours": _("One of the products is no longer in your unit. Choose again."),
    "nothing_to_repeat": _("You have not applied before. Fill in the form once; next time it is there."),
    "no_products": _("Choose at least one product to bring."),
    "certificate_ends_before": _("%(product)s: the certificate ends on %(day)s, before the fair is over."),
    "certificate_begins_after": _("%(product)s: the certificate begins on %(day)s, after the fair."),
    "certificate_not_entered": _("%(product)s: enter the day its certificate was issued."),
    "power_kw_range": _("Power is more than 0 and at most %(most)s kW."),
    "no_booth_type": _("Choose which type of booth you would like."),
    "too_many_of_type": _("Of the type %(name)s a producer can have at most %(most)s."),
    "booth_type_not_in_fair": _("This type of booth is no longer offered. Choose again."),
    "no_wish": _("Choose a zone you would like, or tick that any place will do."),
    "rules_changed": _("The rules were changed while you were reading. Read the new ones, tick again and send."),
    "rules_not_accepted": _("Tick that you accept the rules of the fair."),
    "call_not_open": _("The call for applications is not open yet."),
    "call_closed": _("The call for applications has closed."),
    "fair_over": _("This fair is over."),
    "fair_draft": _("This fair has not been announced yet."),
    "fair_postponed": _("This fair has been postponed, so nobody can apply now."),
    "fair_cancelled": _("This fair has been cancelled."),
}
register_refusals(REFUSALS)
