"""What is asked of every page of the viewer."""
import asyncio
import json
import os
import sys
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))


def axe_source():
    """axe-core lies in a Python package that scripts/test installs: it is nobody's part of this repository."""
    for folder in sys.path:
        path = os.path.join(folder, "axe_playwright_python", "axe.min.js")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
    raise SystemExit("axe-core is not installed: scripts/test installs it into .build-tools")


def measuring():
    with open(os.path.join(HERE, "measure.js"), encoding="utf-8") as file:
        return file.read()


class Bounds:
    """Where a page may load from: its own origin, or the folder that holds it."""

    def __init__(self, start, folder=None):
        parts = urllib.parse.urlsplit(start)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.folder = folder and os.path.realpath(folder)

    def holds(self, url):
        if url.startswith(("data:", "about:")):
            return True
        if self.folder:
            path = urllib.parse.unquote(urllib.parse.urlsplit(url).path)
            return url.startswith("file:///") and os.path.realpath(path).startswith(self.folder + os.sep)
        return url == self.origin or url.startswith(self.origin + "/")


class Checks:
    def __init__(self, tab, bounds):
        self.tab, self.bounds = tab, bounds
        self.scripts = [axe_source(), measuring()]
        self.findings = []

    def find(self, check, what, look="", **more):
        for finding in self.findings:
            if finding["check"] == check and finding["what"] == what[:600]:
                finding["look"] = ", ".join(filter(None, [finding["look"], look]))
                return
        self.findings.append({"check": check, "look": look, "what": what[:600], **more})

    async def page(self, url):
        """Everything about one page. Gives its links, and how many stops a keyboard has in it: none of its own if it is no HTML."""
        self.findings, tab = [], self.tab
        await tab.scripts(True)
        await tab.look(scheme="light", width=1280)
        if error := await tab.open(url):
            self.find("load", error)
            return [], 0
        if tab.status and tab.status >= 400:
            self.find("status", str(tab.status))
        self.world = await tab.world()
        if await tab.evaluate("document.contentType", self.world) != "text/html":
            return [], None
        for script in self.scripts:
            await tab.evaluate(script + "\n;0", self.world)
        stops = await self.keyboard()
        for scheme, width in [("light", 1280), ("dark", 1280), ("dark", 360), ("light", 360)]:
            await tab.look(scheme=scheme, width=width)
            await self.accessibility(f"{scheme} {width}")
        for width in (360, 320):
            await tab.look(scheme="light", width=width)
            for problem in await self.measure("overflow()"):
                self.find("overflow", problem, f"light {width}")
        links = await self.measure("links()")
        await tab.look(scheme="light", width=1280)
        words = await self.measure("words()")
        await self.paper(words)
        self.traffic()
        await self.without_scripts(url, words)
        self.traffic("without scripts")
        return links, stops

    async def measure(self, call):
        return await self.tab.evaluate(f"stetChecks.{call}", self.world)

    async def accessibility(self, look):
        for violation in await self.measure("axeFindings()"):
            self.find("axe", f"{violation['rule']} ×{violation['count']}: {violation['what']}", look, impact=violation["impact"])

    async def keyboard(self):
        start = await self.measure("startWalk()")
        # More than there are, so that what comes after the last is seen too; in portions, so that none is lost.
        left = start["stops"] + 2
        while left > 0:
            # Into a frame, which is another process, and out of it focus goes in its own time.
            portion = 1 if start["frames"] else min(left, 50)
            await self.tab.press("Tab", 9, portion)
            left -= portion
            for _ in range(30 if start["frames"] else 0):
                await asyncio.sleep(0.02)
                if not await self.measure("noteFrame()"):
                    break
                await self.tab.press("Tab", 9)
        facts = await self.measure("endWalk()")
        for problem in facts["problems"][:10]:
            self.find("keyboard", problem)
        return facts["stops"]

    async def paper(self, words):
        """What the screen says is on paper too, and nothing runs over its edge. A4 with the usual margins is 718 px wide."""
        await self.tab.look(scheme="light", width=718, media="print")
        self.lost("print", words, await self.measure("words()"))
        for problem in await self.measure("overflow()"):
            self.find("print", problem)
        await self.tab.look(scheme="light", width=1280)

    async def without_scripts(self, url, words):
        await self.tab.scripts(False)
        if error := await self.tab.open(url):
            self.find("no-scripts", error)
            return
        self.world = await self.tab.world()
        await self.tab.evaluate(self.scripts[1] + "\n;0", self.world)
        self.lost("no-scripts", words, await self.measure("words()"))

    def lost(self, check, before, after):
        missing = [word for word, count in before.items() if after.get(word, 0) < count]
        if missing:
            self.find(check, f"{len(missing)} words are lost: {' '.join(missing[:12])}")

    def traffic(self, look=""):
        """What the page did besides being read. An archived page in a frame is held back by rules, and the browser says so: that is no fault
        of the page around it."""
        tab = self.tab
        for line in tab.console:
            if line["top"] and not self.about_frame(line["text"]):
                self.find("console", line["text"], look)
        for line in tab.exceptions:
            self.find("exception", line["text"], look)
        for request in tab.requests:
            if not self.bounds.holds(request["url"]) and request["id"] not in tab.blocked:
                self.find("request", f"{request['type']} {request['url']}", look)
        for refused in tab.refused:
            if refused["frame"] in (None, tab.main_frame):
                self.find("policy", refused["text"], look)
        for window in tab.wanted + tab.windows:
            self.find("window", window, look)
        for worker in tab.workers:
            self.find("worker", worker, look)

    @staticmethod
    def about_frame(text):
        return "frame is sandboxed" in text or "in 'about:srcdoc'" in text


def line(**facts):
    print(json.dumps(facts, ensure_ascii=False), flush=True)
