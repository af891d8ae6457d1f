"""The buttons under a message, checked as Telegram checks them."""

from typing import Any
from urllib.parse import urlsplit

from simulator.refusals import bad_request

CALLBACK_DATA_BYTES = 64
BUTTON_LIMIT = 100

_OTHER_ACTIONS = {
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "login_url",
    "web_app",
    "pay",
}


def checked(markup: dict[str, Any]) -> dict[str, Any] | None:
    """Returns the reply markup as it may stand under a message; raises `Refusal` 400 for one that may not."""
    if not markup:
        return None
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"])
        kept = [[_inline(button) for button in row] for row in rows if row]
        _count(kept)
        return {"inline_keyboard": kept} if kept else None
    if "keyboard" in markup:
        kept = [[_plain(button) for button in row] for row in _rows(markup["keyboard"]) if row]
        _count(kept)
        return markup | {"keyboard": kept}
    return markup


def is_inline(markup: dict[str, Any] | None) -> bool:
    """Tells whether these buttons stand under the message itself."""
    return markup is not None and "inline_keyboard" in markup


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse reply keyboard markup JSON object: field must be an Array of Arrays")
    return rows


def _count(rows: list[list[Any]]) -> None:
    if sum(len(row) for row in rows) > BUTTON_LIMIT:
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _plain(button: Any) -> dict[str, Any]:
    whole = {"text": button} if isinstance(button, str) else button
    if not isinstance(whole, dict) or not str(whole.get("text", "")).strip():
        raise bad_request("keyboard button text must be non-empty")
    return whole


def _inline(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    data = button.get("callback_data")
    if data:
        if len(str(data).encode()) > CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif button.get("url"):
        _check_url(str(button["url"]))
    elif not _OTHER_ACTIONS & button.keys():
        reason = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {reason}")
    return button


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme == "tg":
        return
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
