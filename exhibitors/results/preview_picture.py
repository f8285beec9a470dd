"""Pure: the picture of 1200 × 630 pixels that other programs show beside a link to a fair."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
WIDTH, HEIGHT = 1200, 630
MARGIN = 72
PAPER, CARD, INK, INK2 = "#F8F3E8", "#FFFDF8", "#10282D", "#45585A"
BAY, LACQUER, LINE = "#0B5C66", "#B7371A", "#DDD2BF"
EDGES = (
    (INK, PAPER),
    (INK2, PAPER),
    (BAY, PAPER),
    (LACQUER, PAPER),
    (LINE, CARD),
    (INK, CARD),
    (CARD, BAY),
    (CARD, LACQUER),
)
"""What is drawn on what."""
STEPS = 7
SCALLOP = 60
LEAF = (240, 280)
MOST_LINES = 3
TITLE_TOP, HIGHEST_TITLE = 150, 256
"""Below the title there must be room for days and place above the line at 540."""
LEADING = 1.28
TITLE_SIZES = (76, 66, 56, 48, 40)


@dataclass(frozen=True, slots=True)
class PreviewFacts:
    """What the picture says; `day` and `month` stand on the calendar leaf, a cancelled fair is crossed by its word."""

    title: str
    days: str
    place: str
    day: str
    month: str
    mark: str = ""


def preview_picture(facts: PreviewFacts) -> bytes:
    """The picture as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    _awning(draw)
    _leaf(draw, facts)
    left = MARGIN + LEAF[0] + 56
    room = WIDTH - MARGIN - left
    lines, font = _fitted(facts.title, room)
    top = TITLE_TOP
    for line in lines:
        draw.text((left, top), line, INK, font)
        top += int(font.size * LEADING)
    top += 26
    draw.text((left, top), _shortened(facts.days, _font(600, 38), room), BAY, _font(600, 38))
    draw.text((left, top + 58), _shortened(facts.place, _font(400, 32), room), INK2, _font(400, 32))
    draw.line((MARGIN, 540, WIDTH - MARGIN, 540), LINE, 2)
    draw.text((MARGIN, 560), "Gian Hàng", LACQUER, _font(800, 34))
    draw.text((MARGIN + 200, 563), "Mỗi xã một sản phẩm · OCOP Quảng Ninh", INK2, _font(400, 30))
    octets = BytesIO()
    # A palette keeps flat colours sharp in a third of the bytes; looking for one, or for the fewest bytes, costs the
    # server three times as much as all the rest of the picture.
    picture.quantize(palette=_palette(), dither=Image.Dither.NONE).save(octets, "PNG")
    return octets.getvalue()


@cache
def _palette() -> Image.Image:
    """Every colour that is drawn, and the steps between letters or edges and what they stand on."""
    colours: list[int] = []
    for upper, lower in EDGES:
        ends = (ImageColor.getrgb(upper), ImageColor.getrgb(lower))
        for step in range(STEPS + 1):
            colours += (round(a + (b - a) * step / STEPS) for a, b in zip(*ends, strict=True))
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return palette


def _awning(draw: ImageDraw.ImageDraw) -> None:
    for number in range(WIDTH // SCALLOP):
        colour = LACQUER if number % 2 == 0 else CARD
        left = number * SCALLOP
        draw.rectangle((left, 0, left + SCALLOP - 1, 48), colour)
        draw.pieslice((left, 18, left + SCALLOP - 1, 78), 0, 180, colour)


def _leaf(draw: ImageDraw.ImageDraw, facts: PreviewFacts) -> None:
    left, top = MARGIN, 160
    right, bottom = left + LEAF[0], top + LEAF[1]
    draw.rounded_rectangle((left, top, right, bottom), 20, CARD, LINE, 2)
    draw.rounded_rectangle((left, top, right, top + 70), 20, BAY, corners=(True, True, False, False))
    middle = (left + right) // 2
    draw.text((middle, top + 35), facts.month, CARD, _font(600, 30), anchor="mm")
    draw.text((middle, top + 170), facts.day, INK, _font(800, 110 if len(facts.day) < 3 else 64), anchor="mm")
    if facts.mark:
        draw.rounded_rectangle((left, bottom + 14, right, bottom + 74), 12, LACQUER)
        draw.text((middle, bottom + 44), facts.mark, CARD, _font(600, 30), anchor="mm")


def _fitted(title: str, room: int) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The title in the largest letters in which it fits, else cut in the smallest."""
    for size in TITLE_SIZES:
        font = _font(800, size)
        lines = _wrapped(title, font, room)
        fits = len(lines) <= MOST_LINES and len(lines) * size * LEADING <= HIGHEST_TITLE
        if fits and all(font.getlength(line) <= room for line in lines):
            return lines, font
    font = _font(800, TITLE_SIZES[-1])
    lines = _wrapped(title, font, room)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + " …"]
    return [_shortened(line, font, room) for line in lines], font


def _wrapped(text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shortened(text: str, font: ImageFont.FreeTypeFont, room: int) -> str:
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "…") > room:
        text = text[:-1]
    return text.rstrip(" ,·…") + "…"


@cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"bvp-{weight}.woff2", size)
