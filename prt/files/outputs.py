"""Where a command's output may go: never onto what prt reads, nor over what prt did not make.

`write_output` writes what somebody gave a place, such as `report --output`; the others what has its own place
in the project, such as notes.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from prt.files.project import Project, plan_files
from prt.files.store.disk import bytes_or_none, make_folder, open_to_read, read_bytes, real_path, write_atomic
from prt.files.store.refusals import nothing_written, write_refusal
from prt.files.store.staging import stage
from prt.files.trace.disk_questions import (
    file_size,
    find_below,
    is_folder,
    is_link,
    is_on_disk,
    is_stored_file,
    link_target,
)
from prt.files.yaml.words import read_topic, shipped_templates
from prt.model.text import LANGUAGES, Language
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import compile_later

READ = ("plan", "data", "templates", ".prt", ".git")
"""The folders of a project that no output goes into."""
HIDDEN = {".prt", ".git", ".gitignore", ".gitattributes"}
"""What is a program's own wherever it is: without .gitignore git would take the names."""
CALENDAR_MARK = "PRODID:-//prt//"
"""What stands at the head of a calendar that prt made."""
PACKAGE_MARK = '"made_by": "prt export package"'
"""What stands at the head of a zip that prt made for other programs."""
JSON_MARK = '"made_by": "prt"'
"""What stands at the head of a report as JSON."""
OFFICE_MARK = compile_later(rb"<dc:creator[^>]*>prt</dc:creator>")
"""What a Word or Excel file that prt made says of its author."""
PDF = b"%PDF"
PDF_MARK = b"% Made by prt\n"
"""A comment behind the end of a PDF that prt made."""
ZIP = b"PK\x03\x04"
HEAD = 1000
"""Within how many bytes the mark is looked for."""
FIRST = compile_later(r"(#|<!doctype).*\n", re.IGNORECASE)
"""A first line that stays the first: a title, or what a page begins with."""


def write_output(
    project: Project, path: Path, text: str | bytes, *, marked: Language | None, force: bool
) -> None:
    """What a file that somebody named is to have; `marked` is the language of the mark, None where its format
    can hold none.

    PrtError, before anything is written, where `check_output` raises it.
    """
    check_output(project, path, force=force)
    data = text if isinstance(text, bytes) else (with_mark(text, marked) if marked else text).encode("utf-8")
    if data.startswith(PDF):
        data = data.rstrip() + b"\n" + PDF_MARK
    write_atomic(path, data, str(path), home=project.root)


def write_changed(project: Project, path: Path, text: str, *, marked: Language, force: bool = False) -> bool:
    """As `write_output`, unless the file holds this text already: was it written? What two laptops make alike
    is no change for what keeps their folders alike."""
    if is_stored_file(path) and read_bytes(path) == with_mark(text, marked).encode("utf-8"):
        return False
    write_output(project, path, text, marked=marked, force=force)
    return True


def check_output(project: Project, path: Path, *, force: bool) -> None:
    """PrtError where prt reads the file that somebody named, or did not make it and `force` is not given, or
    where there is no such folder: its name may be mistyped."""
    target = real_path(path)
    refuse_read(project, path, target)
    if not is_folder(target.parent):
        missing = target if is_link(path) else path
        mistake = Mistake("no_folder_for_output", folder=str(missing.parent))
        raise PrtError(Problem.of(Place(str(path)), mistake), code=2)
    if not force and is_of_others(target):
        raise PrtError(Problem.of(Place(str(path)), Mistake("output_of_others")), code=2)


def make_drafts_folder(project: Project, path: Path) -> None:
    """The folder of a draft that prt itself gives its place."""
    try:
        make_folder(path.parent)
    except OSError as error:
        raise nothing_written(write_refusal(project.shown(path), path, error)) from error


def write_own_file(project: Project, path: Path, data: bytes) -> None:
    """A file in its place in the project, such as notes, as a part of an action. PrtError where a link leads
    from there to another file that prt reads."""
    refuse_led_away(project, path)
    write_atomic(path, data, project.shown(path))


def ignore_in_git(project: Project, path: Path) -> None:
    """One line more in .gitignore of the project: git leaves this file of its folder behind."""
    own = project.root / ".gitignore"
    before = bytes_or_none(own) or b""
    line = f"/{path.relative_to(project.root).as_posix()}\n".encode()
    write_own_file(project, own, before + (b"" if before.endswith(b"\n") or not before else b"\n") + line)


def create_own_file(project: Project, path: Path, data: bytes, doing: str, when: dt.datetime) -> None:
    """A new file in its place in the project, such as next year's plan; nothing is ever written over."""
    with stage(project, doing, when):
        refuse_led_away(project, path)
        if is_on_disk(path):
            there = FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            raise write_refusal(project.shown(path), path, there)
        write_atomic(path, data, project.shown(path))


def refuse_led_away(project: Project, path: Path) -> None:
    if is_link(path):
        refuse_read(project, path, real_path(path))


def refuse_any_link(project: Project, path: Path) -> None:
    """PrtError where a file with names, or a folder of it in the project or in the private folder, is a link:
    what it leads to may be read by others."""
    homes = (project.private, project.root)
    for link in takewhile(lambda one: one not in homes, (path, *path.parents)):
        if is_link(link):
            mistake = Mistake("link_not_written", to=link_target(link))
            raise PrtError(Problem.of(Place(project.shown(link)), mistake))


def with_mark(text: str, language: Language) -> str:
    """The text with the mark at its head."""
    found = FIRST.match(text)
    at = found.end() if found else 0
    return f"{text[:at]}{mark_in(language)}\n{text[at:]}"


def mark_in(language: Language) -> str:
    """What stands at the head of a Markdown or HTML file that prt made."""
    return f"<!-- {read_topic('mark')[f'mark.made.{language}']} -->"


def is_of_others(target: Path) -> bool:
    """Does the file hold something that no renderer of prt made?"""
    if not is_stored_file(target) or not file_size(target):
        return False
    with open_to_read(target) as file:
        head = file.read(HEAD)
        file.seek(-min(len(PDF_MARK), len(head)), os.SEEK_END)
        tail = file.read()
    if head.startswith(ZIP) and PACKAGE_MARK.encode() not in head:
        return not OFFICE_MARK.search(core_properties(target))
    if head.startswith(PDF):
        return tail != PDF_MARK
    marks = (*map(mark_in, LANGUAGES), CALENDAR_MARK, JSON_MARK, PACKAGE_MARK)
    return not any(mark.encode() in head for mark in marks)


def core_properties(target: Path) -> bytes:
    """What a Word or Excel file says of itself, as XML; empty where it says nothing."""
    import zipfile  # 5 ms, for an output that is there already

    try:
        with open_to_read(target) as file, zipfile.ZipFile(file) as parts:
            return parts.read("docProps/core.xml")
    except (KeyError, OSError, zipfile.BadZipFile):
        return b""


def refuse_read(project: Project, path: Path, target: Path) -> None:
    """PrtError where an output would lie among the files that prt reads, by whatever name it is called."""
    folder = next((one for one in read_places(project, target) if is_inside(target, one)), None)
    if folder is not None:
        mistake = Mistake("output_where_prt_reads", folder=project.shown(folder))
        raise PrtError(Problem.of(Place(str(path)), mistake), code=2)


def refuse_in_project(project: Project, path: Path) -> None:
    """PrtError for a place in the project or its private folder, or among what another one reads."""
    target = real_path(path)
    if any(is_inside(target, folder) for folder in (project.root, project.private)):
        raise PrtError(Problem.of(Place(str(path)), Mistake("backup_in_project")), code=2)
    refuse_read(project, path, target)


def read_places(project: Project, target: Path) -> Iterator[Path]:
    """Folders and files that prt reads: of this project, of one that the target lies in, of prt itself."""
    yield project.private
    folders = (project.root, *(one for one in target.parents if plan_files(one)))
    for root in folders:
        yield from (root / name for name in READ)
    yield from (one for one in (target, *target.parents) if one.name.casefold() in HIDDEN)
    yield from (shipped_templates(), Path(__file__).parent.parent)
    for folder in (project.private, *(project.root / name for name in READ[:3])):
        yield from (one for one in find_below(folder, "*") if is_link(one))


def is_inside(path: Path, folder: Path) -> bool:
    """Is it the folder, or in it? Letters are compared as the least particular system does."""
    wanted = folded_parts(real_path(folder))
    return folded_parts(path)[: len(wanted)] == wanted


def folded_parts(path: Path) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", part).casefold().rstrip(". ") for part in path.parts)
