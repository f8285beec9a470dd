"""Whom to name for a fair, with which role, where."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2

from accounts.lead_team_form import InviteForm
from events.floor_plans.floor_plan import Zone
from foundation.actor import Role
from foundation.languages import current_language


class NameForm(InviteForm):
    """An invitation with a place."""

    zone = SelectField(_("Where"))

    def offer_at(self, roles: Collection[Role], zones: Sequence[Zone]) -> None:
        """Offer these roles and the zones of the fair."""
        self.offer(roles)
        everywhere = [SelectChoice("", _("The whole fair"))]
        said = [(zone, zone.name.local(current_language())) for zone in zones]
        self.zone.choices = everywhere + [
            SelectChoice(str(zone.id), str(_("Zone %(code)s: %(name)s", code=zone.code, name=name)))
            for zone, name in said
        ]

    @property
    def zone_id(self) -> int | None:
        """The zone; only after validating."""
        return int(self.zone.data) if self.zone.data else None
