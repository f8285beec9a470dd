"""How a producer's stand at a fair reads in a calendar: all the fair's days, with the booth and what is sold there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.calendars.calendar_feed import CalendarEvent, Status
from events.calendars.fair_events import FairPlace, closed_ranges, own_hours_words, status_of
from events.calendars.public_address import public_address
from events.fairs.fair import DateState, Fair, FairState
from foundation.bilingual import Bilingual
from foundation.days import format_hours

WORDS = {
    "title": Bilingual("{who} ở {fair}", "{who} at {fair}"),
    "title_booth": Bilingual("{who}: gian {booths}, {fair}", "{who}: booth {booths}, {fair}"),
    "postponed": Bilingual("HOÃN: ", "POSTPONED: "),
    "booth": Bilingual("Gian {booths}", "Booth {booths}"),
    "hours": Bilingual("Giờ mở cửa: {hours} hằng ngày", "Open daily {hours}"),
    "closed": Bilingual("Đóng cửa: {days}", "Closed: {days}"),
    "other_hours": Bilingual("Giờ riêng: {hours}", "Other hours: {hours}"),
    "beside": Bilingual("Dùng chung gian với {who}", "Shares the booth with {who}"),
    "sells": Bilingual("Có bán: {goods}", "On sale: {goods}"),
    "tentative": Bilingual("Ngày dự kiến, có thể thay đổi.", "Tentative dates, they may change."),
    "gone": Bilingual("Đơn vị không còn tham gia hội chợ này.", "The producer no longer takes part in this fair."),
    "example": Bilingual("Dữ liệu minh họa.", "Illustrative data."),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """A producer at a fair: the booths it has for sure, where they are, who shares one, and the goods it brings.

    `is_off` once it has left the fair that it had confirmed.
    """

    uid: str
    fair: Fair
    producer: Bilingual
    slug: str
    booths: tuple[str, ...]
    places: Sequence[FairPlace]
    goods: tuple[Bilingual, ...]
    is_off: bool
    beside: tuple[Bilingual, ...] = ()


def stand_event(stand: Stand, language: str) -> CalendarEvent:
    """The stand as one all-day event over the days of its fair."""
    fair = stand.fair
    return CalendarEvent(
        uid=stand.uid,
        summary=_title(stand, language),
        description="\n".join(_lines(stand, language)),
        location=_location(stand, language),
        geo=stand.places[0].geo if len(stand.places) == 1 else None,
        url=public_address(f"/producers/{stand.slug}", language),
        first_day=fair.first_day,
        last_day=fair.last_day,
        status=Status.CANCELLED if stand.is_off else status_of(fair),
        reason=WORDS["gone"].local(language) if stand.is_off else fair.reason,
        categories=("OCOP",),
        created=fair.published_at or fair.created_at,
        language=language,
    )


def _title(stand: Stand, language: str) -> str:
    prefix = WORDS["postponed"].local(language) if stand.fair.state == FairState.POSTPONED else ""
    facts: dict[str, Bilingual | str] = {"who": stand.producer, "fair": stand.fair.name}
    facts["booths"] = ", ".join(stand.booths)
    return prefix + _say("title_booth" if stand.booths else "title", language, **facts)


def _location(stand: Stand, language: str) -> str:
    places = "; ".join(place.line(language) for place in stand.places)
    booths = _say("booth", language, booths=", ".join(stand.booths)) if stand.booths else ""
    return ", ".join(filter(None, (booths, places)))


def _lines(stand: Stand, language: str) -> list[str]:
    fair = stand.fair
    lines = []
    if stand.is_off:
        lines.append(WORDS["gone"].local(language))
    elif fair.date_state == DateState.TENTATIVE:
        lines.append(WORDS["tentative"].local(language))
    lines.append(_say("hours", language, hours=format_hours(fair.opens_at, fair.closes_at, language)))
    if fair.closed_days:
        lines.append(_say("closed", language, days=closed_ranges(fair, language)))
    if fair.own_hours:
        lines.append(_say("other_hours", language, hours=own_hours_words(fair, language)))
    if stand.beside:
        lines.append(_say("beside", language, who=", ".join(one.local(language) for one in stand.beside)))
    if stand.goods:
        lines.append(_say("sells", language, goods=", ".join(one.local(language) for one in stand.goods)))
    lines.append(public_address(f"/fairs/{fair.slug}", language))
    if fair.is_demonstration:
        lines.append(WORDS["example"].local(language))
    return lines


def _say(key: str, language: str, **facts: Bilingual | str) -> str:
    # Piece by piece, not format: braces in somebody's name must stay what they are.
    frame, said = WORDS[key].local(language), ""
    while "{" in frame:
        before, _, rest = frame.partition("{")
        name, _, frame = rest.partition("}")
        fact = facts[name]
        said += before + (fact if isinstance(fact, str) else fact.local(language))
    return said + frame
