"""A Chromium without a window, spoken to over a pipe: what a page measures, asks for and prints as."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ROOT = Path(__file__).parent.parent


def find_chromium() -> str | None:
    found = (shutil.which(name) for name in NAMES)
    return None if sys.platform == "win32" else next((path for path in found if path), None)


def find_axe() -> Path | None:
    return find_module("axe-core/axe.min.js")


def find_checker() -> Path | None:
    """The Nu HTML checker, where java is there to run it."""
    return find_module("vnu-jar/build/dist/vnu.jar") if shutil.which("java") else None


def find_module(name: str) -> Path | None:
    """A file of a `node_modules` here, or of NODE_PATH."""
    places = (ROOT / "node_modules", *map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep)))
    found = (place / name for place in places)
    return next((path for path in found if path.is_file()), None)


class Browser:
    """One page at a time. `asked` are the addresses that it asked for."""

    def __init__(self, path: str, folder: Path) -> None:
        self.folder, self.asked, self.number, self.rest = folder, list[str](), 0, b""
        self.session = ""
        theirs, ours = os.pipe(), os.pipe()
        self.to, self.back = theirs[1], ours[0]
        self.process = subprocess.Popen(
            [
                *(path, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                *("--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}", "about:blank"),
            ],
            preexec_fn=lambda: stand_at(theirs[0], ours[1]),
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs[0])
        os.close(ours[1])

    def call(self, method: str, **told: Any) -> dict[str, Any]:
        """One command of the DevTools protocol, and its result."""
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": told}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while (answer := self.hear()).get("id") != self.number:
            if answer.get("method") == "Network.requestWillBeSent":
                self.asked.append(answer["params"]["request"]["url"])
        assert "error" not in answer, answer
        found: dict[str, Any] = answer["result"]
        return found

    def hear(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            more = os.read(self.back, 1 << 20)
            assert more, "the browser ended"
            self.rest += more
        message, _, self.rest = self.rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def show(self, html: str, width: int = 1280, dark: bool = False) -> None:
        page = self.folder / f"page{self.number}.html"
        page.write_text(html, encoding="utf-8")
        if not self.session:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            self.call("Network.enable")
        self.resize(width, dark)
        self.asked.clear()
        self.call("Page.navigate", url=page.as_uri())
        while not self.run(
            f"location.href === {json.dumps(page.as_uri())} && document.readyState === 'complete'"
        ):
            pass

    def resize(self, width: int, dark: bool = False) -> None:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def press(self, key: str) -> None:
        """One key, such as `Tab`, `Enter` or a space."""
        codes = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}
        number, text = codes[key]
        told = {"key": key, "code": key if text != " " else "Space", "windowsVirtualKeyCode": number}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **told)
        self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    def run(self, script: str) -> Any:
        """What a script answers, once it does."""
        done = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def print_pages(self) -> int:
        """How many pages the page has on paper."""
        printed = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return len(re.findall(rb"/Type\s*/Page\b(?!s)", base64.b64decode(printed["data"])))

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        os.close(self.to)
        os.close(self.back)


def stand_at(read: int, write: int) -> None:
    """The ends of the pipes where Chromium looks for them: 3 and 4."""
    high = [fcntl.fcntl(one, fcntl.F_DUPFD, 10) for one in (read, write)]
    for place, one in enumerate(high, 3):
        os.dup2(one, place)


@contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("there is no Chromium here")
    browser = Browser(path, folder)
    try:
        yield browser
    finally:
        browser.close()
