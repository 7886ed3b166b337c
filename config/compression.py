"""Pages are text and travel compressed; files are handed out as they are, with their length, so that a download shows
how far it is. Django pads what it compresses by a random length, so that sizes do not betray a page's secrets."""

from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "image/svg+xml")


class CompressedPagesMiddleware(GZipMiddleware):
    def process_response(self, request, response):
        is_text = response.get("Content-Type", "").startswith(TEXT)
        return super().process_response(request, response) if is_text and not response.streaming else response
