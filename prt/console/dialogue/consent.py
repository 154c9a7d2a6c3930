"""What cannot be taken back is asked for; in a script it needs --yes."""

from __future__ import annotations

from prt.console import context
from prt.console.dialogue import terminal
from prt.problems import Mistake, PrtError


def confirm(text: str, yes: bool) -> None:
    """Go on only where somebody says so; Enter is no."""
    if yes:
        return
    if not terminal.is_at_terminal():
        raise PrtError(Mistake("in_script", text=text), code=2)
    context.say(text)
    talk = terminal.open_talk()
    if not talk.is_agreed(talk.say("do_it"), False):
        raise PrtError(Mistake("not_done"))


def confirm_preview(word: str, *, yes: bool, enter: bool, **parts: str) -> bool:
    """Does somebody agree to what is shown above? A script must say so."""
    if yes:
        return True
    if not terminal.is_at_terminal():
        raise PrtError(Mistake("write_shown"), code=2)
    talk = terminal.open_talk()
    return talk.is_agreed(talk.say(word, **parts), enter)
