"""A VEVENT kept as finished octets in both languages, with the revision that readers compare."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from events.calendars.calendar_feed import (
    CalendarEvent,
    schedule_hash,
    stamped,
    without_revision,
)
from foundation import clock
from foundation.bilingual import LANGUAGES, Language

Both = dict[Language, CalendarEvent]


class RevisedEntry:
    """What every stored VEVENT has. Its UID is given once and never used for anything else.

    An entry that left the public is `dropped`, not deleted: should it come back, its revision goes on from there. So it
    enters dropped too, with sequence -1: coming for the first time and coming back are one and the same step.
    """

    uid: Mapped[str] = mapped_column(String(200), unique=True)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(10))
    is_dropped: Mapped[bool] = mapped_column(default=True)
    sequence: Mapped[int] = mapped_column(default=-1)
    created_at: Mapped[datetime]
    last_modified: Mapped[datetime]
    body_hash: Mapped[str] = mapped_column(String(64), default="")
    schedule_hash: Mapped[str] = mapped_column(String(64), default="")
    fragment_vi: Mapped[str] = mapped_column(Text, default="")
    fragment_en: Mapped[str] = mapped_column(Text, default="")

    def fragment(self, language: str) -> bytes:
        """The finished octets in a language."""
        return (self.fragment_en if language == "en" else self.fragment_vi).encode()

    def bring_up_to_date(self, events: Both, place_key: str) -> None:
        """Let the revision grow as readers need it: a second at least, the sequence for days, hours, place and status.

        `place_key` names the place whatever it is called: a venue that only gets another name is still the same place.
        """
        events = {language: replace(event, created=self.created_at) for language, event in events.items()}
        fragments = {language: without_revision(events[language]) for language in LANGUAGES}
        hashes = "".join(hashlib.sha256(fragment).hexdigest() for fragment in fragments.values())
        body = hashlib.sha256(hashes.encode()).hexdigest()
        if body == self.body_hash and not self.is_dropped:
            return
        schedule = schedule_hash(replace(events["vi"], location=place_key, geo=None))
        self.sequence += self.is_dropped or schedule != self.schedule_hash
        if self.body_hash:
            self.last_modified = max(clock.now(), self.last_modified + timedelta(seconds=1))
        self.body_hash, self.schedule_hash, self.is_dropped = body, schedule, False
        self.first_day, self.last_day, self.status = *_days_of(events["vi"]), events["vi"].status.value
        self.fragment_vi = stamped(fragments["vi"], self.sequence, self.last_modified).decode()
        self.fragment_en = stamped(fragments["en"], self.sequence, self.last_modified).decode()


def _days_of(event: CalendarEvent) -> tuple[date, date]:
    if event.first_day and event.last_day:
        return event.first_day, event.last_day
    moments = [moment for moment in (event.starts_at, event.ends_at) if moment]
    return clock.local_day(moments[0]), clock.local_day(moments[-1])
