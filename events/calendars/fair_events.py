"""How a fair reads in a calendar: its whole days with hours in the text, and each open day with its hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from events.calendars.calendar_feed import CalendarEvent, Status
from events.calendars.public_address import public_address
from events.fairs.fair import DateState, Fair, FairState
from foundation import clock
from foundation.bilingual import Bilingual
from foundation.days import format_date, format_day_range, format_hours

MOST_DAYS = 60
"""Longer fairs get no entry for each day: their hours stand in the text."""

KINDS = {
    "fair": Bilingual("Hội chợ", "Fair"),
    "promotion_week": Bilingual("Tuần xúc tiến", "Promotion week"),
    "display_area": Bilingual("Khu trưng bày", "Display area"),
    "brand_week": Bilingual("Tuần lễ thương hiệu", "Brand week"),
    "country_week": Bilingual("Tuần lễ nước ngoài", "Country week"),
    "connection_programme": Bilingual("Chương trình kết nối", "Connection programme"),
    "conference": Bilingual("Hội nghị", "Conference"),
}
WORDS = {
    "postponed": Bilingual("HOÃN: ", "POSTPONED: "),
    "hours": Bilingual("Giờ mở cửa: {} hằng ngày", "Open daily {}"),
    "one_day": Bilingual("Giờ mở cửa: {}", "Open {}"),
    "closed": Bilingual("Đóng cửa: {}", "Closed: {}"),
    "other_hours": Bilingual("Giờ riêng: {}", "Other hours: {}"),
    "within": Bilingual("Trong khuôn khổ: {}", "Part of: {}"),
    "tentative": Bilingual("Ngày dự kiến, có thể thay đổi.", "Tentative dates, they may change."),
    "postponed_why": Bilingual("Hoãn, chưa có ngày mới. {}", "Postponed, no new dates yet. {}"),
    "cancelled_why": Bilingual("Đã hủy. {}", "Cancelled. {}"),
    "organiser": Bilingual("Đơn vị tổ chức: {}", "Organiser: {}"),
    "example": Bilingual("Dữ liệu minh họa.", "Illustrative data."),
    "open_day": Bilingual("Giờ mở cửa: {}", "Open: {}"),
}


@dataclass(frozen=True, slots=True)
class FairPlace:
    """A venue as it is written in a calendar: its own name and the names of its place on the fair's days."""

    venue_id: int
    name: Bilingual
    address: str
    place: Bilingual
    geo: tuple[float, float] | None

    def line(self, language: str) -> str:
        """On one line: "GO! Hạ Long, đường Hạ Long, phường Bãi Cháy, thành phố Quảng Ninh"."""
        return ", ".join(filter(None, (self.name.local(language), self.address, self.place.local(language))))


def open_days(fair: Fair) -> list[date]:
    """The days on which visitors find it open; none for a fair without dates or with too many days."""
    if fair.first_day is None or fair.last_day is None:
        return []
    length = (fair.last_day - fair.first_day).days + 1
    if length > MOST_DAYS:
        return []
    days = (fair.first_day + timedelta(days=number) for number in range(length))
    return [day for day in days if fair.is_open_on(day)]


def status_of(fair: Fair) -> Status:
    """What calendars show: cancelled, not certain, or certain."""
    if fair.state == FairState.CANCELLED:
        return Status.CANCELLED
    unsure = fair.state == FairState.POSTPONED or fair.date_state != DateState.FIXED
    return Status.TENTATIVE if unsure else Status.CONFIRMED


def whole_fair(fair: Fair, uid: str, places: Sequence[FairPlace], language: str) -> CalendarEvent:
    """The fair as one all-day event over its days."""
    return CalendarEvent(
        uid=uid,
        summary=_title(fair, language),
        description="\n".join(_lines(fair, language)),
        location="; ".join(place.line(language) for place in places),
        geo=places[0].geo if len(places) == 1 else None,
        url=public_address(f"/fairs/{fair.slug}", language),
        first_day=fair.first_day,
        last_day=fair.last_day,
        status=status_of(fair),
        reason=fair.reason,
        categories=("OCOP", KINDS[fair.kind].local(language)),
        contact=_contact(fair, language),
        created=fair.published_at or fair.created_at,
        language=language,
    )


def opening_of(
    fair: Fair, day: date, *, uid: str, whole_uid: str, places: Sequence[FairPlace], language: str
) -> CalendarEvent:
    """The opening hours of one day, tied to the fair's own entry."""
    return CalendarEvent(
        uid=uid,
        summary=_say("open_day", _title(fair, language), language),
        location="; ".join(place.line(language) for place in places),
        geo=places[0].geo if len(places) == 1 else None,
        url=public_address(f"/fairs/{fair.slug}", language),
        starts_at=clock.local_moment(day, fair.hours_on(day)[0]),
        ends_at=clock.local_moment(day, fair.hours_on(day)[1]),
        status=status_of(fair),
        reason=fair.reason,
        related_to=whole_uid,
        created=fair.published_at or fair.created_at,
        language=language,
    )


def closed_ranges(fair: Fair, language: str) -> str:
    """The closed days in the shortest clear form: "06–08/02/2027, 12/02/2027"."""
    runs: list[list[date]] = []
    for closed in sorted(row.day for row in fair.closed_days):
        if runs and closed - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(closed)
        else:
            runs.append([closed])
    return ", ".join(format_day_range(run[0], run[-1], language) for run in runs)


def own_hours_words(fair: Fair, language: str) -> str:
    """Days with hours of their own: "06/02/2027 14:00 đến 22:00; 11/02/2027 8:00 đến 17:00"."""
    return "; ".join(
        f"{format_date(own.day)} {format_hours(own.opens_at, own.closes_at, language)}" for own in fair.own_hours
    )


def _title(fair: Fair, language: str) -> str:
    prefix = WORDS["postponed"].local(language) if fair.state == FairState.POSTPONED else ""
    return prefix + fair.name.local(language)


def _lines(fair: Fair, language: str) -> list[str]:
    hours = format_hours(fair.opens_at, fair.closes_at, language)
    lines = []
    if fair.state == FairState.CANCELLED:
        lines.append(_say("cancelled_why", fair.reason, language))
    elif fair.state == FairState.POSTPONED:
        lines.append(_say("postponed_why", fair.reason, language))
    elif fair.date_state == DateState.TENTATIVE:
        lines.append(_say("tentative", "", language))
    lines.append(_say("one_day" if fair.first_day == fair.last_day else "hours", hours, language))
    if fair.closed_days:
        lines.append(_say("closed", closed_ranges(fair, language), language))
    if fair.own_hours:
        lines.append(_say("other_hours", own_hours_words(fair, language), language))
    if fair.host_event:
        lines.append(_say("within", fair.host_event, language))
    lines.append(_say("organiser", fair.organisation.name.local(language), language))
    if fair.summary.local(language):
        lines += ["", fair.summary.local(language)]
    if fair.is_demonstration:
        lines += ["", _say("example", "", language)]
    return lines


def _contact(fair: Fair, language: str) -> str:
    return ", ".join(filter(None, (fair.organisation.name.local(language), fair.organisation.contact)))


def _say(key: str, fact: str, language: str) -> str:
    # replace, not format: braces in somebody's text must stay what they are
    return WORDS[key].local(language).replace("{}", fact).strip()
