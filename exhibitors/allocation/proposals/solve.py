"""The optimiser in a process of its own: an instance comes in on standard input, answers go out on the output.

A process can be stopped in the middle, and neither the page nor the letters wait for it. Each line is JSON: a string
holds a solution, an object {"reason", "sentence", "clashes"} says what cannot be, and ends it.
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


def main(policy: str, *efforts: str) -> None:
    """Solve once for each effort: the most seconds that the proof may take, 0 asks for the quick draft alone."""
    try:
        instance = read_instance(sys.stdin.buffer.read())
        for seconds in map(float, efforts):
            answer = allocate(instance, Policy(policy), Effort(proved=seconds > 0, seconds=seconds or None))
            _say(answer.to_json())
    except BadInstance as bad:
        _say(_no(bad))


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _no(bad: BadInstance) -> dict[str, Any]:
    clashes = bad.facts.get("clashes", ())
    named = [
        {"code": one.code, "subject": one.subject, "detail": one.detail}
        for one in (clashes if isinstance(clashes, tuple) else ())
        if isinstance(one, Clash)
    ]
    return {"reason": bad.reason, "sentence": str(bad), "clashes": named}


if __name__ == "__main__":
    main(*sys.argv[1:])
