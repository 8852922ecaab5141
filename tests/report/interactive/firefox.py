"""A Firefox that is on the machine, driven by the protocol that it speaks: WebDriver BiDi."""

import json
import re
import subprocess
from contextlib import contextmanager
from itertools import count

from websockets.sync.client import connect

SECONDS = 60
# All addresses but those of files are asked of a proxy that is not there.
OFFLINE = """user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
"""


class Page:
    """The one page of the browser; `events` are the requests and the messages of its console."""

    def __init__(self, socket):
        self._socket, self._ids, self.events = socket, count(1), []
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        (self._context,) = self._ask("browsingContext.getTree")["contexts"]

    def open(self, url: str, width: int) -> None:
        """Open the address in a window of that many pixels, and wait until all is there."""
        size = {"width": width, "height": 900}
        context = self._context["context"]
        self._ask("browsingContext.setViewport", context=context, viewport=size)
        self._ask("browsingContext.navigate", context=context, url=url, wait="complete")

    def evaluate(self, script: str) -> object:
        """The value of an expression in the page, or what it resolves to: text, number or list."""
        told = self._ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({script})))()",
            target={"context": self._context["context"]},
            awaitPromise=True,
        )
        assert told["type"] == "success", told
        return json.loads(told["result"]["value"])

    def press(self, key: str) -> None:
        """Press and release a key, for what has the focus."""
        keys = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": keys}]
        self._ask("input.performActions", context=self._context["context"], actions=actions)

    def requests(self) -> list[str]:
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "network.beforeRequestSent"
        ]

    def messages(self) -> list[str]:
        return [e["params"]["text"] for e in self.events if e["method"] == "log.entryAdded"]

    def _ask(self, method: str, **parameters: object) -> dict:
        asked = next(self._ids)
        self._socket.send(json.dumps({"id": asked, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv(timeout=SECONDS))
            if told.get("id") == asked:
                assert told["type"] == "success", told
                return told["result"]
            self.events.append(told)


@contextmanager
def opened(program, profile):
    """A headless Firefox with a new profile in the folder `profile`, without network."""
    (profile / "user.js").write_text(OFFLINE)
    command = [program, "--headless", "--no-remote", "--remote-debugging-port=0"]
    with subprocess.Popen(
        [*command, "--profile", str(profile)],
        env={"HOME": str(profile), "MOZ_HEADLESS": "1", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stderr is not None
            address = next(
                found[1]
                for line in process.stderr
                if (found := re.search(r"BiDi listening on (ws://\S+)", line))
            )
            with connect(f"{address}/session", max_size=None) as socket:
                yield Page(socket)
        finally:
            process.terminate()
