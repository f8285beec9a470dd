"""What may be typed about a team: whom to invite, which role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2

from accounts.sign_up_form import email_field
from accounts.wording import LETTER_LANGUAGES, ROLES
from foundation.actor import RANK, Role
from foundation.house_form import HouseForm


class RoleForm(HouseForm):
    """A role out of those that the person at the keyboard may give."""

    role = RadioField(_("Role"), validate_choice=True)

    def offer(self, roles: Collection[Role], words: Mapping[Role, Any] = ROLES) -> None:
        """Offer these roles, the weakest first, each with what it is for."""
        offered = sorted(roles, key=RANK.__getitem__)
        self.role.choices = [SelectChoice(role.value, words[role]) for role in offered]

    @property
    def chosen(self) -> Role:
        """The role; only after validating."""
        return Role(self.role.data)


class InviteForm(RoleForm):
    """Whom to invite."""

    email = email_field()
    language = RadioField(_("Language of the letter"), choices=LETTER_LANGUAGES)
