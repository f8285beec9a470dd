"""The programme as visitors read it: day by day."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.programme.programme_item import ProgrammeItem, items_of


def programme_days(session: Session, fair: Fair) -> list[tuple[date, list[ProgrammeItem]]]:
    """The items on the fair's present days, by day and hour; days without items are left out."""
    shown = [item for item in items_of(session, fair) if item.is_within_fair]
    return [(day, list(items)) for day, items in groupby(shown, key=lambda item: item.day)]
