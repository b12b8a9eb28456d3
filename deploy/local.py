"""How does all of Thread run on one machine? `python -m deploy.local` starts every part, seeds a demo and watches.

State is in `.thread/`: databases, mailbox, the stand-in HubSpot, logs, and secrets made once.
"""

import argparse
import asyncio
import base64
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

import urllib3
from pydantic import SecretStr, ValidationError

from deploy.guarded import GuardedPostgres
from deploy.local_checks import refuse_full_disk, refuse_taken_ports, running_alone, shifted, stop_running
from deploy.postgres import EmbeddedPostgres
from deploy.seed import Demo, seed
from deploy.supervisor import Child, StackError, Stopped, Supervisor, raise_on_signals
from deploy.temporal import TemporalServer
from finish import finish
from models.migrate import upgrade
from models.session import Database
from settings import LocalPorts, Settings, environment

_HTTP = urllib3.PoolManager(timeout=urllib3.Timeout(2), retries=False)


class LocalStack:
    """Every part of Thread on loopback, with its state in `home`."""

    def __init__(self, home: Path, ports: LocalPorts, supervisor: Supervisor, day_seconds: float) -> None:
        self._home = home
        self._day_seconds = day_seconds
        self._ports = ports
        self._supervisor = supervisor
        self._log = home / "log"
        self._postgres = EmbeddedPostgres(home / "postgres" / "data", ports.postgres_port)
        self._temporal = TemporalServer(
            home / "temporal", ports.temporal_port, ports.temporal_ui_port, log_file=self._log / "temporal.log"
        )
        supervisor.keep("PostgreSQL", GuardedPostgres(self._postgres))
        supervisor.keep("Temporal", self._temporal)

    def start(self) -> Demo:
        """Start everything in order; returns how to reach the demo organisation."""
        ports, start = self._ports, self._supervisor.start
        self._launch_stand_ins()
        start("PostgreSQL", f"port {ports.postgres_port}")
        settings = self._settings()
        upgrade(settings.migrate_database_url.get_secret_value())
        self._supervisor.say("Database: on the newest version")
        start("Temporal", f"port {ports.temporal_port}, web UI on {ports.temporal_ui_port}")
        self._launch_thread(settings)
        demo = asyncio.run(_seed(settings, self._day_seconds))
        self._supervisor.say("Demo organisation: there")
        start("Mailbox", f"SMTP on {ports.smtp_port}, page on {ports.mailbox_port}")
        start("HubSpot stand-in", f"port {ports.hubspot_port}")
        start("OpenAI stand-in", f"port {ports.openai_port}")
        self._connect_hubspot(demo)
        start("Worker", "takes work")
        start("API", f"port {ports.api_port}")
        return demo

    def _launch_stand_ins(self) -> None:
        ports = self._ports
        page = f"http://127.0.0.1:{ports.mailbox_port}/api/messages"
        control = f"http://127.0.0.1:{ports.hubspot_port}/_control/health"
        mailbox = ["deploy.mailbox", "--smtp-port", str(ports.smtp_port), "--http-port", str(ports.mailbox_port)]
        hubspot = ["deploy.simulator", "--port", str(ports.hubspot_port)]
        own = environment(Settings(), leave_out=tuple(Settings.model_fields))  # stand-ins have no settings
        where = ["--dir", str(self._home / "mailbox")]
        self._launch("Mailbox", ["-m", *mailbox, *where], _answers(page), own)
        where = ["--state", str(self._home / "hubspot.json")]
        self._launch("HubSpot stand-in", ["-m", *hubspot, *where], _answers(control), own)
        model = f"http://127.0.0.1:{ports.openai_port}/_control/health"
        openai = ["deploy.simulator.openai", "--port", str(ports.openai_port)]
        self._launch("OpenAI stand-in", ["-m", *openai], _answers(model), own)

    def _launch_thread(self, settings: Settings) -> None:
        own = environment(settings, leave_out=("migrate_database_url",))
        self._launch("Worker", ["worker.py"], lambda logged: "worker_started" in logged, own)
        health = f"http://127.0.0.1:{self._ports.api_port}/health"
        self._launch("API", ["-m", "api"], _answers(health), own)

    def _launch(self, name: str, program: list[str], ready: Callable[[str], bool], own: dict[str, str]) -> None:
        log = self._log / f"{name.split()[0].lower()}.log"
        child = Child([sys.executable, *program], log, ready, own)
        self._supervisor.keep(name, child)
        child.launch()

    def _settings(self) -> Settings:
        ports = self._ports
        given = Settings()
        has_key = bool(given.openai_api_key.get_secret_value())  # a key of the person's own: the real model
        return Settings(
            openai_api_key=given.openai_api_key if has_key else SecretStr("stand-in"),
            openai_base_url=given.openai_base_url if has_key else f"http://127.0.0.1:{ports.openai_port}/v1",
            public_url=f"http://localhost:{ports.api_port}",
            api_port=ports.api_port,
            database_url=SecretStr(self._postgres.dsn("thread_app")),
            router_database_url=SecretStr(self._postgres.dsn("thread_router")),
            portal_database_url=SecretStr(self._postgres.dsn("thread_portal")),
            migrate_database_url=SecretStr(self._postgres.dsn("thread_migrate")),
            temporal_address=self._temporal.address,
            temporal_ui_url=f"http://localhost:{ports.temporal_ui_port}",
            vault_keys=SecretStr(_vault_key(self._home / "vault-key")),
            smtp_host="127.0.0.1",
            smtp_port=ports.smtp_port,
            hubspot_url=f"http://127.0.0.1:{ports.hubspot_port}",
        )

    def _connect_hubspot(self, demo: Demo) -> None:
        """Tell the stand-in whom to call, and which token and secret the demo organisation has."""
        account = {"token": demo.access_token, "target_url": demo.webhook_url}
        account |= {"client_secret": demo.client_secret, "portal_id": demo.portal_id}
        url = f"http://127.0.0.1:{self._ports.hubspot_port}/_control/settings"
        answer = _HTTP.request("PUT", url, json=account)
        if answer.status != 200:
            msg = f"the HubSpot stand-in did not take its settings: {answer.status}"
            raise StackError(msg)


async def _seed(settings: Settings, day_seconds: float) -> Demo:
    database = Database.from_settings(settings)
    try:
        return await seed(database, settings, day_seconds)
    finally:
        await database.close()


def _answers(url: str) -> Callable[[str], bool]:
    def ask(_logged: str) -> bool:
        try:
            return _HTTP.request("GET", url).status == 200
        except urllib3.exceptions.HTTPError:
            return False

    return ask


def _vault_key(file: Path) -> str:
    """The key that seals the secrets of connections; made once, readable by its owner only."""
    if not file.exists():
        key = "local-1:" + base64.b64encode(secrets.token_bytes(32)).decode()
        fresh = file.with_suffix(".new")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as made:
            made.write(key)
        fresh.replace(file)
    return file.read_text().strip()


def announce(demo: Demo, ports: LocalPorts, home: Path) -> str:
    """What a person who just started Thread wants to know."""
    people = "\n".join(f"                 {one.email:<22} {one.name}, {one.role}" for one in demo.people)
    return f"""
  Thread is running. Ctrl-C, or `make stop` elsewhere, stops it; what it knows stays in
  {home}.

  Thread         http://localhost:{ports.api_port}
  Log in as      (password: {demo.password})
{people}
  Mailbox        http://localhost:{ports.mailbox_port}      every e-mail that Thread sends
  Temporal UI    http://localhost:{ports.temporal_ui_port}      every account's workflow

  Next: `make deal` in another terminal closes a deal in the stand-in HubSpot.
"""


def run(home: Path, ports: LocalPorts, day_seconds: float) -> int:
    """Run the stack until a signal or a failure; the exit code."""
    supervisor = Supervisor()
    code = 0
    with running_alone(home, ports) as was_killed:
        refuse_taken_ports(ports, after_kill=was_killed)
        refuse_full_disk(home)
        raise_on_signals()
        try:
            demo = LocalStack(home, ports, supervisor, day_seconds).start()
            sys.stdout.write(announce(demo, ports, home))
            sys.stdout.flush()
            supervisor.watch()
        except Stopped:
            supervisor.say("Stopping")
        except StackError as error:
            supervisor.say(f"Thread cannot run: {error}")
            code = 1
        finally:
            supervisor.stop()
            supervisor.say("Everything is stopped")
    return code


def main() -> int:
    """Read the options, then run or stop."""
    parser = argparse.ArgumentParser(prog="deploy.local", description="Thread on one machine.")
    parser.add_argument("--home", type=Path, default=Path(".thread"), help="folder of the state")
    parser.add_argument("--port-offset", type=int, default=0, help="move every port by this")
    parser.add_argument("--day-seconds", type=float, default=60, help="how long a day of delay lasts in the demo")
    parser.add_argument("--stop", action="store_true", help="stop the stack that runs in the folder")
    options = parser.parse_args()
    try:
        if options.stop:
            sys.stdout.write(stop_running(options.home) + "\n")
            return 0
        return run(options.home.absolute(), shifted(LocalPorts(), options.port_offset), options.day_seconds)
    except ValidationError as error:
        wrong = "; ".join(f"THREAD_{one['loc'][0]}: {one['msg']}".upper() for one in error.errors())
        sys.stderr.write(f"Thread cannot run: {wrong}\n")
    except (StackError, OSError) as error:
        sys.stderr.write(f"Thread cannot run: {error}\n")
    return 1


if __name__ == "__main__":
    finish(main())
