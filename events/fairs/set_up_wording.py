"""The words of a fair's set-up: its days, its documents, and why something is refused."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from events.fairs.fair_partner import PartnerRole
from events.fairs.legal_basis import Basis, DeadlineState
from foundation.refusal_words import register_refusals

BASES: dict[Basis, LazyString] = {
    Basis.UNDECIDED: _("Not decided yet"),
    Basis.PEOPLES_COMMITTEE: _("Plan or decision of the People's Committee: no registration needed"),
    Basis.REGISTERED: _("Registered with the Department of Industry and Trade (Nghị định 81/2018/NĐ-CP)"),
    Basis.HOST_EVENT: _("Covered by the papers of the host event"),
}
DEADLINES: dict[str, LazyString] = {
    "registration": _("Register the fair by"),
    "report": _("Send the report by"),
}
DEADLINE_STATES: dict[DeadlineState, tuple[LazyString, str | None, str]] = {
    DeadlineState.DONE: (_("Done"), "ok", "circle-check"),
    DeadlineState.DONE_LATE: (_("Done, but late"), "warn", "circle-check"),
    DeadlineState.AHEAD: (_("To come"), None, "clock"),
    DeadlineState.SOON: (_("Within a week"), "warn", "hourglass"),
    DeadlineState.MISSED: (_("Missed"), "bad", "circle-alert"),
}
PARTNER_ROLES: dict[PartnerRole, LazyString] = {
    PartnerRole.CO_ORGANISER: _("Co-organiser"),
    PartnerRole.HOST: _("Organiser of the host event"),
    PartnerRole.CO_BRAND: _("Partner of the brand"),
    PartnerRole.SPONSOR: _("Sponsor"),
    PartnerRole.FOREIGN_EXHIBITOR: _("Exhibitor from abroad"),
}
REFUSALS = {
    "point_unreadable": _("Paste the two numbers that the map shows, like 20.951000, 107.080000."),
    "point_outside": _("This point is not in Vietnam. The first number is the latitude, about 21 in Quảng Ninh."),
    "rules_missing": _("Write the rules in Vietnamese."),
    "partner_role_unknown": _("Choose from the list what it is to the fair."),
    "partner_name_missing": _("Enter the name in Vietnamese, or the name it bears everywhere."),
    "country_missing": _("Choose the country it comes from."),
    "country_unknown": _("Choose a country from the list."),
    "website_unreadable": _("This is not a web address. Write it like https://example.vn."),
    "picture_alt_missing": _("Say in Vietnamese what the picture shows."),
    "picture_credit_missing": _("Say who took the picture."),
    "too_many_pictures": _("A fair shows at most %(most)s pictures. Remove one first."),
    "too_many_partners": _("A fair names at most %(most)s partners."),
    "set_up_changed_meanwhile": _(
        "Somebody else saved here while you were typing. Nothing of yours is saved yet, and nothing you typed is lost: "
        "compare, change what you want, then save again."
    ),
    "days_needed": _("Set the first and the last day of the fair first."),
    "own_hours_outside": _("Hours of its own are set for %(day)s, which is not one of the fair's days."),
    "own_hours_of_closed_day": _("%(day)s is closed. Clear its hours, or open it."),
    "own_hours_in_order": _("On %(day)s the closing time must be later than the opening time."),
    "build_up_after_opening": _("Build-up must begin before the opening on %(first_day)s."),
    "tear_down_before_closing": _("Tear-down must end after the closing on %(last_day)s."),
    "building_too_long": _("Building takes at most %(most)s days. Check the month and the year."),
    "site_hours_half": _("Enter both hours of the site, or none."),
    "site_hours_in_order": _("The site must close later than it opens."),
    "basis_unknown": _("Choose on what the fair stands."),
    "timer_out_of_range": _("Enter a number of days from 0 to %(most)s."),
    "document_date_without_number": _("Enter the number that belongs to this date."),
    "in_the_future": _("This day is still to come. Enter the day on which it happened."),
    "report_before_closing": _("The report cannot have been sent before the fair closed."),
}
register_refusals(REFUSALS)
