#!/usr/bin/env python3
"""Photographs of pages: photograph.py FOLDER < lines of {"name", "address", "width", "height", "scheme"}; writes FOLDER/NAME.png.

`follow` in a line has CSS selectors of links that lead to the page, one after the other.
"""
import asyncio
import json
import os
import sys

from chromium import Chromium
from tab import Tab


async def main():
    folder = sys.argv[1]
    async with Chromium() as browser, Tab(browser) as tab:
        await tab.send("Emulation.setScrollbarsHidden", {"hidden": True})
        for text in sys.stdin:
            if not text.strip():
                continue
            asked = json.loads(text)
            await tab.look(scheme=asked.get("scheme", "light"), width=asked.get("width", 1280), height=asked.get("height", 900))
            if error := await tab.open(asked["address"]):
                raise SystemExit(f"{asked['address']}: {error}")
            for selector in asked.get("follow", []):
                address = await tab.evaluate(f"document.querySelector({json.dumps(selector)})?.href || ''")
                if not address:
                    raise SystemExit(f"{asked['address']} has no {selector}")
                await tab.open(address)
            if tab.status and tab.status >= 400:
                raise SystemExit(f"{asked['name']}: HTTP status {tab.status}")
            await tab.screenshot(os.path.join(folder, asked["name"] + ".png"))


if __name__ == "__main__":
    asyncio.run(main())
