"""What a stranger finds out about a remote with ssh-keygen, sha256sum, tar, zstd and Python: manifests/FORMAT.md, section 9.

Run as: stranger.py REMOTE ALLOWED_SIGNERS. Prints `good`, or the first step that fails: `ssh-keygen`, `sha256`, `bag`, `root` or `genesis`.
"""
import glob, hashlib, json, os, subprocess, sys, tempfile

REMOTE, SIGNERS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
os.chdir(REMOTE)
quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def fail(step):
    print(step)
    sys.exit()


def load(path):
    try:
        return json.loads(open(path, "rb").read())
    except ValueError:
        fail("ssh-keygen")


def signed(path, namespace, at):
    """By whom; the key must be one that the stranger has."""
    if not os.path.exists(path + ".sig"):
        fail("ssh-keygen")
    who = subprocess.run(["ssh-keygen", "-Y", "find-principals", "-f", SIGNERS, "-s", path + ".sig"], capture_output=True, text=True)
    if who.returncode:
        fail("ssh-keygen")
    verify = ["ssh-keygen", "-Y", "verify", "-f", SIGNERS, "-I", who.stdout.split()[0], "-n", namespace, "-s", path + ".sig", "-O", "verify-time=" + at]
    if subprocess.run(verify, stdin=open(path, "rb"), **quiet).returncode:
        fail("ssh-keygen")
    return who.stdout.split()[0]


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + root(leaves[:k]) + root(leaves[k:])).digest()


manifests = sorted(glob.glob("manifests/*-*.json"), key=lambda p: int(p[:-5].rsplit("-", 1)[1]))
compact = lambda time: "".join(c for c in time.split(".")[0] if c.isdigit())[:14] + "Z"
signers = {signed(path, "stet-manifest", compact(load(path)["created"])) for path in manifests}
last = load(manifests[-1])
logs, objects = b"", {}
for path in sorted(glob.glob("archive/*.json"), key=lambda p: load(p)["from"]):
    signed(path, "stet-bundle", compact(last["created"]))
    bundle = path[:-5] + ".tar.zst"
    if not os.path.exists(bundle) or hashlib.sha256(open(bundle, "rb").read()).hexdigest() != load(path)["sha256"]:
        fail("sha256")
    with tempfile.TemporaryDirectory() as bag:
        if subprocess.run(["tar", "--zstd", "-xf", bundle, "-C", bag], **quiet).returncode:
            fail("bag")
        checks = "sha256sum --strict --quiet -c manifest-sha256.txt && sha256sum --strict --quiet -c tagmanifest-sha256.txt"
        # Whatever lies below data/ must be listed, and nothing may be named twice.
        checks += " && test \"$(find data -type f | LC_ALL=C sort)\" = \"$(cut -c 67- manifest-sha256.txt | LC_ALL=C sort)\""
        checks += " && test -z \"$(find . ! -type f ! -type d)\" && head -n 1 bagit.txt | grep -qx 'BagIt-Version: 1.0'"
        if subprocess.run(checks, shell=True, cwd=bag, **quiet).returncode or not os.path.exists(f"{bag}/data/log.jsonl"):
            fail("bag")
        logs += open(f"{bag}/data/log.jsonl", "rb").read()
        for name in glob.glob(f"{bag}/data/objects/*/*"):
            objects[os.path.basename(name)] = open(name, "rb").read()
lines = logs.split(b"\n")[:-1]
leaves = [hashlib.sha256(b"\0" + line).digest() for line in lines]
for path in manifests:
    manifest = load(path)
    if len(leaves) < manifest["log"]["size"] or root(leaves[: manifest["log"]["size"]]).hex() != manifest["log"]["root"]:
        fail("root")
# Whose log it is, the first line settles; who may sign for it, the key that its detail names.
if leaves[0].hex() != last["origin"]:
    fail("genesis")
key = json.loads(objects[json.loads(lines[0])["detail"]])["key"]
names = {line.split()[0] for line in open(SIGNERS) if key in line}
if not signers <= names:
    fail("genesis")
print("good")
