"""Settings: read once, frozen, and a wrong one says its mend in one line."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.mend import Mend
from bot.settings import Settings
from tests.conftest import TEST_KEY

NAMES = tuple(name.upper() for name in Settings.model_fields)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder without .env and an environment without settings."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_the_register_is_a_file_and_telegram_the_real_one() -> None:
    settings = Settings.read()
    assert settings.database_url.get_secret_value() == "sqlite:///laporbot.sqlite3"
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.on_one_machine


def test_the_file_env_is_read_and_the_environment_goes_before_it(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare / ".env").write_text("TELEGRAM_TOKEN=1:from-file\nLAPOR_WORKERS=7\nSOMETHING_ELSE=x\n")
    monkeypatch.setenv("TELEGRAM_TOKEN", "2:from-environment")
    settings = Settings.read()
    assert (settings.token, settings.lapor_workers) == ("2:from-environment", 7)


def test_an_empty_value_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "")
    assert Settings.read().telegram_api_url == "https://api.telegram.org"


def test_settings_do_not_change_while_we_run() -> None:
    with pytest.raises(ValidationError):
        Settings.read().lapor_workers = 9  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("TELEGRAM_TOKEN", "banana", "must look like 123456:ABC"),
        ("TELEGRAM_TOKEN", "12:with space", "must look like 123456:ABC"),
        ("TELEGRAM_API_URL", "api.telegram.org", "must begin with https://"),
        ("TELEGRAM_PROXY", "proxy.example:3128", "must begin with http://"),
        ("LAPOR_LOG_LEVEL", "LOUD", "'DEBUG', 'INFO'"),
        ("LAPOR_WORKERS", "0", "greater than or equal to 1"),
        ("LAPOR_WORKERS", "many", "valid integer"),
    ],
)
def test_a_wrong_setting_is_named_with_its_mend_on_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, mend: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Mend) as stopped:
        Settings.read()
    said = str(stopped.value)
    assert said.startswith(f"{name} is wrong: ")
    assert mend in said
    assert "\n" not in said


def test_what_is_missing_says_where_to_get_it() -> None:
    settings = Settings.read()
    with pytest.raises(Mend, match="TELEGRAM_TOKEN is missing: get one from @BotFather"):
        _ = settings.token
    with pytest.raises(Mend, match='LAPOR_KEYS is missing: run "lapor key new"'):
        settings.keyring()


def test_a_malformed_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_KEYS", f"{TEST_KEY},not-a-key")
    with pytest.raises(Mend) as stopped:
        Settings.read().keyring()
    assert "key number 2" in str(stopped.value)
    assert "not-a-key" not in str(stopped.value)


def test_printing_the_settings_shows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "42:TEST-token")
    monkeypatch.setenv("LAPOR_KEYS", TEST_KEY)
    monkeypatch.setenv("DATABASE_URL", "postgresql://lapor:hunter2@db/lapor")
    said = repr(Settings.read())
    assert not any(secret in said for secret in ("TEST-token", TEST_KEY, "hunter2"))
