"""Bytes on a disk: one writer at a time, appends that are whole or not at all, files replaced whole.

While a draft is open (`draft.py`) the files of its project are written there, and read from there. Only who
replaces a single file knows that nothing was written where that fails; for all others `staging.py` says it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from prt.files.store.draft import Draft, DraftFile, absolute, draft_of, drafted_file
from prt.files.store.reading import end_reading
from prt.files.store.refusals import changed_meanwhile, nothing_written, write_refusal
from prt.files.trace.disk_questions import (
    file_size,
    find_below,
    find_in,
    follow_links,
    is_folder,
    is_link,
    is_on_disk,
    is_stored_file,
    list_folder,
    open_stored,
    read_stored,
    stat_of,
    stored_digest,
)
from prt.files.trace.trace import end_trace
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import compile_later

if sys.platform != "win32":
    import fcntl

BINARY = getattr(os, "O_BINARY", 0)  # on Windows, where a line end would become two characters
ANYONE = 0o666  # permissions of a new file, less what the umask takes away; what is private gets OWNER_FILE
PAUSE = 0.01
"""Seconds between two attempts to have the lock."""
PIECE = 1 << 20
"""How many bytes of a large file are written at once."""
OWNER_FILE = 0o600
OWNER_FOLDER = 0o700
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
TEMPORARY = compile_later(r"\..+\.\d+\.tmp")
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
    if folder.parent.name == "submitted" and is_on_disk(folder / "manifest.json"):
        raise PrtError(Problem.of(Place(folder.name), Mistake("frozen_copy")))
    end_trace()
    lock = folder / ".prt" / "lock"
    try:
        make_folder(lock.parent)
        release = wait_for_lock(lock, seconds)
    except OSError as error:
        raise nothing_written(write_refusal(".prt/lock", lock, error)) from error
    if release is None:
        mistake = Mistake("another_is_writing", seconds=f"{seconds:g}")
        raise PrtError(Problem.of(Place(folder.name), mistake))
    try:
        enter()
        yield
    finally:
        release()


def wait_for_lock(path: Path, seconds: float) -> Callable[[], None] | None:
    """What gives the lock back, or None where another has it all that time. Raises OSError.

    The system takes the lock of a process that ends. Where it has flock that is asked for itself: filelock
    would do the same, and takes longer to load than a row to write.
    """
    return wait_by_library(path, seconds) if sys.platform == "win32" else wait_for_flock(path, seconds)


def wait_by_library(path: Path, seconds: float) -> Callable[[], None] | None:
    from filelock import FileLock, Timeout  # 27 ms, on Windows and where something is written

    lock = FileLock(path)
    try:
        lock.acquire(timeout=seconds, poll_interval=PAUSE)
    except Timeout:
        return None
    return lock.release


def wait_for_flock(path: Path, seconds: float) -> Callable[[], None] | None:
    """The file is opened anew each time: it may be gone then."""
    until = time.monotonic() + seconds
    while (handle := try_flock(path)) is None:
        if time.monotonic() >= until:
            return None
        time.sleep(PAUSE)
    return partial(give_back, handle)


def try_flock(path: Path) -> int | None:
    """The open file that has the lock; None where another has it, a process or a thread of this one. One of
    `lockf` would not be that of filelock, and would go as soon as this process closed the file anywhere."""
    handle = system.open(path, os.O_RDWR | os.O_CREAT | NO_FOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if error.errno == errno.EAGAIN:
            return None
        raise
    return handle


def give_back(handle: int) -> None:
    """Give a lock back and close its file: closing alone does not where a forked process has the file too.
    All is written by now: an error says nothing to anybody."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_UN)
    with suppress(OSError):
        os.close(handle)


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises OSError."""
    drafted = drafted_file(path)
    if drafted is None:
        return read_stored(path)
    if drafted.after is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return drafted.after


def read_text(path: Path, encoding: str = "utf-8", errors: str = "strict") -> str:
    """The text of a file, whatever ends its lines. Raises OSError, UnicodeDecodeError."""
    return read_bytes(path).decode(encoding, errors).replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def open_to_read(path: Path) -> Iterator[BinaryIO]:
    """A file of which not all is read. Raises OSError."""
    if drafted_file(path):
        yield BytesIO(read_bytes(path))
    else:
        with open_stored(path) as file:
            yield file


def is_file(path: Path) -> bool:
    drafted = drafted_file(path)
    return is_stored_file(path) if drafted is None else drafted.after is not None


def draft_bytes(
    draft: Draft, path: Path, data: bytes | None, shown: str, mode: int = ANYONE, known: bytes = b""
) -> None:
    """Write a file into a draft; None takes it away. `known` is what was read of it, and spares a reading."""
    key = absolute(path)
    WRITES[str(path)] += 1
    if key in draft.files:
        draft.files[key].after = data
        return
    try:
        before = known or (read_stored(path) if is_on_disk(path) else None)
    except OSError as error:
        raise write_refusal(shown, path, error) from error
    draft.files[key] = DraftFile(before, data, mode)


def bytes_or_none(path: Path) -> bytes | None:
    """What a file holds; None where there is none. Raises OSError."""
    try:
        return read_bytes(path)
    except FileNotFoundError:
        return None


def file_digest(path: Path) -> str:
    """SHA-256 of what is on the disk; an empty one where there is no file."""
    return stored_digest(path) if is_stored_file(path) else ""


def digest_of(data: bytes | None) -> str:
    """SHA-256; an empty one of no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def digests_of(before: bytes | None, after: bytes | None) -> tuple[str, str]:
    """The digests of a file before and after; what stays of one that only grew is read once."""
    if not before or not after or not after.startswith(before):
        return digest_of(before), digest_of(after)
    digest = hashlib.sha256(before)
    begun = digest.hexdigest()
    digest.update(memoryview(after)[len(before) :])
    return begun, digest.hexdigest()


def stamp_of(path: Path) -> Stamp | None:
    """What differs when a file has changed, asked without opening it; None where there is no file.

    On a disk whose clock is coarse two writes may look alike: those of this process are counted too.
    """
    if drafted := drafted_file(path):
        return None if drafted.after is None else (len(drafted.after), 0, 0, WRITES[str(path)])
    found = stat_of(path)
    return found and (found.st_size, found.st_mtime_ns, found.st_ino, WRITES[str(path)])


def append_bytes(path: Path, shown: str, data: bytes, known: bytes, mode: int = ANYONE) -> None:
    """One write at the end of a file that holds these bytes, on the disk when this returns, or undone."""
    if draft := draft_of(path):
        draft_bytes(draft, path, known + data, shown, mode, known)
        return
    try:
        append_whole(path, shown, data, len(known), mode)
    except PrtError as error:
        if size_of(path) == len(known):
            nothing_written(error)
        raise


def size_of(path: Path) -> int:
    return file_size(path) if is_on_disk(path) else 0


def append_whole(path: Path, shown: str, data: bytes, size: int, mode: int = ANYONE) -> None:
    """One write at the end of a file of `size` bytes, past any draft; its size shows if it is not undone."""
    end_trace()
    new = not is_on_disk(path)
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


def real_path(path: Path) -> Path:
    """Where a path leads by all its links. PrtError where one of them leads back to itself."""
    with suppress(RuntimeError):  # before Python 3.13
        if not is_link(found := follow_links(path)):
            return found
    raise PrtError(Problem.of(Place(str(path)), Mistake("link_to_itself")), code=2)


def write_atomic(
    path: Path,
    data: bytes,
    shown: str = "",
    mode: int = ANYONE,
    known: bytes = b"",
    home: Path | None = None,
) -> None:
    """The file holds `data`, or what it held before, whatever happens. It keeps its permissions. A device or
    a pipe, such as /dev/null, is written into and stays what it is.

    `home` is the project of a file that lies elsewhere: what a crash leaves is cleared there.
    """
    if draft := draft_of(path):
        draft_bytes(draft, path, data, shown or path.name, mode, known)
        return
    end_reading()
    replace_file(path, data, shown, mode, home)


def replace_file(
    path: Path, data: bytes, shown: str = "", mode: int = ANYONE, home: Path | None = None
) -> None:
    """Replace a file as a whole on the disk, past any draft."""
    end_trace()
    target = real_path(path)  # a link stays, and what it leads to is replaced
    WRITES[str(path)] += 1
    try:
        if is_stream(target):
            write_through(target, data)
            return
        make_folder(target.parent)
        try:
            replace_whole(target, data, mode, home)
        except FileNotFoundError:  # who has the lock took it for one that was left behind
            replace_whole(target, data, mode, home)
    except OSError as error:
        raise nothing_written(write_refusal(shown or path.name, target, error)) from error
    sync_folder(target.parent)


def is_stream(target: Path) -> bool:
    """Is there something else than a file or a folder?"""
    return is_on_disk(target) and not is_stored_file(target) and not is_folder(target)


def write_through(target: Path, data: bytes) -> None:
    handle = system.open(target, os.O_WRONLY)
    try:
        write_whole(handle, data)
    finally:
        os.close(handle)


def replace_whole(target: Path, data: bytes, mode: int, home: Path | None) -> None:
    temporary = temporary_path(target, home)
    try:
        make_folder(temporary.parent)
        write_as(temporary, target, data, mode)
        system.replace(temporary, target)
    finally:
        with suppress(OSError):
            remove_file(temporary)


def write_as(copy: Path, target: Path, data: bytes, mode: int) -> None:
    """A copy with the permissions of the file whose place it is to take, or those of a new one."""
    kept = stat.S_IMODE(target.stat().st_mode) if is_on_disk(target) else mode
    write_new(copy, data, kept)
    if is_on_disk(target):
        system.chmod(copy, kept)  # what the umask took away


def temporary_path(target: Path, home: Path | None = None) -> Path:
    """Where a file is written before it takes its name: in `.prt/tmp` of its project, or of `home`, where no
    sync looks and the next command clears it; beside it where there is none on its drive."""
    for folder in (*target.parents, *([home] if home else [])):
        own = folder / ".prt"
        if is_folder(own) and is_folder(target.parent) and own.stat().st_dev == target.parent.stat().st_dev:
            return own / "tmp" / f"{target.name}.{os.getpid()}.tmp"
    return beside(target)


def beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.tmp")


def leftover_files(root: Path) -> list[Path]:
    """What `write_atomic` had begun in a project when it was killed: names, perhaps.

    For whoever has the lock. Who writes without it makes again what was deleted here.
    """
    kept = root / ".prt" / "tmp"
    found = [path for path in find_below(root / "data", ".*.tmp") if TEMPORARY.fullmatch(path.name)]
    found += [path for path in find_in(root, ".*.tmp") if TEMPORARY.fullmatch(path.name)]
    return [*(list_folder(kept) if is_folder(kept) else ()), *found]


def write_new(path: Path, data: bytes, mode: int, *, absent: bool = False) -> None:
    """A file of its own. `absent`: FileExistsError where there is one."""
    handle = system.open(path, os.O_WRONLY | os.O_CREAT | (os.O_EXCL if absent else os.O_TRUNC), mode)
    try:
        write_whole(handle, data)
    finally:
        os.close(handle)


def write_aside(path: Path, data: bytes, mode: int) -> None:
    """Write a file that can be made again: others see all of it or nothing, and nobody waits for the disk.
    Raises OSError."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with without_fsync():
        try:
            write_new(temporary, data, mode, absent=True)
            move(temporary, path)
        finally:
            remove_quietly(temporary)


class NewFile:
    """A file that is written from its beginning to its end, in large pieces; `digest` is of all of them."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.digest = hashlib.sha256()
        self.waiting = bytearray()

    def write(self, data: bytes, /) -> int:
        self.waiting += data
        if len(self.waiting) >= PIECE:
            self.put()
        return len(data)

    def flush(self) -> None:
        """Does nothing: who writes an archive flushes after each file, and once at the end is enough."""

    def put(self) -> None:
        piece = bytes(self.waiting)
        self.waiting.clear()
        self.digest.update(piece)
        write_whole(self.handle, piece)

    def close(self) -> None:
        os.close(self.handle)


@contextmanager
def new_file(path: Path, mode: int) -> Iterator[NewFile]:
    """On the disk at the end of the block. Raises OSError, also where a file is there already."""
    file = NewFile(system.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    try:
        yield file
        file.put()
    finally:
        file.close()


def make_folder(folder: Path) -> None:
    """The folder and those above it, each entered in the one above it on the disk."""
    if not is_folder(folder):
        make_folder(folder.parent)
        with suppress(FileExistsError):  # another prt makes it at the same time
            system.mkdir(folder)
        sync_folder(folder.parent)


def make_owner_only(folder: Path) -> None:
    """A folder that is only its owner's; some shared drives know no owners. A file in its place stays."""
    make_folder(folder)
    with suppress(OSError):
        if is_folder(folder):
            system.chmod(folder, OWNER_FOLDER)


def remove_file(path: Path) -> None:
    """No file is there afterwards. Raises OSError."""
    if draft := draft_of(path):
        draft_bytes(draft, path, None, path.name)
        return
    if is_link(path) or is_on_disk(path):
        system.unlink(path)


def remove_quietly(path: Path) -> None:
    """A file goes, if the system lets it go."""
    with suppress(OSError):
        remove_file(path)


def remove_folder(folder: Path) -> None:
    """A folder with everything in it, as far as the system lets it go; what a link leads to stays."""
    with suppress(OSError):
        for path in list(list_folder(folder)):
            if is_folder(path) and not is_link(path):
                remove_folder(path)
            else:
                with suppress(OSError):
                    system.unlink(path)
        system.rmdir(folder)


def remove_if_empty(folder: Path) -> None:
    """A folder without anything in it goes, if the system lets it go."""
    with suppress(OSError):
        system.rmdir(folder)


def copy_folder(folder: Path, target: Path) -> None:
    """A folder of another drive takes its name here in one step. Raises OSError."""
    aside = target.with_name(f".{target.name}.0.tmp")
    remove_folder(aside)
    for path in find_below(folder, "*"):
        if is_stored_file(path):
            copy = aside / path.relative_to(folder)
            make_folder(copy.parent)
            write_new(copy, read_stored(path), ANYONE)
    move(aside, target)


def move(path: Path, target: Path) -> None:
    """A file or a folder takes its name, on the disk when this returns. Raises OSError."""
    system.replace(path, target)
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


def grow_file(path: Path) -> None:
    """A byte more, which takes no place on a full disk; not waited for. Raises OSError."""
    handle = system.open(path, os.O_WRONLY | (0 if is_on_disk(path) else os.O_CREAT))
    try:
        system.truncate(handle, os.fstat(handle).st_size + 1)
    finally:
        os.close(handle)


def cut_file(path: Path, size: int) -> None:
    """The first `size` bytes of a file, which is there. Raises OSError."""
    if draft := draft_of(path):
        before = read_bytes(path)
        draft_bytes(draft, path, before[:size], path.name, known=before)
        return
    WRITES[str(path)] += 1
    handle = system.open(path, os.O_WRONLY)
    try:
        system.truncate(handle, size)
    finally:
        os.close(handle)


def add_line(path: Path, line: bytes) -> None:
    """A line more, after the end of one that was cut; not waited for until it is on the disk.

    Raises OSError.
    """
    if draft := draft_of(path):
        before = bytes_or_none(path) or b""
        cut = bool(before) and not before.endswith(b"\n")
        draft_bytes(draft, path, before + b"\n" * cut + line + b"\n", path.name, known=before)
        return
    handle = system.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
    try:
        size = os.fstat(handle).st_size
        os.lseek(handle, max(size - 1, 0), os.SEEK_SET)
        cut = size > 0 and os.read(handle, 1) != b"\n"
        if system.write(handle, b"\n" * cut + line + b"\n") != len(line) + 1 + cut:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(handle)
