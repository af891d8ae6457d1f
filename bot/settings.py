"""The settings: the environment and the file `.env` are read here, once, and nowhere else."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.mend import Mend
from domain.fair_use import Limits
from storage.crypto import BadKey, Keyring

ENV_FILE = Path(".env")

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


@dataclass(frozen=True)
class Address:
    """Where Telegram brings updates to, where we listen for them, and the secret that comes along."""

    url: str
    host: str
    port: int
    secret: str


class Settings(BaseSettings):
    """Every setting by its name in the environment, in lower case. Frozen: nothing changes while we run."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_proxy: SecretStr | None = None
    database_url: SecretStr = SecretStr("sqlite:///laporbot.sqlite3")
    lapor_keys: SecretStr | None = None
    lapor_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    lapor_log_format: Literal["text", "json"] = "text"
    lapor_metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    lapor_metrics_host: str = "127.0.0.1"
    lapor_files: Path | None = None
    lapor_files_gb: Annotated[int, Field(ge=1)] = 10
    lapor_workers: Annotated[int, Field(ge=1, le=32)] = 8

    lapor_webhook_url: str | None = None
    lapor_webhook_secret: SecretStr | None = None
    lapor_webhook_host: str = "127.0.0.1"
    lapor_webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8080

    lapor_undo_seconds: Annotated[int, Field(ge=0, le=60)] = 10

    lapor_messages_per_minute: Annotated[int, Field(ge=10)] = 60
    lapor_drafts_per_day: Annotated[int, Field(ge=1)] = 30
    lapor_complaints_per_day: Annotated[int, Field(ge=1)] = 15
    lapor_megabytes_per_day: Annotated[int, Field(ge=21)] = 300

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        number, colon, rest = (token.get_secret_value() if token else "0:-").partition(":")
        if not (number.isdigit() and colon and rest) or any(sign.isspace() for sign in rest):
            raise ValueError("it must look like 123456:ABC, as @BotFather wrote it")
        return token

    @field_validator("telegram_api_url")
    @classmethod
    def _is_a_web_address(cls, url: str) -> str:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
            raise ValueError("it must begin with https:// or http:// and name a host")
        return url.rstrip("/")

    @field_validator("telegram_proxy")
    @classmethod
    def _is_a_proxy(cls, url: SecretStr | None) -> SecretStr | None:
        if url and urlsplit(url.get_secret_value()).scheme not in ("http", "https", "socks5"):
            raise ValueError("it must begin with http://, https:// or socks5://")
        return url

    @field_validator("lapor_webhook_url")
    @classmethod
    def _is_an_address_for_telegram(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "https://-")
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname))):
            raise ValueError("it must begin with https:// and name a host that Telegram can reach")
        if parts.query or parts.fragment:
            raise ValueError("it must end with its path: no ? and no #")
        return url

    @field_validator("lapor_webhook_secret")
    @classmethod
    def _is_a_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and not SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("it must be 16 to 256 of the signs A-Z a-z 0-9 _ -")
        return secret

    @field_validator("lapor_log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @classmethod
    def read(cls) -> Self:
        """Reads the environment; raises `Mend` for the first setting that is wrong."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            name = str(first["loc"][0]).upper() if first["loc"] else "the environment"
            reason = first["msg"].removeprefix("Value error, ")
            raise Mend(f"{name} is wrong: {reason}. Mend it in the environment or in .env") from None

    @property
    def token(self) -> str:
        """The bot's token; raises `Mend` when there is none."""
        if self.telegram_token is None:
            raise Mend("TELEGRAM_TOKEN is missing: get one from @BotFather and write TELEGRAM_TOKEN=... into .env")
        return self.telegram_token.get_secret_value()

    @property
    def on_one_machine(self) -> bool:
        """Whether the register is a file beside this one process, which may then bring it up to date by itself."""
        return self.database_url.get_secret_value().startswith("sqlite")

    @property
    def register_file(self) -> Path:
        """The file that the register is; only `on_one_machine`."""
        # Commands that need no database must not pay for loading one.
        from storage.engine import async_url

        return Path(async_url(self.database_url.get_secret_value()).database or "")

    @property
    def address(self) -> Address | None:
        """Where updates are brought, None when they are fetched; raises `Mend` when the secret is missing."""
        if self.lapor_webhook_url is None:
            return None
        if self.lapor_webhook_secret is None:
            raise Mend(
                "LAPOR_WEBHOOK_SECRET is missing: make one of 16 to 256 letters and digits, so that nobody but "
                "Telegram can bring updates"
            )
        secret = self.lapor_webhook_secret.get_secret_value()
        return Address(self.lapor_webhook_url, self.lapor_webhook_host, self.lapor_webhook_port, secret)

    @property
    def proxy(self) -> str | None:
        """The proxy that both Telegram libraries go through."""
        return self.telegram_proxy.get_secret_value() if self.telegram_proxy else None

    @property
    def limits(self) -> Limits:
        """What one person may send."""
        return Limits(
            self.lapor_messages_per_minute,
            self.lapor_drafts_per_day,
            self.lapor_complaints_per_day,
            self.lapor_megabytes_per_day,
        )

    def keyring(self) -> Keyring:
        """The keys that seal identities; raises `Mend` when there is none or one is malformed."""
        if self.lapor_keys is None:
            raise Mend('LAPOR_KEYS is missing: run "lapor key new" and write LAPOR_KEYS=... into .env')
        try:
            return Keyring.parse(self.lapor_keys.get_secret_value())
        except BadKey as error:
            raise Mend(f"LAPOR_KEYS is wrong: {error}") from None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be written to a log."""
        held = (self.telegram_token, self.telegram_proxy, self.lapor_webhook_secret, self.lapor_keys)
        whole = [secret.get_secret_value() for secret in held if secret]
        keys = self.lapor_keys.get_secret_value().split(",") if self.lapor_keys else []
        password = re.search(r"//[^:/@]*:([^@]*)@", self.database_url.get_secret_value())
        words = (password[1], unquote(password[1])) if password else ()
        return tuple(filter(None, (*whole, *(key.strip() for key in keys), *words)))


def _is_here(host: str) -> bool:
    """Telegram takes https only; a simulated one on this machine takes less."""
    return host in LOOPBACK


def environment(**instead: str) -> dict[str, str]:
    """This environment for a process of its own, with these settings instead of any that stand in it."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    return kept | instead
