"""What stops the program with one line that says the mend."""


class Mend(Exception):
    """Something that the operator must mend; the message is one line in English and says how."""
