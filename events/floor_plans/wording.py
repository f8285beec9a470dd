"""The words of floor plans on screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from events.floor_plans.booth_type import BoothTypeKind
from foundation.refusal_words import register_refusals

BOOTH_TYPE_KINDS = {
    BoothTypeKind.STANDARD: _("Standard booth"),
    BoothTypeKind.CORNER: _("Corner booth"),
    BoothTypeKind.RAW_SPACE: _("Raw space"),
    BoothTypeKind.LOCALITY_BLOCK: _("Locality block"),
    BoothTypeKind.COMMON_DISPLAY: _("Common display"),
    BoothTypeKind.FOOD: _("Food booth"),
}

REFUSALS = {
    "booth_type_name_missing": _("Enter the name in Vietnamese."),
    "booth_type_taken": _("The fair offers a type called %(name)s already."),
    "booth_type_text_too_long": _("This text is too long: there is room for %(most)s characters."),
    "booth_type_kind_unknown": _("Choose a kind from the list."),
    "booth_type_size_wrong": _("Enter both width and depth, up to %(most)s m, or leave both empty."),
    "open_sides_wrong": _("A booth has 0 to %(most)s open sides."),
    "booth_price_wrong": _("An amount is from 0 to 1 billion đồng."),
    "support_percent_wrong": _("Support is from 0 to 100 per cent."),
    "booth_cap_wrong": _("Enter a number from %(least)s to %(most)s, or leave it empty."),
    "booth_type_in_use": _("Booths or applications name the type %(name)s. Change them first."),
    "too_many_booth_types": _("A fair offers at most %(most)s types of booth."),
    "zone_code_taken": _("Zone %(code)s is already on a plan of this fair. Choose another letter."),
    "zone_code_wrong": _("A zone code is 1 to 4 capital letters or digits, such as A or B2."),
    "booth_code_taken": _("Booth %(code)s is already on a plan of this fair. Choose another code."),
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
    "plan_wrong": _("%(count)s things cannot be saved like this. Nothing was saved."),
    "plan_conflict": _("Somebody else changed %(count)s of the same things. Choose which drawing stays."),
    "held_booths_recoded": _("Somebody holds %(codes)s under this code. Change the code all the same?"),
    "too_many_changes": _("At most %(most)s changes can be saved at once."),
    "request_wrong": _("The program did not understand what was sent. Load the page again; your drawing is kept."),
    "element_wrong": _("This is no element of a plan."),
    "key_wrong": _("This element has a name that cannot be."),
    "field_unknown": _("This element has no such field."),
    "value_missing": _("Something is missing here."),
    "value_wrong": _("This value cannot be."),
    "plan_has_zones": _("There are zones on this plan (%(count)s). Remove them first."),
    "label_too_long": _("At most %(most)s characters."),
    "number_wrong": _("A whole number from %(least)s to %(most)s."),
    "plan_length_wrong": _("A length from %(least)s to %(most)s."),
    "plan_power_wrong": _("Power from 0 to %(most)s kW."),
    "outline_wrong": _("A hall has 3 to %(most)s corners."),
    "booth_code_wrong": _("A booth code has 1 to 8 capital letters, digits, dots or dashes, such as A01."),
    "booth_code_reserved": _("%(code)s belonged to a removed booth. Draw a new booth with this code to bring it back."),
    "pdf_page_unreadable": _("The first page of this PDF cannot be shown. Send a picture of it instead."),
    "fair_has_no_venue": _("This fair has no venue yet. Choose one first."),
    "booth_type_unknown": _("This fair does not offer this type of booth."),
    "booth_without_zone": _("Booth %(code)s needs a zone."),
    "booth_held": _("Somebody has been placed on booth %(code)s. Move them first."),
    "zone_is_held": _("Somebody stands on booths of zone %(code)s (%(count)s). Move them first."),
    "zone_is_wished": _("Applications name zone %(code)s. Block or remove its booths instead."),
}
register_refusals(REFUSALS)
