"""Who speaks with us: one file, one router, one conversation."""
