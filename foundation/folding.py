"""Text as people type it made comparable: NFC, folded for search, slugs, Vietnamese sort keys."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_STROKE_D = str.maketrans("đĐ", "dD")
# C0 but tab and newline, DEL, C1, and lone surrogates (a JSON body may carry them; UTF-8 cannot).
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# One ASCII sign per letter, in the order of the alphabet and after the digits.
_ALPHABET_CODES = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
# The order of tones in CLDR `vi`: ngang, huyền, hỏi, ngã, sắc, nặng; marks of other languages after them.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_OTHER_MARK = "6"
_NEXT_LEVEL = "\t"

MOST_TERMS = 12
LONGEST_TERM = 60

ABBREVIATIONS = {
    "htx": "hop tac xa",
    "tht": "to hop tac",
    "tp": "thanh pho",
    "tx": "thi xa",
    "ubnd": "uy ban nhan dan",
    "dn": "doanh nghiep",
    "tnhh": "trach nhiem huu han",
}

_LEGAL_FORMS = (
    "cong ty trach nhiem huu han mot thanh vien",
    "cong ty tnhh mot thanh vien",
    "cong ty trach nhiem huu han",
    "cong ty tnhh mtv",
    "cong ty tnhh 1tv",
    "cong ty co phan",
    "cong ty tnhh",
    "cong ty cp",
    "cong ty",
    "cty tnhh mtv",
    "cty tnhh",
    "cty cp",
    "cty",
    "doanh nghiep tu nhan",
    "doanh nghiep",
    "dntn",
    "dn",
    "lien hiep hop tac xa",
    "lien hiep htx",
    "hop tac xa",
    "htx",
    "to hop tac",
    "tht",
    "ho san xuat, kinh doanh",
    "ho san xuat kinh doanh",
    "ho san xuat",
    "ho kinh doanh",
    "hkd",
    "co so san xuat, kinh doanh",
    "co so san xuat kinh doanh",
    "co so san xuat",
    "co so",
    "trang trai",
)


def nfc(text: str) -> str:
    """The composed form; macOS and some phones send the decomposed one."""
    return unicodedata.normalize("NFC", text)


def strip_controls(text: str) -> str:
    """The text without control characters; tab and newline stay, CR LF and CR become a newline."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def fold(text: str) -> str:
    """Lower-case text without marks and with single spaces: "Miến  Bình Liêu" gives "mien binh lieu".

    đ has no decomposition in Unicode, so it is replaced by hand. Folding twice changes nothing.
    """
    marked = unicodedata.normalize("NFD", nfc(text).translate(_STROKE_D))
    bare = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return " ".join(nfc(bare).lower().split())


def slugify(text: str, longest: int = 80) -> str:
    """Folded words joined by hyphens, cut at a word where one fits; empty if no Latin letter or digit is left."""
    slug = _NOT_IN_SLUG.sub("-", fold(text)).strip("-")
    if len(slug) <= longest:
        return slug
    whole_words, _, _ = slug[: longest + 1].rpartition("-")
    return whole_words or slug[:longest]


def words_of(folded: str) -> list[str]:
    """The words of letters and digits in a folded text, in its order."""
    return _WORD.findall(folded)


def search_terms(query: str) -> list[str]:
    """Folded words of letters and digits only, without repeats; safe to put inside any pattern language."""
    terms = dict.fromkeys(word[:LONGEST_TERM] for word in _WORD.findall(fold(query)))
    return list(terms)[:MOST_TERMS]


def expand_abbreviations(text: str) -> str:
    """Folded text followed by the other form of each abbreviation in it, whichever of the two was written.

    "HTX Đình Trung" gives "htx dinh trung hop tac xa", so that both "htx" and "hợp tác xã" find it.
    """
    folded = fold(text)
    spoken = f" {' '.join(_WORD.findall(folded))} "
    added = []
    for short, full in ABBREVIATIONS.items():
        has_short, has_full = f" {short} " in spoken, f" {full} " in spoken
        if has_short and not has_full:
            added.append(full)
        if has_full and not has_short:
            added.append(short)
    return " ".join([folded, *added])


@lru_cache(maxsize=1024)
def vietnamese_sort_key(text: str) -> str:
    """A key that orders a ă â b c d đ e ê …, then the tones, then small letters before capitals, as ICU `vi` does.

    Compare keys by code point: in Python as they are, in a database with a binary collation ("C").
    """
    plain = " ".join(nfc(text).split())
    codes = [_sort_codes(sign) for sign in plain]
    letters = "".join(primary for primary, _ in codes)
    tones = "".join(tone for _, tone in codes).rstrip("0")
    capitals = "".join("1" if sign.isupper() else "0" for sign in plain).rstrip("0")
    return _NEXT_LEVEL.join((letters, tones, capitals))


def organisation_sort_key(name: str) -> str:
    """As `vietnamese_sort_key`, without the legal form in front: "HTX Đình Trung" stands under Đ."""
    return vietnamese_sort_key(bare_name(name))


def bare_name(name: str) -> str:
    """The name of a unit without its legal form: "HTX Đình Trung" gives "Đình Trung"."""
    words = nfc(name).split()
    folded = fold(name)
    for form in _LEGAL_FORMS:
        if folded.startswith(f"{form} "):
            words = words[len(form.split()) :]
            break
    return " ".join(words).strip("\"'“”")


def _sort_codes(sign: str) -> tuple[str, str]:
    """Alphabet code and tone of one character: space, then punctuation, digits, Latin letters, other letters."""
    cluster = unicodedata.normalize("NFD", sign.lower())
    if cluster[0] in _ALPHABET_CODES:
        return _sort_codes_of_latin(cluster)
    if sign == " " or (sign.isascii() and sign.isdigit()):
        return sign, "0"
    return ("~" if sign.isalpha() else "!") + sign.lower(), "0"


def _sort_codes_of_latin(cluster: str) -> tuple[str, str]:
    tone = next((_TONES[mark] for mark in cluster if mark in _TONES), "0")
    letter = nfc("".join(mark for mark in cluster if mark not in _TONES))
    if letter in _ALPHABET_CODES:
        return _ALPHABET_CODES[letter], tone
    return _ALPHABET_CODES[cluster[0]], _OTHER_MARK
