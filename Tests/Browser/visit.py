#!/usr/bin/env python3
"""Looks at pages in a real browser and says what is wrong with each, as NDJSON.

visit.py [--folder DIR] [--crawl] [--per-kind N] [--limit N] [--tabs N] ADDRESS…

Without --crawl only the addresses are visited; with it every link within the first one's origin (or, with --folder, the folder), at most
N pages of a kind. Each line is {"page", "kind", "stops", "milliseconds", "findings": [{"check", "look", "what", …}]}, the last one {"summary"}.
The checks: load, console, exception, request (what left), policy (what the page's own policy refused), window, worker, axe, keyboard,
overflow, print, no-scripts.
"""
import argparse
import asyncio
import collections
import re
import time
import urllib.parse

from checks import Bounds, Checks, axe_source, line
from chromium import Chromium, ProtocolError
from tab import Tab


def kind_of(url, bounds):
    """Pages made by the same hand: the address without what names one article, capture or number."""
    parts = urllib.parse.urlsplit(url)
    path = parts.path
    if bounds.folder:
        path = urllib.parse.unquote(path)[len(bounds.folder):]
    steps = [step for step in path.split("/") if step]
    plain = [step if re.fullmatch(r"[a-z][a-z-]{1,14}(\.html)?", step) else "*" for step in steps]
    query = "&".join(sorted({key for key, _ in urllib.parse.parse_qsl(parts.query)}))
    shortened = re.sub(r"(/\*)+", "/*", "/" + "/".join(plain))
    return shortened + (f"?{query}" if query else "")


class Visit:
    def __init__(self, options, bounds):
        self.options, self.bounds = options, bounds
        self.waiting = collections.deque(options.addresses)
        self.known = set(options.addresses)
        self.kinds, self.findings, self.pages = collections.Counter(), 0, 0
        self.busy = 0

    def offer(self, links):
        for link in links:
            address = urllib.parse.urldefrag(link)[0]
            if address in self.known or not address.startswith(("http", "file")) or not self.bounds.holds(address):
                continue
            self.known.add(address)
            kind = kind_of(address, self.bounds)
            if self.kinds[kind] < self.options.per_kind and self.pages + len(self.waiting) < self.options.limit:
                self.kinds[kind] += 1
                self.waiting.append(address)

    async def work(self, browser):
        async with Tab(browser) as tab:
            checks = Checks(tab, self.bounds)
            while self.waiting or self.busy:
                if not self.waiting:
                    await asyncio.sleep(0.02)
                    continue
                url = self.waiting.popleft()
                self.busy += 1
                try:
                    await self.one(checks, url)
                finally:
                    self.busy -= 1

    async def one(self, checks, url):
        began = time.monotonic()
        try:
            links, stops = await checks.page(url)
        except ProtocolError as error:
            links, stops = [], 0
            checks.find("load", str(error))
        if self.options.crawl:
            self.offer(links)
        self.pages += 1
        self.findings += len(checks.findings)
        line(page=url, kind=kind_of(url, self.bounds), stops=stops, milliseconds=round((time.monotonic() - began) * 1000), findings=checks.findings)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder")
    parser.add_argument("--crawl", action="store_true")
    parser.add_argument("--per-kind", type=int, default=3)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--tabs", type=int, default=2)
    parser.add_argument("addresses", nargs="+")
    options = parser.parse_args()
    axe_source()
    bounds = Bounds(options.addresses[0], options.folder)
    visit = Visit(options, bounds)
    began = time.monotonic()
    async with Chromium() as browser:
        await asyncio.gather(*(visit.work(browser) for _ in range(min(options.tabs, 4))))
    line(summary={
        "pages": visit.pages, "findings": visit.findings, "kinds": dict(visit.kinds), "browser": browser.version,
        "milliseconds": round((time.monotonic() - began) * 1000)})


if __name__ == "__main__":
    asyncio.run(main())
