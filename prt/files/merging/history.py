"""What git knows of two copies of a project: the version of each file from which both began."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from prt.files.merging.driver import RunGit
from prt.problems import PrtError
from prt.values import dataclass


@dataclass
class History:
    """Two clones, or one clone and its copy; theirs may have commits that ours never fetched."""

    ours: Path
    theirs: Path
    run_git: RunGit

    def read(self, path: Path) -> bytes | None:
        """A file of our project as it was in the latest commit that both have; None where nobody knows."""
        if not self.base:
            return None
        inside = path.relative_to(self.ours).as_posix() if path.is_relative_to(self.ours) else ""
        return self.ask(self.ours, "cat-file", "blob", f"{self.base}:./{inside}") if inside else None

    @cached_property
    def base(self) -> str:
        """That commit, if there is one and no second; "" where a copy is no repository of its own."""
        top, other = (self.say(folder, "--show-toplevel") for folder in (self.ours, self.theirs))
        head = self.say(self.theirs, "--verify", "HEAD")
        if not top or not other or top == other or not head:
            return ""
        found = (self.ask(self.ours, "merge-base", "--all", "HEAD", head) or b"").decode().split()
        return found[0] if len(found) == 1 else ""

    @cached_property
    def their_objects(self) -> str:
        return str(self.theirs / self.say(self.theirs, "--git-path", "objects"))

    def say(self, folder: Path, *words: str) -> str:
        """What git says of a repository, asked in it; "" where it has nothing to say."""
        return os.fsdecode(self.answer(folder, "rev-parse", *words) or b"").strip()

    def ask(self, folder: Path, *words: str) -> bytes | None:
        """The answer of git in our clone, which sees the commits of the other clone too."""
        return self.answer(folder, *words, objects=self.their_objects)

    def answer(self, folder: Path, *words: str, objects: str = "") -> bytes | None:
        try:
            done = self.run_git(folder, *words, objects=objects)
        except PrtError:
            return None
        return None if done.returncode else done.stdout
