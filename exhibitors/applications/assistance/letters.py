"""What a unit is sent that an officer applied for: it has no account yet, only the address of the register."""

from __future__ import annotations

from accounts.letters import address_of
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.claims.unit_claim import CODE_LIFE, spaced
from foundation import clock
from foundation.outbox import Letter


def assisted_receipt(application: BoothApplication, officer: str, code: str, base_url: str) -> Letter:
    """The receipt with who filed it, and the code by which the unit's people stand by it and take it over."""
    fair = application.fair
    facts = {
        "producer": application.producer.name_vi,
        "fair": fair.name_vi,
        "organiser": fair.organisation.name_vi,
        "officer": officer,
        "code": application.code,
        "claim_code": spaced(code),
        "expires_at": clock.now() + CODE_LIFE,
        "submitted_at": application.submitted_at,
        "answer_by": fair.answer_by,
        "link": address_of(base_url, "vi", "/producer/claim"),
    }
    template = "exhibitors/applications/assistance/letters/assisted_receipt"
    address = application.producer.contact_email
    return Letter(template, address, "vi", facts, fair_id=fair.id, application_id=application.id)
