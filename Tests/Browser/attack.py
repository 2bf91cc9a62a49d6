#!/usr/bin/env python3
"""Tries hostile captures in a real browser, and says what each of them achieved, as NDJSON.

attack.py warc FILE FOLDER       writes the captures, as a WARC and, where they are of types that no web archive has as pages, as files; prints
                                 {"name", "file", "media", "url"} of each file
attack.py control                opens them unprotected: what works there must be noticed, else the other modes prove nothing
attack.py visit --pages ADDRESS --originals ADDRESS [--folder DIR]
                                 reads what `stet capture --json` printed of them from standard input, and opens the viewer's page of each
                                 capture, which has the original in a frame, and the original itself. {} in an address is the capture's name,
                                 {-} the same with a dash

Each line printed is {"name", "address", "frames", "milliseconds", "findings": [{"check", "what"}]}, the last one {"summary"}.
"""
import argparse
import asyncio
import collections
import contextlib
import json
import os
import re
import sys
import time

from checks import Bounds, line
from chromium import Chromium, ProtocolError
from hostile import table
from tab import Tab
from trap import Trap, Unprotected, warc

# What a capture must not be able to add to the page around it.
SKELETON = """(() => {
  const list = []
  for (const e of document.querySelectorAll('script,link,base,meta[http-equiv],object,embed,applet,iframe,frame,portal,style,form,audio,video,template')) {
    const of = n => e.getAttribute(n) === null ? '' : ` ${n}=${n === 'src' || n === 'href' || n === 'action' ? '…' : e.getAttribute(n)}`
    list.push(e.localName + ['rel', 'http-equiv', 'sandbox', 'type'].map(of).join(''))
  }
  for (const e of document.querySelectorAll('*')) for (const a of e.attributes) {
    if (a.name.startsWith('on')) list.push(`${e.localName} ${a.name}`)
    if (/^\\s*(javascript|data|vbscript):/i.test(a.value) && ['href', 'src', 'action', 'formaction'].includes(a.localName)) list.push(`${e.localName} ${a.value.slice(0, 40)}`)
    if (a.name === 'srcdoc') list.push('srcdoc')
  }
  let kept = ''
  try { kept = Object.keys(localStorage).concat(Object.keys(sessionStorage), document.cookie || []).join() } catch (e) {}
  return { list: [...new Set(list)], title: document.title, kept, main: !!document.querySelector('main h1') }
})()"""

FRAMES = """[...document.querySelectorAll('iframe,frame,object,embed')].map(e => {
  e.scrollIntoView({ block: 'center' })
  const r = e.getBoundingClientRect()
  return [r.left, r.top, r.width, Math.min(r.height, innerHeight - r.top)]
}).filter(r => r[2] > 20 && r[3] > 20)"""


class Attack:
    def __init__(self, trap, bounds, protected, silence=0.15):
        """`silence`: for so many seconds nothing must happen before a page counts as having done what it does."""
        self.trap, self.bounds, self.protected, self.silence = trap, bounds, protected, silence
        self.skeleton, self.allowed = set(), None

    async def one(self, tab, trick, address, inside):
        """`inside`: the address is a page with the original in a frame; else it is the original itself."""
        findings, frames = [], 0
        error = await self.opened(tab, trick, address)
        try:
            if inside or not self.protected:
                frames = await self.touch(tab, trick)
            await self.around(tab, trick, inside, findings)
        except ProtocolError as problem:
            error = error or str(problem)
        if error and "ERR_ABORTED" not in error:
            findings.append({"check": "load", "what": error})
        self.happened(tab, address, findings)
        cookies = (await tab.browser.send("Storage.getCookies"))["cookies"]
        if cookies:
            await tab.browser.send("Storage.clearCookies")
        findings += [{"check": "cookie", "what": cookie["name"]} for cookie in cookies]
        findings += [{"check": "reached", "what": path} for path in sorted(set(self.trap.of(trick.name)))]
        return frames, findings

    async def opened(self, tab, trick, address):
        try:
            # What is huge keeps its frame busy: the page around it must be there all the same.
            error = await tab.open(address, trick.seconds, whole=not trick.name.startswith("size-"))
        except ProtocolError as problem:
            error = str(problem)
        await tab.quiet(self.silence, 2 + 5 * self.silence)
        return error

    async def touch(self, tab, trick):
        """Clicks into what the page shows of the original."""
        if not self.protected:
            if trick.click:
                await tab.click(640, 300)
                await tab.quiet(0.2, 2)
            return 0
        boxes = await tab.evaluate(FRAMES)
        if trick.name.startswith("size-"):
            return len(boxes)
        for left, top, width, height in boxes[:2]:
            await tab.click(left + width / 2, top + height / 2)
            if trick.click:
                await tab.click(left + width / 2, top + 15)
                with contextlib.suppress(ProtocolError):
                    await tab.press("Enter", 13, seconds=3)
        await tab.quiet(0.15, 2)
        return len(boxes)

    async def around(self, tab, trick, inside, findings):
        if not self.protected:
            title = await tab.evaluate("document.title", seconds=20)
            if title in ("RAN", "TRAPPED"):
                findings.append({"check": "ran", "what": title})
            return
        facts = await tab.evaluate(SKELETON, await tab.world(), seconds=30)
        if not inside:
            pass
        elif self.allowed is not None:
            added = sorted(set(facts["list"]) - self.allowed)
            if added:
                findings.append({"check": "markup", "what": ", ".join(added)[:300]})
        elif trick.name.startswith("harmless"):
            self.skeleton |= set(facts["list"])
        if facts["kept"]:
            findings.append({"check": "storage", "what": facts["kept"][:100]})
        if inside and not facts["main"]:
            findings.append({"check": "markup", "what": "the page around it is not there"})
        if facts["title"] in ("RAN", "TRAPPED"):
            findings.append({"check": "ran", "what": facts["title"]})

    def happened(self, tab, address, findings):
        def find(check, what):
            findings.append({"check": check, "what": what[:300]})

        frames = {navigation["frame"] for navigation in tab.navigations if not navigation["top"]}
        for navigation in tab.navigations:
            url = navigation["url"]
            if url.startswith("chrome-error:") or navigation.get("asked"):
                continue
            if navigation["top"] and url.split("#")[0] != address.split("#")[0]:
                find("left", url)
            if not navigation["top"] and not self.bounds.holds(url):
                find("frame-left", url)
        asked = collections.Counter()
        for request in tab.requests:
            if request["id"] in tab.blocked:
                continue
            if not self.bounds.holds(request["url"]):
                find("request", f"{request['type']} {request['url']}")
            elif request["frame"] in frames and not request["url"].startswith(("data:", "about:")):
                asked[request["frame"]] += 1
                if not request["document"] or asked[request["frame"]] > 1:
                    find("frame-request", f"{request['type']} {request['url']}")
        for check, seen in (("window", tab.windows), ("worker", tab.workers), ("dialog", tab.dialogs), ("download", tab.downloads)):
            for what in seen:
                # What no browser shows is offered to be kept, where its own address is opened.
                if not (check == "download" and what == address):
                    find(check, what)


class Attempt:
    def __init__(self, trick, address, inside=False):
        self.trick, self.address, self.inside = trick, address, inside


async def attack(attempts, one, rules, tabs):
    """Returns the summary."""
    began, total, noticed = time.monotonic(), 0, set()
    trap, protected = one.trap, one.protected
    # What is huge goes last: it keeps others that the browser puts into its process waiting.
    waiting = collections.deque(sorted(attempts, key=lambda attempt: attempt.trick.name.startswith("size-")))
    async with Chromium(rules) as browser:
        async def work():
            nonlocal total, noticed
            while waiting:
                async with Tab(browser, own_storage=False) as tab:
                    await tab.look(width=1280)
                    # A tab serves for many pages: that one of them did something in it shows before the next is opened.
                    for _ in range(40 if protected else 1):
                        if not waiting:
                            return
                        attempt = waiting.popleft()
                        start = time.monotonic()
                        frames, findings = await one.one(tab, attempt.trick, attempt.address, attempt.inside)
                        total += len(findings)
                        # Cookies are those of all tabs: whose one is cannot be told.
                        if any(finding["check"] not in ("load", "cookie") for finding in findings):
                            noticed.add(attempt.trick.name)
                        line(name=attempt.trick.name, address=attempt.address, frames=frames,
                             milliseconds=round((time.monotonic() - start) * 1000), findings=findings)
                        if findings:
                            break

        # The harmless ones go first: what their pages have, the others' may have.
        for attempt in [attempt for attempt in attempts if attempt.trick.name.startswith("harmless") and attempt.inside]:
            async with Tab(browser, own_storage=False) as tab:
                await one.one(tab, attempt.trick, attempt.address, True)
        one.allowed = one.skeleton
        await asyncio.gather(*(work() for _ in range(tabs)))
        windows = [window["url"] for window in browser.windows]
    names = collections.Counter()
    for text in browser.log_lines:
        # Of every name that is looked up and every address that is asked the browser keeps a log of its own.
        if "outside.example" in text and re.search('"(host|group_id|is_preconnect)"', text):
            names.update(re.findall(r"(?<=[/\"])[a-z0-9-]+\.outside\.example", text))
    looked_up = sorted(name for name in names if name.endswith(".outside.example"))
    noticed |= {name.split(".")[0] for name in looked_up}
    return {"tried": len(attempts), "findings": total, "reached": len(trap.hits), "connections": trap.connections,
            "lookedUp": looked_up, "windows": len(windows), "browser": browser.version,
            "unnoticed": [attempt.trick.name for attempt in attempts if attempt.trick.name not in noticed],
            "milliseconds": round((time.monotonic() - began) * 1000)}


async def control(tricks, trap, origin, rules, tabs):
    """Where nothing protects the browser. On a busy machine a few do not get as far in their time: those are tried alone, with more of it."""
    attempts = [Attempt(trick, f"{origin}/{trick.name}") for trick in tricks if trick.works]
    summary = await attack(attempts, Attack(trap, Bounds(origin), False), rules, tabs)
    for _ in range(3):
        left = [attempt for attempt in attempts if attempt.trick.name in summary["unnoticed"]]
        if not left:
            break
        again = await attack(left, Attack(trap, Bounds(origin), False, silence=2), rules, 1)
        summary["unnoticed"] = again["unnoticed"]
    return summary


def captured(tricks, lines, options):
    """Each trick's page, and its original where an unprotected browser would do something with it."""
    named, seen = {trick.name: trick for trick in tricks}, set()
    for given in lines:
        found = re.search(r"//(?:[^/@]*@)?(?:xn--)?([a-z0-9-]*[a-z0-9])[^/.]*\.hostile\.example", given.get("url") or "")
        if not found or not given.get("capture") or found[1] in seen:
            continue
        seen.add(found[1])
        trick = named[found[1]]
        yield Attempt(trick, options.pages.replace("{}", given["capture"]).replace("{-}", given["capture"].replace(":", "-")), True)
        if options.originals and (trick.works or trick.name.startswith("noscript")):
            yield Attempt(trick, options.originals.replace("{}", given["capture"]))


def write(tricks, file, folder):
    with open(file, "wb") as archive:
        for record in warc(tricks):
            archive.write(record)
    os.makedirs(folder, exist_ok=True)
    for trick in tricks:
        kind = trick.media.split(";")[0].lower()
        if kind in ("text/html", "application/xhtml+xml", "text/plain", "") and trick.address.startswith("http"):
            continue
        path = os.path.join(folder, trick.name)
        with open(path, "wb") as one:
            one.write(trick.body)
        line(name=trick.name, file=path, media=trick.media or "text/html", url=trick.address)
    line(summary={"tricks": [trick.name for trick in tricks]})


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["warc", "control", "visit"])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--folder")
    parser.add_argument("--pages")
    parser.add_argument("--originals")
    parser.add_argument("--tabs", type=int, default=4)
    options = parser.parse_args()
    tricks = table()
    if options.mode == "warc":
        write(tricks, *options.files)
        return
    async with Trap() as trap, Unprotected(tricks) as server:
        rules = f"MAP *.outside.example 127.0.0.1:{trap.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        if options.mode == "control":
            line(summary=await control(tricks, trap, f"http://127.0.0.1:{server.port}", rules, options.tabs))
            return
        attempts = list(captured(tricks, [json.loads(text) for text in sys.stdin if text.strip()], options))
        one = Attack(trap, Bounds(attempts[0].address, options.folder), True)
        line(summary=await attack(attempts, one, rules, options.tabs))


if __name__ == "__main__":
    asyncio.run(main())
