"""Every rule of teams and organising bodies, made to refuse through its verb: its reason and sentences."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.accept_invitation import accept_as_new_person, accept_invitation
from accounts.administer_organisations import (
    close_organisation,
    create_organiser,
    rename_organisation,
)
from accounts.change_account import ask_email_change, confirm_new_email
from accounts.invitation import Invitation
from accounts.invite_member import invite_member, resend_invitation, revoke_invitation
from accounts.lead_team import change_role, hand_over, leave_organisation, remove_member
from accounts.make_organiser import make_admin
from accounts.organisation import Membership, actor_for
from accounts.passwords import check_password_rules
from accounts.prove_password import prove_password
from accounts.sign_in import admit
from accounts.sign_up import confirm_email, register_person
from accounts.user import hash_token
from events.teams.name_for_fair import name_for_fair
from foundation import clock
from foundation.actor import Role
from tests.cast import BASE_URL, PASSWORD, a_draft_fair, a_member, a_team, a_zone, an_open_fair, an_organiser
from tests.refused import Act, Refusal, each_refused, sentences_of

TABLE = Path(__file__).with_name("refusals_in_words.json")
SENTENCES = sentences_of(TABLE)
"""Reason, Vietnamese and English, by the tests below."""
NEW = {"name": "Lê Thị Mới", "password_hash": "x", "language": "vi", "base_url": BASE_URL}


def test_teams(session: Session, refused: Refusal) -> None:
    player, other = an_organiser(session), an_organiser(session, "Khác", "khac@x.example")
    member, waiting = a_team(session, player, "a")
    gone = a_member(session, player, Role.READER, "gone@organisers.example")
    reader = actor_for(session, member.user)
    fair, elsewhere = a_draft_fair(session, player), a_draft_fair(session, other, name="Hội chợ khác")
    zone = a_zone(session, other, elsewhere)
    letter: dict[str, Any] = {"role": Role.READER, "language": "vi", "base_url": BASE_URL}
    invite = partial(invite_member, session, player.actor, player.organisation, **letter)
    at_fair: dict[str, Any] = {"role": Role.REVIEWER, "language": "vi", "base_url": BASE_URL}
    remove_member(session, player.actor, gone)

    def over() -> None:
        revoke_invitation(session, player.actor, waiting)
        resend_invitation(session, player.actor, waiting, base_url=BASE_URL)

    def closed() -> None:
        close_organisation(session, player.actor, player.organisation)
        invite(email="neu@example.vn")

    def by_reader() -> None:
        invite_member(session, reader, player.organisation, email="neu@example.vn", **letter)

    def to_oneself() -> None:
        own = session.scalars(select(Membership).where(Membership.user_id == player.user.id)).one()
        hand_over(session, player.actor, own, base_url=BASE_URL)

    acts: list[Act] = [
        partial(invite, email=member.user.email), partial(invite, email=waiting.email), over, closed, by_reader,
        partial(change_role, session, player.actor, gone, Role.MANAGER),
        partial(leave_organisation, session, player.actor, player.organisation),
        to_oneself,
        partial(
            name_for_fair, session, player.actor, fair, email=member.user.email, zone=zone, **at_fair
        ),
    ]  # fmt: skip
    assert each_refused(session, refused, acts) == SENTENCES["teams"]


def test_links_of_invitations(session: Session, refused: Refusal) -> None:
    player = an_organiser(session)
    member, _ = a_team(session, player, "a")
    known = register_person(session, email="known@example.vn", name="Bà Ba", password=PASSWORD, confirmed=True)
    facts: dict[str, Any] = {"role": Role.READER, "language": "vi", "base_url": BASE_URL}
    invitations: list[Invitation] = [
        invite_member(session, player.actor, player.organisation, email=email, **facts)
        for email in ("someone@example.vn", known.email)
    ]
    tokens = ["token-of-someone", "token-of-known"]
    for invitation, token in zip(invitations, tokens, strict=True):
        invitation.token_hash = hash_token(token)
    acts: list[Act] = [
        partial(accept_invitation, session, "nobody's", known, base_url=BASE_URL),
        partial(accept_invitation, session, tokens[0], member.user, base_url=BASE_URL),
        partial(accept_as_new_person, session, tokens[1], **NEW),
    ]
    assert each_refused(session, refused, acts) == SENTENCES["links"]


def test_organising_bodies(session: Session, refused: Refusal) -> None:
    player = an_organiser(session)
    an_open_fair(session, player)
    rename = partial(rename_organisation, session, player.actor, player.organisation, name_en="", contact="")
    found: dict[str, Any] = {"name_en": "", "contact": "", "owner_email": "x@example.vn", "base_url": BASE_URL}
    found |= {"language": "vi"}
    acts: list[Act] = [
        partial(rename, name_vi=" "), partial(rename, name_vi="x" * 500),
        partial(create_organiser, session, player.actor, name_vi=player.organisation.name_vi, **found),
        partial(close_organisation, session, player.actor, player.organisation),
        partial(make_admin, session, email="nobody@example.vn"),
    ]  # fmt: skip
    assert each_refused(session, refused, acts) == SENTENCES["bodies"]


def test_signing_in(session: Session, refused: Refusal) -> None:
    early = register_person(session, email="early@example.vn", name="Bà Ba", password=PASSWORD)
    shut = register_person(session, email="shut@example.vn", name="Ông Tư", password=PASSWORD, confirmed=True)
    shut.disabled_at = clock.now()
    session.commit()
    proofs = [None, *(prove_password(session, PASSWORD, email=user.email) for user in (shut, early))]
    acts: list[Act] = [partial(admit, session, proof) for proof in proofs]
    assert each_refused(session, refused, acts) == SENTENCES["signing in"]


def test_passwords(session: Session, refused: Refusal) -> None:
    wrong = ("bảy_chữ", "đ" * 513, "thuyền\x00ra khơi", "12345678", "gianhang2026")
    acts: list[Act] = [partial(check_password_rules, password) for password in wrong]
    assert each_refused(session, refused, acts) == SENTENCES["passwords"]


def test_signing_up(session: Session, refused: Refusal) -> None:
    known = register_person(session, email="known@example.vn", name="Bà Ba", password=PASSWORD, confirmed=True)
    register = partial(register_person, session, email="new@example.vn", password=PASSWORD)
    acts: list[Act] = [partial(register, name=name) for name in (" ", "x" * 500, "<b>Bà Ba</b>")]
    acts += [partial(register, email=known.email, name="Bà Tư"), partial(confirm_email, session, "nobody's")]
    assert each_refused(session, refused, acts) == SENTENCES["signing up"]


def test_own_account(session: Session, refused: Refusal) -> None:
    user = register_person(session, email="own@example.vn", name="Bà Ba", password=PASSWORD, confirmed=True)
    session.commit()
    actor, proof = actor_for(session, user), prove_password(session, PASSWORD, user_id=user.id)
    assert proof is not None

    def changed_meanwhile() -> None:
        user.password_hash = "another"
        session.flush()
        proof.owner(session)

    acts: list[Act] = [
        changed_meanwhile,
        partial(ask_email_change, session, actor, proof, new_email=user.email, base_url=BASE_URL),
        partial(confirm_new_email, session, "nobody's"),
    ]
    assert each_refused(session, refused, acts) == SENTENCES["own account"]
