"""An export on the operator's disk: for its owner alone, and there only once everything is in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.mend import Mend
from services.export_sheets import Form
from views.spreadsheets import XLSX_ROWS, SheetFull, Write, written


@contextmanager
def opened(path: Path, form: Form, columns: Sequence[str]) -> Iterator[Write]:
    """What writes a row below the columns; raises `Mend` when the file cannot be written."""
    part = path.with_name(f"{path.name}.part")
    try:
        # What waits under this name may be readable by others, or a link to somewhere else.
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
        with written(part, form, columns) as write:
            yield write
        part.replace(path)
    except SheetFull:
        raise Mend(f"a sheet of Excel ends at {XLSX_ROWS} rows: choose a shorter span or --format csv") from None
    except OSError as error:
        raise Mend(f"{path} cannot be written: {error.strerror or type(error).__name__}") from None
    finally:
        part.unlink(missing_ok=True)
