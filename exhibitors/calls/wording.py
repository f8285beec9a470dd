"""The words of calls on screens: conditions, standings and refusals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from exhibitors.calls.who_may_apply import Origin
from foundation.refusal_words import register_refusals

ORIGINS = {
    Origin.ANYWHERE: _("From anywhere"),
    Origin.INSIDE: _("Only from Quảng Ninh"),
    Origin.OUTSIDE: _("Only from other provinces and cities"),
}

REFUSALS = {
    "kind_not_invited": _("This call is not for your kind of unit."),
    "only_inside": _("This call is for producers of Quảng Ninh only."),
    "only_outside": _("This call is for producers from other provinces and cities only."),
    "place_not_invited": _("This call is for producers of certain communes and wards, and yours is not among them."),
    "group_not_invited": _("%(product)s belongs to a product group that this call does not take."),
    "stars_too_few": _("%(product)s needs at least %(least)s OCOP stars for this call."),
    "certificate_needed": _("%(product)s needs an OCOP certificate that holds on the last day of the fair."),
    "soft_close_needs_close": _("Set first when the call closes for good: late applications are taken until then."),
    "soft_close_outside": _("Late begins after the call opens and before it closes for good."),
    "conditions_unknown": _("One of the conditions no longer exists. Choose again."),
    "places_need_province": _("Localities can only be chosen when producers of Quảng Ninh may apply."),
    "zone_call_order": _("The zone opens before late begins, and late begins before the zone closes."),
    "zone_call_outside": _("A zone takes applications only while the call of the fair is open."),
    "zone_call_not_open": _("Zone %(zone)s does not take applications yet. Choose another zone or wait."),
    "zone_call_closed": _("Zone %(zone)s no longer takes applications. Choose another zone."),
    "invitation_needed": _("This call is by invitation. Enter the code from your invitation."),
    "invitation_unknown": _("No invitation has this code. Check it, letter by letter."),
    "invitation_withdrawn": _("This invitation has been withdrawn. Ask the organiser."),
    "invitation_ended": _("This invitation is no longer valid. Ask the organiser for a new one."),
    "invitation_used_up": _("This code has been used as often as it may be (%(uses)s). Ask the organiser."),
    "uses_wrong": _("A code is for 1 to %(most)s units."),
    "uses_taken_already": _("%(taken)s units have used the code already."),
    "code_ends_in_past": _("Choose a moment that is still to come."),
    "too_many_codes": _("A fair has at most %(most)s codes."),
}
register_refusals(REFUSALS)
