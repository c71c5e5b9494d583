"""API keys from the command line."""

import click

from assist.access import NewKey
from assist.cli.session import with_assist
from assist.errors import NotFound
from assist.ports import AccessRole, ApiKey
from assist.wiring import Assist

_ROLES = click.Choice([role.value for role in AccessRole])
_TENANT = click.option("--tenant", default=None, help="Tenant; the local one if absent.")


@click.group(epilog="Example: assist keys create --role agent --name 'desktop, Leeds'")
def keys() -> None:
    """Make, list and revoke API keys."""


@keys.command(epilog="Example: assist keys create --role bot --name webchat --tenant acme")
@click.option("--role", type=_ROLES, required=True, help="What the key may be used for.")
@click.option("--name", required=True, help="For you to know it by.")
@_TENANT
def create(role: str, name: str, tenant: str | None) -> None:
    """Make a key and print its secret, this once."""

    async def work(assist: Assist) -> NewKey:
        return await assist.access.make(tenant=tenant or assist.tenant, role=AccessRole(role), name=name)

    made = with_assist(work)
    click.echo(made.secret)
    click.echo(f"id {made.key.id}, role {role}, tenant {made.key.tenant}; it is not shown again", err=True)


@keys.command("list", epilog="Example: assist keys list --tenant acme")
@click.option("--after", default=None, help="Go on after this id: the last of the page before.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="Rows a page.")
@_TENANT
def list_keys(after: str | None, limit: int, tenant: str | None) -> None:
    """List the keys of a tenant."""

    async def work(assist: Assist) -> list[ApiKey]:
        return await assist.access.page(tenant or assist.tenant, after=after, limit=limit)

    for key in with_assist(work):
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "in use"
        click.echo(f"{key.id}  {key.role.value:<9}  {state:<18}  {key.name}")


@keys.command(epilog="Example: assist keys revoke key_01K9ABC")
@click.argument("key_id")
@_TENANT
def revoke(key_id: str, tenant: str | None) -> None:
    """Revoke a key; a running service may honour it for half a minute more."""

    async def work(assist: Assist) -> None:
        owner = tenant or assist.tenant
        if not await assist.access.revoke(owner, key_id):
            message = f"key {key_id!r} does not exist in tenant {owner!r}; see: assist keys list"
            raise NotFound(message)

    with_assist(work)
