"""What could not be done as the organiser wished, one by one, with names for the organiser's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, ProposedOutcome
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.quota import Quota, quotas_of
from exhibitors.producers.producer import Producer


@dataclass(frozen=True, slots=True)
class Finding:
    """One wish of the organiser that was not kept: `facts` as stored, `who` a name or a code, the quota concerned."""

    code: str
    facts: Mapping[str, Any]
    who: str = ""
    quota: Quota | None = None


def named_findings(
    session: Session, fair: Fair, proposal: AllocationProposal, hidden: frozenset[int] = frozenset()
) -> list[Finding]:
    """The findings of a proposal, with no name for `hidden` applications; two queries at most."""
    if not proposal.findings:
        return []
    quotas = {quota.id: quota for quota in quotas_of(session, fair)}
    rows = session.execute(
        select(ProposedOutcome.number, Producer.name_vi)
        .join(BoothApplication, BoothApplication.id == ProposedOutcome.application_id)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(ProposedOutcome.proposal_id == proposal.id, BoothApplication.id.not_in(sorted(hidden)))
    )
    names = {row[0]: row[1] for row in rows}
    return [_named(one, quotas, names) for one in proposal.findings]


def _named(one: Mapping[str, Any], quotas: Mapping[int, Quota], names: Mapping[str, str]) -> Finding:
    subject = str(one.get("subject", ""))
    return Finding(one["code"], one, names.get(subject, subject), quotas.get(one.get("quota", 0)))
