#!/usr/bin/env python3
"""A bad line to a server on this machine, for the tests. Ends when its standard input does.

line.py PORT: prints the port of the line. Of each four connections the first is answered as by a server that wants to be asked more
slowly, the second is reset after 2 MiB have gone up or 300,000 bytes down, the third ends after what goes up, before the answer comes,
and the last one works, for a while.
"""
import itertools
import socket
import struct
import sys
import threading

SLOW_DOWN = (b"HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: 36\r\nConnection: close\r\n\r\n"
             b"<Error><Code>SlowDown</Code></Error>")
numbers = itertools.count()


def reset(*ends):
    for end in ends:
        try:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            # Wakes the other thread, which would keep it open.
            end.shutdown(socket.SHUT_RD)
            end.close()
        except OSError:
            pass


def carry(source, target, limit, ends):
    try:
        while limit > 0:
            part = source.recv(min(65536, limit))
            if not part:
                target.shutdown(socket.SHUT_WR)
                return
            target.sendall(part)
            limit -= len(part)
        reset(*ends)
    except OSError:
        reset(*ends)


def serve(client, port):
    kind = next(numbers) % 4
    if kind == 0:
        try:
            client.recv(65536)
            client.sendall(SLOW_DOWN)
            client.shutdown(socket.SHUT_WR)
            client.settimeout(5)
            while client.recv(65536):
                pass
        except OSError:
            pass
        client.close()
        return
    server = socket.create_connection(("127.0.0.1", port))
    up, down = {1: (2 << 20, 300_000), 2: (1 << 40, 0), 3: (24 << 20, 24 << 20)}[kind]
    ends = (client, server)
    if kind == 2:
        threading.Thread(target=lose_answer, args=ends, daemon=True).start()
    else:
        threading.Thread(target=carry, args=(server, client, down, ends), daemon=True).start()
    carry(client, server, up, ends)


def lose_answer(client, server):
    try:
        server.recv(1)
    except OSError:
        pass
    reset(client, server)


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)

    def accept():
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client, int(sys.argv[1])), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.read()


main()
