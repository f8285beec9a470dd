"""Who may do what on floor 1."""

from __future__ import annotations

from accounts.user import SignedInSession
from foundation.actor import Actor


def may_end_session(actor: Actor | None, signed_in: SignedInSession) -> bool:
    """Only one's own."""
    return actor is not None and signed_in.user_id == actor.user_id
