"""The small world with a payload in every field, kept for whoever needs it again: typing takes half a minute."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ground import DatabaseTemplate, Ground
from tests.prepared_folder import DATABASE, PREPARED_FOLDERS
from tests.small_world import small_world
from tests.walks.forms import endpoint_of
from tests.walks.payloads import MARK, Poisoning

FACTS = "facts.json"


@dataclass(frozen=True, slots=True)
class PoisonedFolder:
    """A database of hostile words, and who saw them where."""

    folder: str
    secret_key: str
    cookie_name: str
    cookies: dict[str, str]
    """By role."""
    pages: dict[str, list[str]]
    """By role: one address for each route that showed a payload."""

    @property
    def database(self) -> Path:
        """The file, complete in itself."""
        return Path(self.folder) / DATABASE


def poisoned_folder() -> PoisonedFolder:
    """What a walk of this run has kept, else made now."""
    if not (_place() / FACTS).exists():
        with TemporaryDirectory() as folder:
            template = DatabaseTemplate("sqlite", Path(folder))
            template.prepare()
            (ground := Path(folder) / "ground").mkdir()
            world = small_world(Ground(template, ground))
            keep_poisoned(Poisoning(world).type_words())
            world.ground.leave()
    return PoisonedFolder(**json.loads((_place() / FACTS).read_text(encoding="utf-8")))


def keep_poisoned(walk: Poisoning) -> None:
    """Keep what the walk has typed up to now, if its database is a file."""
    source = walk.world.engine.url.database
    if walk.world.engine.dialect.name != "sqlite" or source is None:
        return
    _place().mkdir(exist_ok=True)
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(_place() / DATABASE)) as here:
        there.backup(here)
    app = walk.world.app
    cookies = {role: player.cookie for role, player in walk.world.players.items()}
    facts = (
        str(_place()),
        str(app.secret_key),
        str(app.config["SESSION_COOKIE_NAME"]),
        cookies,
        _pages_with_words(walk),
    )
    (_place() / FACTS).write_text(json.dumps(asdict(PoisonedFolder(*facts))), encoding="utf-8")


def _place() -> Path:
    return Path(os.environ[PREPARED_FOLDERS]) / "poisoned"


def _pages_with_words(walk: Poisoning) -> dict[str, list[str]]:
    seen: dict[tuple[str, str], str] = {}
    for (role, address), answer in walk.pages.items():
        if answer.mimetype == "text/html" and answer.status_code == 200 and MARK in answer.get_data(as_text=True):
            seen.setdefault((role, endpoint_of(walk.world, address, "GET")[0]), address)
    return {role: [address for (who, _), address in seen.items() if who == role] for role, _ in seen}
