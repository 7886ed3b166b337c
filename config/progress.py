"""A bar on the terminal for what takes minutes."""

import time

from config.text import dotted

WIDTH = 30


class Bar:
    """Draws how far something is on one line of `out`, and how long it may still take."""

    def __init__(self, out, doing):
        self.out, self.doing, self.begun = out, doing, time.monotonic()

    def draw(self, share, number):
        """Show that a share (0 to 1) is done, and how many that are."""
        left = f"{self.seconds / share * (1 - share) / 60:.0f} min left" if share and self.seconds > 1 else ""
        bar = "#" * round(WIDTH * share)
        self.out.write(f"\r[{bar:<{WIDTH}}] {share:4.0%}  {dotted(number)} {self.doing}  {left:<14}", ending="")
        self.out.flush()

    @property
    def seconds(self):
        return time.monotonic() - self.begun
