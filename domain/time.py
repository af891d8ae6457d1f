"""What a clock is: asked without arguments, it answers with an aware UTC instant."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
