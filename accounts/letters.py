"""The letters of floor 1, each a value for the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from accounts.invitation import Invitation, InvitedTo
from accounts.organisation import Membership, Organisation
from accounts.user import User
from foundation.outbox import Letter

FOLDER = "accounts/letters"


def address_of(base_url: str, language: str, path: str) -> str:
    """The full address of a page in a language; never made from what a request says about its host."""
    return f"{base_url}{'/en' if language == 'en' else ''}{path}"


def confirm_email_letter(user: User, token: str, base_url: str, next_path: str = "") -> Letter:
    """Whoever signed up proves here that the address is theirs."""
    path = f"/sign-up/confirm/{token}" + (f"?next={quote(next_path)}" if next_path else "")
    return _letter("confirm_email", user, link=address_of(base_url, user.language, path))


def known_address_letter(user: User, base_url: str) -> Letter:
    """Somebody typed an address that has an account; the screen did not say so, this letter does."""
    return _letter(
        "known_address",
        user,
        sign_in=address_of(base_url, user.language, "/sign-in"),
        forgot=address_of(base_url, user.language, "/forgot-password"),
    )


def reset_password_letter(user: User, token: str, base_url: str) -> Letter:
    """The way to a new password, for one hour."""
    return _letter("reset_password", user, link=address_of(base_url, user.language, f"/reset/{token}"))


def password_changed_letter(user: User, base_url: str) -> Letter:
    """A notice, so that nobody's password changes unnoticed."""
    return _letter("password_changed", user, forgot=address_of(base_url, user.language, "/forgot-password"))


def email_change_letter(user: User, base_url: str) -> Letter:
    """A notice to the old address; it does not show the new one."""
    return _letter("email_change", user, account=address_of(base_url, user.language, "/account"))


def confirm_new_email_letter(user: User, new_email: str, token: str, base_url: str) -> Letter:
    """The new address is proven here."""
    link = address_of(base_url, user.language, f"/account/email/{token}")
    return Letter(f"{FOLDER}/confirm_new_email", new_email, user.language, {"name": user.name, "link": link})


def invitation_letter(
    invitation: Invitation, inviter: str, token: str, base_url: str, places: Sequence[InvitedTo] = ()
) -> Letter:
    """The way into an organisation, for one address and for `INVITATION_LIFE`; `places` are named in it."""
    organisation = invitation.organisation
    facts = {
        "organisation": organisation.name.local(invitation.language),
        "inviter": inviter,
        "role": invitation.role,
        "link": address_of(base_url, invitation.language, f"/invitations/{token}"),
        "expires_at": invitation.expires_at,
        "places": [place.told(invitation.language) for place in places],
    }
    return Letter(f"{FOLDER}/invitation", invitation.email, invitation.language, facts)


def joined_letter(invitation: Invitation, joined: User, base_url: str) -> Letter:
    """Tells whoever invited that the person has joined."""
    inviter = invitation.invited_by
    if inviter is None:
        raise ValueError("nobody to tell")
    return _letter(
        "joined",
        inviter,
        joined=joined.name,
        organisation=invitation.organisation.name.local(inviter.language),
        team=address_of(base_url, inviter.language, _team_path(invitation.organisation)),
    )


def handed_over_letter(membership: Membership, before: str, base_url: str) -> Letter:
    """Tells the new owner that the unit or organising body is theirs to lead, and who led it before."""
    user, organisation = membership.user, membership.organisation
    return _letter(
        "handed_over",
        user,
        before=before,
        organisation=organisation.name.local(user.language),
        team=address_of(base_url, user.language, _team_path(organisation)),
    )


def _team_path(organisation: Organisation) -> str:
    return "/producer/team" if organisation.is_unit else f"/organise/organisations/{organisation.id}/team"


def _letter(kind: str, user: User, **facts: str) -> Letter:
    return Letter(f"{FOLDER}/{kind}", user.email, user.language, {"name": user.name, **facts})
