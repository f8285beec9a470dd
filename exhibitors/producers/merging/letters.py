"""What the people of both units are told."""

from __future__ import annotations

from accounts.letters import address_of
from accounts.user import User
from exhibitors.producers.producer import Producer
from foundation.outbox import Letter


def units_merged(kept: Producer, gone: Producer, person: User, base_url: str) -> Letter:
    """Which unit has become part of which."""
    facts = {
        "name": person.name,
        "producer": kept.name.local(person.language),
        "gone": gone.name.local(person.language),
        "link": address_of(base_url, person.language, "/producer"),
    }
    template = "exhibitors/producers/merging/letters/units_merged"
    return Letter(template, person.email, person.language, facts, dedupe_key=f"units_merged:{gone.id}:{person.id}")
