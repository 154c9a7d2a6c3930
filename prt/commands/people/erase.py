"""`prt people erase`: who it was is destroyed, and every count stays (Law 25)."""

from __future__ import annotations

from collections.abc import Iterable

from prt.console import context, messages
from prt.console.dialogue.consent import confirm
from prt.console.messages import tell_list
from prt.console.options import PersonArgument, YesOption
from prt.console.surroundings.system import cache_folder
from prt.files.kept.kept_files import forget_kept
from prt.files.privacy.erase import ErasureReport, erase_person
from prt.files.privacy.held_kinds import HELD_KINDS
from prt.files.privacy.misplaced import sheets_elsewhere
from prt.files.project import Project
from prt.files.provenance import PRIVATE
from prt.files.store.backup import told_backups
from prt.files.trace.disk_questions import find_below, is_stored_file
from prt.files.yaml.words import say_phrase
from prt.tasks.people.find_person import describe_person, find_person, refuse_without_names, similar_unmatched


def erase(person: PersonArgument, yes: YesOption = False) -> None:
    """Law 25: who it was is destroyed, the id becomes an opaque token, and every count stays."""
    project = context.open_project()
    found = find_person(project, person)
    refuse_without_names(project)
    near = similar_unmatched(project, found)
    confirm(
        say_phrase("would_erase", person=describe_person(project, found), no_undo=say_phrase("no_undo"))
        + "".join(say_phrase("same_unmatched", who=one) for one in near)
        + (say_phrase("match_first", id=found) if near else ""),
        yes,
    )
    report = erase_person(project, found, context.now())
    forget_kept(cache_folder())
    tell_erased(report, near, other_files(project), told_backups(project))
    if context.me(project.root) == found:
        context.say(say_phrase("your_own_id"))


def other_files(project: Project) -> list[str]:
    """The files of the private folder that people put there themselves, such as exports, and
    workbooks of prt that nobody's id is in or that lie elsewhere."""
    private = project.private
    own = {f"{log}.csv" for log in (*PRIVATE, "corrections")} | {"README.md"}
    known = (path for kind in HELD_KINDS for path in kind.paths(project))
    own |= {path.relative_to(private).as_posix() for path in known if path.is_relative_to(private)}
    found = (path for path in sorted(find_below(private, "*")) if is_stored_file(path))
    inside = ((path, path.relative_to(private)) for path in found)
    others = [
        project.shown(path)
        for path, name in inside
        if name.as_posix() not in own and not name.parts[0].startswith(".")
    ]
    return [*others, *(one.where.file for one in sheets_elsewhere(project))]


def tell_erased(
    done: ErasureReport, near: Iterable[str], others: Iterable[str], backups: Iterable[str]
) -> None:
    """What was done, what remains, and what a person has to do."""
    messages.print_written(say_phrase("erased_token", token=done.token))
    tell_list(say_phrase("e_replaced"), done.replaced)
    tell_list(
        say_phrase("e_destroyed"),
        [say_phrase("file_rows", n, file=file) for file, n in done.destroyed.items()],
    )
    tell_list(say_phrase("e_texts"), map(str, done.texts))
    tell_list(say_phrase("e_sent"), map(str, done.sent))
    tell_list(say_phrase("e_near"), near)
    tell_list(say_phrase("e_others"), others)
    tell_list(
        say_phrase("e_backups"),
        backups,
    )
    context.say(say_phrase("e_remains"))
