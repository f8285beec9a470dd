"""What a web worker holds when it begins to answer: nothing that only few requests want."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.real_server import ROOT, server_environment

FOR_FEW_REQUESTS = {
    "alembic",
    "email.mime",
    "fontTools",
    "fpdf",
    "highspy",
    "huey",
    "limits",
    "markdown_it",
    "nh3",
    "numpy",
    "openpyxl",
    "phonenumbers",
    "PIL",
    "psycopg",
    "pypdfium2",
    "redis",
    "segno",
    "smtplib",
    "sqlalchemy.dialects.postgresql",
    "statistics",
}
STARTED = """
import sys
from serve import create_app
from foundation.settings import Settings
create_app(Settings.from_environment())
print(*sorted(sys.modules))
"""


def test_worker_begins_without_what_few_requests_want(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-c", STARTED],
        cwd=ROOT,
        env=server_environment(tmp_path, 8000),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    carried = set(done.stdout.split())
    assert {"flask", "sqlalchemy", "exhibitors"} <= carried
    assert carried & FOR_FEW_REQUESTS == set()
