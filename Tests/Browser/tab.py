"""A tab, and everything that goes on in it: frames, workers and windows included."""
import asyncio
import base64
import contextlib
import time

from chromium import ProtocolError

DOMAINS = ["Page", "Runtime", "Network", "Log", "Audits"]
WORLD = "stet-checks"


class Tab:
    def __init__(self, browser, own_storage=True):
        """Without storage of its own a tab is as a user's is: a browser connects ahead of need in no other."""
        self.browser, self.own_storage = browser, own_storage
        self.reset()

    def reset(self):
        self.requests, self.console, self.exceptions, self.refused = [], [], [], []
        self.navigations, self.workers, self.dialogs, self.wanted = [], [], [], []
        self.loaded, self.parsed = asyncio.Event(), asyncio.Event()
        self.blocked, self.downloads, self.status = set(), [], None
        self.flying, self.last_traffic = set(), time.monotonic()

    async def __aenter__(self):
        send = self.browser.send
        self.context = {}
        if self.own_storage:
            self.context = await send("Target.createBrowserContext")
        self.target = (await send("Target.createTarget", {"url": "about:blank", **self.context}))["targetId"]
        self.browser.made.add(self.target)
        self.session = (await send("Target.attachToTarget", {"targetId": self.target, "flatten": True}))["sessionId"]
        self.sessions = {self.session: self.target}
        self.main_frame = self.target
        await self.prepare(self.session)
        await self.send("Emulation.setFocusEmulationEnabled", {"enabled": True})
        return self

    async def __aexit__(self, *_):
        for session in self.sessions:
            self.browser.listeners.pop(session, None)
        with contextlib.suppress(ProtocolError):
            if self.own_storage:
                await self.browser.send("Target.disposeBrowserContext", self.context, seconds=20)
            else:
                await self.browser.send("Target.closeTarget", {"targetId": self.target}, seconds=20)

    async def send(self, method, parameters=None, session=None, seconds=60):
        return await self.browser.send(method, parameters, session or self.session, seconds)

    async def prepare(self, session):
        self.browser.listeners[session] = self.event
        answers = [self.browser.post(f"{domain}.enable", {}, session) for domain in DOMAINS]
        answers.append(self.browser.post("Target.setAutoAttach", {
            "autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}, session))
        answers.append(self.browser.post("Runtime.runIfWaitingForDebugger", {}, session))
        # A worker has not all of the domains.
        await asyncio.gather(*answers, return_exceptions=True)

    def event(self, method, facts, session):
        handler = getattr(self, "on_" + method.replace(".", "_"), None)
        if handler:
            handler(facts, session)

    # What the browser tells.

    def on_Target_attachedToTarget(self, facts, _):
        info = facts["targetInfo"]
        self.sessions[facts["sessionId"]] = info["targetId"]
        if info["type"] not in ("iframe", "page"):
            self.workers.append(f"{info['type']} {info['url']}")
        asyncio.ensure_future(self.prepare(facts["sessionId"]))

    def on_Target_detachedFromTarget(self, facts, _):
        self.browser.listeners.pop(facts["sessionId"], None)
        self.sessions.pop(facts["sessionId"], None)

    def on_Network_requestWillBeSent(self, facts, session):
        self.last_traffic = time.monotonic()
        self.flying.add(facts["requestId"])
        self.requests.append({
            "url": facts["request"]["url"], "type": facts.get("type", ""), "frame": facts.get("frameId", self.sessions.get(session)),
            "document": facts["requestId"] == facts.get("loaderId"), "id": facts["requestId"]})

    def on_Network_loadingFinished(self, facts, _):
        self.last_traffic = time.monotonic()
        self.flying.discard(facts["requestId"])

    def on_Network_loadingFailed(self, facts, session):
        self.on_Network_loadingFinished(facts, session)
        if facts.get("blockedReason"):
            self.blocked.add(facts["requestId"])

    def on_Network_responseReceived(self, facts, session):
        if session == self.session and facts["requestId"] == facts["loaderId"] and facts.get("frameId") == self.main_frame:
            self.status = facts["response"]["status"]

    def on_Page_downloadWillBegin(self, facts, _):
        self.downloads.append(facts["url"])

    def on_Network_webSocketCreated(self, facts, session):
        self.requests.append({"url": facts["url"], "type": "WebSocket", "frame": self.sessions.get(session), "document": False, "id": ""})

    def on_Page_loadEventFired(self, _, session):
        if session == self.session:
            self.loaded.set()

    def on_Page_domContentEventFired(self, _, session):
        if session == self.session:
            self.parsed.set()

    def on_Page_frameNavigated(self, facts, _):
        frame = facts["frame"]
        self.navigations.append({"frame": frame["id"], "top": "parentId" not in frame, "url": frame["url"]})

    def on_Page_frameRequestedNavigation(self, facts, _):
        self.navigations.append({"frame": facts["frameId"], "top": facts["frameId"] == self.main_frame, "url": facts["url"], "asked": True})

    def on_Page_windowOpen(self, facts, _):
        """A window that was asked for, whether or not there will be one."""
        self.wanted.append(facts["url"])

    def on_Page_javascriptDialogOpening(self, facts, session):
        self.dialogs.append(facts["message"])
        self.browser.post("Page.handleJavaScriptDialog", {"accept": True}, session)

    def on_Runtime_consoleAPICalled(self, facts, session):
        if facts["type"] in ("error", "warning", "assert"):
            words = " ".join(str(part.get("value", part.get("description", ""))) for part in facts["args"])
            self.console.append({"text": f"{facts['type']}: {words}", "top": session == self.session})

    def on_Runtime_exceptionThrown(self, facts, session):
        details = facts["exceptionDetails"]
        text = details.get("exception", {}).get("description") or details.get("text", "")
        self.exceptions.append({"text": text, "top": session == self.session})

    def on_Log_entryAdded(self, facts, session):
        entry = facts["entry"]
        if entry["level"] in ("error", "warning"):
            self.console.append({"text": f"{entry['level']}: {entry['text']} {entry.get('url', '')}".strip(), "top": session == self.session})

    def on_Audits_issueAdded(self, facts, session):
        issue = facts["issue"]
        if details := issue.get("details", {}).get("contentSecurityPolicyIssueDetails"):
            frame = details.get("frameAncestor", {}).get("frameId") or self.sessions.get(session)
            self.refused.append({"text": f"{details.get('violatedDirective')} {details.get('blockedURL', 'inline')}", "frame": frame})

    @property
    def windows(self):
        return [window["url"] for window in self.browser.windows if window.get("openerId") == self.target]

    # What is asked of it.

    async def open(self, url, seconds=60, whole=True):
        """Loads a page and waits until it is quiet, or only until it is there itself, whatever its frames do. Gives the error text of a
        navigation that failed."""
        self.reset()
        if "#" in url:
            # From the same page it would be no more than a step within it.
            await self.send("Page.navigate", {"url": "about:blank"})
            await self.quiet()
            self.reset()
        answer = await self.send("Page.navigate", {"url": url}, seconds=seconds)
        if error := answer.get("errorText"):
            return error
        try:
            await asyncio.wait_for((self.loaded if whole else self.parsed).wait(), seconds)
        except TimeoutError:
            return f"not loaded after {seconds} s"
        if whole:
            await self.quiet()
        return None

    async def quiet(self, still=0.05, at_most=3.0):
        end = time.monotonic() + at_most
        while time.monotonic() < end:
            if not self.flying and time.monotonic() - self.last_traffic >= still:
                return
            await asyncio.sleep(0.02)

    async def world(self):
        """A JavaScript world that shares the page's document and nothing else with it."""
        answer = await self.send("Page.createIsolatedWorld", {"frameId": self.main_frame, "worldName": WORLD})
        return answer["executionContextId"]

    async def evaluate(self, expression, world=None, session=None, seconds=60):
        parameters = {"expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": False}
        if world is not None:
            parameters["contextId"] = world
        answer = await self.send("Runtime.evaluate", parameters, session, seconds)
        if details := answer.get("exceptionDetails"):
            raise ProtocolError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    async def look(self, *, scheme=None, width=None, height=900, media=""):
        if width:
            await self.send("Emulation.setDeviceMetricsOverride", {
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
        if scheme:
            features.append({"name": "prefers-color-scheme", "value": scheme})
        await self.send("Emulation.setEmulatedMedia", {"media": media, "features": features})

    async def scripts(self, allowed):
        await self.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    async def press(self, key, code, times=1, seconds=60):
        """Presses a key so many times, as fast as the page takes it."""
        for _ in range(times):
            for kind in ("rawKeyDown", "keyUp"):
                last = self.browser.post("Input.dispatchKeyEvent", {
                    "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code}, self.session)
        try:
            await asyncio.wait_for(last, seconds)
        except TimeoutError as error:
            raise ProtocolError(f"{key} was not taken within {seconds} s") from error

    async def click(self, x, y):
        """What is clicked may be gone, with whom it would have told so, before the click is answered."""
        # A frame in another process takes a click only where a pointer has come before.
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            with contextlib.suppress(ProtocolError):
                await self.send("Input.dispatchMouseEvent", {
                    "type": kind, "x": x, "y": y, "button": "none" if kind == "mouseMoved" else "left", "clickCount": 1}, seconds=3)

    async def screenshot(self, path, height=None):
        shot = await self.send("Page.captureScreenshot", {"format": "png"})
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))
