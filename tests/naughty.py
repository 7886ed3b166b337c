"""Strings that break careless sites: the Big List of Naughty Strings, and the worst of our own."""

import json
from pathlib import Path

LIST = Path(__file__).parent / "data" / "naughty_strings.json"

# Bytes go out as they are: what no browser sends. Each stands for a family of the list or for a fault of its own.
WORST = [
    "\x00", "a\x00b", "\ud800", "x\udfff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xff\xfe<", b"\xf5\x80\x80\x80",
    "\u202eabc\u202c", "\u2066b\u2069", "\ufeff\u200b", "\ufffe", "\x1b[31m", "\x85\x0b", "a\u2028b\u2029c",
    "{{7*7}}", "{% debug %}", "${7*7}", "{0.__class__}", "%s", "%(secret)s", "%d%n%x", "%00", "%0d%0aSet-Cookie: a=b",
    "'", "\"", "' OR 1=1 --", "'; DROP TABLE x;--", "\\", "\\'; a", "1; SELECT pg_sleep(9)", "a\r\nBcc: b@example.vn",
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='alert(1)", "javascript:alert(1)",
    "</textarea><script>alert(1)</script>", "</title><svg/onload=alert(1)>", "]]><!--", "<!--#exec cmd=\"id\"-->",
    "=HYPERLINK(\"http://x\")", "@SUM(1)", "../../etc/passwd", "file:///etc/passwd", "//example.com/", "CON", "NULL",
    "None", "NaN", "inf", "-1", "0", "1.5", "1e309", "0x1", "9" * 18, "9" * 19, "9" * 400, "9" * 5000, "٣", "²", "१",
    "9999-99-99", "0000-00-00", "10000-01-01", "31/02/2021", "99/99/9999", "24:00 20/4/2021", "2021-04-20T23:59:60Z",
    "a" * 10_000, "ﷺ", "👩‍👩‍👧‍👦", "🇻🇳", "Z\u0351\u0352\u0353", "İ", "ß", "đ" * 1001, "on", "true", "[]", "{}",
    "[object Object]", "00000000-0000-0000-0000-000000000000", "", " ", "%", "_", ",", "1,2", "&amp;", "?", "#", "\t",
]  # fmt: skip


def whole_list():
    """The Big List of Naughty Strings, the empty one too."""
    return json.loads(LIST.read_text(encoding="utf-8"))


def text_of(payload):
    """Return what the site is to make of a payload that it got as bytes or with half a character."""
    raw = payload if isinstance(payload, bytes) else payload.encode("utf-8", "surrogatepass")
    return raw.decode("utf-8", "replace")
