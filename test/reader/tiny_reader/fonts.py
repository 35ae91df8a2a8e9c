"""The three fonts of the pages, out of the project's own packages: a system's fonts differ from machine to machine."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_PACKAGES = Path(__file__).resolve().parents[3] / "node_modules"
FONTS = [
    _PACKAGES / "@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2",
    _PACKAGES / "pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf",
    _PACKAGES / "@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2",
]


@lru_cache(maxsize=512)
def font(number, em):
    """@param em whole pixels"""
    return ImageFont.truetype(str(FONTS[number]), em, layout_engine=ImageFont.Layout.BASIC)
