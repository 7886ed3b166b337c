"""What stands in front of the site in a run: it holds the line, and keeps its connections to the site open.

As HAProxy with `maxconn` does, it hands on a few requests at a time, first come, first served, however many wait.
"""

import asyncio

from bench.client import LENGTH


class Front:
    """So many connections to one port of this machine, each opened when it is first needed."""

    def __init__(self, port, connections):
        self.port, self.lines = port, asyncio.Queue()
        for _ in range(connections):
            self.lines.put_nowait(None)

    async def exchange(self, request):
        """Send a request when its turn comes; returns the bytes of the answer."""
        line = await self.lines.get()
        try:
            line, answer = await self.asked(line, request)
            return answer
        except BaseException:
            line = None  # whatever happened to it, nobody else shall have what is left on it
            raise
        finally:
            self.lines.put_nowait(line)

    async def asked(self, line, request):
        """Return (the connection, or None when the site ended it; the answer)."""
        if line:
            try:
                return await self.through(line, request)
            except (ConnectionError, asyncio.IncompleteReadError):
                line[1].close()  # it was at rest for too long, and the site had closed it
        return await self.through(await asyncio.open_connection("127.0.0.1", self.port), request)

    async def through(self, line, request):
        reader, writer = line
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        found = LENGTH.search(head)
        body = await reader.readexactly(int(found[1]) if found else 0)
        if b"connection: close" in head.lower():
            writer.close()
            return None, head + body
        return line, head + body
