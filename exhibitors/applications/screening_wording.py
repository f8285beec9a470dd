"""The words of screening on organisers' screens."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from exhibitors.applications.application_moves import Decision
from exhibitors.applications.asked_points import Point
from exhibitors.applications.automatic_checks import Check, Finding
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.wording import VEHICLES
from foundation.days import format_date
from foundation.refusal_words import register_refusals

VIEW_WORDS = {
    "all": _("All"),
    "to_review": _("To review"),
    "needs_changes": _("Waiting for changes"),
    "staged": _("Decided, not published"),
    "taking_part": _("Taking part"),
    "waitlisted": _("Waiting list"),
    "ended": _("Ended"),
}
REASON_CODES = {
    ReasonCode.NO_ROOM: (
        _("No booth left"),
        _("There are no booths left for this fair. We would be glad to see your application for the next one."),
    ),
    ReasonCode.QUOTA_FULL: (
        _("Quota reached"),
        _("The places for this product group or area have all been given at this fair."),
    ),
    ReasonCode.LOWER_SCORE: (
        _("Others scored higher"),
        _("More units applied than there are booths, and others scored higher under the published criteria."),
    ),
    ReasonCode.PAPERS_MISSING: (
        _("Papers missing or expired"),
        _("Papers that this fair asks for are missing or no longer valid."),
    ),
    ReasonCode.CERTIFICATE_INVALID: (
        _("Certificate does not hold"),
        _("The OCOP certificate does not hold on the last day of the fair."),
    ),
    ReasonCode.NOT_ELIGIBLE: (
        _("Conditions not met"),
        _("The unit does not meet the published conditions of this call."),
    ),
    ReasonCode.GOODS_UNSUITABLE: (
        _("Products do not fit"),
        _("The products do not fit the theme or the rules of this fair."),
    ),
    ReasonCode.OTHER: (_("Another reason"), ""),
}
"""Words of a reason code, and a sentence for the producer to begin with."""
POINT_WORDS = {
    Point.PRODUCTS: _("Products brought"),
    Point.BOOTH: _("Type and number of booths"),
    Point.PLACE: _("Zones wished for"),
    Point.NEEDS: _("Power, water and other needs"),
    Point.FASCIA: _("Name on the fascia board"),
    Point.NOTE: _("Note from the producer"),
    Point.PAPERS: _("Papers"),
    Point.ANSWERS: _("Questions of the organiser"),
}
NEED_WORDS = {
    "needs_power": _("Power socket 220 V"),
    "needs_water": _("Water tap"),
    "needs_cold_storage": _("Place for a fridge or freezer"),
    "needs_open_flame": _("Cooking with fire"),
    "needs_access": _("Step-free access"),
    "wants_corner": _("Corner booth"),
} | {kind.value: words for kind, words in VEHICLES.items()}
MISSING_WORDS = {
    "anything": _("Something missing"),
    "paper": _("A paper missing or expired"),
    "certificate": _("A certificate that does not hold"),
    "stars": _("No OCOP stars"),
    "tax_code": _("No tax code"),
}
LETTER_VIEWS = {
    "all": _("All"),
    "held": _("Held"),
    "waiting": _("Waiting to leave"),
    "sent": _("Gone out"),
    "discarded": _("Discarded"),
}
LATE_WORDS = {"yes": _("Late"), "no": _("In time")}
SCORE_WORDS = {
    "none": _("Not scored"),
    "80": _("80 and more"),
    "60": _("60 to 79"),
    "40": _("40 to 59"),
    "0": _("Below 40"),
}
COLUMN_WORDS = {
    "place": _("Place"),
    "kind": _("Kind"),
    "stars": _("Stars"),
    "wishes": _("Wishes"),
    "booths": _("Booths wanted"),
    "neighbours": _("Neighbours"),
    "coming": _("People and vehicle"),
    "papers": _("Papers"),
    "checks": _("Checks"),
    "score": _("Score"),
    "reviewers": _("Reviewers"),
    "booth": _("Booth"),
    "handed_in": _("Handed in"),
    "state": _("State"),
}
TONE_WORDS = {"ok": _("In order"), "warn": _("A question"), "bad": _("Look closely")}
SORT_WORDS = {
    "oldest": _("Oldest first"),
    "newest": _("Newest first"),
    "name": _("By name"),
    "booths": _("Most booths first"),
    "score": _("Highest score first"),
}
DECISIONS = {
    Decision.ACCEPT: (_("Accept"), "ok", "check"),
    Decision.WAITLIST: (_("Waiting list"), "warn", "hourglass"),
    Decision.REJECT: (_("Refuse"), "bad", "x"),
}
"""Words, tone and icon of a staged decision."""

FINDINGS = {
    Finding.CERTIFICATE_HOLDS: _("Certificate valid until %(day)s"),
    Finding.CERTIFICATE_ENDS_BEFORE: _("Certificate ends on %(day)s, before the fair is over"),
    Finding.CERTIFICATE_BEGINS_AFTER: _("Certificate begins on %(day)s, after the fair"),
    Finding.CERTIFICATE_UNKNOWN: _("No certificate dates entered"),
    Finding.FAIR_HAS_NO_DAY: _("Certificate until %(day)s; the fair has no day yet"),
    Finding.RENEWAL: _("The certificate is being renewed"),
    Finding.NO_STARS: _("No OCOP stars entered"),
    Finding.ALCOHOL: _("Alcohol: check what may be advertised and sold"),
    Finding.LATE: _("Handed in after the call had closed"),
    Finding.NO_TAX_CODE: _("No tax code entered"),
    Finding.OUTSIDE_PROVINCE: _("From outside the province"),
    Finding.SAME_TAX_CODE: _("The same tax code as in application %(code)s: perhaps one unit twice"),
    Finding.SAME_NAME: _("The same name as in application %(code)s: perhaps one unit twice"),
    Finding.SAME_PHONE: _("The same telephone as in application %(code)s"),
    Finding.OFFER_LAPSED: _("Let an offer lapse before: %(fair)s"),
    Finding.GAVE_UP: _("Withdrew after confirming before: %(fair)s"),
    Finding.CANCELLED: _("Lost its place after confirming before: %(fair)s"),
    Finding.QUOTA_FULL: _("No room left: %(quota)s, at most %(most)s booths"),
}

ACTS = {
    "note.write": _("Internal note written"),
    "note.take_back": _("Internal note taken back"),
    "application.start": _("Draft started"),
    "application.submit": _("Handed in"),
    "application.change": _("Changed by the producer"),
    "application.agree": _("Household stands by what an officer filed"),
    "application.submit_late": _("Handed in late, on the waiting list"),
    "application.answer": _("Answers and papers changed"),
    "application.message": _("Message written"),
    "application.say_sold_out": _("Said what is sold out today"),
    "application.take_up": _("Taken up"),
    "application.take_up_late": _("Taken up from the waiting list"),
    "application.stage_decision": _("Decision noted"),
    "application.ask_for_changes": _("Changes asked for"),
    "application.say_coming": _("Said who comes and in what vehicle"),
    "application.give_word": _("Pledged or agreed"),
    "application.withdraw_consent": _("Consent taken back"),
    "application.resubmit": _("Handed in again"),
    "application.accept": _("Acceptance published"),
    "application.waitlist": _("Waiting list published"),
    "application.reject": _("Refusal published"),
    "application.confirm": _("Taking part confirmed"),
    "application.decline": _("Booth declined"),
    "application.expire": _("Offer lapsed"),
    "application.withdraw": _("Withdrawn"),
    "application.cancel": _("Cancelled"),
    "application.extend_changes": _("More time given for the changes"),
    "application.lapse": _("Withdrawn, as nothing was changed in time"),
    "application.offer": _("Booth offered from the waiting list"),
    "application.close_waitlist": _("Waiting list closed"),
    "application.expire_to_waitlist": _("Offer lapsed, back on the waiting list"),
    "application.reinstate": _("Brought back into review"),
    "review.score": _("Points given"),
    "review.stand_aside": _("A reviewer stands aside"),
    "proposal.seat_aside": _("Seated with a whole proposal, put on the board by somebody who stands aside"),
    "proposal.unseat_aside": _("Taken off with a whole proposal, by somebody who stands aside"),
    "review.turned_away": _("Turned away: stands too near to the unit"),
    "assignment.propose": _("Put on a booth"),
    "assignment.share": _("Put beside another unit on a booth"),
    "assignment.publish": _("Booth published"),
    "assignment.confirm": _("Booth confirmed"),
    "assignment.release": _("Booth given up"),
}
"""Lines of the history."""

REFUSALS = {
    "reason_code_missing": _("Choose what the decision rests on."),
    "view_name_missing": _("Give the view a name."),
    "view_name_too_long": _("A name has room for %(most)s characters."),
    "view_too_long": _("These filters are too long to be kept."),
    "too_many_views": _("You can keep %(most)s views. Let one go first."),
    "due_not_later": _("Choose a later day than the one that was set."),
    "points_missing": _("Tick at least one part of the form that may be changed."),
    "reason_too_long": _("Shorten this to %(most)s characters."),
    "due_in_past": _("Choose a day that is still to come."),
    "no_decision_noted": _("No decision is noted for application %(code)s."),
    "decided_meanwhile": _(
        "Somebody else changed application %(code)s in the meantime. Look at it as it stands now, then decide again."
    ),
    "applied_again": _("The unit has applied again with code %(code)s. Review that application."),
}
register_refusals(REFUSALS)


def finding_words(check: Check) -> str:
    """A finding as a sentence with its day, code, fair or quota."""
    facts = {name: format_date(fact) if isinstance(fact, date) else fact for name, fact in check.facts.items()}
    return str(FINDINGS[check.finding]) % facts


def words_at_point(point: Point, kept: str) -> str:
    """What stood at a point of the form, as a person reads it: needs are kept by the names of their columns."""
    if point is not Point.NEEDS:
        return kept
    return ", ".join(str(NEED_WORDS.get(part, part)) for part in kept.split(", "))
