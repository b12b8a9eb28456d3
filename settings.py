"""Every address, secret and limit Thread runs with: the only reader of the environment.

Each field is the environment variable `THREAD_<NAME>`, and README.md lists them all.
"""

import os
from functools import lru_cache
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What a deployment decides. Durations carry their unit in the name."""

    model_config = SettingsConfigDict(env_prefix="THREAD_", extra="ignore")

    public_url: str = Field(
        default="http://localhost:8400",
        description="Address people and vendors reach Thread at; webhook signatures are checked against it.",
    )
    api_host: str = Field(default="127.0.0.1", description="Address the API listens on.")
    api_port: int = Field(default=8400, ge=1, le=65535, description="Port the API listens on.")

    database_url: SecretStr = Field(
        default=SecretStr("postgresql://thread_app@127.0.0.1:8432/thread"),
        description="PostgreSQL as `thread_app`: the API and the activities.",
    )
    router_database_url: SecretStr = Field(
        default=SecretStr("postgresql://thread_router@127.0.0.1:8432/thread"),
        description="PostgreSQL as `thread_router`: finds the organisation of what a caller presents.",
    )
    portal_database_url: SecretStr = Field(
        default=SecretStr("postgresql://thread_portal@127.0.0.1:8432/thread"),
        description="PostgreSQL as `thread_portal`: customer and AE pages, one account at a time.",
    )
    migrate_database_url: SecretStr = Field(
        default=SecretStr("postgresql://thread_migrate@127.0.0.1:8432/thread"),
        description="PostgreSQL as `thread_migrate`: alembic only; never given to the API or a worker.",
    )
    database_pool_size: int = Field(default=10, ge=1, le=200, description="Connections per process and role.")

    temporal_address: str = Field(default="127.0.0.1:8733", description="Temporal frontend, host:port.")
    temporal_namespace: str = Field(default="default", description="Temporal namespace.")
    temporal_task_queue: str = Field(default="thread", description="Queue of the account workflows.")
    temporal_ui_url: str = Field(default="http://localhost:8833", description="Temporal web UI that ops links lead to.")

    vault_keys: Annotated[
        SecretStr,
        Field(description="Key-encryption keys, `id:base64(32 bytes)`, comma-separated; the first is primary."),
    ] = SecretStr("")

    smtp_host: str = Field(default="127.0.0.1", description="SMTP server that sends approved e-mail.")
    smtp_port: int = Field(default=8425, ge=1, le=65535, description="Port of the SMTP server.")
    smtp_user: str = Field(default="", description="SMTP user; empty: no authentication.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="SMTP password.")
    smtp_tls: str = Field(default="none", pattern="^(none|starttls|tls)$", description="`none`, `starttls` or `tls`.")
    smtp_timeout_seconds: float = Field(default=20, gt=0, description="Limit of one SMTP conversation.")

    hubspot_url: str = Field(default="https://api.hubapi.com", description="HubSpot's API address.")

    openai_api_key: SecretStr = Field(
        default=SecretStr(""), description="Key of the server that writes drafts; empty: no AI, templates only."
    )
    openai_base_url: str = Field(
        default="https://api.openai.com/v1",
        pattern="^https?://",
        description="OpenAI's API, or that of any server that speaks it.",
    )
    openai_model: str = Field(default="gpt-5.4-mini", description="Model that writes drafts.")
    openai_timeout_seconds: float = Field(default=60, gt=0, description="Limit of one draft, first byte to last.")

    log_level: str = Field(default="info", description="`debug`, `info`, `warning` or `error`.")
    log_format: str = Field(default="json", pattern="^(json|text)$", description="`json` or `text`.")


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


class LocalPorts(BaseSettings):
    """Loopback ports of the stack that `make run` starts; a deployment has addresses instead."""

    model_config = SettingsConfigDict(env_prefix="THREAD_", extra="ignore")

    api_port: int = Field(default=8400, ge=1, le=65535, description="API and user interface.")
    postgres_port: int = Field(default=8432, ge=1, le=65535, description="PostgreSQL.")
    temporal_port: int = Field(default=8733, ge=1, le=65535, description="Temporal server.")
    temporal_ui_port: int = Field(default=8833, ge=1, le=65535, description="Temporal web UI.")
    smtp_port: int = Field(default=8425, ge=1, le=65535, description="Local mailbox, SMTP.")
    mailbox_port: int = Field(default=8426, ge=1, le=65535, description="Local mailbox, web page.")
    hubspot_port: int = Field(default=8500, ge=1, le=65535, description="Stand-in HubSpot.")
    openai_port: int = Field(default=8501, ge=1, le=65535, description="Stand-in OpenAI.")


def environment(settings: Settings, *, leave_out: tuple[str, ...] = ()) -> dict[str, str]:
    """The environment of a child process that shall read exactly these settings, but for those left out."""
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("THREAD_")}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if name not in leave_out:
            plain = value.get_secret_value() if isinstance(value, SecretStr) else value
            inherited[f"THREAD_{name.upper()}"] = str(plain)
    return inherited
