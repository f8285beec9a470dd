"""Everything the environment may say, checked once, all faults reported together."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SHORTEST_SECRET = 32


class SettingsFault(Exception):
    """The environment cannot be used; `faults` holds one sentence for each reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """The program's settings; see .env.example for what each one means."""

    data_dir: Path
    secret_key: str
    secret_key_fallbacks: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = "http://127.0.0.1:8000"
    database_url: str = ""
    jobs_url: str = ""
    ratelimit_url: str = ""
    mail_url: str = ""
    mail_sender: str = "gian-hang@localhost"
    web_concurrency: int = 1
    trusted_proxies: int = 0
    testing: bool = False

    @property
    def is_https(self) -> bool:
        """Whether visitors come over TLS: decides on cookies and HSTS."""
        return self.base_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK

    @property
    def keeps_letters(self) -> bool:
        """Whether letters stay in the outbox to be read in the development mailbox."""
        return not self.mail_url

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read and check the environment. Raises SettingsFault naming every fault at once."""
        env = os.environ if environment is None else environment
        faults: list[str] = []
        data_dir = Path(env.get("DATA_DIR") or "instance").absolute()
        host = env.get("HOST") or "127.0.0.1"
        port = _whole_number(env, faults, "PORT", default=8000, least=1, most=65535)
        base_url = (env.get("BASE_URL") or "").rstrip("/")
        if not base_url and host not in LOOPBACK:
            faults.append(
                "BASE_URL phải được đặt (ví dụ https://fairs.example.vn) khi mở ra ngoài máy này"
                " / BASE_URL must be set (for example https://fairs.example.vn) when HOST is not loopback"
            )
        if base_url and urlsplit(base_url).scheme not in {"http", "https"}:
            faults.append(
                f"BASE_URL phải bắt đầu bằng http:// hoặc https://, không phải {base_url!r}"
                " / BASE_URL must begin with http:// or https://"
            )
        _check_schemes(env, faults)
        sender = env.get("MAIL_SENDER") or "gian-hang@localhost"
        if not ADDRESS.fullmatch(sender):
            faults.append(
                f"MAIL_SENDER phải là một địa chỉ thư như gian-hang@example.vn, không phải {sender!r}"
                " / MAIL_SENDER must be an e-mail address"
            )
        workers = _whole_number(env, faults, "WEB_CONCURRENCY", default=1, least=1, most=64)
        proxies = _whole_number(env, faults, "TRUSTED_PROXIES", default=0, least=0, most=9)
        secret_key = _secret_key(env, data_dir, faults)
        if faults:
            raise SettingsFault(faults)
        return cls(
            data_dir=data_dir,
            secret_key=secret_key,
            secret_key_fallbacks=tuple(filter(None, env.get("SECRET_KEY_FALLBACKS", "").split(","))),
            host=host,
            port=port,
            base_url=base_url or f"http://{_authority(host)}:{port}",
            database_url=env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'gian-hang.db'}",
            jobs_url=env.get("JOBS_URL") or f"sqlite:///{data_dir / 'jobs.db'}",
            ratelimit_url=env.get("RATELIMIT_URL") or f"sqlite:///{data_dir / 'rate-limits.db'}",
            mail_url=env.get("MAIL_URL", ""),
            mail_sender=sender,
            web_concurrency=workers,
            trusted_proxies=proxies,
        )


ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
SCHEMES = {
    "DATABASE_URL": ("sqlite", "postgresql", "postgresql+psycopg"),
    "JOBS_URL": ("sqlite", "redis", "rediss", "postgresql"),
    "RATELIMIT_URL": ("sqlite", "redis", "rediss", "memory"),
    "MAIL_URL": ("smtp", "smtps"),
}
EXAMPLES = {
    "sqlite": "sqlite:////var/lib/gian-hang/gian-hang.db",
    "postgresql": "postgresql://user:password@host:5432/name",
    "postgresql+psycopg": "postgresql+psycopg://user:password@host:5432/name",
    "redis": "redis://host:6379/0",
    "rediss": "rediss://host:6379/0",
    "memory": "memory://",
    "smtp": "smtp://user:password@host:587",
    "smtps": "smtps://user:password@host:465",
}


def _check_schemes(env: Mapping[str, str], faults: list[str]) -> None:
    for name, allowed in SCHEMES.items():
        value = env.get(name)
        if value and value.partition(":")[0] not in allowed:
            schemes = ", ".join(f"{scheme}://" for scheme in allowed)
            faults.append(f"{name} phải bắt đầu bằng {schemes} / {name} must begin with one of these")
        elif value and not _is_complete(value):
            example = EXAMPLES[value.partition(":")[0]]
            faults.append(f"Không đọc được {name}, hãy viết như {example} / {name} cannot be read: write it like this")


def _is_complete(address: str) -> bool:
    """Whether host, port and (for a database) name can be read from an address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme == "memory":
        return True
    if parts.scheme == "sqlite":
        return len(parts.path) > 1 and not parts.netloc
    has_name = not parts.scheme.startswith("postgresql") or len(parts.path) > 1
    return address.partition(":")[2].startswith("//") and has_name and port != 0 and bool(parts.hostname or parts.query)


def _whole_number(env: Mapping[str, str], faults: list[str], name: str, *, default: int, least: int, most: int) -> int:
    text = env.get(name) or str(default)
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    faults.append(
        f"{name} phải là số nguyên từ {least} đến {most}, không phải {text!r}"
        f" / {name} must be a whole number from {least} to {most}"
    )
    return default


def _authority(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _secret_key(env: Mapping[str, str], data_dir: Path, faults: list[str]) -> str:
    """The key of the environment, else the one made at the first run (mode 0600)."""
    given = env.get("SECRET_KEY")
    if given is not None:
        if len(given) < SHORTEST_SECRET:
            faults.append(
                f"SECRET_KEY phải có ít nhất {SHORTEST_SECRET} ký tự"
                f" / SECRET_KEY must have at least {SHORTEST_SECRET} characters"
            )
        return given
    path = data_dir / "secret-key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text().strip()
    except OSError as error:
        faults.append(f"Không ghi được vào DATA_DIR {data_dir} / It cannot be written: {error.strerror}")
        return ""
