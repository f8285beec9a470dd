"""What a unit may tell of itself: its story and where it is on the map."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from events.places.directions import point_words, read_point
from exhibitors.producers.producer import Producer
from exhibitors.producers.register_producer import LONGEST_STORY, ProducerFacts
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


class StoryForm(HouseForm):
    """Story in both languages, and the point."""

    story_vi = TextAreaField(
        _("Your story, in Vietnamese"),
        validators=[Optional(), Length(max=LONGEST_STORY)],
        description=_("Who you are, how you make it, what is special. Markdown: **bold**, lists with -, links."),
    )
    story_en = TextAreaField(_("Your story, in English"), validators=[Optional(), Length(max=LONGEST_STORY)])
    point = StringField(
        _("Point on the map"),
        validators=[Optional(), Length(max=2000)],
        description=_("The two numbers that a map on your phone shows, like 20.951000, 107.080000."),
    )
    point_is_public = BooleanField(
        _("Show the point on my public page"), description=_("Leave it empty when it is your home.")
    )
    version = HiddenField()

    def show(self, producer: Producer) -> None:
        """What stands there now."""
        self.point.process_data(point_words(producer.point))

    def validate_point(self, field: StringField) -> None:
        """A pair of numbers in Vietnam."""
        try:
            read_point(field.data or "")
        except Refused as refusal:
            raise ValidationError(refusal_words(refusal)) from refusal

    def facts(self, producer: Producer) -> ProducerFacts:
        """What the verb takes."""
        point = read_point(self.point.data or "")
        return ProducerFacts(
            kind=producer.kind,
            name_vi=producer.name_vi,
            story_vi=self.story_vi.data or "",
            story_en=self.story_en.data or "",
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
            point_is_public=self.point_is_public.data,
        )
