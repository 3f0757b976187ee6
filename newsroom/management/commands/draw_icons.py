"""`manage.py draw_icons`: the icons that must be pixels, drawn like static/icons/icon.svg. Run it when that changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw

GROUND, FIGURE = "#1b1a18", "#fffefb"
# The front page that the icon shows, on a field of 32 by 32: left, top, right and bottom of each bar.
FIELD, CORNER = 32, 4
BARS = ((7, 7, 25, 11), (7, 14, 15, 25), (18, 14, 25, 16), (18, 18.5, 25, 20.5), (18, 23, 25, 25))
FINER = 8  # drawn this much larger and made smaller, for smooth edges


class Command(BaseCommand):
    """Draw every icon into static/icons."""

    help = "Draws favicon.ico, apple-touch-icon.png and the web manifest's icons anew, like static/icons/icon.svg."

    def handle(self, **_: Any) -> None:
        """Write the files."""
        folder = Path(settings.BASE_DIR) / "static" / "icons"
        for name, picture in icons().items():
            if name.endswith(".ico"):
                sizes = [(side, side) for side in (16, 32, 48)]
                picture.save(folder / name, sizes=sizes, append_images=[icon(side) for side, _ in sizes])
            else:
                picture.save(folder / name, optimize=True)
            self.stdout.write(name)


def icons() -> dict[str, Image.Image]:
    """Each file below static/icons with its picture; `root/` holds what browsers look for at the site's root."""
    return {
        "root/favicon.ico": icon(48),
        "root/apple-touch-icon.png": icon(180, rounded=False).convert("RGB"),
        "icon-192.png": icon(192),
        "icon-512.png": icon(512),
        "icon-maskable-512.png": icon(512, rounded=False).convert("RGB"),
    }


def icon(side: int, *, rounded: bool = True) -> Image.Image:
    """The icon in one size: with round corners, or filling its square for those who cut it themselves.

    Of such an icon they may show no more than a circle of four fifths of its width; every corner of a bar lies inside.
    """
    large = side * FINER
    unit = large / FIELD
    picture = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, large - 1, large - 1), radius=CORNER * unit if rounded else 0, fill=GROUND)
    for bar in BARS:
        left, top, right, bottom = (each * unit for each in bar)
        draw.rectangle((left, top, right - 1, bottom - 1), fill=FIGURE)
    return picture.resize((side, side), Image.Resampling.LANCZOS)
