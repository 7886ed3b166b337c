"""Look at a picture or a PDF that somebody uploaded and draw its first page small, as a JPEG of our own making.

In a process of its own with bounded memory and time (`config.child`), which is told how much memory it may have.
"""

import base64
import io
import sys
import tempfile
from pathlib import Path

import typst
from PIL import ExifTags, Image, ImageOps

from config import child
from dossiers.limits import IMAGE_MOST_PIXELS

SIZE = (240, 340)
QUALITY = 70
# Typst draws what is on the page and runs nothing: a PDF is no more than an image to it.
SHEET = '#set page(width: 120pt, height: 170pt, margin: 0pt)\n#image("scan.pdf", width: 100%, height: 100%)'
MOST_CPU_SECONDS = 10


def look_at(content):
    """Return {"thumbnail": base64 of a JPEG}, {"too_large"} or {"broken"}."""
    try:
        if content.startswith(b"%PDF-"):
            return {"thumbnail": small(Image.open(io.BytesIO(drawn(content))))}
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
            if image.width * image.height > IMAGE_MOST_PIXELS:
                return {"too_large": True}
            image.load()
            return {"thumbnail": small(image)}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"too_large": True}
    except Exception:  # a hostile file breaks the decoder in many ways; each is the same answer
        return {"broken": True}


def small(image):
    """Return the base64 of a small upright JPEG that has nothing of the file but what is seen."""
    orientation = image.getexif().get(ExifTags.Base.Orientation)
    if image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGB")
    # Coarsely first: turning and converting a whole page of 80 million pixels would not fit into the memory.
    image = image.reduce(max(1, min(image.width, image.height) // (2 * SIZE[0]))).convert("RGB")
    if orientation:
        image.getexif()[ExifTags.Base.Orientation] = orientation
        image = ImageOps.exif_transpose(image)
    image.thumbnail(SIZE)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=QUALITY, exif=b"")
    return base64.b64encode(content.getvalue()).decode()


def drawn(content):
    """Return the PNG of a PDF's first page."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "scan.pdf").write_bytes(content)
        (folder / "sheet.typ").write_text(SHEET)
        return typst.compile(folder / "sheet.typ", root=folder, format="png", ppi=144)


if __name__ == "__main__":
    child.limit(int(sys.argv[1]), MOST_CPU_SECONDS)
    child.say(look_at(child.given()))
