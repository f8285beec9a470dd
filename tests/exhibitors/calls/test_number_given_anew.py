"""A page about a thing that was removed never overwrites another thing that has its number now."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.exhibitors.calls.test_removed_meanwhile import CASES, Case
from tests.typed_form import typed_form

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from events.fairs.fair import Fair
    from tests.cast import OrganiserPlayer
    from tests.events.conftest import OrganiserBrowser

pytestmark = pytest.mark.each_database

ANOTHER = "Của người khác"


@pytest.mark.parametrize("case", [case for case in CASES if case.anew], ids=str)
def test_new_thing_is_not_taken_for_the_old(
    session: Session,
    host: OrganiserPlayer,
    draft: Fair,
    mine: OrganiserBrowser,
    other: OrganiserBrowser,
    case: Case,
) -> None:
    """SQLite gives the number of the last row anew: told as changed. PostgreSQL does not: told as removed."""
    root = f"/en/organise/fairs/{draft.slug}/"
    path = case.make(session, host, draft)
    session.commit()
    typed = next(iter(case.typed))
    form = typed_form(mine.get(root + path).text, holding=typed)
    assert other.send(root + case.removed_at(path), {}, form_on=root + "edit").status_code == 303
    token = typed_form(other.get(root + case.anew).text, holding=typed)["csrf_token"]
    anew = {**form, typed: [ANOTHER], "csrf_token": token}
    del anew["version"]
    assert other.client.post(root + case.anew, data=anew).status_code == 303
    late = mine.client.post(root + path, data={**form, typed: [case.typed[typed]]})
    assert case.typed[typed] in unescape(late.text)
    there = mine.get(root + path)
    if session.get_bind().dialect.name == "sqlite" and case.name != "item":  # an item stays in its table
        assert (late.status_code, ANOTHER in unescape(late.text)) == (422, True)
        assert typed_form(there.text, holding=typed)[typed] == [ANOTHER]
    else:
        assert (late.status_code, there.status_code) == (410, 410)
