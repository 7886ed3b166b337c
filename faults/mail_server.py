"""A mail server that takes every letter, slowly, and remembers which Message-ID came how often."""

import asyncio
import re
import threading
from collections import Counter

MESSAGE_ID = re.compile(rb"^Message-ID: *(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)
# So long it thinks about a letter before it says that it has it: a sender can be killed between the two.
PAUSE = 0.15


class MailServer:
    """Listens on a port of this machine until the block ends; `taken` counts Message-IDs, once a letter is here."""

    def __init__(self, port):
        self.port, self.taken, self.loop = port, Counter(), asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        serving = asyncio.start_server(self.converse, "127.0.0.1", self.port)
        asyncio.run_coroutine_threadsafe(serving, self.loop).result()
        return self

    def __exit__(self, *exception):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    async def converse(self, reader, writer):
        """Talk to one sender until it leaves or dies."""
        try:
            writer.write(b"220 faults\r\n")
            while command := (await reader.readline()).upper():
                writer.write(await self.answer(command, reader, writer))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def answer(self, command, reader, writer):
        if command.startswith(b"QUIT"):
            return b"221 bye\r\n"
        if not command.startswith(b"DATA"):
            return b"250 ok\r\n"
        writer.write(b"354 go on\r\n")
        letter = await reader.readuntil(b"\r\n.\r\n")
        self.taken[MESSAGE_ID.search(letter)[1].decode()] += 1
        await asyncio.sleep(PAUSE)
        return b"250 taken\r\n"
