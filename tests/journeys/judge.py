"""What axe finds on a page, without judging again what it has judged in this run."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.prepared_folder import PREPARED_FOLDERS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
AXE = Axe().axe_script
AT_HAND = f"globalThis.bringAxe = () => {{{AXE}\nreturn true;}}"
"""axe as a function that is not called yet: the browser reads and compiles it once for all pages of a context, which
takes longer than judging; sent to each page anew, half a megabyte is read anew.
"""
BRING = "globalThis.bringAxe?.() === true"
BONES, JUDGE = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("bones.js", "judge.js"))
JUDGED = "judged-{}"
"""Names an empty file for the bones of a page in which axe found nothing, for all workers of a run: half of a journey's
time went into judging the same page again.
"""
good_looks: set[int] = set()
"""Of words whose contrast was judged and found good in this process."""


def keep_axe_at_hand(context: BrowserContext) -> None:
    """For a context whose every page is judged."""
    context.add_init_script(AT_HAND)


def breaches(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its best practice, one line for each rule and place."""
    page.wait_for_load_state()  # one that a key or a link has led to is judged when it is whole
    bones = hashlib.sha256(str(page.evaluate(BONES)).encode()).hexdigest()
    judged = Path(os.environ[PREPARED_FOLDERS]) / JUDGED.format(bones)
    if judged.exists():
        return []
    if not page.evaluate(BRING):
        page.evaluate(AXE)
    found = page.evaluate(JUDGE, {"tags": TAGS, "known": [*good_looks]})
    if not found["violations"]:
        judged.touch()
        good_looks.update(found["looks"])
    return [f"{page.url} {rule['id']}: {node['html'][:300]}" for rule in found["violations"] for node in rule["nodes"]]
