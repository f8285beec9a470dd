"""Labels and sentences of floor 1: what it refuses, and why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from accounts.permissions import Act
from foundation.actor import Role
from foundation.refusal_words import register_refusals

LETTER_LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
ROLES = {
    Role.OWNER: (_("Owner"), _("Leads the organisation: everything, and who belongs to it.")),
    Role.MANAGER: (
        _("Manager"),
        _("Sets up fairs, draws plans, allocates booths, publishes; invites up to reviewers."),
    ),
    Role.REVIEWER: (_("Reviewer"), _("Screens applications and stages decisions.")),
    Role.FIELD_STAFF: (
        _("Field staff"),
        _("Sees everything and works at the fair itself: check-in, takings, inspections."),
    ),
    Role.READER: (_("Read only"), _("Sees everything, changes nothing.")),
    Role.LIMITED: (_("Named fairs only"), _("Sees and does only what the fairs' own teams allow.")),
}
"""Role → its name and what it is for."""
UNIT_ROLES = {
    Role.OWNER: (_("Owner"), _("Everything, and who belongs to the unit.")),
    Role.MANAGER: (_("Manager"), _("Changes the unit and its products, applies for booths, answers offers.")),
    Role.READER: (_("Read only"), _("Sees everything, changes nothing.")),
}
"""The roles in a producer's unit, told in its own words."""
ACTS = {
    Act.READ_DESK: _("See fairs, applications and letters"),
    Act.WORK_ON_SITE: _("Work at the fair itself"),
    Act.SCREEN: _("Screen applications"),
    Act.ASSIST: _("Apply for producers who come with paper"),
    Act.PLACE: _("Allocate booths"),
    Act.DRAW_PLAN: _("Draw the floor plan"),
    Act.PUBLISH_DECISIONS: _("Publish decisions"),
    Act.ORGANISE_FAIR: _("Change, publish and cancel fairs"),
    Act.CREATE_FAIR: _("Enter new fairs"),
    Act.LEAD_TEAM: _("Invite people and change roles"),
}
REFUSALS = {
    "password_too_short": _("The password is too short. Use at least %(least)s characters."),
    "password_too_long": _("The password is too long. Use a shorter one."),
    "password_unreadable": _("The password holds a character that keyboards do not have. Type it again."),
    "password_common": _("Many people use this password, so it is guessed first. Choose another one."),
    "password_personal": _("This password is too close to your name, your address or this site. Choose another one."),
    "wrong_sign_in": _("The address or the password is not right. Type both again."),
    "wrong_password": _("The present password is not right. Type it again."),
    "person_name_missing": _("Type your name."),
    "person_name_too_long": _("The name is too long. Use at most %(most)s characters."),
    "person_name_unreadable": _("Type a name only, without addresses or signs such as < and @."),
    "person_unknown": _("Nobody with a confirmed account has this address."),
    "email_taken": _("This e-mail address has an account already."),
    "email_same": _("This is your address already. Type the new one."),
    "email_unconfirmed": _("The e-mail address has not been confirmed yet."),
    "account_disabled": _("This account is closed. Ask the organiser."),
    "link_dead": _("This link no longer works. Ask for a new one."),
    "organisation_name_missing": _("Type the name of the organisation."),
    "organisation_name_too_long": _("The name is too long. Use at most %(most)s characters."),
    "organisation_name_taken": _("An organisation with this name is there already."),
    "organisation_at_work": _(
        "It has %(fairs)s published fairs that are not over. Let them end or cancel them, then close it."
    ),
    "organisation_closed": _("This organisation is closed. Nothing can be changed in it."),
    "role_not_yours_to_give": _("Your own role does not allow you to give or take this role."),
    "member_already": _("This person belongs to the organisation already."),
    "invited_already": _("A letter to this address is still open. Send it once more instead."),
    "invitation_over": _("This invitation has been accepted or taken back meanwhile."),
    "invitation_for_another": _("This invitation is for another address. Sign in with the address it was sent to."),
    "member_gone": _("This person does not belong to the organisation any longer."),
    "hand_over_to_oneself": _("You are the owner already. Choose another member."),
    "last_owner": _("An organisation cannot be without an owner. Make somebody else an owner first."),
}
register_refusals(REFUSALS)
