"""Debian's Chromium without a window: the build for headless work draws what the other does with about half the work."""

import os
import shutil


def executable() -> str:
    """CHROMIUM names another one."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell")
    assert found, "there is no chromium: run `make test`, which installs it from Debian"
    return found


def arguments() -> list[str]:
    # Chromium's own sandbox refuses to run as root; what it shows here is our own program.
    return ["--no-sandbox"] if os.geteuid() == 0 else []
