"""What is chosen when two units become one."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectMultipleField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from exhibitors.producers.producer import Product
from foundation.house_form import HouseForm
from foundation.languages import current_language


class MergeForm(HouseForm):
    """Which unit stays, which goes, and what goes over besides papers and applications."""

    kept = HiddenField(validators=[Length(max=120)])
    gone = HiddenField(validators=[Length(max=120)])
    versions = HiddenField(validators=[Length(max=30)])
    product_ids = SelectMultipleField(
        _("Products that go over"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_("One that is left behind is deleted, unless an application names it."),
    )
    with_people = BooleanField(
        _("Its people belong to the unit that stays, with the role they have"),
        description=_("Without this they lose the unit. Whoever belongs to both keeps the stronger role."),
    )

    def offer(self, products: Sequence[Product]) -> None:
        """The products of the unit that goes."""
        language = current_language()
        self.product_ids.choices = [(product.id, product.name.local(language)) for product in products]

    def read_versions(self) -> tuple[int, int] | None:
        """The versions that the page was made from, of the unit that stays and of the one that goes."""
        first, _dash, second = (self.versions.data or "").partition("-")
        numbers = [text for text in (first, second) if text.isascii() and text.isdecimal() and len(text) < 10]
        return (int(first), int(second)) if len(numbers) == 2 else None
