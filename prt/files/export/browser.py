"""The browser that is there, Edge or Chrome, which prints a page as PDF."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from prt.files.store.disk import bytes_or_none
from prt.files.trace.disk_questions import is_stored_file
from prt.problems import Mistake, PrtError

ON_WINDOWS = (
    "Microsoft/Edge/Application/msedge.exe",
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
)
"""In the folders of programs."""
ON_MAC = ("Microsoft Edge", "Google Chrome", "Chromium")
ON_PATH = (
    *("microsoft-edge", "microsoft-edge-stable", "google-chrome", "google-chrome-stable", "chromium"),
    *("chromium-browser", "msedge", "chrome"),
)
SECONDS = 60


def find_browser(named: str | None, programs: Iterable[str]) -> str | None:
    """What prints pages as PDF: the program that was named, else Edge or Chrome where they usually are.
    PrtError where the named one is no program."""
    if not named:
        return installed_browser(programs)
    if found := shutil.which(named):
        return found
    raise PrtError(Mistake("browser_not_there", text=named), code=2)


def installed_browser(programs: Iterable[str], applications: Path = Path("/Applications")) -> str | None:
    """The first that is where it usually is: in the folders of `programs` of Windows, among the applications
    of a Mac, on the PATH."""
    usual = [Path(folder, one) for folder in programs for one in ON_WINDOWS]
    usual += [applications / f"{one}.app" / "Contents" / "MacOS" / one for one in ON_MAC]
    found = next((str(one) for one in usual if is_stored_file(one)), None)
    return found or next((there for one in ON_PATH if (there := shutil.which(one))), None)


def print_page(browser: str, page: str, seconds: float = SECONDS) -> bytes | None:
    """The page as PDF; None where the browser makes none, or takes longer.

    It has a profile of its own: an Edge that is open would take the call, and write nothing.
    """
    with tempfile.TemporaryDirectory(prefix="prt-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / "report.html", folder / "report.pdf"
        source.write_text(page, encoding="utf-8")
        words = [browser, "--headless", f"--user-data-dir={folder / 'profile'}", "--no-first-run"]
        words += ["--no-pdf-header-footer", "--generate-pdf-document-outline", f"--print-to-pdf={made}"]
        words += ["--no-sandbox"] if is_root() else []
        nowhere = subprocess.DEVNULL
        try:
            started = subprocess.Popen(
                [*words, source.as_uri()],
                stdin=nowhere,
                stdout=nowhere,
                stderr=nowhere,
                start_new_session=True,
            )
        except OSError:
            return None
        try:
            started.wait(seconds)
        except subprocess.TimeoutExpired:
            end_all(started)
        data = bytes_or_none(made) or b""
    return data if data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF") else None


def is_root() -> bool:
    """Chrome starts for root only outside of its sandbox; pages of prt have no script."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def end_all(started: subprocess.Popen[bytes]) -> None:
    """The browser ended with the processes that it started, where the system knows them."""
    if hasattr(os, "killpg"):
        os.killpg(started.pid, signal.SIGKILL)
    else:
        started.kill()
    started.wait()
