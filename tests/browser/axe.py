"""axe-core, the checker of accessibility, on an open page."""

from pathlib import Path

SOURCE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text()
# WCAG 2.2 AA, and what its makers think good besides.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = "{runOnly: tags, resultTypes: ['violations'], preload: false}"
RUN = f"tags => axe.run({OPTIONS}).then(({{violations}}) => violations)"


def findings(page):
    """Return what axe finds wrong on a page, as "rule: place" for each place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    violations = page.evaluate(RUN, TAGS)
    return [f"{rule['id']}: {' '.join(map(str, node['target']))}" for rule in violations for node in rule["nodes"]]
