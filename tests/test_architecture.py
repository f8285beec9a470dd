"""The rules of the house that import-linter cannot hold; docs/architecture.md says why each one is there."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.trade_modules import FLASK_FILES, PACKAGES, ROOT, may_know_flask, module_name, package_files, source_files

WEB_LIBRARIES = {"flask", "werkzeug", "wtforms", "babel"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
LONGEST_ROOF = 80
ROOMLESS_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}

# Folders and files of templates/, static/ and tests/ that belong to the whole house and mirror no package.
HOUSE_TEMPLATES = {"_macros", "base.html", "organise_base.html"}
HOUSE_STATIC = {"css", "js", "fonts", "art", "images", "icons.svg", "favicon.svg", "favicon.ico", "ICONS-LICENCE.txt"}
HOUSE_TESTS = {
    "benchmarks",
    "journeys",
    "servers",
    "walks",
    "cast.py",
    "conftest.py",
    "crawler.py",
    "fair_maker.py",
    "forked_server.py",
    "ground.py",
    "machine_speed.py",
    "played_moves.py",
    "played_world.py",
    "prepared_folder.py",
    "publishing_process.py",
    "real_postgresql.py",
    "real_server.py",
    "refused.py",
    "repeated_rows.py",
    "sent_files.py",
    "signed_in.py",
    "typed_form.py",
    "watched_requests.py",
    "small_world.py",
    "swept_database.py",
    "scenes.py",
    "copied_database.py",
    "written_routes.py",
    "trade_modules.py",
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def files_of_tests() -> list[Path]:
    return sorted(path for path in (ROOT / "tests").rglob("*.py") if "__pycache__" not in path.parts)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports_of(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported below a node, `from a import b` as `a.b`."""
    for item in ast.walk(node):
        if isinstance(item, ast.Import):
            yield from ((item.lineno, alias.name) for alias in item.names)
        elif isinstance(item, ast.ImportFrom):
            yield from ((item.lineno, f"{item.module}.{alias.name}") for alias in item.names)


def is_web_library(name: str) -> bool:
    top = name.partition(".")[0]
    return top in WEB_LIBRARIES or top.startswith("flask_")


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


# --- what may know what -------------------------------------------------------------------------------------------


def test_trade_file_imports_no_web_library() -> None:
    found = [
        f"{shown(path)}:{line} imports {name}"
        for path in package_files()
        if not may_know_flask(path)
        for line, name in imports_of(tree_of(path))
        if is_web_library(name)
    ]
    assert found == []


def test_trade_file_imports_no_web_side_file() -> None:
    web_side = {module_name(path) for path in package_files() if may_know_flask(path)}
    found = [
        f"{shown(path)}:{line} imports {name}"
        for path in package_files()
        if not may_know_flask(path)
        for line, name in imports_of(tree_of(path))
        if name in web_side or name.rpartition(".")[0] in web_side
    ]
    assert found == []


def test_listed_web_side_file_exists() -> None:
    assert sorted(name for name in FLASK_FILES if not (ROOT / name).exists()) == []


def test_pages_are_imported_by_the_roof_alone() -> None:
    found = [
        f"{shown(path)}:{line} imports {name}"
        for path in source_files()
        if path != ROOT / "app.py"
        for line, name in imports_of(tree_of(path))
        if any(part.endswith("_pages") for part in name.split("."))
    ]
    assert found == []


def test_app_is_imported_by_no_package() -> None:
    found = [
        f"{shown(path)}:{line} imports {name}"
        for path in package_files()
        for line, name in imports_of(tree_of(path))
        if name.partition(".")[0] in {"app", "commands", "serve"}
    ]
    assert found == []


def test_import_inside_a_function_says_why() -> None:
    found = []
    for path in [*source_files(), *files_of_tests()]:
        lines = path.read_text(encoding="utf-8").splitlines()
        inner = {line for function in functions_of(path) for line, _ in imports_of(function)}
        for line in sorted(inner):
            if "#" not in lines[line - 1] and not lines[line - 2].strip().startswith("#"):
                found.append(f"{shown(path)}:{line}")
    assert found == []


# --- sizes and names ----------------------------------------------------------------------------------------------


def test_file_is_at_most_300_lines_long() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in [*source_files(), *files_of_tests()]
    }
    assert {shown(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_roof_is_at_most_80_lines_long() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= LONGEST_ROOF


def test_function_is_at_most_50_lines_long() -> None:
    found = [
        f"{shown(path)}:{node.lineno} {node.name} has {length} lines"
        for path in [*source_files(), *files_of_tests()]
        for node in functions_of(path)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert found == []


def test_nothing_is_named_for_having_no_room() -> None:
    everything = [*source_files(), *files_of_tests(), *templates(), *(ROOT / "static").rglob("*")]
    found = [shown(path) for path in everything if ROOMLESS_NAMES & {*path.relative_to(ROOT).parts, path.stem}]
    assert found == []


def test_module_opens_with_a_docstring() -> None:
    missing = [shown(path) for path in [*source_files(), *files_of_tests()] if not ast.get_docstring(tree_of(path))]
    assert missing == []


def test_no_python_file_is_empty_except_package_markers() -> None:
    found = [
        shown(path)
        for path in [*source_files(), *files_of_tests()]
        if path.name != "__init__.py" and len(tree_of(path).body) < 2
    ]
    assert found == []


def test_package_folder_has_a_marker_and_holds_something() -> None:
    folders = {path.parent for package in PACKAGES for path in (ROOT / package).rglob("*.py")}
    assert sorted(shown(folder) for folder in folders if not (folder / "__init__.py").exists()) == []
    rooms = [folder for folder in folders if len(list(folder.glob("*.py"))) == 1]
    assert sorted(shown(room) for room in rooms if not any(inner.parent == room for inner in folders)) == []


def test_tests_have_no_package_marker() -> None:
    assert [shown(path) for path in files_of_tests() if path.name == "__init__.py"] == []


# --- silencing the tools ------------------------------------------------------------------------------------------

REASON = r".*(#|- |— ).+"
BARE_SILENCE = re.compile(
    rf"noqa(?!: [A-Z]+\d+{REASON})|type:\s*ignore(?!\[[a-z, -]+\]{REASON})",
    re.IGNORECASE,
)
SILENCE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma: no cover|fmt: (off|skip)|mypy:|ruff:)")


def test_tool_is_silenced_only_with_code_and_reason() -> None:
    found = []
    for path in [*source_files(), *files_of_tests()]:
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                comment = token.string if token.type == tokenize.COMMENT else ""
                if SILENCE.match(comment) and BARE_SILENCE.search(comment):
                    found.append(f"{shown(path)}:{token.start[0]} {token.string}")
    assert found == []


# --- mirrors ------------------------------------------------------------------------------------------------------


def strays(mirror: str, house: set[str]) -> list[str]:
    """Files and folders below templates/, static/ or tests/ whose place names no package, room or task."""
    folder = ROOT / mirror
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[0] in house or "__pycache__" in parts or path.suffix in {".br", ".gz", ".pyc"}:
            continue
        placed = is_place(ROOT.joinpath(*parts)) if path.is_dir() else len(parts) > 1 and parts[0] in PACKAGES
        if not placed:
            found.append(shown(path))
    return found


def is_place(path: Path) -> bool:
    """A package folder, or the stem of a task: apply_for_booth/ beside apply_for_booth.py or its pages."""
    beside = [path.with_name(path.name + ending) for ending in (".py", "_pages.py", "_form.py")]
    return path.is_dir() or any(file.exists() for file in beside) or any(map(is_stem, path.parents[:1]))


def is_stem(path: Path) -> bool:
    return not path.is_dir() and path != ROOT and is_place(path)


def test_templates_mirror_the_packages() -> None:
    assert strays("templates", HOUSE_TEMPLATES) == []


def test_static_files_mirror_the_packages() -> None:
    assert strays("static", HOUSE_STATIC) == []


def test_tests_mirror_the_packages() -> None:
    folder = ROOT / "tests"
    found = []
    for path in files_of_tests():
        parts = path.relative_to(folder).parts
        if parts[0] in HOUSE_TESTS or (len(parts) == 1 and path.name.startswith("test_")):
            continue
        tested = ROOT.joinpath(*parts[:-1])
        if parts[0] not in PACKAGES or not tested.is_dir() or not re.fullmatch(r"test_\w+\.py|conftest\.py", path.name):
            found.append(shown(path))
    assert found == []
