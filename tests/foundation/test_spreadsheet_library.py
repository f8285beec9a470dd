"""A web worker that writes a spreadsheet does not carry numpy from then on."""

from __future__ import annotations

import subprocess
import sys

WRITE = """
import sys
from foundation.tables_to_send import as_spreadsheet
assert as_spreadsheet("Gian", ["Mã"], [["A01"]])[:2] == b"PK"
print("openpyxl" in sys.modules, "numpy" in sys.modules)
import numpy
print(numpy.array([1]).sum())
"""


def test_spreadsheet_is_written_without_numpy_which_stays_at_hand() -> None:
    done = subprocess.run([sys.executable, "-c", WRITE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "1"]
