"""Whole pages as people read them, in both languages: days, words left in the other language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import pytest

from tests.crawler import crawl
from tests.small_world import World
from tests.test_words import sentences, vietnamese
from tests.trade_modules import ROOT

pytestmark = pytest.mark.any_database

UNPADDED_DAY = re.compile(r"(?<![\d/])(?:\d/\d{1,2}|\d{1,2}/\d)/(?:19|20)\d\d\b")
ISO_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")
SAID_BY_ATTRIBUTES = ("aria-label", "placeholder", "alt", "title")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
WHO = ("anonymous", "producer A", "organiser A")
STARTS = {
    "anonymous": ("/", "/sign-in", "/sign-up"),
    "producer A": ("/", "/me", "/account"),
    "organiser A": ("/organise", "/organise/fairs/new"),
}


VOID = {"input", "img", "br", "link", "meta", "hr", "wbr", "source", "use", "rect", "path", "circle", "line"}


@dataclass(slots=True)
class PageText:
    """What a reader sees or hears: text with the language it is said to be in, and the words of attributes."""

    pieces: list[str] = field(default_factory=list)
    spoken: list[tuple[str, str]] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)


class TextReader(HTMLParser):
    """Collects a page's text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.text = PageText()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.text.attributes += [value for value in named.values() if value]
        self.text.pieces += [words for name in SAID_BY_ATTRIBUTES if (words := named.get(name))]
        if tag not in VOID:
            self.open.append((tag, named.get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text.attributes += [value for _, value in attrs if value]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        inside = self.open[-1] if self.open else ("", "")
        if words and inside[0] not in {"script", "style"}:
            self.text.pieces.append(words)
            if inside[0] in {"title", "option", "textarea"}:
                self.text.attributes.append(words)
            else:
                self.text.spoken.append((inside[1], words))


def text_of(body: str) -> PageText:
    reader = TextReader()
    reader.feed(body)
    return reader.text


@pytest.fixture(scope="module")
def read(world: World) -> dict[str, dict[str, PageText]]:
    """Language → who and address → the pieces of text that stand there."""
    pages: dict[str, dict[str, PageText]] = {"vi": {}, "en": {}}
    for who in WHO:
        for language, prefix in (("vi", ""), ("en", "/en")):
            world.forget_limits()
            starts = [prefix + start.removesuffix("/") or "/" for start in STARTS[who]]
            for address, answer in crawl(world, who, *starts, most=60).items():
                if answer.mimetype == "text/html":
                    pages[language][f"{who} {address}"] = text_of(answer.get_data(as_text=True))
    return pages


def found_in(pages: dict[str, PageText], pattern: re.Pattern[str]) -> dict[str, list[str]]:
    hits = {place: pattern.findall("\n".join(text.pieces)) for place, text in pages.items()}
    return {place: found for place, found in hits.items() if found}


def test_the_walk_really_reads_the_site(read: dict[str, dict[str, PageText]]) -> None:
    counts = {language: len(pages) for language, pages in read.items()}
    assert min(counts.values()) >= 60, counts


@pytest.mark.parametrize("language", ["vi", "en"])
def test_days_have_two_digits_and_are_never_iso(read: dict[str, dict[str, PageText]], language: str) -> None:
    assert (found_in(read[language], UNPADDED_DAY), found_in(read[language], ISO_DAY)) == ({}, {})


def test_what_is_shipped_writes_no_day_without_its_zeros() -> None:
    folders = {"demonstration": "*.py", "templates": "*.*", "translations": "*.po"}
    files = [path for folder, ending in folders.items() for path in sorted((ROOT / folder).rglob(ending))]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files if path.is_file()}
    assert {path: found for path, text in texts.items() if (found := UNPADDED_DAY.findall(text))} == {}


@cache
def english_sentences() -> re.Pattern[str]:
    """Every message id that differs from its Vietnamese, as a whole piece of text, its placeholders open."""
    ids = set()
    for message in vietnamese():
        for text in sentences(message)[0]:
            differs = message.id and text not in sentences(message)[1]
            if differs and len(PLACEHOLDER.sub("", text).strip()) > 2:
                ids.add(" ".join(text.replace("%%", "%").split()))
    parts = (".+?".join(re.escape(part) for part in PLACEHOLDER.split(text)) for text in ids)
    return re.compile("|".join(sorted(parts, key=len, reverse=True)))


def test_no_english_sentence_is_left_on_a_vietnamese_page(read: dict[str, dict[str, PageText]]) -> None:
    whole = english_sentences()
    left = {
        place: found
        for place, text in read["vi"].items()
        if (found := [piece for piece in text.pieces if whole.fullmatch(piece)])
    }
    assert left == {}


def test_english_pages_say_a_good_part_of_the_catalogue(read: dict[str, dict[str, PageText]]) -> None:
    """The test above can only see what the walk reads: it must recognise hundreds of sentences on English pages."""
    pieces = {piece for page in read["en"].values() for piece in page.pieces}
    assert len({piece for piece in pieces if english_sentences().fullmatch(piece)}) >= 400


NAMES = ("HTX Miến dong Bình Liêu", "HTX Hải sản Cô Tô", "Siêu thị GO! Hạ Long", "Ban tổ chức Hạ Long")


def test_vietnamese_names_on_english_pages_say_that_they_are_vietnamese(read: dict[str, dict[str, PageText]]) -> None:
    said = [
        (lang, name) for page in read["en"].values() for lang, words in page.spoken for name in NAMES if name in words
    ]
    unmarked = {
        place: found
        for place, page in read["en"].items()
        if (found := [words for lang, words in page.spoken if lang != "vi" and words in NAMES])
    }
    assert ({name for _, name in said}, unmarked) == (set(NAMES), {})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_markup_stands_where_only_words_can(read: dict[str, dict[str, PageText]], language: str) -> None:
    broken = {
        place: found
        for place, page in read[language].items()
        if (found := [words for words in page.attributes if "<span" in words])
    }
    assert broken == {}
