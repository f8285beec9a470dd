"""Which role somebody held at a fair, or in the body that organises it, and holds no longer or only a lower one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from accounts.organisation import Membership, Organisation, OrganisationKind
from events.fairs.fair import Fair
from events.teams.fair_role import FairRole
from foundation.actor import RANK, Role
from foundation.audit_trail import AuditEntry

LEFT = ("team.remove", "team.leave")


@dataclass(frozen=True, slots=True)
class Loss:
    """When a role was lost, and of which body if the whole membership went with it."""

    at: datetime
    organisation_id: int | None


def lost_role_at(session: Session, user_id: int, fair: Fair) -> datetime | None:
    """When the person last lost a role that counted at this fair, None if they never did.

    Nothing is answered of a fair that was made later: whoever had left by then never knew of it. One query.
    """
    given = {"user": user_id, "fair": fair.id, "organisation": fair.organisation_id, "made": fair.created_at}
    bodies = {None, fair.organisation_id}
    losses = _losses(session.execute(_acts_at_fair(), given), user_id)
    return next((loss.at for loss in losses if loss.organisation_id in bodies), None)


@cache
def _acts_at_fair() -> Select[Any]:
    """Built once: it is asked before most doors that stay closed, and building it costs more than asking."""
    roles = (
        select(FairRole.id)
        .join(Membership, Membership.id == FairRole.membership_id)
        .where(Membership.user_id == bindparam("user"), FairRole.fair_id == bindparam("fair"))
    )
    own = select(Membership.id).where(
        Membership.user_id == bindparam("user"), Membership.organisation_id == bindparam("organisation")
    )
    at_fair = or_(
        AuditEntry.what == "team.end_fair_role",
        and_(AuditEntry.what == "team.name_for_fair", AuditEntry.thing_id.in_(roles)),
    )
    in_body = or_(
        AuditEntry.what.in_(LEFT),
        and_(AuditEntry.what == "team.change_role", AuditEntry.thing_id.in_(own)),
    )
    return _entries(
        or_(
            and_(AuditEntry.fair_id == bindparam("fair"), at_fair),
            and_(AuditEntry.at >= bindparam("made"), in_body),
        )
    )


def left_team_at(session: Session, user_id: int) -> datetime | None:
    """When the person last ceased to belong to an organising team, None if they never did; two queries."""
    losses = list(_losses(session.execute(_entries(AuditEntry.what.in_(LEFT))), user_id))
    bodies = {loss.organisation_id for loss in losses}
    organisers = select(Organisation.id).where(
        Organisation.id.in_(bodies), Organisation.kind == OrganisationKind.ORGANISER
    )
    known = set(session.scalars(organisers)) if losses else set()
    return next((loss.at for loss in losses if loss.organisation_id in known), None)


def _entries(acts: ColumnElement[bool]) -> Select[Any]:
    """The newest first."""
    return select(AuditEntry.at, AuditEntry.old, AuditEntry.new).where(acts).order_by(AuditEntry.id.desc())


def _losses(rows: Iterable[Any], user_id: int) -> Iterator[Loss]:
    """An entry about somebody who stays tells of another role than before."""
    for at, old, new in rows:
        was, now = old or {}, new or {}
        stays = "role" in now
        lowered = stays and "role" in was and RANK[Role(was["role"])] > RANK[Role(now["role"])]
        if lowered or (not stays and was.get("person") == user_id):
            yield Loss(at, was.get("organisation"))
