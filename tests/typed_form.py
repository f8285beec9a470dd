"""Reads a form off a page as a browser would send it untouched."""

from __future__ import annotations

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Every form of the page with its fields in order."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and name:
            ticked = said.get("type") not in {"checkbox", "radio"} or "checked" in said
            if ticked and said.get("type") != "file":
                self._put(name, said.get("value") or "")
        elif tag == "select" and name:
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((said.get("value") or "", "selected" in said))
        elif tag == "textarea" and name:
            self._text, self._select = "", name

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen] or [
                v for v, _chosen in self._options[:1]
            ]
            self._put(self._select, *chosen)
            self._select = None
        elif tag == "textarea" and self._select and self._text is not None:
            self._put(self._select, self._text.removeprefix("\r\n").removeprefix("\n"))
            self._text = self._select = None

    def _put(self, name: str, *values: str) -> None:
        if self.forms:
            self.forms[-1].setdefault(name, []).extend(values)


def typed_form(page: str, *, holding: str) -> dict[str, list[str]]:
    """The fields of the one form of the page that holds a field of this name."""
    reader = _Forms()
    reader.feed(page)
    (form,) = (form for form in reader.forms if holding in form)
    return form
