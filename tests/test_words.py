"""The interface speaks both languages completely: catalogue, refusals and templates."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from foundation.refusal_words import registered_refusals
from tests.trade_modules import ROOT, source_files

CATALOGUE = ROOT / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
PROPER_NAMES = re.compile(r"Gian Hàng|English|Tiếng Việt|Apple|Google|Outlook|OCOP|Zalo|iCalendar|\b(org|slim|solo)\b")
"""Names, and the classes that a page gives its body in a block."""


def extract(folder: Path) -> Catalog:
    """Every sentence of code and templates, found the way CONTRIBUTING.md says."""
    target = folder / "messages.pot"
    command = [
        "-m",
        "babel.messages.frontend",
        "-q",
        "extract",
        "-F",
        "babel.cfg",
        "-k",
        "lazy_gettext",
        "-k",
        "lazy_ngettext:1,2",
    ]
    folders = ["-k", "lazy_ngettext:1,2", "--ignore-dirs", ".* .venv", "-o", str(target), "."]
    subprocess.run([sys.executable, *command, *folders], cwd=ROOT, check=True, capture_output=True)
    with target.open("rb") as file:
        return read_po(file)


@cache
def vietnamese() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="vi")


def sentences(message: Message) -> tuple[list[str], list[str]]:
    """The English forms and the Vietnamese ones."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    return ids, strings


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return extract(tmp_path_factory.mktemp("words"))


def test_no_sentence_is_left_untranslated(extracted: Catalog) -> None:
    missing = []
    for message in extracted:
        known = vietnamese().get(message.id, message.context) if message.id else message
        if known is None or (message.id and not all(sentences(known)[1])):
            missing.append(message.id)
    assert missing == []


def test_no_sentence_is_left_over(extracted: Catalog) -> None:
    over = [message.id for message in vietnamese() if message.id and extracted.get(message.id, message.context) is None]
    assert (over, list(vietnamese().obsolete)) == ([], [])


def test_no_sentence_is_a_guess() -> None:
    assert [message.id for message in vietnamese() if message.id and message.fuzzy] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    different = []
    for message in vietnamese():
        ids, strings = sentences(message)
        english = {name for text in ids for name in PLACEHOLDER.findall(text)}
        for text in strings:
            found = set(PLACEHOLDER.findall(text))
            if message.id and not found <= english | {"num"}:
                different.append((message.id, text))
    assert different == []


SAYERS = {"_": 1, "gettext": 1, "lazy_gettext": 1, "say": 1, "ngettext": 2, "lazy_ngettext": 2, "say_plural": 2}
"""What translates, and how many of its first arguments are message ids."""
SEEN_AS = {"gettext": {"_", "gettext"}, "lazy_gettext": {"_", "lazy_gettext"}, "say": {"_", "gettext"}}
SEEN_AS |= {"ngettext": {"ngettext"}, "lazy_ngettext": {"lazy_ngettext"}, "say_plural": {"ngettext"}}
"""Under which names a module may import it, so that extraction sees its calls."""
PASSES_ON = {
    "foundation/house_form.py:gettext(string)",
    "foundation/languages.py:say(string)",
    "foundation/languages.py:say_plural(singular, plural, number)",
}
"""Hands on a message that is a literal elsewhere: of a library, of a template, of a call of Flask-Babel."""


def unseen_words(source: str) -> list[str]:
    """Calls that translate but that extraction cannot see: in an f-string, of no literal, under another name."""
    tree = ast.parse(source)
    calls = {id(node): node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_sayer(node.func)}
    fstrings = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in fstrings for part in ast.walk(node)} & set(calls)
    found = [node for key, node in calls.items() if key in inside or not _says_literals(node)]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [
        alias for node in imports for alias in node.names if node.module in {"flask_babel", "foundation.languages"}
    ]
    hidden = [alias for alias in names if (alias.asname or alias.name) not in SEEN_AS.get(alias.name, {alias.name})]
    return [ast.unparse(node) for node in [*found, *hidden]]


def _is_sayer(called: ast.expr) -> bool:
    return isinstance(called, ast.Name) and called.id in SAYERS


def _says_literals(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Name)
    ids = call.args[: SAYERS[call.func.id]]
    literal = [isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ids]
    return literal == [True] * SAYERS[call.func.id]


@pytest.mark.parametrize(
    "source",
    [
        "f\"{_('and')} more\"",
        "_(MONTHS[1])",
        '_("a" + "b")',
        'ngettext("one", many, 2)',
        "from flask_babel import lazy_gettext as words",
        "from foundation.languages import say",
    ],
)
def test_checker_sees_what_extraction_does_not(source: str) -> None:
    assert len(unseen_words(source)) == 1


def test_extraction_sees_every_sentence_of_the_code() -> None:
    unseen = {
        f"{path.relative_to(ROOT).as_posix()}:{words}"
        for path in source_files()
        for words in unseen_words(path.read_text(encoding="utf-8"))
    }
    assert unseen == PASSES_ON


def unseen_in_template(template: Path) -> list[str]:
    """The same for a template; Jinja's own parser reads whatever stands within other words."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(template.read_text(encoding="utf-8"))  # noqa: S701 - not run
    calls = [
        call for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name) and call.node.name in SAYERS
    ]
    return [
        f"{template.relative_to(ROOT)}:{call.lineno}"
        for call in calls
        if not all(isinstance(part, nodes.Const) for part in call.args[: SAYERS[call.node.name]])
    ]


def test_extraction_sees_every_sentence_of_the_templates() -> None:
    assert [words for path in sorted((ROOT / "templates").rglob("*.html")) for words in unseen_in_template(path)] == []


def refused_codes() -> dict[str, str]:
    """Reason code → where it is raised, of every `Refused("…")` in the program."""
    codes = {}
    for path in source_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
            if named and node.args and isinstance(node.args[0], ast.Constant):
                codes[str(node.args[0].value)] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return codes


ONLY_FOR_COMMANDS = {"backup_not_sqlite", "backup_exists"}
"""Read by an operator at a terminal, as code with facts."""


@pytest.mark.usefixtures("app")
def test_every_refusal_has_its_sentence() -> None:
    words = registered_refusals()
    speechless = {code: place for code, place in refused_codes().items() if code not in words}
    assert {code: place for code, place in speechless.items() if code not in ONLY_FOR_COMMANDS} == {}


def lazy_with_facts(source: str) -> list[int]:
    """Lines where a lazy sentence carries facts without being made text at once: it would enter HTML unescaped."""
    tree = ast.parse(source)
    named = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in {"lazy_gettext", "lazy_ngettext"}
    }
    calls = [
        (node.func.id, node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    made_text = {id(inner) for name, call in calls if name == "str" for inner in ast.walk(call)}
    return [call.lineno for name, call in calls if name in named and call.keywords and id(call) not in made_text]


def test_lazy_sentence_carries_no_facts_into_a_page() -> None:
    """A lazy text says of itself that it is safe HTML, so a name typed by somebody would run in it."""
    head = "from flask_babel import lazy_gettext as _\n"
    assert lazy_with_facts(head + "a = _('Zone %(code)s', code=code)\nb = str(_('Zone %(code)s', code=code))") == [2]
    found = {str(path.relative_to(ROOT)): lazy_with_facts(path.read_text(encoding="utf-8")) for path in source_files()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def bare_words(template: Path) -> list[str]:
    """Text in the template's output that did not go through gettext."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(template.read_text(encoding="utf-8"))
    text = "".join(node.data for node in tree.find_all(nodes.TemplateData))
    text = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>|<[^>]*$|^[^<]*>", " ", text, flags=re.DOTALL)
    return [word for word in re.findall(r"[^\W\d_]{3,}", PROPER_NAMES.sub(" ", text)) if not word.startswith("amp")]


def test_checker_sees_a_bare_word(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p class="big">Bare {{ _("Covered") }}</p>', encoding="utf-8")
    assert bare_words(page) == ["Bare"]


def test_templates_say_nothing_outside_the_catalogue() -> None:
    found = {}
    for template in sorted((ROOT / "templates").rglob("*.html")):
        if "_macros" not in template.parts and (words := bare_words(template)):
            found[template.relative_to(ROOT).as_posix()] = words
    assert found == {}
