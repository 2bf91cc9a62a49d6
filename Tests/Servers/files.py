#!/usr/bin/env python3
"""Web servers of all manners over one folder, for the tests. Ends when its standard input does.

files.py ROOT [CERTIFICATE KEY]: prints the port. /MANNER/REST is the file ROOT/REST, handed out in that manner.
"""
import http.server
import os
import socket
import ssl
import struct
import sys
import threading

ROOT = os.path.abspath(sys.argv[1])
tries = {}
lock = threading.Lock()


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=ROOT)

    def log_message(self, *_):
        pass

    def do_GET(self):
        _, manner, *rest = self.path.split("/")
        self.path = "/" + "/".join(rest)
        manner = getattr(self, "manner_" + manner.replace("-", "_"), None)
        manner() if manner else self.send_error(404)

    def manner_plain(self):
        """As `python3 -m http.server` does it: no ranges."""
        super().do_GET()

    def content(self):
        path = self.translate_path(self.path)
        if not os.path.isfile(path):
            self.send_error(404)
            return None
        with open(path, "rb") as file:
            return file.read()

    def begin(self, content, length=None):
        """The head of an answer with a part, if one was asked for; what is to follow."""
        tag = '"%d"' % (hash(content) & 0xFFFFFFFF)
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return None
        first = 0
        wanted = self.headers.get("Range", "")
        if wanted.startswith("bytes=") and wanted.endswith("-"):
            first = int(wanted[6:-1])
            if first >= len(content):
                self.send_response(416)
                self.send_header("Content-Range", "bytes */%d" % len(content))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return None
            self.send_response(206)
            self.send_header("Content-Range", "bytes %d-%d/%d" % (first, len(content) - 1, len(content)))
        else:
            self.send_response(200)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(length or len(content) - first))
        self.end_headers()
        return content[first:]

    def drop(self):
        """A reset, not an orderly end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.wfile.flush()
        self.connection.close()
        self.wfile = open(os.devnull, "wb")
        self.rfile = open(os.devnull, "rb")

    def manner_ranges(self):
        content = self.content()
        part = self.begin(content) if content is not None else None
        if part:
            self.wfile.write(part)

    def manner_reset(self):
        """200,000 bytes at a time, then a reset."""
        content = self.content()
        part = self.begin(content) if content is not None else None
        if part:
            self.wfile.write(part[:200_000])
            if len(part) > 200_000:
                self.drop()

    def manner_deaf(self):
        """Breaks off, and knows no ranges: no file of more than 200,000 bytes ever arrives."""
        del self.headers["Range"]
        self.manner_reset()

    def manner_busy(self):
        """Every first and second time it is not in the mood."""
        with lock:
            tries[self.path] = count = tries.get(self.path, 0) + 1
        if count % 3 == 0:
            return self.manner_ranges()
        self.send_response(503 if count % 3 == 1 else 429)
        self.send_header("Retry-After", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def manner_down(self):
        self.send_error(500)

    def manner_forbidden(self):
        self.send_error(403)

    def manner_locked(self):
        if self.headers.get("Authorization") == "Basic cmVhZGVyOnNlc2FtZQ==":
            return self.manner_ranges()
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def manner_longer(self):
        """Says that more follows than does, always."""
        content = self.content()
        if content is not None:
            del self.headers["Range"]
            self.begin(content, len(content) + 7)
            self.wfile.write(content)
            self.close_connection = True

    def manner_otherpart(self):
        """Sends another part than was asked for."""
        content = self.content()
        if content is not None:
            self.send_response(206)
            self.send_header("Content-Range", "bytes 0-%d/%d" % (len(content) - 1, len(content)))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def manner_endless(self):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def manner_complaining(self):
        """An error page without end."""
        self.send_response(404)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def manner_silent(self):
        """Says nothing for a long time."""
        threading.Event().wait(30)
        self.close_connection = True

    def redirect(self, target):
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def manner_near(self):
        self.redirect("/ranges" + self.path)

    def manner_away(self):
        self.redirect("http://localhost:%d/ranges%s" % (self.server.server_port, self.path))

    def manner_round(self):
        self.redirect("/round" + self.path)

    def manner_downgrade(self):
        self.redirect("ftp://127.0.0.1:%d/ranges%s" % (self.server.server_port, self.path))


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


main()
