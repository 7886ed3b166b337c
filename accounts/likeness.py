"""Which union a typed name most likely means: a proposal for people to confirm, never applied by itself."""

import re
from difflib import get_close_matches

from accounts.abbreviations import expanded, finds, name_key, search_words

SHORTEST = 3
CLOSE_ENOUGH = 0.75
# Words that nearly every name begins with would make any two names alike.
BEGINNINGS = re.compile(r"^((lien doan lao dong|cong doan|co so|nganh|cac|tinh|thanh pho|thi xa|huyen|quan)\b ?)+")


def essence(text):
    """Return the folded words of a name without its beginning: "LĐLĐ h. Đại Từ" → "dai tu"."""
    whole = expanded(text)
    return BEGINNINGS.sub("", whole) or whole


class Likeness:
    """Finds among these unions the one that a name means; made once for many names."""

    def __init__(self, unions):
        self.by_words = [(search_words(union), union) for union in unions]
        self.by_key = {name_key(union.name): union for union in unions}
        self.by_essence = {essence(union.name): union for union in unions}

    def most_like(self, name):
        """Return the union of that name, the only one that a picker finds, or the nearest in spelling; else None."""
        if same := self.by_key.get(name_key(name)):
            return same
        wanted = essence(name)
        if len(wanted) < SHORTEST:
            return None
        found = [union for words, union in self.by_words if finds(name, words)]
        if len(found) == 1:
            return found[0]
        near = get_close_matches(wanted, self.by_essence, n=1, cutoff=CLOSE_ENOUGH)
        return self.by_essence[near[0]] if near else None
