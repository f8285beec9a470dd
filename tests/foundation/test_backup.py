"""`flask backup`: a whole copy while the database is in use."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskCliRunner
from sqlalchemy.orm import Session

from foundation.database import make_engine
from tests.cast import an_organiser

pytestmark = pytest.mark.each_database


def test_backup_is_a_whole_copy_that_only_its_owner_reads(
    runner: FlaskCliRunner, session: Session, engine: sa.Engine, tmp_path: Path
) -> None:
    an_organiser(session)
    session.commit()
    session.execute(sa.text("select count(*) from organisation"))  # somebody reads on meanwhile
    path = tmp_path / "copy.db"
    done = runner.invoke(args=["backup", str(path)])
    if engine.dialect.name == "postgresql":
        assert (done.exit_code, "backup_not_sqlite" in done.output, path.exists()) == (1, True, False)
        return
    assert (done.exit_code, done.output, path.stat().st_mode & 0o777) == (0, "", 0o600)
    copy = make_engine(f"sqlite:///{path}")
    with copy.connect() as connection:
        whole = connection.scalar(sa.text("pragma integrity_check"))
        names = connection.scalars(sa.text("select name_vi from organisation")).all()
    copy.dispose()
    assert (whole, names) == ("ok", ["Ban tổ chức Hạ Long"])


def test_backup_never_writes_over_a_file(runner: FlaskCliRunner, engine: sa.Engine, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_text("kept")
    done = runner.invoke(args=["backup", str(path)])
    reason = "backup_not_sqlite" if engine.dialect.name == "postgresql" else "backup_exists"
    assert (done.exit_code, reason in done.output, path.read_text()) == (1, True, "kept")
