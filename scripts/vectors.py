"""Embeds all that ships (examples, lessons, articles) once, into the file that a first start reads in place of embedding it.

    python scripts/vectors.py

Run it (`make vectors`) when an example or an article has changed; a test says so. It takes about a minute.
"""

import asyncio
import sqlite3
import tempfile
from pathlib import Path

import numpy as np

from assist.cli.progress import load_articles
from assist.settings import Settings
from assist.wiring import SHIPPED_VECTORS, build
from knowledge.embedders.shipped import write_shipped


def main() -> None:
    """Start the service in an empty folder, and keep what it embedded."""
    SHIPPED_VECTORS.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_started(Path(folder)))
        with sqlite3.connect(Path(folder) / "embeddings.db") as cache:
            rows = {
                bytes(key): np.frombuffer(row, dtype=np.float32)
                for key, row in cache.execute("SELECT key, row FROM vectors")
            }
    write_shipped(SHIPPED_VECTORS, rows)
    print(f"{len(rows)} vectors, {SHIPPED_VECTORS.stat().st_size / 1e6:.1f} MB")


async def _started(folder: Path) -> None:
    assist = build(Settings(data_dir=folder, _env_file=None))  # type: ignore[call-arg]  # pydantic-settings' own
    try:
        await assist.migrate()
        await load_articles(assist)
        await assist.warm()
    finally:
        await assist.close()


if __name__ == "__main__":
    main()
