"""What a request about a booth asks for: the fair, the booth, a row of the board, as far as the person may see them."""

from __future__ import annotations

from flask import request

from events.fairs.fair import Fair, find_fair
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.allocation_board import BoardRow, board_rows, find_booth, find_row
from exhibitors.allocation.booth_assignment import BoothAssignment, assignments_of
from exhibitors.applications.permissions import may_read_application
from foundation.audience import demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import clean


def asked_booth(slug: str, code: str) -> tuple[Fair, Booth]:
    """The fair and its booth, if the person may do this there."""
    fair = found(find_fair(current_session(), slug))
    booth = booth_of(fair, code)
    demand(fair, booth)
    return fair, booth


def rows_of(fair: Fair) -> list[BoardRow]:
    """Everybody whose application the person may read."""
    actor = signed_in_actor()
    return [row for row in board_rows(current_session(), fair) if may_read_application(actor, fair, row.application)]


def row_of(fair: Fair, code: str) -> BoardRow | None:
    """The application with this code, if the person may read it."""
    row = find_row(current_session(), fair, code)
    return row if row is not None and may_read_application(signed_in_actor(), fair, row.application) else None


def booth_of(fair: Fair, code: str) -> Booth:
    """Nested addresses are checked together: the booth must stand on a plan of this very fair."""
    return found(find_booth(current_session(), fair, code))


def chosen_row(fair: Fair) -> BoardRow | None:
    """Whom the address names."""
    code = str(clean(request.args.get("application", "")))[:12]
    return row_of(fair, code) if code else None


def standing_on(row: BoardRow, booth_code: str) -> BoothAssignment | None:
    """How the application holds the booth with this code, if it still does."""
    held = assignments_of(current_session(), row.application.id)
    return next((assignment for assignment in held if assignment.booth.code == booth_code), None)
