"""The house's fonts as the PDF library wants them."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from multiprocessing import util
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"


@cache
def font_file(weight: str) -> Path:
    """The font of this weight (400, 600 or 800), unpacked once for each process, until it ends."""
    from fontTools.ttLib import TTFont  # reason: comes with the PDF library, which is seldom wanted

    font = TTFont(FONTS / f"bvp-{weight}.woff2")
    font.flavor = None
    path = Path(tempfile.mkdtemp(prefix="gian-hang-font-")) / f"bvp-{weight}.ttf"
    util.Finalize(None, shutil.rmtree, (path.parent, True), exitpriority=0)  # atexit knows nothing of forked workers
    font.save(path)
    return path
