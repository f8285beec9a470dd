"""The words of fairs on screens: kinds, phases, steps and refusals."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from events.fairs.fair import CallState, DateState, FairKind, Phase
from foundation.refusal_words import register_refusals

FAIR_KINDS: dict[FairKind, LazyString] = {
    FairKind.FAIR: _("Fair"),
    FairKind.PROMOTION_WEEK: _("Promotion week"),
    FairKind.DISPLAY_AREA: _("Display area"),
    FairKind.BRAND_WEEK: _("Brand week"),
    FairKind.COUNTRY_WEEK: _("Country week"),
    FairKind.CONNECTION_PROGRAMME: _("Connection programme"),
    FairKind.CONFERENCE: _("Conference"),
}
DATE_STATES: dict[DateState, LazyString] = {
    DateState.FIXED: _("Dates are fixed"),
    DateState.TENTATIVE: _("Dates are tentative"),
    DateState.UNKNOWN: _("Dates are not known"),
}

DATE_NAMES: dict[str, LazyString] = {
    "call_opens": _("The call opens"),
    "call_closes": _("The call closes"),
    "answer_by": _("Producers get their answer by"),
    "first_day": _("First day"),
    "closed_day": _("Stays closed"),
    "own_hours": _("Hours of its own"),
    "last_day": _("Last day"),
    "build_up_from": _("Build-up begins"),
    "tear_down_until": _("Tear-down ends"),
    "programme_item": _("Programme"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """How something is told, with the tone and icon of its tag."""

    label: LazyString
    tone: str | None
    icon: str


PHASES: dict[Phase, Words] = {
    Phase.DRAFT: Words(_("Draft"), None, "pencil"),
    Phase.ANNOUNCED: Words(_("Announced"), "info", "megaphone"),
    Phase.CALL_OPEN: Words(_("Taking applications"), "ok", "inbox"),
    Phase.PREPARING: Words(_("In preparation"), "info", "hourglass"),
    Phase.RUNNING: Words(_("On now"), "now", "radio"),
    Phase.OVER: Words(_("Over"), None, "check"),
    Phase.POSTPONED: Words(_("Postponed"), "warn", "calendar-clock"),
    Phase.CANCELLED: Words(_("Cancelled"), "bad", "calendar-x"),
}
CALL_STATES: dict[CallState, LazyString] = {
    CallState.NOT_OPEN: _("The call has not been opened"),
    CallState.OPEN: _("The call is open"),
    CallState.CLOSED: _("The call has been closed"),
}


@dataclass(frozen=True, slots=True)
class ActWords:
    """A button, the question of its confirmation page, what it brings about, and what is said when it is done."""

    label: LazyString
    icon: str
    title: LazyString
    effect: LazyString
    done: LazyString


ACT_WORDS: dict[str, ActWords] = {
    "publish": ActWords(
        _("Publish the fair"),
        "megaphone",
        _("Publish this fair?"),
        _("Everybody sees it in the calendar, and those who follow the calendar get it on their phones."),
        _("The fair is public."),
    ),
    "open_call": ActWords(
        _("Open the call"),
        "inbox",
        _("Open the call for applications?"),
        _("Producers can apply for booths between the opening and the closing of the call."),
        _("The call is open."),
    ),
    "close_call": ActWords(
        _("Close the call"),
        "lock",
        _("Close the call for applications?"),
        _("Nobody can apply any more. Applications that were sent stay. You can open the call again."),
        _("The call is closed."),
    ),
    "postpone": ActWords(
        _("Postpone the fair"),
        "calendar-clock",
        _("Postpone this fair?"),
        _("Its page and the calendars of those who follow it say that it is put off, with your reason."),
        _("The fair is postponed."),
    ),
    "resume": ActWords(
        _("Announce it again"),
        "rotate-ccw",
        _("Announce this fair again?"),
        _("It takes place on the days that are entered now. Set the new days first if they have changed."),
        _("The fair is announced again."),
    ),
    "cancel": ActWords(
        _("Cancel the fair"),
        "calendar-x",
        _("Cancel this fair?"),
        _("Its page stays and says that it does not take place, with your reason. You can undo this."),
        _("The fair is cancelled."),
    ),
    "restore": ActWords(
        _("Undo the cancellation"),
        "undo-2",
        _("Undo the cancellation?"),
        _("The fair takes place again as it was announced."),
        _("The fair takes place again."),
    ),
    "archive": ActWords(
        _("Put it in the archive"),
        "archive",
        _("Put this fair in the archive?"),
        _("Its page stays for visitors. Its facts can no longer be changed, until you take it out again."),
        _("The fair is in the archive."),
    ),
    "unarchive": ActWords(
        _("Take it out of the archive"),
        "undo-2",
        _("Take this fair out of the archive?"),
        _("Everything is as it was before, and can be changed again."),
        _("The fair is out of the archive."),
    ),
    "withdraw_from_public": ActWords(
        _("Make it a draft again"),
        "eye-off",
        _("Take this fair off the public pages?"),
        _("Its page disappears for visitors until you publish it again."),
        _("The fair is a draft again."),
    ),
}

REFUSALS = {
    "archive_too_early": _("Only a fair that is over or cancelled goes into the archive."),
    "fair_is_archived": _("This fair is in the archive. Take it out first, under Publication and call."),
    "fair_is_not_archived": _("This fair is not in the archive."),
    "name_missing": _("Enter the name in Vietnamese."),
    "text_too_long": _("This text is too long: there is room for %(most)s characters."),
    "kind_unknown": _("Choose a kind from the list."),
    "date_state_unknown": _("Say how sure the dates are."),
    "too_many_venues": _("A fair has at most %(most)s venues."),
    "venue_unknown": _("One of the venues no longer exists. Choose again."),
    "venue_has_plan": _(
        "A plan with zones has been drawn for %(venue)s. Choose another venue in its place, or remove its zones first."
    ),
    "unknown_date_has_days": _("Days have been entered. Choose fixed or tentative dates, or clear the days."),
    "year_missing": _("Enter the year."),
    "year_out_of_range": _("The year must be from %(first)s to %(last)s."),
    "first_day_missing": _("Enter the first day, or choose that dates are not known."),
    "last_day_missing": _("Enter the last day; a fair of one day ends on its first day."),
    "last_before_first": _("The last day is before the first day. Check both."),
    "fair_too_long": _("A fair lasts at most %(most)s days. Check the year of both days."),
    "closed_day_outside": _("%(day)s is not one of the fair's days."),
    "closed_day_at_end": _("%(day)s is the first or the last day. Set the fair's days so that it opens on both."),
    "no_open_day": _("Every day is marked as closed. Leave at least one day open."),
    "hours_in_order": _("Closing time must be later than opening time."),
    "call_in_order": _("The call must close after it opens."),
    "call_after_fair": _("The call closes after the fair has ended on %(last_day)s."),
    "answer_before_call": _("Answers cannot be promised for a day before the call opens."),
    "answer_before_call_closes": _("Answers cannot be promised for a day before the call closes."),
    "answer_after_fair": _("Answers are promised for a day after the fair has ended on %(last_day)s."),
    "no_dates": _("Set the first and the last day."),
    "source_missing": _(
        "The days of this past event are not known: name the source that tells of it, in the field Source of the fair "
        "details, or enter its days."
    ),
    "month_unknown": _("Choose a month from the list."),
    "no_venue": _("Choose a venue."),
    "no_booths": _("Draw a plan with at least one zone of booths: producers say which zone they would like."),
    "call_needs_published_fair": _("Publish the fair first."),
    "call_has_no_end": _("Set when the call closes."),
    "call_end_is_past": _("The call's closing time has passed. Set a later one."),
    "call_is_open": _("Close the call first: producers are applying."),
    "fair_reason_missing": _("Give the reason: visitors and producers will read it."),
    "fair_move_impossible": _("The fair is no longer at a point where this can be done."),
    "call_move_impossible": _("The call is no longer at a point where this can be done."),
}
register_refusals(REFUSALS)
