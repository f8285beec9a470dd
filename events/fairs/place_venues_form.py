"""What may be typed as the points of venues on the map."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import FieldList, StringField
from wtforms.validators import Length, Optional

from events.fairs.fair import Fair
from events.fairs.overtaken_form import OvertakenForm
from events.fairs.place_venues import version_of_places
from events.places.directions import Point, read_point
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


class PlaceVenuesForm(OvertakenForm):
    """A point for each venue of the fair, in its order."""

    points = FieldList(StringField(_("Point on the map"), validators=[Optional(), Length(max=2000)]), max_entries=12)

    @classmethod
    def of(cls, fair: Fair) -> PlaceVenuesForm:
        """Filled from the request or from what is known; each field is called like its venue."""
        form: PlaceVenuesForm = cls.from_request(**values_of_places(fair))
        while len(form.points.entries) < len(fair.venues):
            form.points.append_entry("")
        for row, entry in zip(fair.venues, form.points.entries, strict=False):
            entry.label.text = row.venue.name.local(current_language())
        return form

    def read(self) -> list[Point | None]:
        """The points; each one that cannot be one is explained at its field."""
        read: list[Point | None] = []
        for entry in self.points.entries:
            try:
                read.append(read_point(entry.data or ""))
            except Refused as refusal:
                entry.errors = [*entry.errors, refusal_words(refusal)]
                self.points.errors = [*self.points.errors, [refusal_words(refusal)]]
        return read


def values_of_places(fair: Fair) -> dict[str, Any]:
    """The form's values as the venues stand on the map."""
    known = [f"{at[0]:.6f}, {at[1]:.6f}" if (at := row.venue.point) else "" for row in fair.venues]
    return {"points": known, "version": version_of_places(fair)}
