"""A plan as a PDF page to scale, A3 or A4, with a legend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from events.floor_plans.plan_shapes import Point, bounds, corners, quad
from foundation.print_fonts import font_file

PAPERS = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
SCALES = (50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750, 1000, 1250, 1500, 2000, 2500, 5000, 10_000)
MARGIN, HEAD, FOOT = 10.0, 14.0, 26.0
INK, PALE, GROUND, BAY, LACQUER, EXIT = (
    (16, 40, 45),
    (128, 119, 95),
    (239, 231, 215),
    (11, 92, 102),
    (183, 55, 26),
    (31, 107, 60),
)
FILLED = {"wall": INK, "pillar": INK, "door": LACQUER, "gate": LACQUER, "exit": EXIT}
SILENT = frozenset({"wall", "pillar"})
GROUNDWORK = frozenset({"path"})
"""What lies on the ground; everything else stands on it."""
Words = Mapping[str, str]


def plan_pdf(document: Mapping[str, Any], title: str, subtitle: str, words: Words, *, paper: str = "A4") -> bytes:
    """The plan of a document on one page, lying or standing as it fits better, in the largest round scale that fits.

    `words` are those of the editor and, under "legend …", those of the legend.
    """
    plan = document["plan"]
    ground = (plan["width_cm"], plan["depth_cm"])
    long, short = PAPERS[paper]
    ways = [(long, short), (short, long)] if ground[0] >= ground[1] else [(short, long), (long, short)]
    width, height = min(ways, key=lambda way: _scale(ground, *way))
    scale = _scale(ground, width, height)
    sheet = _Sheet(width, height, scale, words, left=(width - ground[0] * 10 / scale) / 2)
    sheet.head(title, subtitle)
    sheet.ground(plan)
    for fixture in sorted(document["fixtures"], key=lambda fixture: fixture["kind"] not in GROUNDWORK):
        sheet.fixture(fixture)
    for zone in document["zones"]:
        sheet.zone(zone, [booth for booth in document["booths"] if booth["zone"] == zone["key"]])
    for booth in document["booths"]:
        sheet.booth(booth)
    sheet.foot(document)
    return bytes(sheet.pdf.output())


def _scale(ground: tuple[int, int], width: float, height: float) -> int:
    """The largest round scale in which the ground, in centimetres, has room on a page of so many millimetres."""
    for scale in SCALES:
        across, down = (side * 10 / scale for side in ground)
        if across <= width - 2 * MARGIN and down <= height - 2 * MARGIN - HEAD - FOOT:
            return scale
    return SCALES[-1]


class _Sheet:
    """One page; everything is drawn in centimetres of the fair and comes out in millimetres of paper."""

    def __init__(self, width: float, height: float, scale: int, words: Words, *, left: float) -> None:
        self.width, self.height, self.scale, self.words, self.left = width, height, scale, words, left
        from fpdf import FPDF  # reason: takes 20 MB and is seldom wanted

        self.pdf = FPDF(unit="mm", format=(width, height))
        self.pdf.set_auto_page_break(False)
        for style, weight in (("", "400"), ("B", "800")):
            self.pdf.add_font("house", style, str(font_file(weight)))
        self.pdf.set_lang(words["language"])
        self.pdf.add_page()
        self.pdf.set_line_width(0.2)

    def at(self, points: Sequence[Point]) -> list[Point]:
        return [(self.left + x * 10 / self.scale, MARGIN + HEAD + y * 10 / self.scale) for x, y in points]

    def colours(self, line: tuple[int, int, int], fill: tuple[int, int, int] | None = None) -> str:
        self.pdf.set_draw_color(*line)
        if fill is not None:
            self.pdf.set_fill_color(*fill)
        return "DF" if fill is not None else "D"

    def write(self, text: str, middle: Point, room: float, size: float, *, bold: bool = False) -> None:
        """Words in the middle of a place, as small as their room asks for; none where they could not be read."""
        self.pdf.set_font("house", "B" if bold else "", size)
        wide = self.pdf.get_string_width(text)
        if wide > room > 0:
            size *= room / wide
        if size < 2.2:
            return
        self.pdf.set_font("house", "B" if bold else "", size)
        self.pdf.set_text_color(*INK)
        self.pdf.text(middle[0] - self.pdf.get_string_width(text) / 2, middle[1] + size * 0.12, text)

    def head(self, title: str, subtitle: str) -> None:
        self.pdf.set_text_color(*INK)
        self.pdf.set_font("house", "B", 14)
        self.pdf.text(MARGIN, MARGIN + 5, title)
        self.pdf.set_font("house", "", 9)
        self.pdf.text(MARGIN, MARGIN + 10.5, f"{subtitle} · 1:{self.scale}")

    def ground(self, plan: Mapping[str, Any]) -> None:
        width, depth = plan["width_cm"], plan["depth_cm"]
        hall = plan["outline"] or [(0, 0), (width, 0), (width, depth), (0, depth)]
        self.pdf.polygon(self.at([(x, y) for x, y in hall]), style=self.colours(PALE))

    def fixture(self, fixture: Mapping[str, Any]) -> None:
        kind, shape = fixture["kind"], self.at(corners(fixture))
        if kind != "text":
            self.pdf.polygon(shape, style=self.colours(PALE, FILLED.get(kind, GROUND)))
        own = fixture["label_en"] if self.words["language"] == "en" and fixture["label_en"] else fixture["label_vi"]
        label = own or ("" if kind in {"path", "stall"} else self.words[f"kind {kind}"])
        left, top, right, bottom = bounds(shape)
        if label and kind not in SILENT:
            below = 3.0 if kind in FILLED or right - left < 8 else 0.0
            middle = ((left + right) / 2, bottom + below if below else (top + bottom) / 2)
            self.write(label, middle, 30.0 if below else right - left - 1, 7)

    def zone(self, zone: Mapping[str, Any], booths: Sequence[Mapping[str, Any]]) -> None:
        if not booths:
            return
        left, top, _, _ = bounds(self.at([point for booth in booths for point in corners(booth)]))
        self.pdf.set_font("house", "B", 7)
        self.pdf.set_text_color(*INK)
        name = zone["name_en"] if self.words["language"] == "en" and zone["name_en"] else zone["name_vi"]
        self.pdf.text(left, top - 1.2, f"{self.words['zone']} {zone['code']}  {name}")

    def booth(self, booth: Mapping[str, Any]) -> None:
        shape = self.at(corners(booth))
        self.pdf.polygon(shape, style=self.colours(INK, GROUND if booth["blocked"] else (255, 255, 255)))
        if booth["blocked"]:
            self.pdf.line(*shape[0], *shape[2])
        w, d = booth["width_cm"] / 2, booth["depth_cm"] / 2
        edges = {"front": (-w, d, w, d), "back": (-w, -d, w, -d), "left": (-w, -d, -w, d), "right": (w, -d, w, d)}
        self.pdf.set_line_width(0.8)
        self.colours(BAY)
        for side in booth["open_sides"]:
            ends = self.at(quad(booth, *edges[side]))
            self.pdf.line(*ends[0], *ends[2])
        self.pdf.set_line_width(0.2)
        left, top, right, bottom = bounds(shape)
        room = min(right - left, bottom - top) - 0.8
        signs = self.signs(booth)
        middle = ((left + right) / 2, (top + bottom) / 2)
        self.write(
            booth["code"], (middle[0], middle[1] - (room * 0.12 if signs else 0)), room, min(9.0, room * 1.1), bold=True
        )
        if signs:
            self.write(signs, (middle[0], middle[1] + room * 0.28), room, min(6.0, room * 0.7))

    def signs(self, booth: Mapping[str, Any]) -> str:
        """What is there, in letters that the legend explains."""
        power = f"{booth['power_w'] / 1000:g}" if booth["power_w"] else ""
        if self.words["language"] == "vi":
            power = power.replace(".", ",")
        letters = [
            self.words[f"sign {name}"] for name in ("has_water", "has_cold_storage", "allows_open_flame") if booth[name]
        ]
        return " ".join([*([f"{power} kW"] if power else []), *letters])

    def things(self, fixtures: Sequence[Mapping[str, Any]], left: float, top: float) -> None:
        """Every kind of thing that is drawn, in its colour and with how many there are, in one or two lines."""
        counts = Counter(fixture["kind"] for fixture in fixtures if fixture["kind"] != "text")
        x = left
        for kind in sorted(counts):
            words = f"{self.words[f'kind {kind}']} {counts[kind]}"
            room = 3.5 + self.pdf.get_string_width(words) + 4
            if x > left and x + room > self.width - MARGIN:
                x, top = left, top + 4
            self.pdf.rect(x, top - 2.3, 2.5, 2.5, style=self.colours(PALE, FILLED.get(kind, GROUND)))
            self.pdf.text(x + 3.5, top, words)
            x += room

    def foot(self, document: Mapping[str, Any]) -> None:
        """The scale bar and what the signs mean."""
        top = self.height - MARGIN - FOOT + 8
        metres = next((one for one in (1, 2, 5, 10, 20, 50, 100) if one * 1000 / self.scale >= 20), 100)
        length = metres * 1000 / self.scale
        self.pdf.set_line_width(0.4)
        self.colours(INK)
        self.pdf.line(MARGIN, top, MARGIN + length, top)
        for x in (MARGIN, MARGIN + length):
            self.pdf.line(x, top - 1.2, x, top + 1.2)
        self.write(f"{metres} m", (MARGIN + length / 2, top - 2.2), 40, 7)
        self.pdf.set_line_width(0.2)
        self.pdf.set_font("house", "", 7)
        lines = [self.words["legend open"], self.words["legend blocked"], self.words["legend signs"]]
        counted = self.words["counts"].replace("{booths}", str(len(document["booths"])))
        lines.append(counted.replace("{zones}", str(len(document["zones"]))))
        for number, line in enumerate(lines):
            self.pdf.text(MARGIN + max(length, 30) + 8, top - 3 + number * 4, line)
        self.things(document["fixtures"], MARGIN + max(length, 30) + 8, top - 3 + len(lines) * 4)
