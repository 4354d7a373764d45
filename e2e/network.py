"""A network between a browser and the program that can be cut and mended, as a stairwell does it."""

import contextlib
import socket
import threading

from program import free_port

behind: dict[str, str] = {}
"""The program, `host:port`, that stands behind a network's own `host:port`: what one was told the other knows."""


class Network:
    """Passes every connection on to the program, on a port of its own. When it is cut, nobody answers there."""

    def __init__(self, to: int):
        self.to, self.port = to, free_port()
        self.listener: socket.socket | None = None
        self.connections: list[socket.socket] = []
        behind[f"127.0.0.1:{self.port}"] = f"127.0.0.1:{to}"
        self.mend()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self) -> None:
        if self.listener:
            # Shutting it down first wakes the thread that waits for connections.
            with contextlib.suppress(OSError):
                self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self.connections.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                near.close()
                continue
            self.connections += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)
