#!/usr/bin/env python3
"""A line to a server on this machine that goes dead for good, for the tests. Ends when its standard input does.

cut.py PORT BYTES: prints the port of the line. After BYTES have gone up over all connections together, nothing passes any more.
"""
import socket
import sys
import threading

left = int(sys.argv[2])
lock = threading.Lock()


def end(*sockets):
    for each in sockets:
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        each.close()


def up(client, server):
    global left
    try:
        while True:
            part = client.recv(65536)
            with lock:
                left -= len(part)
            if not part or left < 0:
                break
            server.sendall(part)
    except OSError:
        pass
    end(client, server)


def down(client, server):
    try:
        while part := server.recv(65536):
            client.sendall(part)
    except OSError:
        pass
    end(client, server)


def accept(listener):
    while True:
        client, _ = listener.accept()
        if left < 0:
            end(client)
            continue
        server = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
        for carry in (up, down):
            threading.Thread(target=carry, args=(client, server), daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0), backlog=16)
print(listener.getsockname()[1], flush=True)
threading.Thread(target=accept, args=(listener,), daemon=True).start()
sys.stdin.read()
