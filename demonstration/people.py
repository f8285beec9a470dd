"""The demonstration accounts and organisations."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.join_organisation import found_organisation
from accounts.organisation import Organisation, OrganisationKind, actor_for
from accounts.sign_up import register_person
from accounts.user import User, find_user
from foundation.actor import Actor

ORGANISER = ("bantochuc@demo.example", "Cán bộ ban tổ chức (minh họa)")
PRODUCER = ("coso@demo.example", "Chủ cơ sở (minh họa)")
HOUSEHOLD = ("hogiadinh@demo.example", "Bà Tư (minh họa)")
KEEPER = ("nguoi-giu-du-lieu@demo.example", "Người giữ dữ liệu minh họa")
DEPARTMENT_VI = "Sở Công Thương Quảng Ninh (dữ liệu minh họa)"
DEPARTMENT_EN = "Quảng Ninh Department of Industry and Trade (demonstration data)"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in the demonstration."""

    department: Organisation
    organiser: Actor
    producer: User
    keeper: User
    household: User


def make_cast(session: Session, password: str | None = None) -> Cast:
    """The department and the four people, made once; accounts get the password given, else one nobody knows."""
    people = [
        find_user(session, email) or _person(session, email, name, password)
        for email, name in (ORGANISER, PRODUCER, KEEPER, HOUSEHOLD)
    ]
    organiser, producer, keeper, household = people
    department = session.scalar(select(Organisation).where(Organisation.name_vi == DEPARTMENT_VI))
    if department is None:
        department = found_organisation(
            session,
            organiser,
            kind=OrganisationKind.ORGANISER,
            name_vi=DEPARTMENT_VI,
            name_en=DEPARTMENT_EN,
            contact="Ban tổ chức (minh họa)",
            is_demonstration=True,
        )
    return Cast(department, actor_for(session, organiser), producer, keeper, household)


def _person(session: Session, email: str, name: str, password: str | None) -> User:
    given = password if password and email != KEEPER[0] else secrets.token_urlsafe(24)
    return register_person(session, email=email, name=name, password=given, confirmed=True, is_demonstration=True)


def write_accounts_note(data_dir: Path, password: str) -> None:
    """Keep the accounts and their password where ./run prints them from (readable by the owner only)."""
    path = data_dir / "demo-accounts.txt"
    path.touch(mode=0o600)
    accounts = (
        (ORGANISER[0], "ban tổ chức / organiser"),
        (PRODUCER[0], "cơ sở / producer"),
        (HOUSEHOLD[0], "hộ kinh doanh có đơn / household with applications"),
    )
    path.write_text("".join(f"{email}  {password}  ({words})\n" for email, words in accounts))
