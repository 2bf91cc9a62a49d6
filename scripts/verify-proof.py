#!/usr/bin/env python3
"""Checks a proof that `stet prove` wrote, without stet.

Written from manifests/FORMAT.md, section 12, with Python's standard library and ssh-keygen as a process (and openssl as a process
where there is a timestamp). It reads one file, asks nobody, and needs no archive.

    verify-proof.py PROOF.json --key KEY.pub              the key that must have signed
    verify-proof.py PROOF.json --signers FILE             or an OpenSSH allowed_signers file with the keys you trust
    verify-proof.py PROOF.json                            or neither: says whose fingerprint it is, and exits with 12

Exits with 0 if the proof holds and its signer is trusted, 12 if it is not to be believed, 13 if it is damaged or changed, 64 or 66 if
it was called wrongly. Prints one JSON object: "code" is "ok" or says what is wrong.
"""
import argparse
import base64
import datetime
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import tempfile

LARGEST_PROOF = 134_217_728
LARGEST_CONTENT = 16_777_216
LARGEST_DETAIL = 65_536
LARGEST_TIMESTAMP = 65_536
LONGEST_PATH = 63
MOST_KEY_CHANGES = 4096
# Members of a capture's detail, and of a proof, for what came with the payload.
ATTACHMENTS = ("headers", "transport", "certificates")
LARGEST_INTEGER = 2**53 - 1
DEEPEST = 64
NAMESPACE = "stet-manifest"
KEY_CHANGE = "stet-key-change"
DISTRUSTED = {
    "badSignature", "wrongNamespace", "malformedManifest", "wrongGenesis", "otherOrigin", "notInLog", "notTheOriginsKey",
    "badKeyChange", "badTimestamp", "otherKey", "unknownKey", "keyNotValidThen",
}


class Refused(Exception):
    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code


class Malformed(Exception):
    """A document that does not follow its format; whoever reads it says which."""


def sha256(data):
    return hashlib.sha256(data).hexdigest()


# Section 1: canonical JSON


def parse_canonical(data):
    """The value, if `data` is exactly its canonical form."""

    def members(pairs):
        names = [name for name, _ in pairs]
        if len(set(names)) != len(names):
            raise Malformed("a name stands twice in one object")
        return dict(pairs)

    def refuse(text):
        raise Malformed(f"a number that is no plain integer: {text[:40]}")

    def integer(text):
        if len(text) > 17 or abs(int(text)) > LARGEST_INTEGER or text == "-0":
            refuse(text)
        return int(text)

    try:
        text = data.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=members, parse_float=refuse, parse_int=integer, parse_constant=refuse)
        depth(value)
        again = canonical(value)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"it is no JSON ({type(error).__name__})") from None
    if again != data:
        raise Malformed("it is not in canonical form")
    return value


def depth(value, above=0):
    if above >= DEEPEST:
        raise Malformed("too many levels")
    if isinstance(value, dict):
        for item in value.values():
            depth(item, above + 1)
    elif isinstance(value, list):
        for item in value:
            depth(item, above + 1)


def canonical(value):
    if isinstance(value, dict):
        ordered = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))
        return b"{" + b",".join(canonical(name) + b":" + canonical(item) for name, item in ordered) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    if isinstance(value, str):
        # Python escapes exactly what RFC 8785 wants escaped, and in the same spelling.
        return json.dumps(value, ensure_ascii=False).encode("utf-8")
    return json.dumps(value).encode()


# Types of members. A reader names those that must be there and those that may, and refuses all others.

HASH = re.compile(r"[0-9a-f]{64}\Z")
TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?Z\Z", re.ASCII)


def is_text(value):
    return isinstance(value, str)


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_hash(value):
    return isinstance(value, str) and HASH.match(value) is not None


def is_salt(value):
    return isinstance(value, str) and re.match(r"[0-9a-f]{32}\Z", value) is not None


def is_time(value):
    match = TIME.match(value) if isinstance(value, str) else None
    if not match or match[7] == "000":
        return False
    year, month, day, hour, minute, second = (int(match[group]) for group in range(1, 7))
    # The year 0000 is none to Python; it has the days of 2000.
    try:
        datetime.datetime(year or 2000, month, day, hour, minute, second)
    except ValueError:
        return False
    return True


def is_one(value):
    return is_count(value) and value == 1


def check_members(value, required, optional=None):
    optional = optional or {}
    if not isinstance(value, dict):
        raise Malformed("it is no object")
    for name in value:
        if name not in required and name not in optional:
            raise Malformed(f"{name!r} is not part of the format")
    for name, is_right in required.items():
        if name not in value or not is_right(value[name]):
            raise Malformed(f"{name!r} is missing or not what it must be")
    for name, is_right in optional.items():
        if name in value and not is_right(value[name]):
            raise Malformed(f"{name!r} is not what it must be")


# Sections 2, 4 and 5: lines, details, manifests

KINDS = {"genesis", "capture", "note", "custody", "withdrawal", "keyChange", "adopted"}


def parse_line(data):
    line = parse_canonical(data)
    required = {
        "format": is_one, "index": is_count, "kind": lambda kind: is_text(kind) and kind in KINDS, "recordedAt": is_time,
        "detail": is_hash,
    }
    is_first = isinstance(line, dict) and line.get("kind") == "genesis"
    check_members(line, required if is_first else required | {"origin": is_hash})
    if (line["index"] == 0) != is_first:
        raise Malformed("only line 0 is the genesis")
    return line


def parse_detail(data, kind):
    if len(data) > LARGEST_DETAIL:
        raise Malformed("it is too large")
    detail = parse_canonical(data)
    common = {"format": is_one, "kind": lambda found: found == kind, "salt": is_salt}
    if kind == "genesis":
        check_members(detail, common | {"key": is_text, "name": is_text, "tool": is_text})
    elif kind == "capture":
        check_members(
            detail,
            common | {
                "capturedAt": is_time, "payload": is_hash, "size": is_count, "mediaType": is_text, "outcome": is_text,
                "via": lambda via: isinstance(via, dict),
            },
            {"url": is_text, "article": is_text, "status": is_count} | dict.fromkeys(ATTACHMENTS, is_hash))
        check_members(detail["via"], {"source": is_text, "tool": is_text}, {"path": is_text})
    elif kind == "keyChange":
        names = ("key", "previous", "signedByPrevious", "signedByKey", "tool")
        check_members(detail, common | dict.fromkeys(names, is_text))
    else:
        raise Malformed(f"details of kind {kind} are not known")
    return detail


def parse_manifest(data):
    if not data.endswith(b"\n"):
        raise Malformed("it does not end with a newline")
    manifest = parse_canonical(data[:-1])
    is_object = lambda value: isinstance(value, dict)
    check_members(
        manifest,
        {
            "format": is_one, "origin": is_hash, "name": is_text, "number": is_count, "created": is_time, "message": is_text,
            "log": is_object, "counts": is_object, "heads": lambda value: isinstance(value, list),
        },
        {"previous": is_hash})
    check_members(manifest["log"], {"root": is_hash, "size": is_count})
    check_members(manifest["counts"], {"captures": is_count})
    for head in manifest["heads"]:
        check_members(head, {"origin": is_hash, "root": is_hash, "size": is_count})
    origins = [head["origin"] for head in manifest["heads"]]
    size = manifest["log"]["size"]
    if (
        manifest["number"] < 1 or ("previous" in manifest) != (manifest["number"] > 1) or size < 1
        or manifest["counts"]["captures"] >= size or origins != sorted(set(origins)) or manifest["origin"] in origins
    ):
        raise Malformed("its members contradict each other")
    return manifest


# Section 12, 1: the proof file


def parse_proof(data):
    if len(data) > LARGEST_PROOF:
        raise Malformed("it is too large")
    if not data.endswith(b"\n"):
        raise Malformed("it does not end with a newline")
    proof = parse_canonical(data[:-1])
    is_object = lambda value: isinstance(value, dict)
    check_members(
        proof,
        {
            "format": is_one, "kind": lambda kind: kind == "proof", "capture": is_object, "genesis": is_object,
            "keyChanges": lambda list_: isinstance(list_, list) and len(list_) <= MOST_KEY_CHANGES, "manifest": is_object,
            "payload": is_object,
        },
        {"timestamp": is_text} | dict.fromkeys(ATTACHMENTS, is_object))
    for entry in [proof["capture"], proof["genesis"]] + proof["keyChanges"]:
        check_members(entry, {"detail": is_text, "line": is_text, "path": lambda path: isinstance(path, list)})
        if len(entry["path"]) > LONGEST_PATH or not all(map(is_hash, entry["path"])):
            raise Malformed("'path' is not what it must be")
    check_members(proof["manifest"], {"signature": is_text, "text": is_text})
    content(proof["payload"], may_lie_beside=True)
    for member in ATTACHMENTS:
        if member in proof:
            content(proof[member], may_lie_beside=False)
    if "timestamp" in proof and len(strict_base64(proof["timestamp"])) > LARGEST_TIMESTAMP:
        raise Malformed("the timestamp is too large")
    return proof


def content(value, may_lie_beside):
    """The bytes, or None where they lie beside the proof."""
    if len(value) != 1:
        raise Malformed("a content has one member")
    check_members(value, {}, {"text": is_text, "base64": is_text} | ({"file": is_hash} if may_lie_beside else {}))
    if "file" in value:
        return None
    if "text" in value:
        data = value["text"].encode("utf-8")
    else:
        data = strict_base64(value["base64"])
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            raise Malformed("what is UTF-8 must be written as text")
    if len(data) > LARGEST_CONTENT:
        raise Malformed("a content is too large to be embedded")
    return data


def strict_base64(text):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise Malformed("it is no base64") from None
    if base64.b64encode(data).decode() != text:
        raise Malformed("it is no base64 in its one spelling")
    return data


# Section 3: the tree


def leaf_hash(line):
    return hashlib.sha256(b"\0" + line).digest()


def root_of(leaf, index, size, path):
    """The root that a path leads to, by recursion over the tree of RFC 6962, 2.1; None if the path has not its length."""
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    half = 1 << ((size - 1).bit_length() - 1)
    if index < half:
        below = root_of(leaf, index, half, path[:-1])
        return below and hashlib.sha256(b"\1" + below + path[-1]).digest()
    below = root_of(leaf, index - half, size - half, path[:-1])
    return below and hashlib.sha256(b"\1" + path[-1] + below).digest()


# Section 7: signatures


def read_string(data, at):
    if at + 4 > len(data):
        raise Malformed("it ends too early")
    length = int.from_bytes(data[at:at + 4], "big")
    if at + 4 + length > len(data):
        raise Malformed("it ends too early")
    return data[at + 4:at + 4 + length], at + 4 + length


def parse_signature(text):
    """The public key and the namespace of an armored SSHSIG, which must be spelled as ssh-keygen spells it."""
    begin, end = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n"
    if not text.startswith(begin) or not text.endswith(end):
        raise Malformed("it is no OpenSSH signature")
    blob = strict_base64(text[len(begin):-len(end)].replace("\n", ""))
    encoded = base64.b64encode(blob).decode()
    lines = [encoded[at:at + 70] for at in range(0, len(encoded), 70)]
    if begin + "".join(line + "\n" for line in lines) + end != text:
        raise Malformed("it is not spelled as ssh-keygen spells it")
    if blob[:10] != b"SSHSIG\0\0\0\1":
        raise Malformed("it is no OpenSSH signature")
    key, at = read_string(blob, 10)
    namespace, at = read_string(blob, at)
    reserved, at = read_string(blob, at)
    algorithm, at = read_string(blob, at)
    _, at = read_string(blob, at)
    if reserved or algorithm not in (b"sha512", b"sha256") or at != len(blob):
        raise Malformed("it has fields that must not be there")
    try:
        return key, namespace.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("its namespace is no text") from None


def ssh_keygen(arguments, message):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SSH_")}
    # verify-time is read as local time.
    environment.update(LC_ALL="C", TZ="UTC")
    return subprocess.run(["ssh-keygen", "-Y", *arguments], input=message, capture_output=True, env=environment)


def is_signed(signature, message, key, namespace):
    with tempfile.NamedTemporaryFile() as file:
        file.write(signature)
        file.flush()
        result = ssh_keygen(["check-novalidate", "-n", namespace, "-s", file.name], message)
    return result.returncode == 0 and fingerprint(key).encode() in result.stdout


def fingerprint(key):
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


def parse_public_key(text):
    words = text.split(" ")
    try:
        blob = base64.b64decode(words[1], validate=True)
        kind, _ = read_string(blob, 0)
    except (IndexError, ValueError, Malformed):
        return None
    return blob if kind.decode("ascii", "replace") == words[0] else None


# Section 12: the checks, in their order


class Proof:
    def __init__(self, data, folder, tsa):
        self.folder, self.tsa, self.time = folder, tsa, None
        try:
            self.proof = parse_proof(data)
        except Malformed as error:
            raise Refused("malformedProof", error) from None
        self.check_signature()
        self.check_manifest()
        self.genesis = self.check_entry(self.proof["genesis"], "genesis")[1]
        if self.key_in_force() != self.key:
            raise Refused("notTheOriginsKey", f"{fingerprint(self.key)} may not sign for this origin")
        self.line, self.detail = self.check_entry(self.proof["capture"], "capture")
        self.check_attachments()
        self.check_payload()
        if "timestamp" in self.proof:
            token = base64.b64decode(self.proof["timestamp"])
            self.time = check_timestamp(token, self.text, self.tsa)

    def check_signature(self):
        self.text = self.proof["manifest"]["text"].encode("utf-8")
        self.signature = self.proof["manifest"]["signature"].encode("utf-8")
        try:
            self.key, namespace = parse_signature(self.proof["manifest"]["signature"])
        except Malformed as error:
            raise Refused("badSignature", error) from None
        if namespace != NAMESPACE:
            raise Refused("wrongNamespace", f"it was made for {namespace!r}")
        if not is_signed(self.signature, self.text, self.key, NAMESPACE):
            raise Refused("badSignature", "the manifest or its signature was changed")

    def check_manifest(self):
        try:
            self.manifest = parse_manifest(self.text)
        except Malformed as error:
            raise Refused("malformedManifest", error) from None
        first = self.proof["genesis"]["line"].encode("utf-8")
        if leaf_hash(first).hex() != self.manifest["origin"]:
            raise Refused("wrongGenesis", "the first line is not that of the manifest's origin")

    def check_entry(self, entry, kind):
        data = entry["line"].encode("utf-8")
        try:
            line = parse_line(data)
        except Malformed as error:
            raise Refused("malformedLine", error) from None
        if line["kind"] != kind:
            raise Refused("wrongKind", f"a line of kind {line['kind']}")
        if kind != "genesis" and line["origin"] != self.manifest["origin"]:
            raise Refused("otherOrigin", "a line of another log than the manifest")
        log = self.manifest["log"]
        path = [bytes.fromhex(item) for item in entry["path"]]
        is_within = line["index"] < log["size"]
        root = root_of(leaf_hash(data), line["index"], log["size"], path) if is_within else None
        if root is None or root.hex() != log["root"]:
            raise Refused("notInLog", "a line does not stand where it claims in the signed log")
        detail = entry["detail"].encode("utf-8")
        if sha256(detail) != line["detail"]:
            raise Refused("wrongDetail", "a detail is not the one that its line names")
        try:
            return line, parse_detail(detail, kind)
        except Malformed as error:
            raise Refused("malformedDetail", error) from None

    def key_in_force(self):
        """The key that signs for the origin at the manifest's size."""
        key = self.genesis["key"]
        if parse_public_key(key) is None:
            return None
        before, former = 0, {parse_public_key(key)}
        for entry in self.proof["keyChanges"]:
            line, change = self.check_entry(entry, "keyChange")
            if line["index"] <= before:
                raise Refused("malformedProof", "its key changes are not in the log's order")
            before = line["index"]
            bad = Refused("badKeyChange", f"the key change in record {before} is not good")
            new = parse_public_key(change["key"])
            if change["previous"] != key or new is None or new in former or change["key"].count(" ") != 1:
                raise bad
            statement = canonical({
                "format": 1, "index": before, "key": change["key"], "origin": self.manifest["origin"], "previous": key,
            }) + b"\n"
            for signer, text in ((parse_public_key(key), change["signedByPrevious"]), (new, change["signedByKey"])):
                try:
                    found, namespace = parse_signature(text)
                except Malformed:
                    raise bad from None
                if found != signer or namespace != KEY_CHANGE:
                    raise bad
                if not is_signed(text.encode("utf-8"), statement, found, KEY_CHANGE):
                    raise bad
            key = change["key"]
            former.add(new)
        return parse_public_key(key)

    def check_attachments(self):
        for member in ATTACHMENTS:
            found = sha256(content(self.proof[member], False)) if member in self.proof else None
            if found != self.detail.get(member):
                raise Refused("wrongHeaders", "what came with the payload, as its headers, is not what was recorded")

    def check_payload(self):
        wrong = Refused("wrongPayload", "the payload is not the one that was recorded")
        self.payload = content(self.proof["payload"], True)
        if self.payload is not None:
            if len(self.payload) != self.detail["size"] or sha256(self.payload) != self.detail["payload"]:
                raise wrong
            return
        name = self.proof["payload"]["file"]
        if name != self.detail["payload"]:
            raise wrong
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            raise Refused("missingPayload", "the payload is not beside the proof")
        if not stat.S_ISREG(os.stat(path).st_mode) or os.path.getsize(path) != self.detail["size"]:
            raise wrong
        digest = hashlib.sha256()
        with open(path, "rb") as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                digest.update(part)
        if digest.hexdigest() != self.detail["payload"]:
            raise wrong

    def judged_at(self):
        return self.time["time"] if self.time and self.time["trusted"] else self.manifest["created"]

    def check_signer(self, key_file, signers):
        """The name under which the signer is trusted."""
        if key_file is not None:
            with open(key_file, encoding="utf-8") as file:
                wanted = parse_public_key(file.read().strip())
            if wanted != self.key:
                raise Refused("otherKey", f"it is signed by {fingerprint(self.key)}, not by the key in {key_file}")
            return key_file
        unknown = Refused("unknownKey", f"it is signed by a key that you do not trust: {fingerprint(self.key)}")
        if signers is None:
            raise unknown
        with tempfile.NamedTemporaryFile() as file:
            file.write(self.signature)
            file.flush()
            # ssh-keygen knows whole seconds.
            when = re.sub(r"[-:TZ]|\.\d+", "", self.judged_at())
            names = ssh_keygen(["find-principals", "-s", file.name, "-f", signers, "-O", f"verify-time={when}"], b"")
            for name in names.stdout.decode("utf-8", "replace").splitlines():
                for principal in name.split(","):
                    verify = ["verify", "-f", signers, "-I", principal, "-n", NAMESPACE, "-s", file.name]
                    if ssh_keygen(verify + ["-O", f"verify-time={when}"], self.text).returncode == 0:
                        return principal
        encoded = base64.b64encode(self.key).decode()
        with open(signers, encoding="utf-8") as file:
            if any(encoded in line.split() for line in file):
                raise Refused("keyNotValidThen", f"the key {fingerprint(self.key)} was not valid at {self.judged_at()}")
        raise unknown


# Section 13: trusted time


def openssl(*arguments, check=True):
    environment = dict(os.environ, LC_ALL="C", TZ="UTC")
    run = subprocess.run(["openssl", *arguments], capture_output=True, env=environment, stdin=subprocess.DEVNULL)
    if check and run.returncode != 0:
        raise Refused("badTimestamp", f"openssl {arguments[0]}: {run.stderr.decode(errors='replace').strip()[-200:]}")
    return run


def der_length(data):
    """The whole length of the value that `data` begins with."""
    if len(data) < 2 or data[0] != 0x30:
        return None
    if data[1] < 0x80:
        return 2 + data[1]
    count = data[1] & 0x7F
    return 2 + count + int.from_bytes(data[2:2 + count], "big")


def check_timestamp(token, manifest, tsa):
    """When it says the manifest was there, and whether somebody whom the user trusts for time says so."""
    # openssl overlooks what follows the answer.
    if der_length(token) != len(token):
        raise Refused("badTimestamp", "it is no timestamp")
    with tempfile.TemporaryDirectory() as folder:
        answer, document, own, trusted = (os.path.join(folder, name) for name in ("tsr", "manifest", "own.pem", "tsa.pem"))
        for name, data in ((answer, token), (document, manifest)):
            with open(name, "wb") as file:
                file.write(data)
        text = openssl("ts", "-reply", "-in", answer, "-text").stdout.decode(errors="replace")
        match = re.search(r"^Time stamp: (\w{3}) +(\d+) (\d\d:\d\d:\d\d)(\.\d+)? (\d{4}) GMT$", text, re.M)
        if not match:
            raise Refused("badTimestamp", "it says no time")
        seconds = datetime.datetime.strptime(f"{match[1]} {match[2]} {match[3]} {match[5]}", "%b %d %H:%M:%S %Y")
        stamp = seconds.strftime("%Y-%m-%dT%H:%M:%S")
        milliseconds = (match[4] or ".")[1:4].ljust(3, "0")
        stamp += (f".{milliseconds}" if milliseconds != "000" else "") + "Z"
        when = str(int(seconds.replace(tzinfo=datetime.timezone.utc).timestamp()))
        # The certificates that it brings, and those that the user named: any of them may be the signer's.
        openssl("ts", "-reply", "-in", answer, "-token_out", "-out", answer + ".token")
        found = openssl("pkcs7", "-inform", "DER", "-in", answer + ".token", "-print_certs").stdout
        with open(trusted, "wb") as file:
            for name in tsa:
                with open(name, "rb") as certificate:
                    file.write(certificate.read() + b"\n")
        with open(own, "wb") as file, open(trusted, "rb") as named:
            file.write(found + named.read())
        verify = ["ts", "-verify", "-data", document, "-in", answer, "-partial_chain", "-attime", when]
        # Sound is what it would be if all its own certificates were trusted; that they are is another question.
        openssl(*verify, "-CAfile", own)
        is_trusted = bool(tsa) and openssl(*verify, "-CAfile", trusted, "-untrusted", own, check=False).returncode == 0
        return {"time": stamp, "trusted": is_trusted}


def report(proof):
    detail, manifest = proof.detail, proof.manifest
    return {
        "capture": f"{manifest['origin']}:{proof.line['index']}", "url": detail.get("url"),
        "capturedAt": detail["capturedAt"], "recordedAt": proof.line["recordedAt"], "payload": detail["payload"],
        "size": detail["size"], "mediaType": detail["mediaType"], "snapshot": manifest["number"],
        "created": manifest["created"], "fingerprint": fingerprint(proof.key),
        "time": proof.time["time"] if proof.time else None,
        "timeTrusted": bool(proof.time and proof.time["trusted"]),
        "limit": "A signature proves who recorded what and when, not that the server said it.",
    }


def main():
    parser = argparse.ArgumentParser(description="Checks a proof that stet wrote, without stet.")
    parser.add_argument("proof")
    parser.add_argument("--key", help="the public key file that must have signed")
    parser.add_argument("--signers", help="an allowed_signers file with the keys that you trust")
    parser.add_argument("--tsa-ca", action="append", default=[], help="a certificate (PEM) that you trust for time")
    parser.add_argument("--extract", help="write the payload there")
    options = parser.parse_args()
    result = {}
    try:
        with open(options.proof, "rb") as file:
            data = file.read(LARGEST_PROOF + 1)
        proof = Proof(data, os.path.dirname(os.path.abspath(options.proof)), options.tsa_ca)
        result = report(proof)
        result["signer"] = proof.check_signer(options.key, options.signers)
        if options.extract and proof.payload is not None:
            with open(options.extract, "wb") as file:
                file.write(proof.payload)
    except Refused as refusal:
        print(json.dumps({"code": refusal.code, "reason": str(refusal)} | result))
        return 12 if refusal.code in DISTRUSTED else 13
    except OSError as error:
        print(f"verify-proof.py: {error}", file=sys.stderr)
        return 66
    print(json.dumps({"code": "ok"} | result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
