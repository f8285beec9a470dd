"""The words of published figures on screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from exhibitors.results.fair_figure import Measure

MEASURES = {
    Measure.REVENUE.value: _("Revenue"),
    Measure.VISITS.value: _("Visits"),
    Measure.BOOTHS.value: _("Booths"),
    Measure.UNITS.value: _("Producers who took part"),
    Measure.PRODUCTS.value: _("Products shown"),
    Measure.AGREEMENT.value: _("Agreement signed"),
    Measure.BEST_SELLERS.value: _("Best sellers"),
}
