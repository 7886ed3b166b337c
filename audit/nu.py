"""The Nu HTML checker (validator.nu), a Java program, on pages as the server sent them."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

JAR = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
MISSING = "it needs Java 11 or newer, and none is installed."
SECONDS = 120


def check(pages):
    """Return {name: errors of its HTML}, or None where Java is missing."""
    if not shutil.which("java"):
        return None
    faults = {name: [] for name in pages}
    with tempfile.TemporaryDirectory() as folder:
        for name, html in pages.items():
            (Path(folder) / f"{name}.html").write_text(html)
        command = ["java", "-jar", JAR, "--errors-only", "--format", "json", "--exit-zero-always", folder]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    for message in json.loads(done.stderr)["messages"]:
        faults[Path(message["url"]).stem].append(f"line {message.get('lastLine')}: {message['message']}")
    return faults
