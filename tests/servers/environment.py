"""What tests that play ./run need: an environment that is there already."""

from __future__ import annotations

import os

import pytest

from tests.real_server import ROOT

READY = ROOT / ".venv" / "requirements.txt.installed"
# ./run makes the environment it needs; a test must not
needs_environment = pytest.mark.skipif(
    not READY.exists() and not os.environ.get("CI"), reason="./run --prepare has not been played here"
)
