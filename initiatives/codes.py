"""An initiative's code: twelve characters of Crockford's base 32, the last one a check character.

No I, L, O or U; what people write instead is understood. The check character is the weighted sum of the others in the
field of 32 elements: any one wrong character and any two exchanged ones show.
"""

import secrets

from initiatives.limits import CODE_LENGTH

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "‑": "", "–": "", "—": "", ".": ""})


def new_code():
    """Return a random code without hyphens: 55 random bits and the check character."""
    bits = secrets.randbits(5 * (CODE_LENGTH - 1))
    return with_check("".join(ALPHABET[bits >> 5 * place & 31] for place in range(CODE_LENGTH - 1)))


def new_secret():
    """Return the secret of a private link: 192 random bits, safe in an address."""
    return secrets.token_urlsafe(24)


def with_check(characters):
    return characters + check_character(characters)


def check_character(characters):
    """Return the check character of the given ones (weights are powers of the field's generator)."""
    total = 0
    for character in characters:
        total ^= ALPHABET.index(character)
        total = (total << 1) ^ (0x25 if total & 0x10 else 0)
    return ALPHABET[total]


def shown(code):
    """Return a code as people read it: XXXX-XXXX-XXXX."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def read(text):
    """Return the stored form of a code that somebody typed, or None when it cannot be one."""
    code = text.strip().upper().translate(MISREAD)
    fits = len(code) == CODE_LENGTH and all(character in ALPHABET for character in code)
    return code if fits and check_character(code[:-1]) == code[-1] else None
