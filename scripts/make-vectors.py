#!/usr/bin/env python3
"""Writes Tests/Vectors: what archive/FORMAT.md and manifests/FORMAT.md say, computed without stet.

    scripts/make-vectors.py             checks the committed signatures against what it computes, writes the rest anew
    scripts/make-vectors.py --new-key   signs everything anew with a throwaway key, which is not kept

article-keys.json and timestamps.json are not computed: they were decided, and are edited by hand.
"""
import base64, hashlib, json, os, struct, subprocess, sys, tempfile

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "Vectors")


def canonical(value):
    def ordered(value):
        if isinstance(value, dict):
            return {name: ordered(value[name]) for name in sorted(value, key=lambda name: name.encode("utf-16-be"))}
        return [ordered(item) for item in value] if isinstance(value, list) else value
    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def leaf(line):
    return hashlib.sha256(b"\0" + line).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def split(n):
    return 1 << ((n - 1).bit_length() - 1)


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    return node(root(leaves[:split(len(leaves))]), root(leaves[split(len(leaves)):]))


def path(m, d):
    if len(d) < 2:
        return []
    k = split(len(d))
    return path(m, d[:k]) + [root(d[k:])] if m < k else path(m - k, d[k:]) + [root(d[:k])]


def proof(m, d, whole=True):
    if m == len(d):
        return [] if whole else [root(d)]
    k = split(len(d))
    return proof(m, d[:k], whole) + [root(d[k:])] if m <= k else proof(m - k, d[k:], False) + [root(d[:k])]


def hexes(hashes):
    return [item.hex() for item in hashes]


def write(name, value):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=True, indent=1)
        file.write("\n")


# JSON

def canonical_json():
    inputs = [
        ("the sorting example of RFC 8785, 3.2.3",
         r'{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",'
         r'"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}'),
        ("the string of RFC 8785, 3.2.2", r'"\u20ac$\u000F\u000aA'"'"r'\u0042\u0022\u005c\\\"\/"'),
        ("all short escapes", r'"\b\t\n\f\r\"\\\/"'),
        ("all control characters", '"' + "".join(f"\\u{code:04X}" for code in range(32)) + '"'),
        ("DEL and line separators are not escaped", r'"\u007f\u0080\u2028\u2029"'),
        ("a pair of surrogates becomes one character", r'"\ud834\udd1e"'),
        ("text is not normalised", r'["\u00e9","e\u0301","\u212b","\u00c5"]'),
        ("names that look alike are different names", r'{"e\u0301":1,"\u00e9":2}'),
        ("right to left", '"\\u0645\\u0631\\u062d\\u0628\\u0627"'),
        ("noncharacters are text", r'"\uffff\udbff\udfff"'),
        ("white space", " { \"b\" :\t[ 1 ,\r\n2 , { } , [ ] ] , \"a\" : null } "),
        ("short names first", '{"aa":1,"a":2,"":3,"A":4,"10":5,"9":6}'),
        ("nested objects are sorted too", '{"z":{"b":1,"a":[{"d":0,"c":0}]},"y":true,"x":false}'),
        ("the largest integers", "[9007199254740991,-9007199254740991,0,-1,10]"),
        ("empty things", '["",[],{}]'),
        ("63 levels and a value in them", "[" * 63 + "1" + "]" * 63),
        ("64 levels", "[" * 64 + "]" * 64),
    ]
    write("canonical-json.json", [
        {"name": name, "input": text, "hex": canonical(json.loads(text)).hex()} for name, text in inputs])


def refused_json():
    always = {
        "nothing": b"", "white space alone": b" \n", "two values": b"1 2", "a comma at the end of a list": b"[1,]",
        "a comma at the end of an object": b'{"a":1,}', "a comma at the beginning": b"[,1]", "no comma": b"[1 2]",
        "no colon": b'{"a" 1}', "a name that is no string": b"{a:1}", "a number as a name": b"{1:1}", "single quotes": b"'a'",
        "a comment": b"/**/1", "an open list": b"[1", "an open object": b'{"a":1', "an open string": b'"a', "the wrong bracket": b"[1}",
        "half a word": b"tru", "a word too long": b"truex", "a word in capitals": b"True", "NaN": b"NaN", "Infinity": b"-Infinity",
        "a byte order mark": b'\xef\xbb\xbf"a"', "UTF-16": '"a"'.encode("utf-16-le"), "a no-break space": b"\xc2\xa01",
        "a form feed as white space": b"\x0c1", "a name twice": b'{"a":1,"a":1}', "a name twice, escaped once": b'{"a":1,"\\u0061":2}',
        "a name twice, deep inside": b'[{"x":{"b":0,"c":0,"b":0}}]', "a fraction": b"1.0", "an exponent": b"1e2", "an empty fraction": b"1.",
        "minus zero": b"-0", "a leading zero": b"01", "a negative leading zero": b"-01", "a plus sign": b"+1", "a minus sign alone": b"-",
        "hexadecimal": b"0x10", "2^53": b"9007199254740992", "-2^53": b"-9007199254740992", "the smallest 64-bit number": b"-9223372036854775808",
        "the largest 64-bit number": b"9223372036854775807", "a number beyond 64 bits": b"18446744073709551617",
        "a very long number": b"1" * 5000, "Arabic digits": "\u0661".encode(), "a raw newline in a string": b'"a\nb"', "a raw NUL in a string": b'"\x00"',
        "a raw tab in a string": b'"\t"', "an unknown escape": b'"\\x41"', "an escaped single quote": b'"\\\'"', "half an escape": b'"\\u12"',
        "an escape without digits": b'"\\uzzzz"', "a sign in an escape": b'"\\u+123"', "an escape with a capital U": b'"\\U0041"',
        "a high surrogate alone": b'"\\ud834"', "a low surrogate alone": b'"\\udd1e"', "surrogates the wrong way round": b'"\\udd1e\\ud834"',
        "two high surrogates": b'"\\ud834\\ud834"', "a high surrogate before text": b'"\\ud834x"', "an encoded surrogate": b'"\xed\xa0\xb4"',
        "an overlong slash": b'"\xc0\xaf"', "a byte of Latin-1": b'"\xe9"', "a cut UTF-8 sequence": b'"\xe2\x82"', "beyond U+10FFFF": b'"\xf4\x90\x80\x80"',
        "a continuation byte alone": b'"\x80"', "65 levels": b"[" * 65 + b"]" * 65, "a value in 64 levels": b"[" * 64 + b"1" + b"]" * 64,
        "65 levels of objects": b'{"a":' * 65 + b"1" + b"}" * 65, "a hundred thousand levels": b"[" * 100000,
    }
    spelling = {
        "a space before": b' {"a":1}', "a newline after": b'{"a":1}\n', "a space inside": b'{"a": 1}', "names out of order": b'{"b":1,"a":2}',
        "names in the order of code points": '{"\ufb33":1,"\U0001f600":2}'.encode(), "an escaped slash": b'"\\/"', "an escaped letter": b'"\\u0061"',
        "a long escape for a newline": b'"\\u000a"', "capital digits in an escape": b'"\\u001F"', "an escaped DEL": b'"\\u007f"',
        "escaped surrogates": b'"\\ud834\\udd1e"',
    }
    def row(name, data, refused):
        return {"name": name, "refused": refused, **({"repeat": len(data), "hex": "5b"} if len(data) > 9999 else {"hex": data.hex()})}
    write("refused-json.json", [row(*item, "always") for item in always.items()] + [row(*item, "as canonical") for item in spelling.items()])


# Hashes and trees

def hashes():
    rows = [(b"", 1), (b"abc", 1), (b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1), (b"a", 1000000), (bytes(range(256)), 1)]
    rows = [{"hex": data.hex(), "repeat": times, "sha256": sha256(data * times), "leafHash": leaf(data * times).hex()} for data, times in rows]
    assert rows[1]["sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    write("hashes.json", rows)


def merkle():
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [leaf(bytes.fromhex(item)) for item in inputs]
    roots = [root(leaves[:size]).hex() for size in range(9)]
    # As published with the Certificate Transparency reference implementation.
    assert roots[1:] == [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"]
    assert [item[:8] for item in hexes(path(5, leaves))] == ["bc1a0643", "ca854ea1", "d37ee418"]
    assert [item[:8] for item in hexes(proof(6, leaves))] == ["0ebc5d34", "ca854ea1", "d37ee418"]
    write("merkle.json", {
        "leaves": inputs, "leafHashes": hexes(leaves), "roots": roots,
        "inclusion": [{"index": index, "size": size, "path": hexes(path(index, leaves[:size]))} for size in range(1, 9) for index in range(size)],
        "consistency": [{"from": old, "to": new, "path": hexes(proof(old, leaves[:new]))} for new in range(1, 9) for old in range(1, new + 1)]})


# Documents

def build_log(key):
    def salted(kind, number, **members):
        return {"format": 1, "kind": kind, "salt": sha256(b"salt %d" % number)[:32], **members}
    def capture(number, payload, at, via, **members):
        return salted("capture", number, payload=sha256(payload), size=len(payload), capturedAt=at, mediaType=members.pop("mediaType", "text/html"),
                      outcome="ok", via={"tool": "stet/0.1.0", **via}, **members)
    page = "https://www.example.org/news/2026/bridge"
    details = [
        salted("genesis", 0, key=key, name="press desk", tool="stet/0.1.0"),
        capture(1, b"<p>The bridge is open.</p>\n", "2026-03-02T06:40:00Z", {"source": "file", "path": "bridge.html"}, url=page),
        capture(2, b"<p>The bridge is closed.</p>\n", "2026-03-02T07:15:30.250Z", {"source": "file", "path": "bridge.html"}, url=page),
        capture(3, "\u0645\u0631\u062d\u0628\u0627\n".encode(), "0000-01-01T00:00:00Z", {"source": "folder", "path": "\u0623\u062e\u0628\u0627\u0631/\U0001f600 \"1\".txt"},
                mediaType="text/plain; charset=utf-8"),
        capture(4, b"", "9999-12-31T23:59:59.999Z", {"source": "stdin"}, article="example.org/empty", mediaType="application/octet-stream"),
        capture(5, b"<p>Gone.</p>\n", "2026-03-03T00:00:00Z", {"source": "file", "path": "gone.html"}, url=page, status=410, headers=sha256(b"HTTP/1.1 410 Gone\r\n\r\n")),
        salted("custody", 6, action="restore", origin=sha256(b"another origin"), manifest=sha256(b"its manifest"), size=12,
               signedBy="SHA256:" + base64.b64encode(hashlib.sha256(b"its key").digest()).decode().rstrip("="), tool="stet/0.1.0"),
        capture(7, b"<p>The bridge is closed.</p>\n", "2026-03-04T08:00:00.001Z", {"source": "file", "path": "bridge.html"}, url=page),
    ]
    times = ["2026-03-02T06:41:00Z"] + [f"2026-03-0{3 + index // 4}T09:00:00.{index:03}Z" for index in range(1, len(details))]
    lines, origin = [], None
    for index, detail in enumerate(details):
        line = {"detail": sha256(canonical(detail)), "format": 1, "index": index, "kind": detail["kind"], "recordedAt": times[index]}
        if index:
            line["origin"] = origin
        lines.append(line)
        if not index:
            origin = leaf(canonical(line)).hex()
    return origin, lines, details


def build_documents(origin, lines):
    leaves = [leaf(canonical(line)) for line in lines]
    def head(size):
        return {"root": root(leaves[:size]).hex(), "size": size}
    others = sorted([sha256(b"another origin"), sha256(b"a third origin")])
    first = {"counts": {"captures": 2}, "created": "2026-03-03T10:00:00Z", "format": 1, "heads": [], "log": head(3), "message": "", "name": "press desk",
             "number": 1, "origin": origin}
    second = {**first, "counts": {"captures": 6}, "created": "2026-03-05T10:00:00.125Z", "log": head(8), "number": 2,
              "message": "After the \u201creopening\u201d \u2014 \u0627\u0644\u062c\u0633\u0631\n", "previous": sha256(canonical(first) + b"\n"),
              "heads": [{"origin": other, "root": sha256(b"root of " + other.encode()), "size": 12} for other in others]}
    packing = {"buildsOn": [], "bytes": 4711, "contentBytes": 20480, "file": f"{origin}-3-8.tar.zst", "format": 1, "from": 3,
               "manifest": sha256(canonical(second) + b"\n"), "objects": 9, "origin": origin, "sha256": sha256(b"a bundle"), "to": 8}
    return {"manifest 1": first, "manifest 2": second, "packing list": packing}


def build_other_details(origin, lines):
    """Details of kinds that the log has none of, or not in every shape."""
    def salted(kind, number, **members):
        return {"format": 1, "kind": kind, "salt": sha256(b"salt %d" % number)[:32], "tool": "stet/0.1.0", **members}
    log = {"origin": sha256(b"another origin"), "manifest": sha256(b"its manifest"), "size": 12,
           "signedBy": "SHA256:" + base64.b64encode(hashlib.sha256(b"its key").digest()).decode().rstrip("=")}
    target = {"origin": origin, "index": 2, "leaf": leaf(canonical(lines[2])).hex()}
    body = {"capturedAt": "2026-03-04T09:00:00Z", "format": 1, "kind": "capture", "mediaType": "text/html", "outcome": "ok",
            "payload": sha256(b"a page"), "salt": sha256(b"salt 31")[:32], "size": 6, "url": "https://post.example/\u0628",
            "via": {"source": "file", "tool": "stet/0.1.0"}}
    tail = {"detail": sha256(canonical(body)), "format": 1, "index": 9, "kind": "capture", "origin": sha256(b"another origin"),
            "recordedAt": "2026-03-04T09:00:01Z"}
    def adopted(number, **members):
        return {"format": 1, "kind": "adopted", "salt": sha256(b"salt %d" % number)[:32],
                "line": canonical(tail).decode(), **members}
    return {
        "an adopted capture": adopted(30, body=canonical(body).decode()),
        "an adopted line without its detail": adopted(32),
        "a restore that says from where": salted("custody", 20, action="restore", place="stick", **log),
        "an import": salted("custody", 21, action="import", first=7, place="https://news.example.org/remote", **log),
        "an adoption": salted("custody", 22, action="adopt", first=2, place="\u0646\u0633\u062e\u0629 2", origin=log["origin"], size=9, root=sha256(b"a root")),
        "an export": salted("custody", 23, action="export", form="files", captures=6, place="pages"),
        "a repair": salted("custody", 24, action="repair", objects=3, lines=0, places=[]),
        "a repair from elsewhere": salted("custody", 25, action="repair", objects=3, lines=2, places=["stick", "s3://bucket/press"]),
        "a note": salted("note", 26, target=target, text="The council disputes this.\n\u202e \u0007", tags=["disputed", "\u00e9"], untags=["checked"]),
        "a note of tags alone": salted("note", 27, target=target, tags=["disputed"]),
        "a withdrawal": salted("withdrawal", 28, target=target, reason="It names a source."),
        "a withdrawal of another origin's": salted("withdrawal", 29, target={**target, "origin": sha256(b"another origin")}, reason="x" * 4096),
    }


def refused_documents(origin, lines, details, documents, others):
    line, genesis, capture, packing = lines[1], lines[0], details[1], documents["packing list"]
    first, second = documents["manifest 1"], documents["manifest 2"]
    restore, taking, export, repair, note, gone = (others[name] for name in [
        "a restore that says from where", "an import", "an export", "a repair from elsewhere", "a note of tags alone", "a withdrawal"])
    def without(value, name):
        return {key: item for key, item in value.items() if key != name}
    rows = [(kind, why, canonical(value) + end) for kind, end, cases in [
        ("line", b"", {
            "an unknown member": {**line, "note": "x"}, "no detail": without(line, "detail"), "a later format": {**line, "format": 2},
            "format as text": {**line, "format": "1"}, "a negative index": {**line, "index": -1}, "an index as text": {**line, "index": "1"},
            "genesis elsewhere": {**line, "kind": "genesis"}, "genesis elsewhere, without origin": {**without(line, "origin"), "kind": "genesis"},
            "a capture at 0": {**line, "index": 0}, "a genesis line with an origin": {**genesis, "origin": origin}, "no origin": without(line, "origin"),
            "an unknown kind": {**line, "kind": "remark"}, "a kind in capitals": {**line, "kind": "Capture"}, "a hash in capitals": {**line, "detail": "AB" * 32},
            "a short hash": {**line, "detail": "ab" * 31}, "a long hash": {**line, "detail": "ab" * 33}, "a time with an offset": {**line, "recordedAt": "2026-03-02T06:41:00+00:00"},
            "a time with zero milliseconds": {**line, "recordedAt": "2026-03-02T06:41:00.000Z"}, "a time with microseconds": {**line, "recordedAt": "2026-03-02T06:41:00.123456Z"},
            "a leap second": {**line, "recordedAt": "2016-12-31T23:59:60Z"}, "no such day": {**line, "recordedAt": "2026-02-29T00:00:00Z"}, "no object": [line]}),
        ("line", b"\n", {"a newline": line}),
        ("detail", b"", {
            "an unknown member": {**capture, "note": "x"}, "an unknown member in via": {**capture, "via": {**capture["via"], "host": "x"}},
            "no salt": without(capture, "salt"), "a short salt": {**capture, "salt": "ab" * 15}, "a salt in capitals": {**capture, "salt": "AB" * 16},
            "a reserved kind": {**capture, "kind": "note"}, "no kind": without(capture, "kind"), "a negative size": {**capture, "size": -1},
            "a status as text": {**capture, "status": "200"}, "null for nothing": {**capture, "url": None}, "via as text": {**capture, "via": "file"},
            "a later format": {**capture, "format": 2}, "a time with a space": {**capture, "capturedAt": "2026-03-02 06:40:00Z"}, "a member of another kind": {**details[0], "url": "x"},
            "an unknown action": {**restore, "action": "move"}, "a restore with an import's member": {**restore, "first": 0}, "a restore with an empty place": {**restore, "place": ""},
            "a path for a place": {**restore, "place": "/media/stick"}, "a relative path for a place": {**restore, "place": "media/stick"},
            "the folder above for a place": {**restore, "place": ".."}, "a file URL": {**restore, "place": "file:///media/stick"},
            "a URL with a user": {**restore, "place": "https://desk:secret@example.org/remote"}, "a URL with a query": {**restore, "place": "https://example.org/remote?key=1"},
            "a URL with a space": {**restore, "place": "https://example.org/a b"}, "an import without its first line": without(taking, "first"), "an import from nowhere": without(taking, "place"),
            "an export of a log": {**export, "origin": origin}, "an export in no form": {**export, "form": ""}, "a form in capitals": {**export, "form": "WARC"},
            "a repair with one place": {**without(repair, "places"), "place": "stick"}, "a repair without places": without(repair, "places"), "a negative count": {**repair, "objects": -1},
            "a note that says nothing": without(note, "tags"), "a note with an empty text": {**note, "text": ""}, "a note with no tags in a list": {**note, "untags": []},
            "tags out of order": {**note, "tags": ["b", "a"]}, "a tag twice": {**note, "tags": ["a", "a"]}, "a tag put on and taken off": {**note, "untags": note["tags"]},
            "a tag with a space": {**note, "tags": ["a b"]}, "an empty tag": {**note, "tags": [""]}, "a tag with a control character": {**note, "tags": ["a\u001b"]},
            "a tag with a directional override": {**note, "tags": ["a\u202e"]}, "a tag of 101 bytes": {**note, "tags": ["a" * 101]}, "33 tags": {**note, "tags": [f"t{i:02}" for i in range(33)]},
            "a note of 16,385 bytes": {**note, "text": "a" * 16385}, "a note on nothing": without(note, "target"), "a target without its leaf": {**note, "target": without(note["target"], "leaf")},
            "a target with another member": {**note, "target": {**note["target"], "url": "x"}}, "a withdrawal without a reason": without(gone, "reason"),
            "a withdrawal with an empty reason": {**gone, "reason": ""}, "a withdrawal with a reason of 4,097 bytes": {**gone, "reason": "x" * 4097},
            "a withdrawal that names what is gone": {**gone, "payload": sha256(b"")}, "a withdrawal as a note": {**gone, "kind": "note"}}),
        ("detail", b"\n", {"a newline": capture}),
        ("manifest", b"", {"no newline": first}), ("manifest", b"\n\n", {"two newlines": first}), ("manifest", b"\r\n", {"a carriage return": first}),
        ("manifest", b"\n", {
            "number 0": {**first, "number": 0}, "number 1 with a predecessor": {**first, "previous": sha256(b"")}, "number 2 without": without(second, "previous"),
            "heads out of order": {**second, "heads": second["heads"][::-1]}, "an origin twice in heads": {**second, "heads": second["heads"][:1] * 2},
            "its own head": {**first, "heads": [{"origin": origin, "root": sha256(b""), "size": 1}]}, "as many captures as lines": {**first, "counts": {"captures": 3}},
            "an empty log": {**first, "counts": {"captures": 0}, "log": {"root": sha256(b""), "size": 0}}, "an unknown member": {**first, "note": "x"},
            "an unknown count": {**first, "counts": {"captures": 2, "edits": 1}}, "an unknown member in log": {**first, "log": {**first["log"], "x": 1}},
            "null for no predecessor": {**first, "previous": None}, "no message": without(first, "message"), "a later format": {**first, "format": 2}, "heads as an object": {**first, "heads": {}}}),
        ("packing list", b"", {"no newline": packing}), ("packing list", b"\n\n", {"two newlines": packing}),
        ("packing list", b"\n", {
            "no lines": {**packing, "from": 8, "file": f"{origin}-8-8.tar.zst"}, "lines backwards": {**packing, "from": 9, "file": f"{origin}-9-8.tar.zst"},
            "a file of another range": {**packing, "from": 2}, "a file in a folder": {**packing, "file": "../" + packing["file"]},
            "a file of another kind": {**packing, "file": packing["file"] + ".exe"}, "negative bytes": {**packing, "bytes": -1}, "buildsOn that is no hash": {**packing, "buildsOn": ["x"]},
            "an unknown member": {**packing, "note": "x"}, "no manifest": without(packing, "manifest"), "withheld as an empty list": {**packing, "withheld": []}, "withheld out of order": {**packing, "withheld": [5, 4]},
            "a line withheld twice": {**packing, "withheld": [4, 4]}, "withheld before its lines": {**packing, "withheld": [2]}, "withheld behind its lines": {**packing, "withheld": [8]},
            "withheld as text": {**packing, "withheld": ["4"]}, "a later format": {**packing, "format": 2}}),
    ] for why, value in cases.items()]
    write("refused-documents.json", [{"document": kind, "name": why, "text": data.decode()} for kind, why, data in rows])


# Signatures

def ssh_string(data):
    return struct.pack(">I", len(data)) + data


def armor(blob, width=70, newline="\n"):
    text = base64.b64encode(blob).decode()
    lines = [text[at:at + width] for at in range(0, len(text), width)]
    return newline.join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""])


def dearmor(text):
    return base64.b64decode("".join(text.splitlines()[1:-1]))


def refused_signatures(signed, other):
    text, blob = signed["signature"], dearmor(signed["signature"])
    assert armor(blob) == text
    lines = text.split("\n")
    def changed(old, new):
        assert blob.count(old) == 1
        return armor(blob.replace(old, new))
    def flipped(at):
        return armor(blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1:])
    last = lines[-3]
    assert last.endswith("==") and last[-3] in "AQgw"
    rows = {
        "a signature over another document": other["signature"], "nothing": "", "no base64": "\n".join([lines[0], lines[-2], ""]),
        "carriage returns": text.replace("\n", "\r\n"), "lines of 76 columns": armor(blob, 76), "one long line": armor(blob, 9999), "no newline at the end": text[:-1],
        "a newline too many": text + "\n", "text before": "Signed by the desk\n" + text, "text after": text + "The desk\n", "two signatures": text + text,
        "a space at a line's end": text.replace("\n", " \n", 2), "an empty line": text.replace("\n", "\n\n", 1), "another label": text.replace("SSH SIGNATURE", "PGP SIGNATURE"),
        "no padding": text.replace("=", ""), "unused bits of the base64 that are not zero": text.replace(last, last[:-3] + chr(ord(last[-3]) + 1) + "=="),
        "another magic": changed(b"SSHSIG", b"SSHSIH"), "version 2": armor(blob[:9] + b"\x02" + blob[10:]), "bytes after the signature": armor(blob + b"\0"),
        "a cut blob": armor(blob[:-1]), "a reserved field that is not empty": changed(ssh_string(b"") + ssh_string(b"sha512"), ssh_string(b"x") + ssh_string(b"sha512")),
        "an unknown hash": changed(b"sha512", b"sha384"), "another hash than was signed": changed(b"sha512", b"sha256"),
        "a bit of the signature": flipped(-1), "a bit of the key": flipped(40),
        "another namespace than was signed": changed(ssh_string(signed["namespace"].encode()), ssh_string(b"stet-elsewhere")),
    }
    write("refused-signatures.json", [{"name": name, "document": signed["name"], "signature": value} for name, value in rows.items()])


def verify(key, namespace, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in [("signers", f"desk {key}\n"), ("sig", signature)]:
            with open(f"{folder}/{name}", "w") as file:
                file.write(text)
        done = subprocess.run(["ssh-keygen", "-q", "-Y", "verify", "-f", f"{folder}/signers", "-I", "desk", "-n", namespace, "-s", f"{folder}/sig"],
                              input=message, stdout=subprocess.DEVNULL)
        return done.returncode == 0


def sign(private, namespace, message, algorithm):
    return subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-O", f"hashalg={algorithm}", "-f", private, "-n", namespace],
                          input=message, stdout=subprocess.PIPE, check=True).stdout.decode()


def made_key(folder, name, options):
    subprocess.run(["ssh-keygen", "-q", *options.split(), "-N", "", "-C", "", "-f", f"{folder}/{name}"], check=True)
    with open(f"{folder}/{name}.pub") as file:
        return " ".join(file.read().split()[:2])


KINDS = ["-t ed25519", "-t ecdsa -b 256", "-t ecdsa -b 384", "-t ecdsa -b 521", "-t rsa -b 2048", "-t rsa -b 3072"]


def kinds(old):
    """A signature by a key of each kind, in both hashes: the committed ones, checked, or new ones."""
    def row(options, algorithm):
        with tempfile.TemporaryDirectory() as folder:
            key = made_key(folder, "key", options)
            text = f"signed with {options} and {algorithm}\n"
            return {"key": key, "namespace": "stet-manifest", "text": text, "signature": sign(f"{folder}/key", "stet-manifest", text.encode(), algorithm)}
    rows = old or [row(options, algorithm) for options in KINDS for algorithm in ["sha256", "sha512"]]
    for item in rows:
        if not verify(item["key"], item["namespace"], item["text"].encode(), item["signature"]):
            sys.exit("signatures.json: a committed signature is not valid; see --new-key")
    write("signatures.json", rows)


def key_change(old):
    """A log that is handed over twice: Ed25519, then ECDSA, then RSA."""
    def statement(origin, index, key, previous):
        return canonical({"format": 1, "index": index, "key": key, "origin": origin, "previous": previous}) + b"\n"
    if not old:
        origin, places = sha256(b"an origin"), [2, 5]
        with tempfile.TemporaryDirectory() as folder:
            keys = [made_key(folder, f"key{at}", KINDS[at]) for at in [0, 1, 4]]
            names = [f"{folder}/key{at}" for at in [0, 1, 4]]
            changes = []
            for at, index in enumerate(places):
                message = statement(origin, index, keys[at + 1], keys[at])
                changes.append({"index": index, "detail": canonical({
                    "format": 1, "kind": "keyChange", "salt": sha256(b"change %d" % index)[:32], "key": keys[at + 1], "previous": keys[at], "tool": "stet/0.1.0",
                    "signedByPrevious": sign(names[at], "stet-key-change", message, "sha512"),
                    "signedByKey": sign(names[at + 1], "stet-key-change", message, "sha512")}).decode()})
        old = {"origin": origin, "genesisKey": keys[0], "changes": changes}
    force, previous = {}, old["genesisKey"]
    changes = {item["index"]: json.loads(item["detail"]) for item in old["changes"]}
    for size in range(1, 8):
        change = changes.get(size - 1)
        if change:
            message = statement(old["origin"], size - 1, change["key"], previous)
            for signer, name in [(previous, "signedByPrevious"), (change["key"], "signedByKey")]:
                if change["previous"] != previous or not verify(signer, "stet-key-change", message, change[name]):
                    sys.exit("key-change.json: a committed signature is not valid; see --new-key")
            previous = change["key"]
        force[size] = previous
    write("key-change.json", {
        "origin": old["origin"], "genesisKey": old["genesisKey"],
        "changes": [{**item, "id": sha256(item["detail"].encode()), "statement": statement(
            old["origin"], item["index"], changes[item["index"]]["key"], changes[item["index"]]["previous"]).decode()} for item in old["changes"]],
        "keyAtSize": [{"size": size, "key": key} for size, key in force.items()]})


def committed(name):
    path = os.path.join(FOLDER, name)
    if "--new-key" in sys.argv or not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    kinds(committed("signatures.json"))
    key_change(committed("key-change.json"))
    with tempfile.TemporaryDirectory() as folder:
        private, old = f"{folder}/key", None
        if "--new-key" in sys.argv:
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", private], check=True)
            with open(private + ".pub") as file:
                key = " ".join(file.read().split()[:2])
        else:
            with open(os.path.join(FOLDER, "documents.json"), encoding="utf-8") as file:
                old = json.load(file)
            key = old["key"]
        origin, lines, details = build_log(key)
        documents = build_documents(origin, lines)
        signed = []
        for name, value in documents.items():
            message = canonical(value) + b"\n"
            namespace = "stet-bundle" if name == "packing list" else "stet-manifest"
            # One with the other hash that readers accept.
            algorithm = "sha256" if name == "manifest 1" else "sha512"
            signature = next(item["signature"] for item in old["documents"] if item["name"] == name) if old else sign(private, namespace, message, algorithm)
            if not verify(key, namespace, message, signature):
                sys.exit(f"{name}: the committed signature is not over what is computed now; see --new-key")
            file = f"{origin}-{value['number']}.json" if "number" in value else value["file"].replace(".tar.zst", ".json")
            signed.append({"name": name, "file": file, "text": message.decode(), "id": sha256(message), "namespace": namespace, "signature": signature})
    blob = base64.b64decode(key.split()[1])
    fingerprint = "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    canonical_json(), refused_json(), hashes(), merkle()
    leaves = [leaf(canonical(line)) for line in lines]
    write("log.json", {
        "origin": origin, "details": [{"text": canonical(item).decode(), "id": sha256(canonical(item))} for item in details],
        "lines": [{"text": canonical(line).decode(), "leafHash": leaf(canonical(line)).hex()} for line in lines],
        "roots": [root(leaves[:size]).hex() for size in range(len(leaves) + 1)]})
    write("documents.json", {"key": key, "fingerprint": fingerprint, "documents": signed})
    others = build_other_details(origin, lines)
    withholding = canonical({**documents["packing list"], "withheld": [3, 5]}) + b"\n"
    write("other-details.json", {
        "details": [{"name": name, "text": canonical(item).decode(), "id": sha256(canonical(item))} for name, item in others.items()],
        "packingList": {"text": withholding.decode(), "id": sha256(withholding)}})
    refused_documents(origin, lines, details, documents, others)
    refused_signatures(signed[2], signed[1])


main()
