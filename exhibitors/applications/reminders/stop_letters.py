"""The link that stops one kind of letters for a unit, without a sign-in and with one press."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy.orm import Session

from exhibitors.producers.producer import Producer
from foundation.audit_trail import record


class Kind(StrEnum):
    """What a unit can do without; letters about its own applications are not among them."""

    CALLS = "calls"
    WARNINGS = "warnings"


FLAGS = {Kind.CALLS: "wants_calls", Kind.WARNINGS: "wants_warnings"}


def stop_token(producer: Producer, kind: Kind, secret: str) -> str:
    """The secret part of the link; nothing of it is stored."""
    return f"{producer.id}-{kind.value}-{_signature(producer.id, kind, secret)}"


def behind_token(session: Session, token: str, secrets: Sequence[str]) -> tuple[Producer, Kind] | None:
    """The unit and the kind of letters behind a link; None for a false one."""
    number, _, rest = token.partition("-")
    kind, _, signature = rest.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 10) or kind not in set(Kind):
        return None
    given = signature.encode("utf-8", "surrogatepass")
    if not any(hmac.compare_digest(_signature(int(number), Kind(kind), one).encode(), given) for one in secrets):
        return None
    producer = session.get(Producer, int(number))
    return (producer, Kind(kind)) if producer is not None else None


def stop_letters(session: Session, producer: Producer, kind: Kind) -> None:
    """No more of these; doing it again changes nothing."""
    if getattr(producer, FLAGS[kind]):
        setattr(producer, FLAGS[kind], False)
        record(session, None, "producer.stop_letters", producer, new={"kind": kind.value})
        session.flush()


def _signature(producer_id: int, kind: Kind, secret: str) -> str:
    return hmac.new(secret.encode(), f"letters:{kind.value}:{producer_id}".encode(), hashlib.sha256).hexdigest()
