"""Question: who gives OCOP certificates, and who gave them: what a former office signed still holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.places.locality import AdministrativeName

MINISTRIES = ("Bộ Nông nghiệp và Môi trường", "Bộ Nông nghiệp và Phát triển nông thôn (cũ)")
"""Five stars; the first since 2025."""


def certificate_issuers(session: Session, day: date) -> Sequence[str]:
    """The committees of the province and of the former districts by every name they had, then the ministries.

    Those whose name had ended before the day are marked as former ones, as certificates cite them.
    """
    names = session.execute(
        select(AdministrativeName.name_vi, AdministrativeName.valid_to).order_by(
            AdministrativeName.district_id.is_not(None), AdministrativeName.valid_to.is_not(None), AdministrativeName.id
        )
    )
    committees = [f"UBND {name} (cũ)" if ended and ended < day else f"UBND {name}" for name, ended in names]
    return [*dict.fromkeys(committees), *MINISTRIES]
