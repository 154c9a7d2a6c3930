"""A form of the funder filled in with the figures of a report: `prt report --into`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from prt.files.store.disk import real_path
from prt.files.workbook.package import read_package
from prt.files.yaml.words import say_phrase
from prt.output.forms.form_names import FormName, FormNames
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import before_more
from prt.values import NamedTuple, dataclass


@dataclass(frozen=True)
class FormKind:
    """How the names of a kind of file are found, and filled in."""

    names: Callable[[bytes], Iterator[str]]
    fill: Callable[[bytes, FormNames], bytes]


def form_kind(ending: str) -> FormKind:
    """PrtError where it is no form that prt can fill in."""
    if ending == ".docx":
        from prt.output.forms import word_form  # python-docx, a third of a second

        return FormKind(word_form.word_form_names, word_form.fill_word_form)
    if ending == ".xlsx":
        from prt.output.forms import sheet_form  # a third of a second too, for its reader of XML

        return FormKind(sheet_form.sheet_form_names, sheet_form.fill_sheet_form)
    raise PrtError(Mistake("no_form", ending=ending or "?"), code=2)


def check_form(form: Path, output: Path | None, wanted: str | None) -> None:
    """PrtError where the filled form would be the form itself, of another kind or format, or nowhere."""
    form_kind(form.suffix.lower())
    if output is None:
        raise PrtError(Mistake("form_needs_output", form=form, ending=form.suffix), code=2)
    if output.suffix.lower() != form.suffix.lower() or (wanted and f".{wanted}" != form.suffix.lower()):
        raise PrtError(Mistake("form_other_kind", output=output, ending=form.suffix), code=2)
    if real_path(output) == real_path(form):
        raise PrtError(Mistake("form_into_itself", form=form), code=2)


class FilledForm(NamedTuple):
    """A form with its names filled in, and those names."""

    text: bytes
    names: tuple[FormName, ...]


def fill_form(form: Path, names: FormNames, leave_unknown: bool = False) -> FilledForm:
    """The form with its names filled in. PrtError where it has none, or one that no report has, unless those
    are left as they are."""
    kind = form_kind(form.suffix.lower())
    raw = read_package(form, str(form))
    try:
        found = list(dict.fromkeys(kind.names(raw)))
        filled = kind.fill(raw, names)
    except (KeyError, SyntaxError, ValueError, IndexError) as error:
        mistake = Mistake("workbook_unreadable", error=type(error).__name__)
        raise PrtError(Problem.of(Place(str(form)), mistake)) from error
    if not found:
        raise PrtError(Problem.of(Place(str(form)), Mistake("form_without_names")))
    known = {name: names.find(name) for name in found}
    unknown = [name for name, one in known.items() if not one]
    if unknown and not leave_unknown:
        raise PrtError(*(unknown_name(form, name, names) for name in unknown), Mistake("unwritten"))
    return FilledForm(filled, tuple({one.name: one for one in known.values() if one}.values()))


def unknown_name(form: Path, name: str, names: FormNames) -> Problem:
    near = names.nearest(name)
    hint = say_phrase("form_name_near", name=near) if near else ""
    return Problem.of(Place(str(form)), Mistake("form_name_unknown", name=name, hint=before_more(hint)))
