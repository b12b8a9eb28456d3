"""How does Thread log? One structured line an event, with nothing secret in it."""

import logging

import structlog
from structlog.typing import EventDict, WrappedLogger

from settings import Settings

_SECRET = ("authorization", "cookie", "password", "secret", "signature", "token")


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask every value whose name says that it is secret."""
    return {name: "****" if any(part in name.lower() for part in _SECRET) else value for name, value in event.items()}


def configure_logs(settings: Settings) -> None:
    """Set the process up, the standard library's loggers included."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s %(message)s", force=True)
    render = structlog.processors.JSONRenderer() if settings.log_format == "json" else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            hide_secrets,
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
