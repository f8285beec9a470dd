"""What was done at a fair, in words, with an icon: one for each code of the audit trail that concerns a fair."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from exhibitors.applications.screening_wording import ACTS

CHANGES: dict[str, tuple[LazyString | str, str]] = {
    "fair.create": (_("Fair entered"), "calendar-plus"),
    "fair.clone": (_("Fair entered from an earlier edition"), "copy"),
    "fair.change": (_("Fair details changed"), "square-pen"),
    "fair.publish": (_("Fair published"), "megaphone"),
    "fair.withdraw_from_public": (_("Fair taken back to a draft"), "eye-off"),
    "fair.postpone": (_("Fair postponed"), "calendar-clock"),
    "fair.resume": (_("Fair announced again"), "calendar-check"),
    "fair.cancel": (_("Fair cancelled"), "calendar-x"),
    "fair.restore": (_("Cancellation taken back"), "undo-2"),
    "fair.open_call": (_("Call opened"), "inbox"),
    "fair.close_call": (_("Call closed"), "lock"),
    "fair.set_days": (_("Days and hours changed"), "calendar-clock"),
    "fair.place_venue": (_("Venue put on the map"), "map-pin"),
    "fair.say_texts": (_("Text of the fair changed"), "square-pen"),
    "fair.add_picture": (_("Picture of the fair shown"), "image"),
    "fair.describe_picture": (_("Words beside a picture changed"), "square-pen"),
    "fair.remove_picture": (_("Picture of the fair removed"), "trash-2"),
    "fair.add_partner": (_("Partner entered"), "handshake"),
    "fair.remove_partner": (_("Partner removed"), "trash-2"),
    "fair.write_rules": (_("New version of the rules"), "file-text"),
    "fair.legal_basis": (_("Legal basis changed"), "scale"),
    "fair.archive": (_("Fair put into the archive"), "archive"),
    "fair.unarchive": (_("Fair taken out of the archive"), "undo-2"),
    "programme_item.add": (_("Programme item entered"), "calendar-plus"),
    "programme_item.change": (_("Programme item changed"), "square-pen"),
    "programme_item.remove": (_("Programme item removed"), "trash-2"),
    "call.set_terms": (_("Terms of the call changed"), "list-filter"),
    "call.set_zone": (_("Call of a zone changed"), "list-filter"),
    "call.clear_zone": (_("Zone follows the call of the fair again"), "undo-2"),
    "invitation.make": (_("Invitation code made"), "key-round"),
    "invitation.change": (_("Invitation code changed"), "key-round"),
    "invitation.withdraw": (_("Invitation code withdrawn"), "ban"),
    "paper.ask": (_("Paper asked of applicants"), "file-text"),
    "paper.change": (_("Paper asked of applicants changed"), "file-text"),
    "paper.remove": (_("Paper no longer asked of applicants"), "trash-2"),
    "dossier.check": (_("Paper of an applicant checked"), "file-check"),
    "question.ask": (_("Question put to applicants"), "circle-help"),
    "question.change": (_("Question to applicants changed"), "circle-help"),
    "question.remove": (_("Question to applicants removed"), "trash-2"),
    "quota.set": (_("Quota set"), "scale"),
    "quota.remove": (_("Quota removed"), "trash-2"),
    "place_group.name": (_("Group of localities made"), "map-pin"),
    "place_group.change": (_("Group of localities changed"), "map-pin"),
    "place_group.remove": (_("Group of localities removed"), "trash-2"),
    "plan.begin": (_("Floor plan begun"), "map"),
    "plan.save": (_("Floor plan saved"), "map"),
    "plan.resize": (_("Size of the floor plan changed"), "ruler"),
    "plan.add_zone": (_("Zone drawn"), "map"),
    "plan.rename_zone": (_("Zone renamed"), "pencil"),
    "plan.remove_zone": (_("Zone removed"), "trash-2"),
    "plan.copy": (_("Floor plan taken over from another fair"), "copy"),
    "plan.restore": (_("Earlier floor plan brought back"), "undo-2"),
    "plan.name_version": (_("Version of the floor plan named"), "pencil"),
    "plan.remove": (_("Floor plan removed"), "trash-2"),
    "plan.lay_background": (_("Picture laid under the floor plan"), "image"),
    "plan.take_background_off": (_("Picture under the floor plan taken off"), "trash-2"),
    "booth.open": (_("Booth opened"), "lock-open"),
    "booth.blocked": (_("Booth blocked"), "ban"),
    "booth.removed": (_("Booth removed"), "trash-2"),
    "booth_type.add": (_("Booth type entered"), "store"),
    "booth_type.change": (_("Booth type changed"), "store"),
    "booth_type.remove": (_("Booth type removed"), "trash-2"),
    "result.publish_figure": (_("Result published"), "chart-column"),
    "team.name_for_fair": (_("Somebody assigned to the fair"), "user-plus"),
    "team.end_fair_role": (_("Role at the fair taken back"), "user-x"),
    "applications.export": (_("List of applications taken out"), "download"),
    "decision_text.write": (_("Words of a letter written"), "mail"),
    "decision_text.drop": (_("Words of a letter given up for the usual ones"), "mail"),
    "letter.hold": (_("Letter held back"), "mail"),
    "letter.edit": (_("Held letter changed"), "pencil"),
    "letter.release": (_("Held letter let go"), "send"),
    "letter.release_held": (_("All held letters let go"), "send"),
    "letter.discard": (_("Letter discarded"), "trash-2"),
    "scores.export": (_("Table of scores taken out"), "download"),
    "review.set_rules": (_("Rules of the review set"), "award"),
    "review.add_criterion": (_("Criterion entered"), "award"),
    "review.change_criterion": (_("Criterion changed"), "award"),
    "review.remove_criterion": (_("Criterion removed"), "trash-2"),
    "review.place_reviewer": (_("Commune of a reviewer set"), "map-pin"),
    "review.assign": (_("Applications shared out among reviewers"), "shuffle"),
    "review.release": (_("Nothing more asked of a reviewer"), "user-x"),
    "review.lift_recusal": (_("A reviewer may come back to an application"), "undo-2"),
    "assignment.pin": (_("Pinned to its booth"), "pin"),
    "assignment.unpin": (_("No longer pinned to its booth"), "pin"),
    "proposal.ask": (_("Proposal of the allocation asked for"), "wand-sparkles"),
    "proposal.cancel": (_("Proposal called off"), "x"),
    "proposal.fail": (_("Proposal not possible"), "circle-alert"),
    "proposal.finish": (_("Proposal ready"), "scale"),
    "proposal.adopt": (_("Proposal put on the board"), "check"),
    "proposal.undo": (_("Proposal taken off the board"), "undo-2"),
    "draw.commit": (_("Draw committed to"), "shield-check"),
    "draw.reveal": (_("Seed of the draw shown"), "ticket"),
    "waiting_list.offer": (_("Next of the waiting list chosen"), "send"),
    "assignment.hand_over": (_("Booth handed over"), "handshake"),
}
"""Code → words and icon; those of applications and assignments come from the history of one application."""
ICONS = {"application": "inbox", "assignment": "store"}


def change_words(what: str) -> tuple[str, str]:
    """Words and icon of an act; one that nobody has named yet is told as a plain change."""
    known = CHANGES.get(what)
    if known is not None:
        return str(known[0]), known[1]
    if what in ACTS:
        return str(ACTS[what]), ICONS.get(what.partition(".")[0], "history")
    return str(_("Something was changed")), "history"
