"""The fake gateway in a process of its own, as a payment service is."""

import subprocess
import sys
import time
from pathlib import Path

import httpx
from program import free_port


class Fake:
    """A running fake of services outside, and what it can be told: `fake("sell", channel="wechat", amount=1)`."""

    def __init__(self, folder: Path, script: str = "fake_gateway.py") -> None:
        self.folder = folder
        port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / script), "--port", str(port), "--keys", str(folder)]
        )
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        deadline = time.monotonic() + 60
        while True:
            try:
                self("state")
                return
            except httpx.TransportError:
                assert self.process.poll() is None and time.monotonic() < deadline, "the fake gateway did not start"
                time.sleep(0.1)

    def __call__(self, name: str, **values):
        answer = self.client.post(f"/control/{name}", json=values)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def stop(self) -> None:
        self.client.close()
        self.process.terminate()
        self.process.wait()

    @property
    def settings(self) -> Path:
        """The file that tells the program of the services, with the keys beside it."""
        return self.folder / "settings.json"
