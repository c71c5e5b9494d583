"""What all tests share: no network but loopback, no settings of this machine, and one wired service."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts
from starlette.testclient import TestClient

from assist.domain.transcript import Transcript
from assist.settings import Settings
from assist.wiring import Assist, build

for _name in [name for name in os.environ if name.startswith("ASSIST_") and not name.startswith("ASSIST_TEST_")]:
    del os.environ[_name]


@pytest.fixture(autouse=True)
def _only_loopback() -> None:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the wired service."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def assist(data_dir: Path) -> Assist:
    """Return the service as `assist serve` prepares it: SQLite, embedded Chroma, the packaged model, shipped articles."""
    made = build(Settings(data_dir=data_dir, _env_file=None))

    async def prepare() -> None:
        await made.migrate()
        await made.ensure_local_key()
        for name, folder in made.domains.items():
            await made.library.load(made.tenant, [folder.articles], domain=name)
        await made.close()

    asyncio.run(prepare())
    return made


@pytest.fixture
def learnt_dir(assist: Assist, data_dir: Path, tmp_path: Path) -> Path:
    """Return a data folder of its own, empty but for what the shared service has learnt: a process that uses it starts sooner."""
    assist.packet(Transcript.model_validate({"turns": [{"role": "customer", "text": "Hello"}]}))
    for name in ("learnt", "learnt-for-evals"):
        shutil.copytree(data_dir / "learnt", tmp_path / "data" / name)
    return tmp_path / "data"


@pytest.fixture(scope="session")
def client(assist: Assist) -> Iterator[TestClient]:
    """Return a client with the local key, on the running application."""
    from assist.api.app import create_app

    with TestClient(create_app(assist), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as made:
        made.headers["Authorization"] = f"Bearer {assist.local_key}"
        yield made


@pytest.fixture(scope="session")
def key_of(client: TestClient) -> "KeyMaker":
    """Return a maker of keys of any role."""
    return KeyMaker(client)


class KeyMaker:
    """Makes keys through the API."""

    def __init__(self, client: TestClient) -> None:
        self._client = client

    def __call__(self, role: str) -> dict[str, str]:
        """Return the headers of a new key of this role."""
        made = self._client.post("/v1/keys", json={"role": role, "name": f"test {role}"}).json()
        return {"Authorization": f"Bearer {made['secret']}"}
