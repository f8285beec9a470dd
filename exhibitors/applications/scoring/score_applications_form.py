"""What may be typed by a reviewer: points for each criterion, and why one stands aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from exhibitors.applications.review.review_round import MOST_POINTS, Criterion
from exhibitors.applications.review.score_applications import LONGEST_RECUSAL
from exhibitors.applications.scoring.wording import REFUSALS
from foundation.house_form import HouseForm
from foundation.languages import current_language

POINTS = [(str(number), str(number)) for number in range(1, MOST_POINTS + 1)]


class ScoreForm(HouseForm):
    """A row of points for each criterion; made by `score_form`."""

    @property
    def points(self) -> dict[int, int]:
        """Criterion → points, as far as they are given."""
        return {int(name[1:]): int(field.data) for name, field in self._fields.items() if field.data}


def score_form(criteria: Sequence[Criterion], points: Mapping[int, int]) -> ScoreForm:
    """The form of these criteria, filled with what was sent, else with points given before."""
    language = current_language()
    rows = {
        f"c{criterion.id}": RadioField(
            criterion.name.local(language),
            choices=POINTS,
            description=criterion.help.local(language),
            validators=[InputRequired(_("Give points from 1 to 5."))],
        )
        for criterion in criteria
    }
    kind: type[ScoreForm] = type("ScoreForm", (ScoreForm,), rows)
    form: ScoreForm = kind.from_request(**{f"c{key}": str(number) for key, number in points.items()})
    return form


class AsideForm(HouseForm):
    """Why somebody stands aside."""

    reason = TextAreaField(
        _("Why you stand aside"),
        validators=[InputRequired(REFUSALS["recusal_reason_missing"]), Length(max=LONGEST_RECUSAL)],
        description=_("For example: a relative works there. The fair's managers read it, the producer does not."),
    )
