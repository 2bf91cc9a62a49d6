"""Servers on loopback that the hostile pages are tried with: one that counts whatever reaches it, one that hands the pages out unprotected."""
import asyncio
import contextlib
import urllib.parse


class Server:
    async def __aenter__(self):
        self.server = await asyncio.start_server(self.connected, "127.0.0.1", 0, limit=1 << 20)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()

    async def connected(self, reader, writer):
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            async with asyncio.timeout(20):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self.answer(head.decode("latin-1")))
                await writer.drain()
        writer.close()


class Trap(Server):
    """What reached it: the names of the tricks, and connections that said nothing (a preconnect)."""

    def __init__(self):
        self.hits = []
        self.connections = 0

    async def connected(self, reader, writer):
        self.connections += 1
        await super().connected(reader, writer)

    def answer(self, head):
        lines = head.split("\r\n")
        path = lines[0].split(" ")[1]
        host = next((line[5:].strip() for line in lines if line.lower().startswith("host:")), "")
        self.hits.append((host.split(".")[0], path))
        body = b"<!DOCTYPE html><title>TRAPPED</title>document.title='TRAPPED'"
        return (f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: {len(body)}\r\n"
                "Connection: close\r\n\r\n").encode() + body

    def of(self, name):
        return [path for hit, path in self.hits if hit == name]


class Unprotected(Server):
    """Hands out what the tricks' sites would hand out."""

    def __init__(self, tricks):
        self.tricks = {trick.name: trick for trick in tricks}

    def answer(self, head):
        name = urllib.parse.unquote(head.split(" ")[1]).strip("/")
        if name not in self.tricks:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        trick = self.tricks[name]
        return response(trick, "Connection: close\r\n", length=not any(line.startswith("Content-Length") for line in trick.headers))


def response(trick, more="", length=False):
    """The response with the trick's own head: what stands in it is the trick's business."""
    lines = [f"Content-Type: {trick.media}"] if trick.media else []
    lines += trick.headers
    if length:
        lines.append(f"Content-Length: {len(trick.body)}")
    head = "HTTP/1.1 200 OK\r\n" + "".join(line + "\r\n" for line in lines) + more + "\r\n"
    return head.encode("utf-8", "surrogatepass") + trick.body


def warc(tricks):
    """The tricks as captures. Those that are about texts are captured twice, so that there is an edit to show."""
    number = 0
    for day, changed in ((1, False), (2, True)):
        for trick in tricks:
            body = trick.body
            if changed:
                if not trick.name.startswith(("text-", "url-")):
                    continue
                body = body.replace(b"Some 4,200 people", b"Some 4,300 people")
            number += 1
            block = response(trick).replace(trick.body, body) if changed else response(trick)
            head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {trick.address}\r\nWARC-Date: 2026-03-{day:02}T08:{number // 60 % 60:02}:"
                    f"{number % 60:02}Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
                    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n")
            yield head.encode() + block + b"\r\n\r\n"
