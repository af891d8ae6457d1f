"""Who speaks with us: one file is one router is one conversation."""
