"""Places to choose from in filters: the former districts that shoppers know, then the localities of today."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from events.places.find_places import all_places
from foundation.bilingual import Language

PlaceChoices = list[tuple[str, list[tuple[str, str]]]]
"""Headings, each with keys and names; the first heading is empty and stands over "Everywhere"."""


def place_choices(session: Session, language: Language) -> PlaceChoices:
    """For the macro `place_filter`."""
    places = all_places(session)
    former = [(place.key, place.short) for place in places if place.is_former]
    present = [(place.key, place.name.local(language)) for place in places if not place.is_former]
    return [
        ("", [("", _("Everywhere"))]),
        (_("Former districts"), former),
        (_("Communes, wards, special zones"), present),
    ]
