"""The demo: the whole road of one complaint, told in the terminal, on a machine without a token."""
