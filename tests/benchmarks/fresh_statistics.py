"""What a database knows about its tables once much was written at one stroke."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session


def gather_statistics(session: Session) -> None:
    """Have PostgreSQL count its tables now, as its autovacuum does by itself a minute after so many rows were written;
    until then it plans for empty tables.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("ANALYZE"))
        session.commit()
