"""The words that the plan editor says in the browser, in the language of the page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from events.floor_plans.plan_fixture import FixtureKind

FIXTURES = {
    FixtureKind.WALL: _("Wall"),
    FixtureKind.PILLAR: _("Pillar"),
    FixtureKind.DOOR: _("Door"),
    FixtureKind.GATE: _("Gate"),
    FixtureKind.EXIT: _("Emergency exit"),
    FixtureKind.STAGE: _("Stage"),
    FixtureKind.STALL: _("Stall"),
    FixtureKind.PATH: _("Path"),
    FixtureKind.TEXT: _("Text"),
    FixtureKind.BUILDING: _("Building"),
    FixtureKind.FOOD: _("Food court"),
    FixtureKind.PARKING: _("Parking"),
    FixtureKind.DESK: _("Organisers"),
    FixtureKind.WC: _("WC"),
    FixtureKind.FIRST_AID: _("First aid"),
    FixtureKind.POWER: _("Power station"),
    FixtureKind.WATER: _("Water point"),
    FixtureKind.FIRE_POINT: _("Fire point"),
}
SIDES = {"front": _("Front"), "back": _("Back"), "left": _("Left"), "right": _("Right")}
FIELDS = {
    "code": _("Code"),
    "zone": _("Zone"),
    "x_cm": _("From the left"),
    "y_cm": _("From the top"),
    "width_cm": _("Width"),
    "depth_cm": _("Depth"),
    "rotation": _("Turn"),
    "booth_type_id": _("Type of booth"),
    "open_sides": _("Open sides"),
    "power_w": _("Power"),
    "has_water": _("Water"),
    "has_cold_storage": _("Cold storage"),
    "allows_open_flame": _("Open flame allowed"),
    "is_corner": _("Corner"),
    "blocked": _("Not in use"),
    "name_vi": _("Name in Vietnamese"),
    "name_en": _("Name in English"),
    "label_vi": _("Words in Vietnamese"),
    "label_en": _("Words in English"),
    "water_points": _("Water points"),
    "cold_points": _("Cold storage points"),
    "least_aisle_cm": _("Narrowest aisle"),
    "kind": _("Kind"),
    "background_width_cm": _("Width of the picture"),
    "background_x_cm": _("Picture from the left"),
    "background_y_cm": _("Picture from the top"),
    "background_shade": _("How much of it shows"),
}
SENTENCES = {
    "booth": _("Booth"),
    "zone": _("Zone"),
    "thing": _("A thing on the plan"),
    "the plan": _("The whole plan"),
    "yes": _("yes"),
    "no": _("no"),
    "differ": _("differ"),
    "taken off": _("taken off the plan"),
    "stays": _("stays on the plan"),
    "chosen": _("{count} chosen"),
    "deleted": _("{count} taken off. Undo brings them back."),
    "counts": _("Booths: {booths}, zones: {zones}"),
    "rows added": _("{count} booths added. Drag them to their place."),
    "codes grow": _(
        "Counted on, a code would become {code}, and a code has 8 characters at most. Begin with a shorter one."
    ),
    "booth code wrong": _("A booth code has 1 to 8 capital letters, digits, dots or dashes, such as A01."),
    "zone code wrong": _("A zone code is 1 to 4 capital letters or digits, such as A or B2."),
    "number wrong": _("Write a number, such as 3,5."),
    "turn not whole": _("Write whole degrees, such as 45."),
    "number least": _("Write a number of at least {least}."),
    "number outside": _("Write a number from {least} to {most}."),
    "held": _("Somebody holds {codes}. Move them before you take these booths off the plan."),
    "restored": _("{count} changes that had not been saved were kept on this device and are drawn again."),
    "merged": _("Saved, together with what somebody else drew meanwhile."),
    "no faults": _("No booths overlap, every code is used once, every way is wide enough."),
    "needs": _("{needed} of {supplied}"),
    "more faults": _("and {count} more"),
    "scale first": _("Press two points of the picture whose distance you know."),
    "status saved": _("Version {revision}, saved"),
    "status unsaved": _("Not saved yet; kept on this device"),
    "status saving": _("Saving"),
    "status offline": _("No network; kept on this device"),
}


def editor_words() -> dict[str, str]:
    """Key → sentence for the script; {names} are filled in there."""
    words = {key: str(sentence) for key, sentence in SENTENCES.items()}
    words |= {f"kind {kind.value}": str(word) for kind, word in FIXTURES.items()}
    words |= {f"side {side}": str(word) for side, word in SIDES.items()}
    return words | {f"field {name}": str(word) for name, word in FIELDS.items()}
