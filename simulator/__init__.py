"""A Telegram on this machine: Bot API over HTTP and pretend phones."""
