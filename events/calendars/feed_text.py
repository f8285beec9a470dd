"""Words and addresses made fit for iCalendar: what no reader chokes on and no library call can break."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from foundation.folding import nfc, strip_controls

_LINE_ENDS = re.compile("[\u2028\u2029]")
# The library and careless readers take \\N for a line end; quotes and ^ have no safe form in a parameter.
_NO_BACKSLASH = str.maketrans("\\", "/")
_NO_QUOTES = str.maketrans('"', "'", "^")
# Readers disagree on whether X-WR-CALNAME is escaped, so nothing in it may need escaping.
_NO_ESCAPES = str.maketrans(",;", "  ")
_HOST = re.compile(r"[\w.:\[\]@%-]+", re.ASCII)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def several_lines(words: str) -> str:
    """Composed text with newlines, without other control characters."""
    return _LINE_ENDS.sub("\n", nfc(strip_controls(words))).translate(_NO_BACKSLASH).replace("\t", " ").strip()


def one_line(words: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(several_lines(words).split())


def one_line_for_parameter(words: str) -> str:
    """One line that reads the same as a text and inside a quoted parameter."""
    return one_line(words.translate(_NO_QUOTES))


def one_line_unescaped(words: str) -> str:
    """One line in which nothing would have to be escaped."""
    return one_line(words.translate(_NO_ESCAPES))


def shortened(line: str, longest: int) -> str:
    """The line, cut with an ellipsis where it has more characters than `longest`."""
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def web_address(address: str) -> str:
    """The http(s) address in ASCII, percent-encoded; empty for anything else."""
    try:
        parts = urlsplit(strip_controls(address).strip())
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        return ""
    return urlunsplit((parts.scheme, host, *map(_percent_encoded, (parts.path, parts.query, parts.fragment))))


def _percent_encoded(part: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", nfc(part)), safe="%/:?@!$&'()*+,;=~-._")
