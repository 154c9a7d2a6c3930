"""What Jinja is given: the text of a template, and ours as code, kept beside them as Python keeps that of its
modules: compiling is half of a report.

Whoever can write there can change prt itself. What a project writes is compiled each time, and never kept.
What was kept is used if template, Jinja and prt are those that it was made by. Whatever is damaged is
ignored, and a folder that cannot be written is no mistake.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, FunctionLoader, PrefixLoader
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path

from prt.files.kept.kept_files import code_version
from prt.files.merging.mark_lines import merge_problems
from prt.files.store.disk import ANYONE, make_folder, read_bytes, read_text, write_aside
from prt.files.templates import own_file
from prt.files.trace.trace import unnoted
from prt.files.yaml.words import shipped_templates
from prt.problems import Mistake, Place, Problem, PrtError

COMPILING = ("output/renderers", "output/words.py", "text.py")
"""The code of prt that has a say in what a template is compiled to."""


def template_loader(own: Path | None) -> BaseLoader:
    """A project's own templates come first, then ours; under the prefix `shipped/` always ours."""
    shipped = FileSystemLoader(shipped_templates())
    first = [FunctionLoader(partial(own_template, own))] if own else []
    return ChoiceLoader([*first, shipped, PrefixLoader({"shipped": shipped})])


def own_template(folder: Path, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The text and the path of one template; None where there is none.

    SecurityError where a link leads out of the folder. PrtError where it is no UTF-8, or git left two
    versions of it.
    """
    try:
        path = own_file(folder, *split_template_path(name))
    except Mistake as mistake:
        raise SecurityError(str(mistake.values["said"])) from mistake
    if path is None:
        return None
    try:
        text = read_text(path, "utf-8-sig")
    except UnicodeDecodeError as error:
        raise PrtError(Problem.of(Place(f"templates/{name}"), Mistake("not_utf8"))) from error
    if wrong := list(merge_problems(text, f"templates/{name}")):
        raise PrtError(*wrong)
    return text, str(path), lambda: True


class CompiledTemplates(BytecodeCache):
    """Where Jinja looks for compiled templates and keeps them; the key of one is the path of its file."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The path of the compiled code; empty for a template of a project, of which nothing is kept."""
        path = Path(filename or "")
        with suppress(NotImplementedError):  # of a Python that keeps no code
            if path.parent == shipped_templates():
                return cache_from_source(str(path.with_name(name.replace("/", "-"))))
        return ""

    def get_source_checksum(self, source: str) -> str:
        return hashlib.sha256(f"{compiler()}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, ValueError, EOFError, TypeError), unnoted():
            digest, _, code = read_bytes(Path(bucket.key)).partition(b"\n")
            if digest == digest_of(bucket, code):
                bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not bucket.key or sys.dont_write_bytecode:
            return
        path, code = Path(bucket.key), marshal.dumps(bucket.code)
        with suppress(OSError), unnoted():
            make_folder(path.parent)
            write_aside(path, digest_of(bucket, code) + b"\n" + code, ANYONE)


def digest_of(bucket: Bucket, code: bytes) -> bytes:
    return hashlib.sha256(bucket.checksum.encode() + code).hexdigest().encode()


@cache
def compiler() -> str:
    """Which Python, Jinja and prt."""
    package = Path(__file__).parent.parent
    found = [one for name in COMPILING for one in (package / name, *(package / name).glob("*.py"))]
    own = code_version(one for one in found if one.is_file())
    return f"{sys.implementation.cache_tag} {jinja2.__version__} {own}"
