"""Pages are text and travel compressed; files are handed out as they are, with their length, so that a download shows
how far it is. Django pads what it compresses by a random length, so that sizes do not betray a page's secrets."""

import struct
import zlib

from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

TEXT = ("text/", "application/json", "image/svg+xml")


class CompressedPagesMiddleware(GZipMiddleware):
    def process_response(self, request, response):
        if squeezed := getattr(response, "squeezed", None):  # a page that is kept ready, compressed beforehand
            patch_vary_headers(response, ["Accept-Encoding"])
            if re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
                response.content = squeezed()
                response["Content-Encoding"] = "gzip"
                response["Content-Length"] = str(len(response.content))
            return response
        is_text = response.get("Content-Type", "").startswith(TEXT)
        return super().process_response(request, response) if is_text and not response.streaming else response


# A gzip file put together from parts: each is compressed by itself and ends at a whole byte, so that what belongs to
# one visitor can stand between them as it is.
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST_BLOCK = b"\x03\x00"
STORED_MOST = 0xFFFF


def squeezed(part):
    """Return bytes compressed as a part of such a file."""
    if not part:
        return b""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


def unsqueezed(part):
    """Return bytes as they are, as a part of such a file."""
    pieces = [part[at : at + STORED_MOST] for at in range(0, len(part), STORED_MOST)]
    return b"".join(b"\0" + struct.pack("<HH", len(piece), len(piece) ^ STORED_MOST) + piece for piece in pieces)


def gzip_of(parts, content):
    """Return the gzip file of these parts; `content` is what they hold."""
    return GZIP_HEAD + parts + LAST_BLOCK + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
