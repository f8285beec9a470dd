"""What a person who asked for a unit is told."""

from __future__ import annotations

from accounts.letters import address_of
from accounts.user import User
from exhibitors.producers.claims.unit_claim import UnitClaim
from foundation import clock
from foundation.outbox import Letter

FOLDER = "exhibitors/producers/claims/letters"


def claim_granted(claim: UnitClaim, base_url: str) -> Letter:
    """The unit is theirs to keep from now on."""
    return _letter("claim_granted", claim, address_of(base_url, claim.user.language, "/producer"))


def claim_refused(claim: UnitClaim, base_url: str) -> Letter:
    """It is not, with the officer's reason and the way to ask again."""
    return _letter("claim_refused", claim, address_of(base_url, claim.user.language, "/producer/claim"))


def claim_waits(claim: UnitClaim, officer: User, waiting: int, base_url: str) -> Letter:
    """An officer who keeps the register hears that a claim waits; at most once a day."""
    facts = {
        "name": officer.name,
        "producer": claim.producer.name.local(officer.language),
        "waiting": waiting,
        "link": address_of(base_url, officer.language, "/organise/register/claims"),
    }
    day = clock.local_day(claim.asked_at)
    key = f"claim_waits:{officer.id}:{day:%Y-%m-%d}"
    return Letter(f"{FOLDER}/claim_waits", officer.email, officer.language, facts, dedupe_key=key)


def _letter(kind: str, claim: UnitClaim, link: str) -> Letter:
    user = claim.user
    facts = {
        "name": user.name,
        "producer": claim.producer.name.local(user.language),
        "reason": claim.reason,
        "link": link,
    }
    return Letter(f"{FOLDER}/{kind}", user.email, user.language, facts, dedupe_key=f"{kind}:{claim.id}")
