"""Checks the anonymous signature of a WACZ file as ReplayWeb.page does: ECDSA over P-384 with SHA-256, r and s one after the other."""

import base64, hashlib, json, sys, zipfile

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

with zipfile.ZipFile(sys.argv[1]) as wacz:
    assert wacz.testzip() is None
    assert all(member.compress_type == zipfile.ZIP_STORED for member in wacz.infolist())
    package = wacz.read("datapackage.json")
    digest = json.loads(wacz.read("datapackage-digest.json"))
found = "sha256:" + hashlib.sha256(package).hexdigest()
signed = digest["signedData"]
assert digest["path"] == "datapackage.json" and digest["hash"] == found == signed["hash"], "the hash"
assert set(signed) == {"hash", "created", "software", "signature", "publicKey"}, "the members"
assert signed["created"] == json.loads(package)["created"], "the time"
key = serialization.load_der_public_key(base64.b64decode(signed["publicKey"]))
assert isinstance(key.curve, ec.SECP384R1), "the curve"
raw = base64.b64decode(signed["signature"])
assert len(raw) == 96, "the signature's form"
signature = utils.encode_dss_signature(int.from_bytes(raw[:48], "big"), int.from_bytes(raw[48:], "big"))
key.verify(signature, found.encode(), ec.ECDSA(hashes.SHA256()))
print("good", signed["publicKey"])
