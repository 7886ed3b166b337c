"""A client that costs little beside what it measures: requests over a kept connection, and how many a second."""

import re
import socket
import threading
import time
import zlib
from dataclasses import dataclass
from urllib.parse import urlencode

ANSWER_SECONDS = 30
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
HEADER = re.compile(rb"\r\n([^:\r\n]+): *([^\r\n]*)")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list
    body: bytes

    def header(self, name):
        """Return the first header of this name, in small letters, or an empty text."""
        return next((value.decode("latin-1") for key, value in self.headers if key.lower() == name.encode()), "")

    @property
    def text(self):
        """The page as bytes, uncompressed."""
        return zlib.decompress(self.body, 31) if self.header("content-encoding") == "gzip" else self.body


class Connection:
    """One visitor: a connection that stays open, and the cookies it was given."""

    def __init__(self, port):
        self.port, self.cookies, self.socket = port, {}, None

    def get(self, path):
        return self.ask(b"GET", path, b"")

    def post(self, path, values):
        return self.ask(b"POST", path, urlencode(values).encode())

    def forget(self):
        """Become another visitor on the same connection."""
        self.cookies = {}

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None

    def ask(self, method, path, body, content_type="application/x-www-form-urlencoded"):
        lines = [method + b" " + path.encode() + b" HTTP/1.1", b"Host: 127.0.0.1", b"Accept-Encoding: gzip"]
        if self.cookies:
            lines.append(b"Cookie: " + b"; ".join(b"%s=%s" % pair for pair in self.cookies.items()))
        if method == b"POST":
            lines += [b"Content-Type: " + content_type.encode(), b"Content-Length: %d" % len(body)]
        request = b"\r\n".join(lines) + b"\r\n\r\n" + body
        try:
            return self.exchange(request)
        except ConnectionError:  # the server may close a kept connection between two requests
            self.close()
            return self.exchange(request)

    def exchange(self, request):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=ANSWER_SECONDS)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self.more()
        head = data[:end]
        found = LENGTH.search(head)
        total = end + 4 + int(found[1] if found else 0)
        while len(data) < total:
            data += self.more()
        headers = HEADER.findall(head)
        self.keep_cookies(headers)
        if b"connection: close" in head.lower():
            self.close()
        return Answer(int(head[9:12]), headers, data[end + 4 : total])

    def more(self):
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionResetError("The server closed the connection.")
        return part

    def keep_cookies(self, headers):
        for name, value in headers:
            if name.lower() == b"set-cookie":
                key, _, rest = value.partition(b"=")
                self.cookies[key] = rest.partition(b";")[0]


def token_in(answer):
    """Return the token that the form on a page carries."""
    return TOKEN.search(answer.text)[1].decode()


def rate(port, work, *, seconds, clients=4):
    """Return how many times a second these clients together do `work(connection)`, each again as soon as it is done.

    What a client raises is raised here.
    """
    done, failed, until = [0] * clients, [], time.perf_counter() + seconds

    def visit(number):
        connection = Connection(port)
        try:
            while time.perf_counter() < until and not failed:
                work(connection)
                done[number] += 1
        except Exception as error:  # raised below, in the thread that measures
            failed.append(error)
        finally:
            connection.close()

    begun = time.perf_counter()
    threads = [threading.Thread(target=visit, args=[number]) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sum(done) / (time.perf_counter() - begun)
