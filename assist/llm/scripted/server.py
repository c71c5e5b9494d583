"""The scripted model as a server: in front, or in a thread of its own beside a test."""

import socket
import threading
import time
from types import TracebackType
from typing import Self

from assist.llm.scripted.app import ScriptedApp, Seen
from assist.llm.scripted.faults import Fault

_START_SECONDS = 20.0


class ScriptedServer:
    """A server on loopback; as a context manager it runs in a thread and is gone at the end. Port 0 takes a free one."""

    def __init__(self, *, port: int = 0, fault: Fault = Fault.GOOD, silence_seconds: float = 600.0) -> None:
        import uvicorn  # noqa: PLC0415 -- only a server needs it

        self._app = ScriptedApp(fault=fault, silence_seconds=silence_seconds)
        config = uvicorn.Config(
            self._app,
            host="127.0.0.1",
            port=port,
            log_config=None,
            log_level="critical",  # requests that are dropped while they wait are its trade, not a mistake
            access_log=False,
            lifespan="off",
            http="h11",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._socket = socket.create_server(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    @property
    def url(self) -> str:
        """Where it listens, as `ASSIST_MODEL_API_BASE` wants it."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    @property
    def fault(self) -> Fault:
        """How it answers where neither header nor model's name says so; may be changed while it runs."""
        return self._app.fault

    @fault.setter
    def fault(self, fault: Fault) -> None:
        self._app.fault = fault

    @property
    def seen(self) -> list[Seen]:
        """The requests so far, oldest first."""
        return self._app.seen

    def serve(self) -> None:
        """Serve in this thread until interrupted."""
        self._server.run([self._socket])

    def __enter__(self) -> Self:
        """Start the thread and wait until the server answers."""
        self._thread.start()
        ends = time.monotonic() + _START_SECONDS
        while not self._server.started and self._thread.is_alive() and time.monotonic() < ends:
            time.sleep(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; requests still waiting are dropped."""
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(_START_SECONDS)
        self._socket.close()
