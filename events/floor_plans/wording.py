"""The words of floor plans on screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from events.floor_plans.geometry import FaultKind
from foundation.refusal_words import register_refusals

FAULTS = {
    FaultKind.DUPLICATE_CODE: _("The code is used twice"),
    FaultKind.OVERLAP: _("These booths overlap"),
    FaultKind.OUTSIDE_GROUND: _("This booth lies outside the ground"),
    FaultKind.NARROW_AISLE: _("The aisle between these booths is narrower than 2 m"),
}

REFUSALS = {
    "zone_code_taken": _("Zone %(code)s is already on a plan of this fair. Choose another letter."),
    "zone_code_wrong": _("A zone code is 1 to 4 capital letters or digits, such as A or B2."),
    "booth_code_taken": _("Booth %(code)s is already on a plan of this fair. Choose another zone code."),
    "booth_count_wrong": _("A zone has at least 1 booth."),
    "booth_number_wrong": _("Booth numbers go up to %(most)s."),
    "too_many_booths_in_zone": _("A zone has at most %(most)s booths. Make several zones."),
    "too_many_booths_in_fair": _("A fair has at most %(most)s booths."),
    "booth_size_wrong": _("A booth is more than 0 and at most 50 m wide and deep."),
    "booth_rotation_wrong": _("A booth looks up, down, left or right."),
    "row_length_wrong": _("A row has at least 1 booth."),
    "aisle_too_narrow": _("An aisle is at least 2 m wide, so that two people with goods can pass."),
    "ground_too_small": _("The rows would be longer than %(most_m)s m. Make more and shorter rows."),
    "ground_wrong": _("The ground is from 1 to %(most)s m wide and deep."),
    "booths_off_ground": _("%(count)s booths would lie outside, %(code)s among them."),
    "block_reason_missing": _("Say why booth %(code)s is not in use, so that your colleagues know."),
    "booth_held": _("Somebody has been placed on booth %(code)s. Move them first."),
    "zone_is_held": _("%(count)s booths of zone %(code)s have somebody on them. Move them first."),
    "zone_is_wished": _("Applications name zone %(code)s. Block or remove its booths instead."),
}
register_refusals(REFUSALS)
