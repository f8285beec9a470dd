"""Pure: pictures drawn for the demonstration, in place of photographs of people and places that there are."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 900
SKIES = {"day": "#CFE6EA", "evening": "#F3C9A5", "night": "#1B3440"}
SEA, HILL, FAR_HILL, GROUND = "#4E9AA5", "#2F6B62", "#7FA9A3", "#E6D5B8"
LACQUER, CARD, BAY, WOOD, LANTERN = "#B7371A", "#FFFDF8", "#0B5C66", "#8A5A36", "#E9A93C"
AWNINGS = (LACQUER, BAY, "#8B6B1F")


def market_row(light: str, stalls: int, seed: int) -> bytes:
    """A row of stalls before the islands of the bay, by day, in the evening or at night; JPEG, 1200 × 900."""
    random, picture = Random(seed), Image.new("RGB", (WIDTH, HEIGHT), SKIES[light])
    draw = ImageDraw.Draw(picture)
    _islands(draw, random)
    draw.rectangle((0, 620, WIDTH, HEIGHT), GROUND)
    width = WIDTH // stalls
    for number in range(stalls):
        _stall(draw, (number * width + 14, (number + 1) * width - 14), AWNINGS[(number + seed) % len(AWNINGS)], random)
    for number in range(1, 12):
        x, y = number * WIDTH // 12, 150 + (number % 2) * 26
        draw.line((x, 120, x, y), WOOD, 3)
        draw.ellipse((x - 22, y, x + 22, y + 52), LANTERN if light != "day" else LACQUER)
    return _saved(picture)


def tray_of_goods(seed: int) -> bytes:
    """Bundles of noodles and jars on a table; JPEG, 1200 × 900."""
    random, picture = Random(seed), Image.new("RGB", (WIDTH, HEIGHT), "#EFE3CB")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 560, WIDTH, HEIGHT), WOOD)
    for number in range(5):
        left = 70 + number * 220
        if number % 2:
            draw.rounded_rectangle((left + 30, 300, left + 170, 620), 26, LANTERN, WOOD, 6)
            draw.rectangle((left + 22, 270, left + 178, 320), LACQUER)
        else:
            for strand in range(14):
                y = 400 + strand * 16 + random.randrange(5)
                draw.line((left, y, left + 190, y + random.randrange(-8, 9)), "#F7EBCF", 9)
            draw.rectangle((left + 80, 390, left + 112, 640), LACQUER)
    return _saved(picture)


def _islands(draw: ImageDraw.ImageDraw, random: Random) -> None:
    draw.rectangle((0, 430, WIDTH, 620), SEA)
    for colour, tallest in ((FAR_HILL, 260), (HILL, 190)):
        for number in range(6):
            left = number * 210 + random.randrange(-60, 60)
            top = 450 - random.randrange(90, tallest)
            shape = [(left, 450), (left + 40, top + 40), (left + 100, top), (left + 170, top + 60), (left + 220, 450)]
            draw.polygon(shape, colour)


def _stall(draw: ImageDraw.ImageDraw, between: tuple[int, int], colour: str, random: Random) -> None:
    (left, right), top = between, 360
    width = right - left
    for post in (left + 8, right - 18):
        draw.rectangle((post, top, post + 10, 760), WOOD)
    scallops = max(4, width // 40)
    step = width / scallops
    for number in range(scallops):
        start = left + number * step
        fill = colour if number % 2 == 0 else CARD
        draw.rectangle((start, top, start + step, top + 60), fill)
        draw.pieslice((start, top + 36, start + step, top + 84), 0, 180, fill)
    draw.rectangle((left + 8, 640, right - 8, 760), CARD, WOOD, 4)
    for number in range(width // 46):
        x, tall = left + 24 + number * 44, random.randrange(30, 74)
        draw.rounded_rectangle((x, 640 - tall, x + 30, 640), 6, random.choice((LANTERN, BAY, HILL, LACQUER)))


def _saved(picture: Image.Image) -> bytes:
    octets = BytesIO()
    picture.save(octets, "JPEG", quality=88)
    return octets.getvalue()
