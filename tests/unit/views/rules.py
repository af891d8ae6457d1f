"""What the table of the lifecycle opens to a role, for the sheets of the tests of views."""

from domain.lifecycle import TABLE, Action, Role, Status


def actions_for(status: Status, role: Role) -> tuple[Action, ...]:
    """The actions open to a role in a status, in the order of `Action`."""
    return tuple(action for action in Action if (row := TABLE.get((status, action))) is not None and role in row.who)
