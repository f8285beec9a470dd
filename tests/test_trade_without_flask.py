"""The trade runs in a script: no noun, verb, question or letter needs Flask, Werkzeug, WTForms or Babel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.trade_modules import ROOT, trade_modules

NO_WEB = """
import sys
web = sorted({name.partition(".")[0] for name in sys.modules} & {"flask", "werkzeug", "wtforms", "babel"})
assert not web, f"imported: {web}"
"""


def run_without_flask(story: str, *arguments: str | Path) -> str:
    """Run a snippet in a fresh Python with every trade module imported; it fails if anything of the web came along.

    `arguments` are the snippet's sys.argv[1:]; returned is what it printed.
    """
    imports = "import importlib\n" + "".join(f"importlib.import_module({name!r})\n" for name in trade_modules())
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", imports + story + NO_WEB, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_trade_modules_import_no_web_library() -> None:
    assert run_without_flask("print('imported')") == "imported\n"
