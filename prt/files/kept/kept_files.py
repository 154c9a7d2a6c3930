"""Files of a cache folder of the user's: what takes time to make and can be made again.

They are plain data, never code, and only their owner's. The name of a file says of what it is, by a digest.
Whatever is damaged, foreign or too large is ignored, and a folder that cannot be written is no mistake.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from prt import __version__
from prt.files.kept.kept_bodies import LARGEST, digest_of_kept, is_own
from prt.files.store.disk import (
    OWNER_FILE,
    make_owner_only,
    remove_quietly,
    write_aside,
)
from prt.files.trace.trace import unnoted
from prt.files.yaml.words import shipped_templates

MOST_BYTES = 128_000_000
MOST_FILES = 128
MOST_ANSWERS = 16
ENDINGS = {"plan": ".json", "log": ".bin", "year": ".json", "answer": ".json"}
"""The ending of the name of each kind of file."""
CODE = (
    ".",
    "figures",
    "model",
    "model/measures",
    "model/rules",
    "files",
    "files/csv",
    "files/kept",
    "files/plan",
    "files/yaml",
)
"""The folders of prt whose modules say what a plan is, what a log holds, and what rows give."""


@cache
def this_prt() -> str:
    """A digest of which prt this is. OSError in one whose files are no files, but in an archive."""
    package = Path(__file__).parent.parent.parent
    files = [one for folder in CODE for one in os.scandir(package / folder) if one.name[-3:] == ".py"]
    words = shipped_templates() / "words.yaml"  # how words of cells are spelled
    return hashlib.sha256(code_version([*files, words]).encode()).hexdigest()


def code_version(files: Iterable[os.DirEntry[str] | Path]) -> str:
    """The version of prt, and when these files of it were last changed, as in a checkout they are."""
    told = [(os.fspath(one), one.stat()) for one in files]
    stats = sorted((path, found.st_size, found.st_mtime_ns) for path, found in told)
    return f"{__version__} {stats}"


def kept_path(folder: Path | None, kind: str, *of: str | bytes) -> Path | None:
    """Where a file is kept, by all that it is made of and by which prt makes it.

    None where nothing is kept, as by a prt whose files are no files, but in an archive.
    """
    with suppress(OSError):
        return folder / name_by(kind, *of) if folder else None
    return None


def name_by(kind: str, *of: str | bytes) -> str:
    digest = hashlib.sha256(this_prt().encode())
    for one in of:
        digest.update(b"\n" + (one.encode("utf-8", "surrogatepass") if isinstance(one, str) else one))
    return f"{beginning_of(kind)}{digest.hexdigest()}{ENDINGS[kind]}"


def beginning_of(kind: str) -> str:
    """How the names begin of files of this kind that this prt wrote. Whose an answer is, its trace tells."""
    return f"{kind}-" if kind == "answer" else f"{kind}-{this_prt()[:8]}-"


def keep_file(path: Path, body: bytes) -> None:
    """Write what `read_kept` reads, unless it is too large. One of `NO_DATA` where the disk refuses."""
    folder = path.parent
    if len(body) > LARGEST:
        return
    with unnoted():
        if not folder.is_dir() and folder.parent.parent.is_dir():  # a home that is not there is not made
            make_owner_only(folder)
        if not is_own(folder.stat()):
            return
        write_aside(path, f"{digest_of_kept(path, body)}\n".encode() + body, OWNER_FILE)
        drop_oldest(folder)


def drop_kept(path: Path) -> None:
    with unnoted():
        remove_quietly(path)


def drop_oldest(folder: Path) -> None:
    """The newest files stay, as many as the folder may hold. What another prt kept goes: nobody would remove
    from it what is taken out of a log."""
    size, answers, own = 0, 0, tuple(map(beginning_of, ENDINGS))
    found = [(one, one.stat(follow_symlinks=False)) for one in kept_files(folder)]
    newest = sorted(found, key=lambda one: one[1].st_mtime_ns, reverse=True)
    for number, (file, told) in enumerate(newest, 1):
        is_answer = file.name.startswith("answer-")
        size += told.st_size
        answers += is_answer
        is_over = number > MOST_FILES or size > MOST_BYTES or (is_answer and answers > MOST_ANSWERS)
        if is_over or not file.name.startswith(own):
            remove_quietly(Path(file.path))


def kept_files(folder: Path | None, kind: str = "") -> list[os.DirEntry[str]]:
    """The files of this folder that prt wrote, or those of one kind; also what was cut off while it was
    written."""
    if folder is None or not folder.is_dir():
        return []
    kinds = {kind} if kind else ENDINGS.keys()
    with os.scandir(folder) as found:
        return [one for one in found if one.name.partition("-")[0] in kinds]


def forget_kept(folder: Path | None, kind: str = "") -> None:
    """Remove all that is kept, or all of one kind."""
    for file in kept_files(folder, kind):
        remove_quietly(Path(file.path))
