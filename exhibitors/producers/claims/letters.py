"""What a person who asked for a unit is told."""

from __future__ import annotations

from accounts.letters import address_of
from exhibitors.producers.claims.unit_claim import UnitClaim
from foundation.outbox import Letter

FOLDER = "exhibitors/producers/claims/letters"


def claim_granted(claim: UnitClaim, base_url: str) -> Letter:
    """The unit is theirs to keep from now on."""
    return _letter("claim_granted", claim, address_of(base_url, claim.user.language, "/producer"))


def claim_refused(claim: UnitClaim, base_url: str) -> Letter:
    """It is not, with the officer's reason and the way to ask again."""
    return _letter("claim_refused", claim, address_of(base_url, claim.user.language, "/producer/claim"))


def _letter(kind: str, claim: UnitClaim, link: str) -> Letter:
    user = claim.user
    facts = {
        "name": user.name,
        "producer": claim.producer.name.local(user.language),
        "reason": claim.reason,
        "link": link,
    }
    return Letter(f"{FOLDER}/{kind}", user.email, user.language, facts, dedupe_key=f"{kind}:{claim.id}")
