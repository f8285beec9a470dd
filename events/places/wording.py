"""The words of places on screens."""

from __future__ import annotations

from flask_babel import gettext as _

from events.places.locality import Locality


def place_with_old_names(place: Locality, language: str) -> str:
    """The name with those it had before: people still say them, and the browser's search in a list finds them."""
    name, former = place.name.local(language), ", ".join(place.former_names)
    return _("%(place)s (formerly %(names)s)", place=name, names=former) if former else name
