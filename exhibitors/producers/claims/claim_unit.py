"""Claim a unit of the register: by a code on paper at once, else by asking, which an officer answers."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts.organisation import Membership, enrol, lock_organisation
from accounts.user import User, email_key
from exhibitors.producers.claims.letters import claim_granted, claim_refused, claim_waits
from exhibitors.producers.claims.unit_claim import (
    CODE_LIFE,
    LONGEST_WORDS,
    ClaimCode,
    UnitClaim,
    count_people,
    find_claim_code,
    hash_code,
    keepers_of_register,
    new_claim_code,
    open_claims,
)
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import Actor, Role
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.outbox import post
from foundation.refusal import Refused

Claimed = Callable[[Session, Actor, Producer], None]
_when_claimed: list[Claimed] = []


def when_unit_is_claimed(claimed: Claimed) -> Claimed:
    """Register what a floor above does when the unit's own people have taken it over."""
    if claimed not in _when_claimed:
        _when_claimed.append(claimed)
    return claimed


def make_claim_code(session: Session, actor: Actor, producer: Producer) -> str:
    """A new code for the unit, told this once; the one before it opens nothing any longer. Refused: `unit_is_kept`."""
    _lock_unkept(session, producer)
    code, now = new_claim_code(), clock.now()
    row = session.scalar(select(ClaimCode).where(ClaimCode.producer_id == producer.id))
    if row is None:
        row = ClaimCode(producer=producer)
        session.add(row)
    row.code_hash, row.made_by_id, row.used_at = hash_code(code), actor.user_id or None, None
    row.made_at, row.expires_at = now, now + CODE_LIFE
    session.flush()
    record(session, actor, "unit.make_code", producer)  # the code itself is a secret
    return code


def claim_by_code(session: Session, actor: Actor, user: User, typed: str) -> Producer:
    """The unit whose code this is belongs to the person now.

    Refused: `claim_code_unknown` (never made, used, too old, replaced: which of these is not said), `unit_is_kept`.
    """
    code = find_claim_code(session, typed)
    if code is None:
        raise Refused("claim_code_unknown")
    _lock_unkept(session, code.producer)
    code.used_at = clock.now()
    _hand_to(session, actor, user, code.producer, "code")
    return code.producer


def ask_for_unit(
    session: Session, actor: Actor, user: User, producer: Producer, words: str, *, base_url: str
) -> UnitClaim:
    """Say that the unit is one's own; asking twice is asking once. Those who keep the register get a letter.

    Refused: `unit_is_kept`, `claim_words_too_long`.
    """
    if len(words) > LONGEST_WORDS:
        raise Refused("claim_words_too_long", most=LONGEST_WORDS)
    _lock_unkept(session, producer)
    known = _open_claim(session, user, producer)
    if known is not None:
        return known
    claim = UnitClaim(
        producer=producer,
        user=user,
        words=nfc(words.strip()),
        address_matches=bool(producer.contact_email) and email_key(producer.contact_email) == user.email_key,
        asked_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(claim)
    except IntegrityError:  # pressed twice at once
        known = _open_claim(session, user, producer)
        if known is None:
            raise
        return known
    record(session, actor, "unit.ask_claim", claim, new={"producer": producer.id})
    waiting = len(open_claims(session))
    for officer in keepers_of_register(session):
        post(session, claim_waits(claim, officer, waiting, base_url))
    return claim


def grant_claim(session: Session, actor: Actor, claim: UnitClaim, *, base_url: str) -> None:
    """The unit belongs to whoever asked. Refused: `claim_answered`, `unit_is_kept` when somebody was faster."""
    _lock_open(session, claim)
    _lock_unkept(session, claim.producer)
    _decide(actor, claim, granted=True)
    _hand_to(session, actor, claim.user, claim.producer, "consent")
    post(session, claim_granted(claim, base_url))


def refuse_claim(session: Session, actor: Actor, claim: UnitClaim, reason: str, *, base_url: str) -> None:
    """The unit does not, and why. Refused: `claim_answered`, `claim_reason_missing`."""
    if not reason.strip():
        raise Refused("claim_reason_missing")
    _lock_open(session, claim)
    claim.reason = nfc(reason.strip())[:LONGEST_WORDS]
    _decide(actor, claim, granted=False)
    session.flush()
    facts = {"producer": claim.producer_id, "person": claim.user_id}
    record(session, actor, "unit.refuse_claim", claim, new=facts, reason=claim.reason)
    post(session, claim_refused(claim, base_url))


def _decide(actor: Actor, claim: UnitClaim, *, granted: bool) -> None:
    claim.decided_at, claim.decided_by_id, claim.is_granted = clock.now(), actor.user_id or None, granted


def _hand_to(session: Session, actor: Actor, user: User, producer: Producer, way: str) -> Membership:
    membership = enrol(session, user, producer.organisation, Role.OWNER)
    membership.chosen_at = clock.now()
    session.flush()
    record(session, actor, "unit.claim", producer, new={"person": user.id, "way": way})
    for claimed in _when_claimed:
        claimed(session, actor, producer)
    return membership


def _lock_open(session: Session, claim: UnitClaim) -> None:
    session.flush()
    session.refresh(claim, with_for_update={"of": UnitClaim})
    if claim.decided_at is not None:
        raise Refused("claim_answered")


def _lock_unkept(session: Session, producer: Producer) -> None:
    """Refuses `unit_is_kept`: whoever belongs to it already lets others in, not an officer."""
    lock_organisation(session, producer.organisation)
    if count_people(session, producer):
        raise Refused("unit_is_kept")


def _open_claim(session: Session, user: User, producer: Producer) -> UnitClaim | None:
    return session.scalar(
        select(UnitClaim).where(
            UnitClaim.producer_id == producer.id, UnitClaim.user_id == user.id, UnitClaim.decided_at.is_(None)
        )
    )
