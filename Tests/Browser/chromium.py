"""Debian's chromium without a window, driven by the DevTools protocol over a pipe: no port is opened, no driver installed."""
import asyncio
import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import tempfile

PROGRAMS = ["chromium", "chromium-browser", "google-chrome"]

# What a browser does for itself must not be mistaken for what a page did.
QUIET = """--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --no-default-browser-check --mute-audio
--disable-background-networking --disable-component-update --disable-sync --disable-extensions --disable-default-apps
--disable-domain-reliability --disable-client-side-phishing-detection --metrics-recording-only --no-pings-for-metrics
--disable-field-trial-config --disable-background-timer-throttling --disable-renderer-backgrounding
--disable-backgrounding-occluded-windows --disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication
--force-color-profile=srgb --font-render-hinting=none""".split()


class ProtocolError(Exception):
    pass


class Chromium(asyncio.Protocol):
    """One browser process. Its commands are awaited; its events go to whoever listens to their session."""

    def __init__(self, resolver_rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", flags=()):
        self.rules, self.flags = resolver_rules, flags
        self.pieces, self.waiting, self.listeners, self.last = [], {}, {}, 0
        self.profile = tempfile.mkdtemp(prefix="stet-chromium-")
        self.net_log = os.path.join(self.profile, "net-log.json")

    async def __aenter__(self):
        program = next(path for path in map(shutil.which, PROGRAMS) if path)
        commands_out, commands_in = os.pipe()
        events_out, events_in = os.pipe()
        # The browser reads commands from descriptor 3 and writes to 4. Copies above 10 cannot be overwritten on the way there.
        high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10) for descriptor in (commands_out, events_in)]
        arguments = [program, *QUIET, *self.flags, "--remote-debugging-pipe", f"--user-data-dir={self.profile}/profile",
                     f"--host-resolver-rules={self.rules}", f"--log-net-log={self.net_log}"]
        environment = {"HOME": self.profile, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        self.process = subprocess.Popen(
            arguments, pass_fds=(3, 4), preexec_fn=lambda: [os.dup2(high[0], 3), os.dup2(high[1], 4)], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        for descriptor in [commands_out, events_in, *high]:
            os.close(descriptor)
        loop = asyncio.get_running_loop()
        self.writer, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(commands_in, "wb"))
        await loop.connect_read_pipe(lambda: self, os.fdopen(events_out, "rb"))
        self.version = (await self.send("Browser.getVersion"))["product"]
        # Windows that nobody here asked for, with the target that opened them, if that is told.
        there = (await self.send("Target.getTargets"))["targetInfos"]
        self.made, self.windows = {info["targetId"] for info in there}, []
        self.listeners[None] = self.target_event
        await self.send("Target.setDiscoverTargets", {"discover": True})
        return self

    async def __aexit__(self, *_):
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self.send("Browser.close"), 10)
        with contextlib.suppress(Exception):
            await asyncio.to_thread(self.process.wait, 10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log_lines = []
        with contextlib.suppress(FileNotFoundError), open(self.net_log, encoding="utf-8", errors="replace") as log:
            self.log_lines = log.readlines()
        shutil.rmtree(self.profile, ignore_errors=True)

    def data_received(self, data):
        *whole, rest = data.split(b"\0")
        for piece in whole:
            message = b"".join([*self.pieces, piece])
            self.pieces = []
            self.received(json.loads(message))
        if rest:
            self.pieces.append(rest)

    def connection_lost(self, _):
        for answer in self.waiting.values():
            if not answer.done():
                answer.set_exception(ProtocolError("the browser is gone"))

    def received(self, message):
        if "id" in message:
            answer = self.waiting.pop(message["id"], None)
            if answer is None or answer.done():
                return
            if "error" in message:
                answer.set_exception(ProtocolError(message["error"].get("message")))
            else:
                answer.set_result(message.get("result", {}))
        elif listener := self.listeners.get(message.get("sessionId")):
            listener(message["method"], message.get("params", {}), message.get("sessionId"))

    def target_event(self, method, facts, _):
        info = facts.get("targetInfo", {})
        if info.get("type") == "page" and info["targetId"] not in self.made and (info["url"] != "about:blank" or info.get("openerId")):
            self.made.add(info["targetId"])
            self.windows.append(info)

    def post(self, method, parameters=None, session=None):
        """Sends a command and hands back what will hold its answer."""
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        answer = asyncio.get_running_loop().create_future()
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        self.waiting[self.last] = answer
        self.writer.write(json.dumps(message).encode() + b"\0")
        return answer

    async def send(self, method, parameters=None, session=None, seconds=60):
        try:
            return await asyncio.wait_for(self.post(method, parameters, session), seconds)
        except TimeoutError as error:
            raise ProtocolError(f"{method} took more than {seconds} s") from error
