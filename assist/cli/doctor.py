"""What is wrong with this installation, and how to mend it."""

import asyncio
import shutil
import sys
from collections.abc import Callable

import click

from assist.cli.model_trial import probed
from assist.domain.packet import HandoffPacket
from assist.domain.transcript import Role, Transcript, Turn
from assist.errors import AssistError
from assist.settings import Settings
from assist.wiring import Check, build

_LOW_DISK_BYTES = 500_000_000


@click.command(epilog="Example: assist doctor && assist serve")
def doctor() -> None:
    """Check configuration, disk, database, vector store and models; say how to mend what is broken.

    Each language model that ASSIST_MODEL names is asked one tiny question. Exits with 1 where anything is.
    """
    checks = asyncio.run(_examine())
    for check in checks:
        click.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<14} {check.detail}")
    sys.exit(0 if all(check.ok for check in checks) else 1)


async def _examine() -> list[Check]:
    try:
        settings = Settings.read()
        assist = build(settings)
    except AssistError as exc:
        return [Check("configuration", ok=False, detail=str(exc))]
    domains = ", ".join(sorted(assist.domains))
    checks = [Check("configuration", ok=True, detail=f"domains {domains}"), _disk(settings)]
    try:
        checks += await assist.health()
        if all(check.ok for check in checks):
            checks.append(await asyncio.to_thread(_trial, assist.packet))
        checks += await probed(settings)
    finally:
        await assist.close()
    return checks


def _disk(settings: Settings) -> Check:
    place = settings.data_dir if settings.data_dir.exists() else settings.data_dir.absolute().parent
    free = shutil.disk_usage(place).free
    detail = f"{free / 1e9:.1f} GB free at {place}"
    if free < _LOW_DISK_BYTES:
        return Check("disk", ok=False, detail=f"{detail}; free some, or set ASSIST_DATA_DIR to another disk")
    return Check("disk", ok=True, detail=detail)


def _trial(packet: Callable[[Transcript], HandoffPacket]) -> Check:
    """Make one packet, as a request would."""
    transcript = Transcript(turns=(Turn(role=Role.CUSTOMER, text="I want to speak to a human about my order"),))
    made = packet(transcript)
    broken = [name for name, provenance in made.provenance.items() if provenance.failure]
    if broken:
        return Check("packet", ok=False, detail=f"stages failed: {', '.join(broken)}; the log says why")
    return Check("packet", ok=True, detail=f"made in {sum(p.ms for p in made.provenance.values()):.0f} ms")
