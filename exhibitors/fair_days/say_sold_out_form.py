"""What may be ticked as sold out."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.house_form import HouseForm


class SoldOutForm(HouseForm):
    """The products of one application."""

    products = SelectMultipleField(
        _("Which products are gone?"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_("Tick what is gone. It is shown until midnight; tomorrow everything counts as there again."),
    )
