"""The API process: `python -m api` serves until SIGTERM or SIGINT, and says in one line why it can't."""

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Iterator

import uvicorn
from sqlalchemy.exc import DBAPIError

from api.app import Api, create_app
from api.deps import Services
from finish import finish
from integrations.vault import Vault, VaultError
from logs import configure_logs
from models.session import Database, PrivilegedRole
from settings import Settings, get_settings

STOP_SECONDS = 10


class CannotServe(Exception):
    """Why the API can't start, in one line."""


class Server(uvicorn.Server):
    """uvicorn that ends live answers when it is told to stop: they would never end by themselves."""

    def __init__(self, app: Api, settings: Settings) -> None:
        self._app = app
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level=settings.log_level,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on the first signal, at once on the second."""
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._stop)
        yield

    def _stop(self) -> None:
        services: Services = self._app.state.services
        services.feed.close()
        self.force_exit = self.should_exit
        self.should_exit = True


async def serve(settings: Settings) -> None:
    """Serve until told to stop; raises CannotServe."""
    database = Database.from_settings(settings)
    await _check(database, settings)
    with _listening(settings) as listener:
        await Server(create_app(settings, database=database), settings).serve(sockets=[listener])
    await database.close()


async def _check(database: Database, settings: Settings) -> None:
    try:
        await database.refuse_privileged()
        Vault(settings.vault_keys.get_secret_value())
    except (PrivilegedRole, VaultError) as error:
        raise CannotServe(str(error)) from error
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise CannotServe(f"the database does not answer: {reason}") from error


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.api_host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.api_host, settings.api_port))
    except OSError as error:
        listener.close()
        raise CannotServe(f"can't listen on {settings.api_host}:{settings.api_port}: {error.strerror}") from error
    listener.set_inheritable(True)
    return listener


def main() -> None:
    """Run, and leave with one clear line when that is impossible."""
    settings = get_settings()
    configure_logs(settings)
    try:
        asyncio.run(serve(settings))
    except CannotServe as error:
        sys.stderr.write(f"The API can't run: {error}\n")
        finish(1)
    finish(0)


if __name__ == "__main__":
    main()
