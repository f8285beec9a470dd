"""What is typed to keep a view of the queue."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import StringField

from exhibitors.applications.keep_queue_view import LONGEST_NAME
from foundation.house_form import HouseForm


class QueueViewForm(HouseForm):
    """The name of a view; what it shows stands in the address."""

    name = StringField(
        _("Name of the view"),
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
    )
