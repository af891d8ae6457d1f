"""What is raised when somebody else was faster: nothing of the loser's work is kept."""


class Stale(Exception):
    """The row changed since it was read: read it again and decide anew."""


class LeaseLost(Exception):
    """The update is not ours any more: another worker holds its chat, or has worked it."""
