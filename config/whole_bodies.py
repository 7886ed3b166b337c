"""A request whose line was cut brings no body: half a file, or a text without its end, must never be taken for whole.

A form in parts ends where its bytes end, for Django too: of a file that came half it keeps the half.
"""

from django.core.exceptions import BadRequest


class WholeBody:
    """The body of a request of `length` bytes (`wsgi.input`); reading one that ends before is a bad request."""

    def __init__(self, stream, length):
        self.stream, self.left = stream, length

    def read(self, size=-1):
        return self.whole(self.stream.read(size), size)

    def readline(self, size=-1):
        line = self.stream.readline(size)
        return self.whole(line, len(line) if line.endswith(b"\n") else size)

    def whole(self, data, size):
        """Return what was read, unless it is less than was asked for and than there must be."""
        wanted = self.left if size is None or size < 0 else min(size, self.left)
        if len(data) < wanted:
            raise BadRequest("The request was cut off before its end.")
        self.left -= len(data)
        return data
