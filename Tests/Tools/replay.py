"""Replays a WARC file with pywb, and says what came: one line of JSON for each request on the standard input.

Arguments: the WARC file, and a folder to work in. A request is {"time": 14 digits, "url": …, "accept": the Accept-Encoding}; an answer has the
status, the SHA-256 of the body without its content coding, and what time it says it is of.
"""

import signal

# Whoever starts this may have blocked signals; gevent waits for the end of processes by one.
signal.pthread_sigmask(signal.SIG_SETMASK, [])

from gevent.monkey import patch_all  # noqa: E402

patch_all()

import gzip, hashlib, http.client, json, os, sys, zlib  # noqa: E402

import brotli  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402
from pywb.apps.frontendapp import FrontEndApp  # noqa: E402
from pywb.manager.manager import main as manage  # noqa: E402

warc, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
requests = [json.loads(line) for line in sys.stdin]
os.makedirs(folder)
os.chdir(folder)
out = os.dup(1)
os.dup2(2, 1)
manage(["init", "ours"])
manage(["add", "ours", warc])
server = WSGIServer(("127.0.0.1", 0), FrontEndApp(), log=None)
server.start()

decoders = {
    None: lambda body: body,
    "gzip": gzip.decompress,
    "deflate": zlib.decompress,
    "br": brotli.decompress,
}
for request in requests:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.request(
        "GET", "/ours/%sid_/%s" % (request["time"], request["url"]), headers={"Accept-Encoding": request["accept"]}
    )
    answer = connection.getresponse()
    problem = None
    try:
        body = decoders[answer.getheader("Content-Encoding")](answer.read())
    except Exception as error:
        body, problem = b"", repr(error)
    said = {
        "status": answer.status,
        "sha256": hashlib.sha256(body).hexdigest(),
        "of": answer.getheader("Memento-Datetime"),
        "location": answer.getheader("Location"),
        "problem": problem,
    }
    os.write(out, (json.dumps(said) + "\n").encode())
os._exit(0)
