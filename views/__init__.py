"""What people read: domain objects as screens, pure functions."""
