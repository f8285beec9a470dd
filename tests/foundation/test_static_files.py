"""Static files: what may be kept for a year, and that a changed script has another address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foundation.static_files import ROOT, module_url, modules_in

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_script_that_imports_others_is_kept_for_a_year_under_the_name_of_all(client: FlaskClient) -> None:
    address = module_url("floor_plans/editor.js")
    assert re.fullmatch(r"/static/js-[0-9a-f]{10}/floor_plans/editor\.js", address)
    with client.get(address) as kept, client.get("/static/js/floor_plans/editor.js") as plain:
        assert (kept.status_code, kept.data) == (200, plain.data)
    assert ("max-age=31536000" in kept.headers["Cache-Control"], plain.headers["Cache-Control"]) == (True, "no-cache")


def test_every_script_of_a_folder_is_named() -> None:
    assert modules_in("floor_plans") == sorted(
        str(path.relative_to(ROOT / "js")) for path in (ROOT / "js/floor_plans").iterdir() if path.suffix == ".js"
    )
