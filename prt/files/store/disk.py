"""Bytes on a disk: one writer at a time, appends that are whole or not at all, files replaced whole.

After a PrtError nothing was written.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from prt.problems import Mistake, Place, Problem, PrtError

BINARY = getattr(os, "O_BINARY", 0)  # on Windows, where a line end would become two characters
ANYONE = 0o666  # permissions of a new file, less what the umask takes away; what is private gets OWNER_FILE
OWNER_FILE = 0o600
OWNER_FOLDER = 0o700
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
TEMPORARY = re.compile(r"\..+\.\d+\.tmp")
WRITES: Counter[str] = Counter()
"""How often this process has written a file, by its path."""
Stamp = tuple[int, int, int, int]
UNSYNCED: ContextVar[bool] = ContextVar("UNSYNCED", default=False)


class System:
    """Every call by which prt changes a disk; tests stand in for them, to be a disk that fails."""

    def open(self, path: Path, flags: int, mode: int = ANYONE) -> int:
        return os.open(path, flags | BINARY, mode)

    def write(self, handle: int, data: bytes) -> int:
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        os.fsync(handle)

    def truncate(self, handle: int, size: int) -> None:
        os.ftruncate(handle, size)

    def replace(self, path: Path, target: Path) -> None:
        path.replace(target)

    def unlink(self, path: Path) -> None:
        path.unlink()

    def mkdir(self, path: Path) -> None:
        path.mkdir()

    def rmdir(self, path: Path) -> None:
        path.rmdir()

    def chmod(self, path: Path, mode: int) -> None:
        path.chmod(mode)


system = System()


@contextmanager
def lock_folder(folder: Path, enter: Callable[[], None], seconds: float = 30) -> Iterator[None]:
    """One writer at a time in `folder`, on every system; the others wait. Not to be taken twice at once.

    `enter` is what the writer does first.
    """
    if folder.parent.name == "submitted" and (folder / "manifest.json").exists():
        raise PrtError(Problem.of(Place(folder.name), Mistake("frozen_copy")))
    from filelock import FileLock, Timeout  # here, for its import takes longer than reading a year of rows

    lock = FileLock(folder / ".prt" / "lock")
    try:
        make_folder(folder / ".prt")
        lock.acquire(timeout=seconds, poll_interval=0.01)
    except Timeout as error:
        mistake = Mistake("another_is_writing", seconds=f"{seconds:g}")
        raise PrtError(Problem.of(Place(folder.name), mistake)) from error
    except OSError as error:
        raise write_refusal(".prt/lock", folder / ".prt", error) from error
    try:
        enter()
        yield
    finally:
        lock.release()


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises OSError."""
    return path.read_bytes()


def file_digest(path: Path) -> str:
    """SHA-256; an empty one where there is no file."""
    return hashlib.sha256(read_bytes(path)).hexdigest() if path.is_file() else ""


def stamp_of(path: Path) -> Stamp | None:
    """What differs when a file has changed, asked without opening it; None where there is no file.

    On a disk whose clock is coarse two writes may look alike: those of this process are counted too.
    """
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino, WRITES[str(path)]


def append_bytes(path: Path, shown: str, data: bytes, size: int, mode: int = ANYONE) -> None:
    """One write at the end of a file of `size` bytes, on the disk when this returns, or undone."""
    new = not path.exists()
    WRITES[str(path)] += 1
    try:
        make_folder(path.parent)
        handle = system.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode)
    except OSError as error:
        raise write_refusal(shown, path, error) from error
    try:
        if os.fstat(handle).st_size != size:
            raise changed_meanwhile(shown)
        write_or_undo(handle, data, size)
    except OSError as error:
        raise write_refusal(shown, path, error) from error
    finally:
        os.close(handle)
    if new:
        sync_folder(path.parent)


def write_or_undo(handle: int, data: bytes, size: int) -> None:
    try:
        write_whole(handle, data)
    except OSError:
        with suppress(OSError):  # else the last line stays cut, and reading the file says so
            system.truncate(handle, size)
            sync(handle)
        raise


def write_whole(handle: int, data: bytes) -> None:
    """All of the data, and on the disk."""
    if system.write(handle, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    sync(handle)


def write_atomic(path: Path, data: bytes, shown: str = "", mode: int = ANYONE) -> None:
    """The file holds `data`, or what it held before, whatever happens. It keeps its permissions."""
    target = path.resolve()  # a link stays, and what it leads to is replaced
    WRITES[str(path)] += 1
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        make_folder(target.parent)
        write_new(temporary, data, stat.S_IMODE(target.stat().st_mode) if target.exists() else mode)
        if target.exists():
            system.chmod(temporary, stat.S_IMODE(target.stat().st_mode))  # what the umask took away
        system.replace(temporary, target)
    except OSError as error:
        raise write_refusal(shown or path.name, target, error) from error
    finally:
        with suppress(OSError):
            remove_file(temporary)
    sync_folder(target.parent)


def leftover_files(root: Path) -> list[Path]:
    """What `write_atomic` had begun beside the files of a project when it was killed: names, perhaps.

    For whoever has the lock: nobody else is writing these files.
    """
    folders = (root, root / "data", *(root / "data").glob("*"))  # the root: of a private folder elsewhere
    found = (path for folder in folders for path in folder.glob(".*.tmp") if TEMPORARY.fullmatch(path.name))
    return list(dict.fromkeys(found))


def write_new(path: Path, data: bytes, mode: int, *, absent: bool = False) -> None:
    """A file of its own. `absent`: FileExistsError where there is one."""
    handle = system.open(path, os.O_WRONLY | os.O_CREAT | (os.O_EXCL if absent else os.O_TRUNC), mode)
    try:
        write_whole(handle, data)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """The folder and those above it, each entered in the one above it on the disk."""
    if not folder.is_dir():
        make_folder(folder.parent)
        with suppress(FileExistsError):  # another prt makes it at the same time
            system.mkdir(folder)
        sync_folder(folder.parent)


def make_owner_only(folder: Path) -> None:
    """A folder that is only its owner's; some shared drives know no owners."""
    make_folder(folder)
    with suppress(OSError):
        system.chmod(folder, OWNER_FOLDER)


def remove_file(path: Path) -> None:
    """No file is there afterwards. Raises OSError."""
    if path.is_symlink() or path.exists():
        system.unlink(path)


def remove_folder(folder: Path) -> None:
    """A folder with everything in it, as far as the system lets it go; what a link leads to stays."""
    with suppress(OSError):
        for path in list(folder.iterdir()):
            if path.is_dir() and not path.is_symlink():
                remove_folder(path)
            else:
                with suppress(OSError):
                    system.unlink(path)
        system.rmdir(folder)


def move_folder(folder: Path, target: Path) -> None:
    """A folder takes its name, on the disk when this returns. Raises OSError."""
    system.replace(folder, target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """The names in a folder on the disk. Windows and some shared drives do that unasked, and refuse."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            sync(handle)
        finally:
            os.close(handle)


def sync(handle: int) -> None:
    if not UNSYNCED.get():
        system.sync(handle)


@contextmanager
def without_fsync() -> Iterator[None]:
    """For a folder that would be made anew after a crash: the system writes when it likes."""
    token = UNSYNCED.set(True)
    try:
        yield
    finally:
        UNSYNCED.reset(token)


@contextmanager
def cut_back_on_refusal(*notes: Path) -> Iterator[None]:
    """What is noted in these files before a change leaves them again where the change is refused.

    Files that only grow, and that nobody else writes meanwhile. A crash leaves the note: one too many.
    """
    sizes = {path: path.stat().st_size if path.exists() else 0 for path in notes}
    try:
        yield
    except PrtError:
        for path, size in sizes.items():
            cut_back(path, size)
        raise


def cut_back(path: Path, size: int) -> None:
    """The first `size` bytes of a file; a file of none goes."""
    WRITES[str(path)] += 1
    with suppress(OSError):
        if size:
            cut_file(path, min(size, path.stat().st_size))
        else:
            remove_file(path)


def cut_file(path: Path, size: int) -> None:
    """The first `size` bytes of a file, which is there. Raises OSError."""
    handle = system.open(path, os.O_WRONLY)
    try:
        system.truncate(handle, size)
    finally:
        os.close(handle)


def add_line(path: Path, line: bytes) -> None:
    """A line more, after the end of one that was cut; not waited for until it is on the disk.

    Raises OSError.
    """
    handle = system.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
    try:
        size = os.fstat(handle).st_size
        os.lseek(handle, max(size - 1, 0), os.SEEK_SET)
        cut = size > 0 and os.read(handle, 1) != b"\n"
        if system.write(handle, b"\n" * cut + line + b"\n") != len(line) + 1 + cut:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(handle)


def changed_meanwhile(shown: str) -> PrtError:
    return PrtError(Problem.of(Place(shown), Mistake("changed_meanwhile")))


def write_refusal(shown: str, path: Path, error: OSError) -> PrtError:
    """Why the system would not write `path`, in words of those who use it."""
    return PrtError(Problem.of(Place(shown), write_mistake(path, error)))


def write_mistake(path: Path, error: OSError) -> Mistake:
    denied = isinstance(error, PermissionError)
    if denied and os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK)):
        return Mistake("open_elsewhere")
    if denied or error.errno == errno.EROFS:
        return Mistake("may_not_be_written")
    if error.errno in FULL:
        return Mistake("disk_full")
    return Mistake("cannot_be_written", error=error.strerror or error)
