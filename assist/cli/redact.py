"""What is personal in a text."""

import json
import sys
from pathlib import Path

import click

from assist.redaction import redact_text


@click.command(epilog="Example: assist redact letter.txt")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def redact(file: Path) -> None:
    """Print FILE (`-` reads standard input) with everything personal masked, and where it stood, as JSON."""
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    masked = redact_text(raw.decode("utf-8", errors="replace"))
    spans = [{"type": span.type, "start": span.start, "end": span.end} for span in masked.spans]
    click.echo(json.dumps({"text": masked.text, "spans": spans}, ensure_ascii=False))
