"""No rule of the set-up is without its row: every code that can be raised there is refused in a test, in words."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from foundation.refusal_words import registered_refusals
from tests.events.fairs import test_fair_refusals_in_words as fairs
from tests.events.fairs import test_set_up_wording as set_up
from tests.exhibitors.applications import test_count_asked_booths as quotas

ROOT = Path(__file__).parents[3]
ROOMS = ("events", "exhibitors/calls")
FILES = (
    "accounts/accept_invitation.py", "accounts/administer_organisations.py", "accounts/change_account.py",
    "accounts/invite_member.py", "accounts/join_organisation.py", "accounts/lead_team.py", "accounts/make_organiser.py",
    "accounts/passwords.py", "accounts/prove_password.py", "accounts/sign_in.py", "accounts/sign_up.py",
    "accounts/single_use_links.py", "exhibitors/applications/answer_questions.py",
    "exhibitors/applications/asked_of_applicant.py", "foundation/overtaken.py",
)  # fmt: skip
"""Teams, organising bodies, accounts and passwords, and what answers to a fair's questions may not be."""
WORDS = ("events", "exhibitors/calls")
TABLES = (
    "tests/events/floor_plans/refusals_in_words.json", "tests/events/teams/refusals_in_words.json",
    "tests/exhibitors/calls/refusals_in_words.json",
)  # fmt: skip
ELSEWHERE = {
    "quota_full_outside": "tests/exhibitors/applications/test_count_asked_booths.py",
    "sheet_overtaken": "tests/events/floor_plans/test_exchange_booths.py",
}
"""Rows in the midst of a test: the code beside its two sentences."""
RAISED = {"Refused": 0, "UnreadableSheet": 0, "ValueFault": 3, "RowFault": 2}
"""What is made with a code, and which of its arguments that is."""


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))
    yield from (ROOT / name for name in FILES)


def codes_raised() -> dict[str, str]:
    """Every code in a call that makes a refusal or a fault → where it stands."""
    found = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                at = RAISED[node.func.id]
                said = list(ast.walk(node.args[at])) if len(node.args) > at else []
                codes = [one.value for one in said if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                found |= {code: f"{path.relative_to(ROOT)}:{node.lineno}" for code in codes}
    return found


def codes_with_words() -> dict[str, str]:
    """Every key of a table of sentences of these rooms: codes that are handed on as data stand there too."""
    found = {}
    for room in WORDS:
        for path in sorted((ROOT / room).rglob("*wording.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Dict):
                    keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
                    found |= {str(key): str(path.relative_to(ROOT)) for key in keys if key in registered_refusals()}
    return found


def rows() -> set[str]:
    found = {*fairs.SENTENCES, *set_up.SENTENCES, *(case[1] for case in quotas.FULL)}
    found |= {code for code, test in ELSEWHERE.items() if f'"{code}"' in (ROOT / test).read_text(encoding="utf-8")}
    for table in TABLES:
        for group in json.loads((ROOT / table).read_text(encoding="utf-8")).values():
            found |= {reason for reason, vi, en in group if vi and en and vi != en}
    return found


def test_every_code_has_a_row_with_both_sentences() -> None:
    codes = codes_raised() | codes_with_words()
    assert {code: place for code, place in codes.items() if code not in rows()} == {}


def codes_in_tests() -> set[str]:
    """Every text in the tests that stands outside the tables of sentences: what a verb was made to refuse with."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        source = path.read_text(encoding="utf-8")
        if path != Path(__file__) and ("Refused" in source or "refused(" in source):
            found |= set(_texts(ast.parse(source)))
    return found


def _texts(module: ast.Module) -> Iterator[str]:
    for statement in module.body:
        if isinstance(statement, ast.AnnAssign) and getattr(statement.target, "id", "") == "SENTENCES":
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_no_sentence_stands_without_a_test_that_is_refused_with_its_code() -> None:
    """The tables of fairs and of the set-up hold sentences only: their codes are raised in the tests of each verb."""
    assert sorted({*fairs.SENTENCES, *set_up.SENTENCES} - codes_in_tests()) == []


def test_collector_sees_what_is_raised() -> None:
    """A proof that looks at nothing proves nothing: codes of each room are found."""
    codes = codes_raised()
    for code in (
        "booth_type_taken",
        "paper_taken",
        "last_owner",
        "zone_of_another_fair",
        "cell_unreadable",
        "month_unknown",
    ):
        assert code in codes
