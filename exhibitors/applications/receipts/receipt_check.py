"""The address that checks a receipt: the application's code with a signature, nothing about the unit or its people."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from sqlalchemy.orm import Session

from exhibitors.applications.booth_application import BoothApplication, find_application

SIGNS = 20
"""80 bits: codes alone are short, and whoever tries them must learn nothing."""


def receipt_token(application: BoothApplication, secret: str) -> str:
    """The end of the address: GH-7K3F9Q-5f0c…"""
    return f"{application.code}-{_signature(application.code, secret)}"


def behind_receipt(session: Session, token: str, secrets: Sequence[str]) -> BoothApplication | None:
    """The application whose receipt this is; None for a false address and before it was sent."""
    code, _, signature = token.rpartition("-")
    given = signature.encode("utf-8", "surrogatepass")
    if not any(hmac.compare_digest(_signature(code, secret).encode(), given) for secret in secrets):
        return None
    application = find_application(session, code)
    return application if application is not None and application.submitted_at is not None else None


def _signature(code: str, secret: str) -> str:
    words = f"receipt:{code}".encode("utf-8", "surrogatepass")
    return hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()[:SIGNS]
