"""What axe finds on a page, without judging again what it has judged in this run."""

from __future__ import annotations

import os
from dataclasses import dataclass
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
JUDGED, FITS = "judged-{}", "fits-{}"
"""Name empty files for all workers of a run: for the bones of a page in which axe found nothing, and for a page, words
and all, that does not scroll sideways on a phone. Half of a journey's time went into judging the same page again.
"""
GOOD_LOOKS = "good-looks"
"""Names a file of all workers with a line for each page: how words looked whose contrast was judged and found good, and
targets whose size was.
"""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page is known by."""

    bones: str
    flesh: str


def keep_axe_at_hand(context: BrowserContext) -> None:
    """For a context whose every page is judged."""
    context.add_init_script(AT_HAND)


def signs_of(page: Page) -> Signs:
    """What the page is known by when it is whole: a key or a link may just have led to it."""
    page.wait_for_load_state()
    return Signs(**page.evaluate(BONES))


def noted(mark: str, sign: str) -> Path:
    """A file that is there once a page of this sign was found good."""
    return Path(os.environ[PREPARED_FOLDERS]) / mark.format(sign)


def breaches(page: Page, signs: Signs | None = None) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its best practice, one line for each rule and place."""
    judged = noted(JUDGED, (signs or signs_of(page)).bones)
    if judged.exists():
        return []
    if not page.evaluate(BRING):
        page.evaluate(AXE)
    looks = Path(os.environ[PREPARED_FOLDERS]) / GOOD_LOOKS
    known = looks.read_text(encoding="utf-8") if looks.exists() else ""
    found = page.evaluate(JUDGE, {"tags": TAGS, "known": known})
    if not found["violations"]:
        judged.touch()
        with looks.open("a", encoding="utf-8") as file:
            file.write(" ".join(found["looks"]) + "\n")
    return [f"{page.url} {breach}" for breach in found["violations"]]
