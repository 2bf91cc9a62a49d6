"""What somebody can do to a remote, for the table in TamperedRemoteTests.swift: each entry there is a few lines on top of this.

Run as: tamper.py REMOTE KEYS < LINES. In KEYS lie `desk` (the origin's own key), `friend` (trusted, and another origin's) and
`mallory` (nobody's friend). Spelled as the format wants it, so that what is refused is refused for what it says.
"""
import glob, hashlib, io, json, os, shutil, subprocess, sys, tarfile

REMOTE, KEYS = sys.argv[1], sys.argv[2]
os.chdir(REMOTE)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def read(path):
    return open(path, "rb").read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else canonical(content))


def load(path):
    return json.loads(read(path))


def digest(path):
    return hashlib.sha256(read(path)).hexdigest()


MANIFESTS = sorted(glob.glob("manifests/*-*.json"), key=lambda p: int(p[:-5].rsplit("-", 1)[1]))
ORIGIN = load(MANIFESTS[0])["origin"]
LISTS = sorted(glob.glob("archive/*.json"), key=lambda p: load(p)["from"])
FIRST, LAST = MANIFESTS[0], MANIFESTS[-1]
LIST = LISTS[0]


def bundle(packing_list):
    return packing_list[:-5] + ".tar.zst"


def sign(path, key="desk", namespace=None):
    """What `ssh-keygen -Y sign` makes of a document."""
    namespace = namespace or ("stet-bundle" if path.startswith("archive/") else "stet-manifest")
    if os.path.exists(path + ".sig"):
        os.remove(path + ".sig")
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", f"{KEYS}/{key}", "-n", namespace, path], check=True, capture_output=True)


def relink(old, new, key):
    """Makes everything that named one manifest name another, and signs it."""
    for path in LISTS:
        content = load(path)
        if content["manifest"] == old:
            content["manifest"] = new
            write(path, content)
            sign(path, key)
    for path in MANIFESTS:
        content = load(path)
        if content.get("previous") == old:
            before = digest(path)
            content["previous"] = new
            write(path, content)
            sign(path, key)
            relink(before, digest(path), key)


def change(path, edit, key="desk", links=True):
    """Edits a document and signs it; `key` None leaves the old signature."""
    before, content = digest(path), load(path)
    edit(content)
    write(path, content)
    if key:
        sign(path, key)
        if links and path.startswith("manifests/"):
            relink(before, digest(path), key)


def spell(path, old, new, key="desk"):
    """The same in another spelling, or with more in it."""
    content = read(path)
    assert old in content, (old, content)
    write(path, content.replace(old, new, 1))
    sign(path, key)


def entries(path):
    stream = subprocess.run(["zstd", "-dcq", path], stdout=subprocess.PIPE, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        return [(info, tar.extractfile(info).read() if info.isfile() else b"") for info in tar.getmembers()]


def entry(name, content=b"", kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, len(content), link
    return info, content


def repack(edit, packing_list=None, key="desk", fix=True, compress=("zstd", "-q", "-c"), objects=None):
    """Edits the entries of a bundle, packs it anew and signs a packing list for it.

    With `fix`, the bag's own manifests are made anew too, so that a bag checker finds nothing wrong.
    """
    packing_list = packing_list or LIST
    found = [list(pair) for pair in entries(bundle(packing_list))]
    found = edit(found) or found
    if fix:
        lines = lambda names: b"".join(b"%s  %s\n" % (hashlib.sha256(c).hexdigest().encode(), i.name.encode()) for i, c in found if names(i))
        for name, names in (("manifest-sha256.txt", lambda i: i.name.startswith("data/") and i.isfile()),
                            ("tagmanifest-sha256.txt", lambda i: "/" not in i.name and i.isfile() and not i.name.startswith("tagm"))):
            for pair in found:
                if pair[0].name == name:
                    pair[1] = lines(names)
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for info, content in found:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    packed = subprocess.run(compress, input=raw.getvalue(), stdout=subprocess.PIPE, check=True).stdout
    write(bundle(packing_list), packed)
    content = load(packing_list)
    content.update(sha256=hashlib.sha256(packed).hexdigest(), bytes=len(packed), contentBytes=len(raw.getvalue()))
    if objects is not None:
        content["objects"] += objects
    write(packing_list, content)
    sign(packing_list, key)


def put(found, name, change):
    for pair in found:
        if pair[0].name == name:
            pair[1] = change(pair[1])


def an_object(found):
    return next(pair for pair in found if pair[0].name.startswith("data/objects/"))


def named(content):
    """An object's entry under its right name."""
    name = hashlib.sha256(content).hexdigest()
    return [*entry(f"data/objects/{name[:2]}/{name}", content)]


exec(sys.stdin.read())
