"""All or none: an action writes into a draft, which is put on the disk at its end, whole.

Before the journal stands, nothing was written; after it, whoever comes next completes it. Here both is said.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from prt.files.project import Project
from prt.files.store.disk import (
    append_whole,
    digest_of,
    digests_of,
    file_digest,
    make_owner_only,
    real_path,
    remove_file,
    sync_folder,
    write_as,
)
from prt.files.store.draft import OPEN, Draft, DraftFile, absolute, open_draft
from prt.files.store.journal import (
    UNDO,
    FileChange,
    Pending,
    Places,
    announce_publication,
    complete_addition,
    folder_digest,
    forget,
    hold_lock,
    hold_private_lock,
    moment,
    replace_by_copies,
    write_journal,
)
from prt.files.store.project_format import state_format
from prt.files.store.reading import JOURNAL, journal_path
from prt.files.store.refusals import changed_meanwhile, nothing_written, with_sentence, write_refusal
from prt.files.trace.disk_questions import is_folder, is_link, is_on_disk, link_target
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass, replace


@contextmanager
def stage(
    project: Project, doing: str, when: dt.datetime, *, keep: bool = True, private: bool = False
) -> Iterator[ExitStack]:
    """The one writer for a while; `private` locks the private folder too. What the block writes is put on the
    disk at its end, unless `keep` is false or the block was left by an exception: then nothing has changed.

    The locks that the block adds to what it is given are held until then.
    """
    draft = Draft(project.root, project.private)
    with ExitStack() as locks:
        locks.enter_context(hold_lock(project.root, private=project.private))
        if private and project.shares_private:
            locks.enter_context(hold_private_lock(project))
        publication = Publication(project, doing, when, draft)
        try:
            with open_draft(draft):
                yield locks
            if keep:
                publication.publish()
        except PrtError as error:
            if not publication.begun:
                nothing_written(error)
            raise
        finally:
            publication.clear()


def build_aside(target: Path) -> Path:
    """The folder in which one is built that is called `target` once the action is complete."""
    draft = OPEN.get()
    if draft is None:
        raise ValueError("a folder is built in an action")
    places = Places(*draft.folders)
    folder = places.copies(places.own_name, private=False) / str(len(draft.built))
    draft.built[absolute(target)] = folder
    return folder


@dataclass
class Publication:
    """How a draft comes onto the disk. `begun` is true once it is not to be taken back any more."""

    project: Project
    doing: str
    when: dt.datetime
    draft: Draft
    begun: bool = False

    @cached_property
    def places(self) -> Places:
        """Made once: whose copies they are asks the disk where the project really is."""
        return Places(absolute(self.project.root), absolute(self.project.private))

    def publish(self) -> None:
        """Put the draft on the disk, with the version of the project's files, unless nothing changed."""
        if any(file.before != file.after for file in self.draft.files.values()) or self.draft.built:
            with open_draft(self.draft):
                state_format(self.project.root)
        files = [(path, file) for path, file in self.draft.files.items() if file.before != file.after]
        files.sort(key=lambda one: one[0].name == Path(UNDO).name)  # what takes it back comes last
        others = [path for path, _ in files if not path.match(UNDO)]
        if not files and not self.draft.built:
            return
        self.refuse_links([*(path for path, _ in files), *self.draft.built])
        if any(self.place(path)[0] for path, _ in files):
            self.make_private_folder()
        adds = len(others) == 1 and all(file.is_append for _, file in files) and not self.draft.built
        if adds:
            self.add(files[::-1])
        else:
            self.replace_files(files)
            with suppress(OSError):
                self.project.cache.forget_taken_out()

    def refuse_links(self, paths: Iterable[Path]) -> None:
        """What a link leads to may be somebody else's, and is not locked. A project, its private folder and
        the folders in its root may be links themselves."""
        for path in paths:
            if link := self.find_link(path):
                mistake = Mistake("link_not_written", to=link_target(link))
                raise PrtError(Problem.of(Place(self.project.shown(link)), mistake))

    def find_link(self, path: Path) -> Path | None:
        """The link in a folder of the project that leads to the file, if there is one."""
        private, _ = self.place(path)
        base = self.places.private if private else self.places.root
        inside = takewhile(lambda one: one != base, (path, *path.parents))
        links = (one for one in inside if is_link(one))
        return next((one for one in links if private or one.parent != base or not is_folder(one)), None)

    def make_private_folder(self) -> None:
        """A new private folder is its owner's alone, whatever is written there first."""
        private = self.places.private
        try:
            if not is_folder(private):
                make_owner_only(private)
        except OSError as error:
            raise write_refusal(self.project.shown(private), private, error) from error

    def replace_files(self, files: list[tuple[Path, DraftFile]]) -> None:
        """Copies, the journal, and the copies in the places of the files."""
        folders = [self.folder_change(target, folder) for target, folder in self.draft.built.items()]
        changes = (*folders, *(self.change(path, file) for path, file in files))
        pending = Pending(self.doing, moment(self.when), self.places.own_name, changes)
        for number, (path, file) in enumerate(files, len(folders)):
            if file.after is not None:
                self.write_copy(path, file, number, private=changes[number].private)
        for private in (False, True):
            sync_folder(self.places.copies(pending.copies, private=private))
        self.refuse_changed(files, changes[len(folders) :])
        write_journal(self.places, pending)
        self.begun = True
        try:
            replace_by_copies(self.places, pending, enumerate(changes))
            forget(self.places, pending)
        except PrtError:
            self.step_back(files)
            raise

    def step_back(self, files: list[tuple[Path, DraftFile]]) -> None:
        """Give up where not even the first file could be replaced: then nothing was written."""
        try:
            untouched = all(file_digest(path) == digest_of(file.before) for path, file in files)
            if untouched and not any(is_on_disk(target) for target in self.draft.built):
                remove_file(journal_path(self.places.root))
                self.begun = False
        except OSError:
            return

    def write_copy(self, path: Path, file: DraftFile, number: int, *, private: bool) -> None:
        copy = self.places.copies(self.places.own_name, private=private) / str(number)
        try:
            make_owner_only(copy.parent)
            write_as(copy, real_path(path), file.after or b"", file.mode)
        except OSError as error:
            raise write_refusal(self.project.shown(path), path, error) from error

    def refuse_changed(self, files: list[tuple[Path, DraftFile]], changes: Sequence[FileChange]) -> None:
        """A program that knows no lock may have written since the file was read."""
        for (path, _), change in zip(files, changes, strict=True):
            try:
                found = file_digest(path)
            except OSError as error:
                raise write_refusal(self.project.shown(path), path, error) from error
            if found != change.before:
                raise changed_meanwhile(self.project.shown(path))

    def add(self, files: list[tuple[Path, DraftFile]]) -> None:
        """Rows at the end of one file, which stays the one that others have open; the note for undo first."""
        changes = tuple(
            replace(self.change(path, file), added_at=len(file.before or b"")) for path, file in files
        )
        pending = Pending(self.doing, moment(self.when), self.places.own_name, changes)
        self.refuse_changed(files, changes)
        write_journal(self.places, pending)
        try:
            announce_publication(self.places)
            for path, file in files:
                size = len(file.before or b"")
                append_whole(path, self.project.shown(path), (file.after or b"")[size:], size, file.mode)
            remove_file(journal_path(self.places.root))
        except PrtError as error:
            self.take_back(pending, error)
        except OSError as error:
            self.take_back(pending, write_refusal(JOURNAL, journal_path(self.places.root), error))

    def take_back(self, pending: Pending, error: PrtError) -> None:
        """Undo an addition that failed; where the disk refuses that too, the next command undoes it."""
        try:
            done = complete_addition(self.places, pending)
            remove_file(journal_path(self.places.root))
        except (OSError, PrtError):
            self.begun = True
            raise with_sentence(error, Mistake("taken_back_next")) from error
        if not done:
            raise error

    def change(self, path: Path, file: DraftFile) -> FileChange:
        place, inside = self.place(path)
        return FileChange(place, inside, *digests_of(file.before, file.after), file.mode)

    def folder_change(self, target: Path, folder: Path) -> FileChange:
        _, inside = self.place(target)
        return FileChange(False, inside, "", folder_digest(folder), 0, folder=True)

    def place(self, path: Path) -> tuple[bool, str]:
        """Is it in the private folder, and its path there or in the project: the project may be moved."""
        if path.is_relative_to(self.places.private):
            return True, path.relative_to(self.places.private).as_posix()
        return False, path.relative_to(self.places.root).as_posix()

    def clear(self) -> None:
        """Copies go, unless whoever comes next completes the action from them."""
        if not os.path.lexists(journal_path(self.places.root)):
            self.places.clear()
