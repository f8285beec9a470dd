"""When Python looks for garbage: not while a server starts.

Importing this module makes it rest: what imports leave behind stays anyway, and looking through it again and again took
a fifth of a start.
"""

from __future__ import annotations

import gc

gc.disable()


def gather_from_now_on() -> None:
    """Look for garbage, but not among what is there by now: it stays, and stays shared with forked processes."""
    gc.collect()
    gc.freeze()
    gc.enable()
