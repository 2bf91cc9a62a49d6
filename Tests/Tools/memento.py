"""Asks a Memento archive for a page with pywb's own client: the times in its TimeMap, then the memento nearest to a time, loaded.

Arguments: the archive's prefix as pywb's `memento+` sources take it, the page's address, and a time of 14 digits.
"""

from gevent.monkey import patch_all

patch_all()

import hashlib, json, sys  # noqa: E402

import requests  # noqa: E402
from pywb.utils.canonicalize import canonicalize  # noqa: E402
from pywb.warcserver.index.cdxops import cdx_sort_closest  # noqa: E402
from pywb.warcserver.index.indexsource import MementoIndexSource  # noqa: E402

prefix, url, time = sys.argv[1:]
if prefix.endswith("/timegate/"):
    root = prefix[: -len("timegate/")]
    source = MementoIndexSource(prefix + "{url}", root + "timemap/link/{url}", root + "memento/{timestamp}/{url}")
else:
    source = MementoIndexSource.init_from_string("memento+" + prefix)
key = canonicalize(url).encode()
listed = list(source.load_index({"url": url, "key": key}))
print(json.dumps({"timestamps": [str(item["timestamp"]) for item in listed]}))
found = source.load_index({"url": url, "key": key, "closest": time})
closest = next(iter(cdx_sort_closest(time, found, limit=1)))
answer = requests.get(closest["load_url"], timeout=30)
print(
    json.dumps(
        {
            "closest": str(closest["timestamp"]),
            "status": answer.status_code,
            "sha256": hashlib.sha256(answer.content).hexdigest(),
            "memento-datetime": answer.headers.get("Memento-Datetime"),
        }
    )
)
