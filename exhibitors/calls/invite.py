"""Invite units by code, and take a use of a code when a unit sends its application."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.calls.invitation_code import InvitationCode, InvitationUse, find_code, new_code
from exhibitors.producers.merging.unit_belongings import goes_over_with_unit
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.overtaken import say_anew
from foundation.refusal import Refused

MOST_USES = 1000
MOST_CODES = 500
LONGEST_GIVEN_TO = 200


def make_code(
    session: Session,
    actor: Actor,
    fair: Fair,
    *,
    given_to: str = "",
    uses: int = 1,
    valid_until: datetime | None = None,
) -> InvitationCode:
    """A new code for so many units. Refuses `uses_wrong`, `code_ends_in_past` and `too_many_codes`."""
    _check(uses, valid_until)
    query = select(InvitationCode.id).where(InvitationCode.fair_id == fair.id)
    if len(session.scalars(query).all()) >= MOST_CODES:
        raise Refused("too_many_codes", most=MOST_CODES)
    code = InvitationCode(
        fair=fair,
        code=new_code(session, fair),
        given_to=nfc(given_to.strip())[:LONGEST_GIVEN_TO],
        uses_allowed=uses,
        valid_until=valid_until,
        created_at=clock.now(),
    )
    session.add(code)
    session.flush()
    record(session, actor, "invitation.make", code, fair_id=fair.id, new={"uses": uses})  # the code itself is a secret
    return code


def change_code(
    session: Session,
    actor: Actor,
    code: InvitationCode,
    *,
    uses: int,
    valid_until: datetime | None,
    seen: int | None = None,
) -> None:
    """Allow more or fewer units, longer or shorter than version `seen`.

    Refuses `uses_wrong`, `code_ends_in_past`, `uses_taken_already` and as `say_anew`.
    """
    _lock(session, code)
    _check(uses, None if valid_until == code.valid_until else valid_until)
    if uses < code.uses_taken:
        raise Refused("uses_taken_already", taken=code.uses_taken)
    old, new = {"uses": code.uses_allowed}, {"uses": uses}
    _before, after = say_anew(session, code, {"uses_allowed": uses, "valid_until": valid_until}, seen)
    if after:
        session.flush()
        record(session, actor, "invitation.change", code, fair_id=code.fair_id, old=old, new=new)


def withdraw_code(session: Session, actor: Actor, code: InvitationCode) -> None:
    """From now on nobody can use it; applications that were sent with it stay. Withdrawn twice is withdrawn once."""
    _lock(session, code)
    if code.withdrawn_at is None:
        code.withdrawn_at = clock.now()
        record(session, actor, "invitation.withdraw", code, fair_id=code.fair_id)
        session.flush()


def usable_code(session: Session, fair: Fair, producer: Producer, typed: str) -> InvitationCode:
    """The code for this unit, without taking a use.

    Refuses invitation_needed, invitation_unknown, invitation_withdrawn, invitation_ended and invitation_used_up.
    """
    if not typed.strip():
        raise Refused("invitation_needed")
    code = find_code(session, fair, typed)
    if code is None:
        raise Refused("invitation_unknown")
    refuse_unusable(session, code, producer)
    return code


def refuse_unusable(session: Session, code: InvitationCode, producer: Producer) -> None:
    """Refuse as `usable_code` does. A unit that has used the code may go on with it."""
    if code.withdrawn_at is not None:
        raise Refused("invitation_withdrawn")
    if code.valid_until is not None and clock.now() >= code.valid_until:
        raise Refused("invitation_ended")
    if not _has_used(session, code, producer) and code.uses_taken >= code.uses_allowed:
        raise Refused("invitation_used_up", uses=code.uses_allowed)


def take_use(session: Session, code: InvitationCode, producer: Producer) -> None:
    """Count the unit, once. Whoever comes when the last use is gone is refused as `usable_code` does.

    The count grows in one statement of the database, which makes two at once wait for one another.
    """
    _lock(session, code)
    refuse_unusable(session, code, producer)
    if _has_used(session, code, producer):
        return
    taken = session.execute(
        update(InvitationCode)
        .where(InvitationCode.id == code.id, InvitationCode.uses_taken < InvitationCode.uses_allowed)
        .values(uses_taken=InvitationCode.uses_taken + 1)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount == 0:  # type: ignore[attr-defined]  # CursorResult at run time
        raise Refused("invitation_used_up", uses=code.uses_allowed)
    session.add(InvitationUse(code_id=code.id, producer_id=producer.id, taken_at=clock.now()))
    session.flush()
    session.refresh(code)


def _has_used(session: Session, code: InvitationCode, producer: Producer) -> bool:
    used = select(InvitationUse.id).where(InvitationUse.code_id == code.id, InvitationUse.producer_id == producer.id)
    return session.scalar(used) is not None


def _check(uses: int, valid_until: datetime | None) -> None:
    if not 1 <= uses <= MOST_USES:
        raise Refused("uses_wrong", most=MOST_USES)
    if valid_until is not None and valid_until <= clock.now():
        raise Refused("code_ends_in_past")


def _lock(session: Session, code: InvitationCode) -> None:
    session.flush()
    session.refresh(code, with_for_update={"of": InvitationCode})


@goes_over_with_unit
def move_uses(session: Session, gone: Producer, kept: Producer) -> dict[str, Any]:
    """What two units that become one used of codes; the same code counts for one unit only once from then on."""
    own = set(session.scalars(select(InvitationUse.code_id).where(InvitationUse.producer_id == kept.id)))
    for use in session.scalars(select(InvitationUse).where(InvitationUse.producer_id == gone.id)):
        if use.code_id in own:
            session.delete(use)
        else:
            use.producer = kept
    session.flush()
    return {}
