"""Every move of an application by every role, as decision 0003 says: played at random, and offered by the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from exhibitors.allocation.booth_assignment import release_booths
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.apply_for_booth import (
    submit_application,
)
from foundation import clock
from foundation.actor import SYSTEM
from foundation.refusal import Refused
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    an_organiser,
)
from tests.exhibitors.conftest import Visitor
from tests.played_moves import (
    LATER,
    NOTHING_WAITS,
    PATHS,
    REPEATED,
    ROLES,
    TABLE,
    Ground,
    Moves,
    a_fair_for_everybody,
)
from tests.scenes import Play

S = ApplicationState


def try_it(moves: Moves, move: str, role: str, *, is_kept: bool) -> tuple[ApplicationState, bool]:
    """Where the application is after the role has tried the move, and whether it was refused."""
    application, session = moves.application, moves.session
    if not moves.is_let(move, role):
        return application.current, True
    saved, refused = session.begin_nested(), False
    try:
        moves.attempt(move, role)
        session.flush()
    except Refused:
        refused = True
    if is_kept and not refused:
        saved.commit()
        return application.current, refused
    now = application.current
    saved.rollback()
    session.refresh(application)
    return (application.current if refused else now), refused


def let_play(moves: Moves, move: str, role: str, *, is_kept: bool = True) -> None:
    """Let the role try the move: what happens is what the table says."""
    application = moves.application
    froms, to, roles = TABLE[move]
    before, from_list = application.current, application.offered_from_list_at
    now, refused = try_it(moves, move, role, is_kept=is_kept)
    if before in froms and role in roles:
        expected = to or (S.WAITLISTED if from_list else S.EXPIRED)
        assert (move, role, before, now, refused) == (move, role, before, expected, False)
        return
    assert (move, role, before, now) == (move, role, before, before)
    silent = role in roles and (move in NOTHING_WAITS or before in REPEATED.get(move, ()))
    assert refused != silent, (move, role, before)


def begin(ground: Ground, path: tuple[str, ...]) -> Moves:
    """A new application brought along the path, each step by somebody who may."""
    moves = Moves(ground, ground.new_draft())
    for move in path:
        let_play(moves, move, max(TABLE[move][2]))
    return moves


def leave(moves: Moves) -> None:
    """Let go of what the application holds, so that the next one finds room."""
    release_booths(moves.session, SYSTEM, moves.application, "end of the game")
    moves.application.state = S.REJECTED.value
    moves.session.flush()


def machine_on(ground: Ground) -> type[RuleBasedStateMachine]:
    """The machine: any role tries any move, in any order."""

    class Machine(RuleBasedStateMachine):
        @initialize(path=st.sampled_from(PATHS))
        def begin_somewhere(self, path: tuple[str, ...]) -> None:
            self.moves = begin(ground, path)

        @rule(move=st.sampled_from(sorted(TABLE)), role=st.sampled_from(ROLES))
        def anybody_tries(self, move: str, role: str) -> None:
            let_play(self.moves, move, role)

        @rule(data=st.data())
        def somebody_goes_on(self, data: st.DataObject) -> None:
            """A move that is possible, so that games reach the far states too."""
            here = self.moves.application.current
            move = data.draw(st.sampled_from(sorted(name for name, (froms, _, _) in TABLE.items() if here in froms)))
            let_play(self.moves, move, max(TABLE[move][2]))

        def teardown(self) -> None:
            leave(self.moves)

    return Machine


@pytest.fixture
def ground(play: Play, session: Session) -> Ground:
    organiser, stranger = play(an_organiser), play(an_organiser, "Ban khác", "khac@organisers.example")
    return Ground(session, *play(a_fair_for_everybody, organiser, stranger))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "-".join(path) or "draft")
def test_every_move_by_every_role_from_every_state(ground: Ground, path: tuple[str, ...]) -> None:
    moves = begin(ground, path)
    for move in TABLE:
        for role in ROLES:
            let_play(moves, move, role, is_kept=False)


def test_every_role_makes_exactly_the_moves_of_the_table_in_any_order(ground: Ground) -> None:
    game = settings(
        max_examples=25,
        stateful_step_count=20,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine_on(ground), settings=game)


# --- what the pages offer --------------------------------------------------------------------------------------------

BUTTONS = {
    "take-up": "take_up",
    "decision": "stage",
    "changes": "ask_for_changes",
    "extend": "extend",
    "cancel": "cancel",
    "reinstate": "reinstate",
}
MEMBERS = ("reader", "field staff", "reviewer", "manager")
OWN_BUTTONS = {"confirm": "confirm", "decline": "decline", "withdraw": "withdraw"}


@pytest.mark.any_database
def test_pages_offer_exactly_the_moves_that_work(
    store: Session, organiser: OrganiserPlayer, visit: Callable[..., Visitor]
) -> None:
    """In every state an application can be in once it was sent."""
    ground = Ground(store, *a_fair_for_everybody(store, organiser, organiser))
    application = ground.new_draft()
    submit_application(
        store, ground.actors["unit"], application, rules_accepted=True, pledge_given=True, base_url=BASE_URL
    )
    application.changes_due_at = clock.now() + timedelta(days=2)
    application.confirm_by = clock.now() + LATER
    store.commit()
    code, base = application.code, f"/organise/fairs/{ground.fair.slug}/applications"
    team = {role: visit(f"{role.replace(' ', '_')}@team.example") for role in MEMBERS}
    unit = visit("u1@units.example")
    for state in set(S) - {S.DRAFT}:
        application.state = state.value
        store.commit()
        for role, browser in team.items():
            expected = {move for move in BUTTONS.values() if state in TABLE[move][0] and role in TABLE[move][2]}
            for page in (f"{base}/{code}", f"{base}?open={code}"):
                offered = {BUTTONS[act] for act in acts_in(browser.get(page).text, f"{base}/{code}/") if act in BUTTONS}
                assert (state, role, page, offered) == (state, role, page, expected)
        own = acts_in(unit.get(f"/applications/{code}").text, f"/applications/{code}/")
        offered = {OWN_BUTTONS[act] for act in own if act in OWN_BUTTONS}
        assert (state, offered) == (state, {move for move in OWN_BUTTONS.values() if state in TABLE[move][0]})


def acts_in(page: str, base: str) -> set[str]:
    """The last parts of the addresses that forms and links of a page lead to."""
    return set(re.findall(rf'(?:action|href)="{re.escape(base)}([a-z-]+)', page))
