"""Documents and pictures typeset by Typst from the templates in `documents/`.

A template gets its data as JSON, never as source: whatever people typed comes out as they typed it.
"""

import json
from functools import cache

from django.conf import settings

# All that a template can read, and where Typst would look for packages: nothing is fetched.
FOLDER = settings.BASE_DIR / "documents"


def pdf(template, data):
    """Return the bytes of a tagged PDF of `documents/<template>.typ`."""
    # Not declared as PDF/UA: then a single letter that the fonts lack, in somebody's name, would refuse the document.
    return typeset(template, data, format="pdf")


def svg(template, data):
    """Return the bytes of an SVG file of a template with one page, its text as paths."""
    return typeset(template, data, format="svg")


def png(template, data, *, scale=2):
    """Return the bytes of a PNG file of a template with one page, `scale` pixels to a point."""
    return typeset(template, data, format="png", ppi=72 * scale)


@cache
def fonts():
    """Return the fonts inside the wheel, so that a document looks the same whatever the machine has."""
    import typst  # noqa: PLC0415 (12 MB with its fonts, which most web processes never need)

    return typst.Fonts(include_system_fonts=False)


def typeset(template, data, **output):
    import typst  # noqa: PLC0415 (as above)

    return typst.compile(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        font_paths=fonts(),
        ignore_system_fonts=True,
        package_path=FOLDER,
        package_cache_path=FOLDER,
        sys_inputs={"data": json.dumps(data)},
        **output,
    )
