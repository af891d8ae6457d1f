"""Settings for tests: they owe nothing to the environment."""

from bot.settings import Settings
from simulator.server import TOKEN
from tests.conftest import TEST_KEY


def settings_for(url: str, telegram_url: str, token: str = TOKEN) -> Settings:
    """Settings for a register and a Telegram."""
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it
        telegram_token=token,
        telegram_api_url=telegram_url,
        database_url=url,
        lapor_keys=TEST_KEY,
        lapor_undo_seconds=0,
    )
