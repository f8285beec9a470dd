"""Nobody changes, takes away or puts in an entry of the trail unnoticed, not even by hand in the database itself."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask.testing import FlaskCliRunner
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.audit_seals import BEFORE_THE_FIRST, INSTALLATION, head_of
from foundation.audit_trail import AuditEntry, record
from foundation.database import make_session
from foundation.verify_trail import Head, Tampering, verify_trail

ACTOR = Actor(user_id=7, name="Hà")
TABLES = ("audit_entry", "audit_seal")
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
JSON_FACTS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def write(session: Session, *whats: str, fair_id: int | None = None) -> list[int]:
    """An entry for each, each in a commit of its own."""
    numbers = []
    for what in whats:
        entry = record(session, ACTOR, what, fair_id=fair_id, old={"tên": "Mắm"}, new={"tên": "Nước mắm", "1": 2.5})
        session.commit()
        numbers.append(entry.id)
    return numbers


def by_hand(session: Session, *statements: str) -> None:
    """What somebody with the password of the database can do: take the guards away first."""
    if session.get_bind().dialect.name == "sqlite":
        guards = session.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for name in guards:
            session.execute(sa.text(f"DROP TRIGGER {name}"))
    else:
        for table in TABLES:
            session.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    for statement in statements:
        session.execute(sa.text(statement))
    session.commit()


def found(session: Session, *kept: Head) -> list[tuple[str, str, int, int | None]]:
    """What the verdict names."""
    session.rollback()
    with make_session(session.get_bind()) as fresh:  # type: ignore[arg-type]  # an engine
        faults = verify_trail(fresh, kept).faults
    return [(fault.tampering.value, fault.scope, fault.number, fault.entry_id) for fault in faults]


def test_what_the_program_writes_holds(session: Session) -> None:
    before = head_of(session, INSTALLATION)[0]
    write(session, "one", "two")
    write(session, "three", fair_id=4)
    record(session, ACTOR, "both", fair_id=4)
    record(session, ACTOR, "both", fair_id=5)
    session.commit()
    assert found(session) == []
    assert head_of(session, INSTALLATION)[0] == before + 2
    assert [head_of(session, scope)[0] for scope in ("fair:4", "fair:5", "fair:6")] == [2, 1, 0]
    assert head_of(session, "fair:6")[1] == BEFORE_THE_FIRST


def test_what_is_taken_back_leaves_no_gap(session: Session) -> None:
    write(session, "one", fair_id=4)
    record(session, ACTOR, "never", fair_id=4)
    session.rollback()
    savepoint = session.begin_nested()
    record(session, ACTOR, "never either", fair_id=4)
    session.flush()
    savepoint.rollback()
    record(session, ACTOR, "two", fair_id=4)
    session.commit()
    assert (head_of(session, "fair:4")[0], found(session)) == (2, [])


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["UPDATE audit_entry SET reason = 'khác' WHERE id = {two}"], (Tampering.CHANGED, 2, "two")),
        (["UPDATE audit_entry SET actor_id = 8 WHERE id = {two}"], (Tampering.CHANGED, 2, "two")),
        (["UPDATE audit_entry SET fair_id = 5 WHERE id = {two}"], (Tampering.CHANGED, 2, "two")),
        (["DELETE FROM audit_entry WHERE id = {two}"], (Tampering.MISSING, 2, "two")),
        (
            ["DELETE FROM audit_entry WHERE id = {two}", "DELETE FROM audit_seal WHERE entry_id = {two}"],
            (Tampering.MISSING, 2, None),
        ),
        (
            ["DELETE FROM audit_entry WHERE id = {three}", "DELETE FROM audit_seal WHERE entry_id = {three}"],
            (Tampering.MISSING, 3, None),
        ),
        (["UPDATE audit_seal SET hash = 'ff' WHERE entry_id = {two}"], (Tampering.CHANGED, 2, "two")),
        (["UPDATE audit_head SET hash = 'ff' WHERE scope = 'fair:4'"], (Tampering.HEAD, 3, None)),
        (["DELETE FROM audit_head WHERE scope = 'fair:4'"], (Tampering.HEAD, 3, None)),
    ],
)
def test_first_fault_is_named(
    session: Session, statements: list[str], expected: tuple[Tampering, int, str | None]
) -> None:
    numbers = dict(zip(("one", "two", "three"), write(session, "one", "two", "three", fair_id=4), strict=True))
    write(session, "elsewhere", fair_id=9)
    by_hand(session, *(statement.format_map(numbers) for statement in statements))
    tampering, number, entry = expected
    assert found(session) == [(tampering.value, "fair:4", number, numbers[entry] if entry else None)]


def test_entry_put_in_by_hand_is_named(session: Session) -> None:
    write(session, "one", fair_id=4)
    facts = {"at": datetime(2027, 1, 29, tzinfo=UTC), "what": "allocated", "thing_kind": "", "fair_id": 4}
    put_in = session.execute(sa.insert(AuditEntry).values(facts | {"reason": "", "request_id": ""}))
    entry_id = put_in.inserted_primary_key[0]  # type: ignore[attr-defined]  # CursorResult at run time
    session.commit()
    assert found(session) == [("inserted", "fair:4", 0, entry_id)]


def test_chain_written_anew_is_found_out_by_what_was_kept(session: Session) -> None:
    """Whoever can write hashes too is given away by an end of the chain that somebody else noted down."""
    write(session, "one", "two", fair_id=4)
    kept = Head("fair:4", *head_of(session, "fair:4"))
    by_hand(
        session,
        "DELETE FROM audit_entry WHERE fair_id = 4",
        "DELETE FROM audit_seal WHERE scope = 'fair:4'",
        "DELETE FROM audit_head WHERE scope = 'fair:4'",
    )
    assert found(session) == []
    assert found(session, kept) == [("missing", "fair:4", 1, None)]
    write(session, "one", "other", "three", fair_id=4)
    assert found(session) == []
    assert [fault[:3] for fault in found(session, kept)] == [("kept", "fair:4", 2)]


def test_twenty_at_once_make_one_chain(session: Session, engine: sa.Engine) -> None:
    faults: list[BaseException] = []

    def act(number: int) -> None:
        try:
            with make_session(engine) as own:
                for fair_id in (4, 5, None, 4) if number % 2 else (None, 5, 4, 4):
                    record(own, ACTOR, f"act {number}", fair_id=fair_id)
                own.commit()
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    threads = [threading.Thread(target=act, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert [head_of(session, scope)[0] for scope in ("fair:4", "fair:5")] == [40, 20]
    assert found(session) == []


@examples(max_examples=30)
@given(old=st.dictionaries(WORDS, JSON_FACTS, max_size=3), reason=WORDS)
def test_any_words_and_facts_are_read_back_as_they_were_sealed(
    session: Session, old: dict[str, object], reason: str
) -> None:
    record(session, ACTOR, "changed", fair_id=4, old=old, new={1: old}, reason=reason)  # type: ignore[dict-item]  # on purpose
    session.commit()
    assert found(session) == []


def test_command_prints_ends_and_fails_on_a_fault(
    session: Session, runner: FlaskCliRunner, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(session, "one", "two", fair_id=4)
    end = head_of(session, "fair:4")
    session.rollback()
    good = runner.invoke(args=["audit", "verify"])
    assert (good.exit_code, f"fair:4 {end[0]} {end[1]}" in good.output) == (0, True)
    kept = tmp_path_factory.mktemp("kept") / "ends"
    kept.write_text(good.output, encoding="utf-8")
    assert runner.invoke(args=["audit", "verify", "--kept", str(kept)]).exit_code == 0
    by_hand(session, "UPDATE audit_entry SET reason = 'khác' WHERE fair_id = 4")
    bad = runner.invoke(args=["audit", "verify", "--kept", str(kept)])
    assert (bad.exit_code, "fair:4: entry" in bad.output, "is not what was sealed" in bad.output) == (1, True, True)
    kept.write_text("fair:4 two 12\n", encoding="utf-8")
    wrong = runner.invoke(args=["audit", "verify", "--kept", str(kept)])
    assert (wrong.exit_code, "line 1 is not an end of a chain" in wrong.output) == (1, True)
