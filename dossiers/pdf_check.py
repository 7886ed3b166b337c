"""Look into a PDF that somebody uploaded, in a process of its own with bounded memory and time (`config.child`)."""

import io

import pikepdf

from config import child

MOST_MEMORY = 600 * 1024 * 1024
MOST_CPU_SECONDS = 10
UNSAFE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute"}
UNSAFE_KEYS = ("/JS", "/AA", "/EF", "/EmbeddedFiles")


def look_into(content):
    """Return {"pages", "encrypted", "unsafe"} of a PDF's bytes, or {"encrypted": True} or {"broken": True} alone."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            found = {
                "pages": len(document.pages),
                "encrypted": document.is_encrypted,
                "unsafe": has_unsafe_parts(document),
            }
            # The parser goes on without what did not fit into the memory it may have; a letter must not.
            too_big = any("bad_alloc" in warning for warning in document.get_warnings())
            return {"broken": True} if too_big else found
    except pikepdf.PasswordError:
        return {"encrypted": True}
    except Exception:  # a hostile file breaks the parser in many ways; each is the same answer
        return {"broken": True}


def has_unsafe_parts(document):
    """Tell whether anything in the PDF runs something or carries another file."""
    return bool(document.attachments) or any(is_unsafe(thing) for thing in dictionaries_in(document.objects))


def dictionaries_in(things):
    """Yield every dictionary and stream, also those that stand inside another one instead of by themselves."""
    waiting = list(things)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            yield thing
            waiting += [value for value in thing.values() if not value_is_apart(value)]
        elif isinstance(thing, pikepdf.Array):
            waiting += [value for value in thing if not value_is_apart(value)]


def value_is_apart(value):
    """Tell whether a value is no container, or an object of its own, which is looked at by itself."""
    return not isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) or value.is_indirect


def is_unsafe(thing):
    return str(thing.get("/S", "")) in UNSAFE_ACTIONS or any(key in thing for key in UNSAFE_KEYS)


if __name__ == "__main__":
    child.limit(MOST_MEMORY, MOST_CPU_SECONDS)
    child.say(look_into(child.given()))
