"""The environment is read once, and everything wrong with it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.settings import Settings, SettingsFault


def faults_of(folder: Path, **environment: str) -> list[str]:
    """What the environment is refused for."""
    with pytest.raises(SettingsFault) as refusal:
        Settings.from_environment({"DATA_DIR": str(folder), **environment})
    return refusal.value.faults


def test_empty_environment_gives_everything_inside_the_data_folder(tmp_path: Path) -> None:
    settings = Settings.from_environment({"DATA_DIR": str(tmp_path)})
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.database_url == f"sqlite:///{tmp_path}/gian-hang.db"
    assert settings.jobs_url == f"sqlite:///{tmp_path}/jobs.db"
    assert settings.ratelimit_url == f"sqlite:///{tmp_path}/rate-limits.db"
    assert (settings.keeps_letters, settings.is_loopback, settings.is_https) == (True, True, False)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path,
        PORT="eighty",
        HOST="0.0.0.0",  # noqa: S104 - only parsed here, nothing listens
        WEB_CONCURRENCY="0",
        TRUSTED_PROXIES="-1",
        SECRET_KEY="short",
        DATABASE_URL="mysql://x",
        JOBS_URL="amqp://x",
        RATELIMIT_URL="file:///x",
        MAIL_URL="http://x",
        MAIL_SENDER="nobody",
    )  # fmt: skip - one environment
    named = ["BASE_URL", "DATABASE_URL", "JOBS_URL", "RATELIMIT_URL", "MAIL_URL", "WEB_CONCURRENCY", "TRUSTED_PROXIES"]
    assert sorted(fault.split()[0] for fault in faults) == sorted([*named, "MAIL_SENDER", "PORT", "SECRET_KEY"])


@pytest.mark.parametrize(
    ("name", "address", "example"),
    [
        ("DATABASE_URL", "postgresql://fair:secret@host:port/fair", "postgresql://user:password@host:5432/name"),
        ("DATABASE_URL", "postgresql://host", "postgresql://user:password@host:5432/name"),
        ("DATABASE_URL", "sqlite://", "sqlite:////var/lib/gian-hang/gian-hang.db"),
        ("JOBS_URL", "redis:/host", "redis://host:6379/0"),
        ("RATELIMIT_URL", "redis://[::1", "redis://host:6379/0"),
        ("MAIL_URL", "smtp://:587", "smtp://user:password@host:587"),
        ("MAIL_URL", "smtp://host:99999", "smtp://user:password@host:587"),
    ],
)
def test_address_that_cannot_be_read_is_one_sentence_without_its_password(
    tmp_path: Path, name: str, address: str, example: str
) -> None:
    assert faults_of(tmp_path, **{name: address}) == [
        f"Không đọc được {name}, hãy viết như {example} / {name} cannot be read: write it like this"
    ]


@pytest.mark.parametrize("key", ["", "x" * 31])
def test_short_secret_key_is_refused(tmp_path: Path, key: str) -> None:
    assert faults_of(tmp_path, SECRET_KEY=key) == [
        "SECRET_KEY phải có ít nhất 32 ký tự / SECRET_KEY must have at least 32 characters"
    ]


@pytest.mark.parametrize("port", ["0", "65536", "80.5", "٨٠", "1e3", "-1"])
def test_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    assert faults_of(tmp_path, PORT=port) == [
        f"PORT phải là số nguyên từ 1 đến 65535, không phải {port!r} / PORT must be a whole number from 1 to 65535"
    ]


@pytest.mark.parametrize("url", ["fairs.example.vn", "javascript:alert(1)", "ftp://fairs.example.vn"])
def test_base_url_that_no_link_can_begin_with_is_refused(tmp_path: Path, url: str) -> None:
    assert faults_of(tmp_path, BASE_URL=url) == [
        f"BASE_URL phải bắt đầu bằng http:// hoặc https://, không phải {url!r} / BASE_URL must begin with http:// or https://"
    ]


def test_secret_key_is_made_at_the_first_run_and_kept(tmp_path: Path) -> None:
    first = Settings.from_environment({"DATA_DIR": str(tmp_path)}).secret_key
    second = Settings.from_environment({"DATA_DIR": str(tmp_path)}).secret_key
    assert (first == second, len(first) >= 64) == (True, True)
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.write_text("not a folder")
    assert faults_of(file) == [f"Không ghi được vào DATA_DIR {file} / It cannot be written: File exists"]


def test_fallback_keys_are_read_one_by_one(tmp_path: Path) -> None:
    settings = Settings.from_environment({"DATA_DIR": str(tmp_path), "SECRET_KEY_FALLBACKS": "old" * 20 + ",older"})
    assert settings.secret_key_fallbacks == ("old" * 20, "older")


def test_https_is_known_by_the_base_url(tmp_path: Path) -> None:
    settings = Settings.from_environment({"DATA_DIR": str(tmp_path), "BASE_URL": "https://fairs.example.vn/"})
    assert (settings.base_url, settings.is_https) == ("https://fairs.example.vn", True)
