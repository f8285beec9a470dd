"""The optimiser in a process of its own: an instance comes in on standard input, the solution goes out on the output.

A process can be stopped in the middle, and neither the page nor the letters wait for it. Exit 2 with one JSON object
{"reason", "sentence", "clashes"} says what cannot be.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from exhibitors.allocation.optimiser.allocate import Effort, allocate
from exhibitors.allocation.optimiser.instance import BadInstance
from exhibitors.allocation.optimiser.organiser_conflicts import Clash
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.optimiser.reading import read_instance

IMPOSSIBLE = 2


def main(policy: str, seconds: str) -> int:
    """Solve; `seconds` is the most that the proof may take, 0 asks for the quick draft alone."""
    limit = float(seconds)
    try:
        instance = read_instance(sys.stdin.buffer.read())
        answer = allocate(instance, Policy(policy), Effort(proved=limit > 0, seconds=limit or None))
    except BadInstance as bad:
        sys.stdout.write(json.dumps(_no(bad)))
        return IMPOSSIBLE
    sys.stdout.write(answer.to_json())
    return 0


def _no(bad: BadInstance) -> dict[str, Any]:
    clashes = bad.facts.get("clashes", ())
    named = [
        {"code": one.code, "subject": one.subject, "detail": one.detail}
        for one in (clashes if isinstance(clashes, tuple) else ())
        if isinstance(one, Clash)
    ]
    return {"reason": bad.reason, "sentence": str(bad), "clashes": named}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
