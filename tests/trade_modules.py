"""Which modules of the house may know Flask: one rule, asked by the architecture test and the test without Flask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("foundation", "accounts", "events", "exhibitors", "demonstration")
TOP_LEVEL = ("app.py", "pages.py", "commands.py", "serve.py")

FLASK_ENDINGS = ("_form.py", "_pages.py")
FLASK_FILES = frozenset(
    {
        # the rooms that exist for the web side; every other file is the trade's
        "accounts/current_actor.py",
        "accounts/link_doors.py",
        "accounts/team_deeds.py",
        "exhibitors/allocation/asked_booth.py",
        "exhibitors/allocation/booth_screen.py",
        "exhibitors/applications/application_desk.py",
        "exhibitors/applications/scoring/closed_doors.py",
        "exhibitors/applications/screening_screen.py",
        "exhibitors/following/follow_doors.py",
        "events/fairs/removed_answers.py",
        "events/fairs/workbench.py",
        "events/floor_plans/asked_plan.py",
        "events/teams/closed_doors.py",
        "foundation/address_parts.py",
        "foundation/after_answers.py",
        "foundation/anybody.py",
        "foundation/audit_command.py",
        "foundation/audience.py",
        "foundation/country_names.py",
        "foundation/error_pages.py",
        "foundation/calendar_answers.py",
        "foundation/file_answers.py",
        "foundation/flask_database.py",
        "foundation/kept_answers.py",
        "foundation/languages.py",
        "foundation/letter_round.py",
        "foundation/packed_answers.py",
        "foundation/page_cache.py",
        "foundation/paging.py",
        "foundation/problems.py",
        "foundation/rate_limit.py",
        "foundation/refusal_words.py",
        "foundation/schema_migrations.py",
        "foundation/security_headers.py",
        "foundation/static_files.py",
        "foundation/structured_log.py",
        "foundation/late_rules.py",
        "foundation/template_environment.py",
        "foundation/template_filters.py",
    }
)


def package_files() -> Iterator[Path]:
    """Every Python file of the packages."""
    for package in PACKAGES:
        yield from sorted(path for path in (ROOT / package).rglob("*.py") if "__pycache__" not in path.parts)


def source_files() -> list[Path]:
    """Every Python file of the program: packages and roof, no tests."""
    return [*package_files(), *(ROOT / name for name in TOP_LEVEL if (ROOT / name).exists())]


def may_know_flask(path: Path) -> bool:
    """Whether the file belongs to the web side: forms, pages, wording and the named rooms."""
    inside = path.relative_to(ROOT).as_posix()
    return inside.endswith(FLASK_ENDINGS) or path.name.endswith("wording.py") or inside in FLASK_FILES


def module_name(path: Path) -> str:
    """`events/fairs/fair.py` is `events.fairs.fair`; a package is named by its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def trade_modules() -> list[str]:
    """The names of all modules that must work with no Flask imported."""
    return [module_name(path) for path in package_files() if not may_know_flask(path)]
