"""The letter to a colleague who is mentioned in a comment on the allocation."""

from __future__ import annotations

from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal
from foundation.outbox import Letter

FOLDER = "exhibitors/allocation/proposals/comments/letters"


def comment_told(fair: Fair, proposal: AllocationProposal | None, sender: tuple[str, str], person: User) -> Letter:
    """Who mentions the person, at which fair, and where to read it: the words of a comment leave no desk.

    `sender` is the author's name and the address of the site.
    """
    author, base_url = sender
    prefix = "/en" if person.language == "en" else ""
    about = f"?proposal={proposal.number}" if proposal else ""
    return Letter(
        template=f"{FOLDER}/comment_mention",
        recipient=person.email,
        language=person.language,
        facts={
            "author": author,
            "name": person.name,
            "fair": fair.name.local(person.language),
            "organiser": fair.organisation.name.local(person.language),
            "proposal": proposal.number if proposal else None,
            "link": f"{base_url}{prefix}/organise/fairs/{fair.slug}/comments{about}",
        },
        fair_id=fair.id,
    )
