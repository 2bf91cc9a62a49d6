import Foundation
import SyncEngine

/// Stands in for ssh and the machine behind it, and lies.
struct HostileSSH {
    let place: Workplace

    init() throws {
        place = try Workplace()
        try Data(Self.script.utf8).write(to: URL(filePath: place.path("hostile.py")))
    }

    /// - Parameter patience: how long it may be silent.
    func remote(_ mode: String, patience: Duration = .seconds(60)) throws -> SSHRemote {
        let call = "/usr/bin/python3 -I -S '\(place.path("hostile.py"))' \(mode)"
        return try SSHRemote("ssh://hostile/x", command: SSHCommand(custom: call), patience: patience)
    }

    /// Before SFTP has begun.
    static let beginnings = [
        "garbage", "text", "silent", "closes", "huge", "empty", "other-version", "other-kind", "cut-version",
        "cut-extension", "complains",
    ]
    /// In answer to every request, where nothing else is said.
    static let answers = [
        "mute", "wrong-id", "wrong-kind", "cut-packet", "huge-answer", "long-handle", "long-string", "endless-folder",
        "lying-count", "no-names", "huge-size", "short-file", "long-data", "no-data", "tiny-packet", "refuses",
        "escapes", "full", "names",
    ]

    private static let script = #"""
        import os, random, struct, sys, time

        mode = sys.argv[1]
        if "-G" in sys.argv:
            sys.exit(0)

        def say(data):
            while data:
                data = data[os.write(1, data):]

        def string(data):
            return struct.pack(">I", len(data)) + data

        def packet(kind, body):
            say(struct.pack(">IB", len(body) + 1, kind) + body)

        def exact(count):
            data = b""
            while len(data) < count:
                part = os.read(0, count - len(data))
                if not part:
                    sys.exit(0)
                data += part
            return data

        def receive():
            return exact(struct.unpack(">I", exact(4))[0])

        def beginning():
            if mode == "garbage": say(b"\xf1" + os.urandom(1 << 16))
            if mode == "text": say(b"Welcome to \x1b[31mthe machine!\n")
            if mode == "silent": time.sleep(1000)
            if mode == "closes": sys.stderr.write("fake: I am gone\n"); sys.exit(3)
            if mode == "huge": say(b"\xff\xff\xff\xff\x02")
            if mode == "empty": say(b"\0\0\0\0\0\0\0\0")
            if mode == "other-version": packet(2, struct.pack(">I", 6))
            if mode == "other-kind": packet(101, struct.pack(">I", 3))
            if mode == "cut-version": say(b"\0\0\0\x05\x02\0"); sys.exit(0)
            if mode == "cut-extension": packet(2, struct.pack(">I", 3) + string(b"fsync@openssh.com") + b"\0\0\1\0x")
            while mode == "complains": os.write(2, b"complaint " * 1000 + b"\n")

        ENTRY = string(b"-rw-r--r-- x") + struct.pack(">I", 0)
        END = struct.pack(">I", 1) + string(b"End of file") + string(b"")
        ESCAPES = struct.pack(">I", 3) + string(b"\x1b]0;owned\x07 no \xff way\nnew line") + string(b"")
        NAMES = [b"ok-1", b"..", b".", b"", b"../x", b"/etc/passwd", b"a/b", b"new\nline", b"\x1b[31m", b"\xff\xfe",
                 b"x" * 300, b".tmp-x", b"nul\0"]
        MANY = struct.pack(">I", 4000) + b"".join(string(b"%036d" % i) + ENTRY[:4] + ENTRY[4:] for i in range(4000))
        chance = random.Random(int(mode[7:])) if mode.startswith("random-") else None

        def by_chance(kind):
            natural = {3: 102, 5: 103, 8: 105, 17: 105, 11: 102, 12: 104, 200: 201}.get(kind, 101)
            kind = chance.choice([natural, natural, natural, 101, 102, 103, 104, 105, 201, chance.randrange(256)])
            good = {101: END, 102: string(b"h"), 103: string(b"d" * 100), 105: struct.pack(">IQ", 1, 100),
                    104: struct.pack(">I", 2) + (string(b"name") + ENTRY) * 2, 201: struct.pack(">11Q", *range(11))}
            body = bytearray(good.get(kind, b"?"))
            if kind == 101 and chance.random() < 0.7: body[3] = chance.choice([0, 0, 0, 1, 2, 3, 4, 8, 99])
            while chance.random() < 0.3 and body:
                body[chance.randrange(len(body))] = chance.choice([0, 1, 127, 128, 255])
            if chance.random() < 0.1: body = body[:chance.randrange(len(body) + 1)]
            if chance.random() < 0.1: body += os.urandom(chance.randrange(50))
            return kind, bytes(body)

        def answer(kind, ident, body):
            def say_kind(kind, body): packet(kind, ident + body)
            if chance: return say_kind(*by_chance(kind))
            if mode == "mute": return
            if mode == "wrong-id": return packet(101, b"\xff\xff\xff\x07" + END)
            if mode == "wrong-kind": return say_kind(2, b"\0\0\0\3")
            if mode == "cut-packet": say(struct.pack(">IB", 100, 102) + b"short"); sys.exit(0)
            if mode == "huge-answer": return say(struct.pack(">IB", 1 << 30, 103))
            if mode == "long-handle": return say_kind(102, string(b"h" * 300))
            if mode == "long-string": return say_kind(102, b"\xff\xff\xff\xffabc")
            if mode == "tiny-packet": return say(b"\0\0\0\2\x65\0")
            if mode == "refuses": return say_kind(101, struct.pack(">I", 4) + string(b"Failure") + string(b""))
            if mode == "escapes": return say_kind(101, ESCAPES)
            if mode == "full" and kind == 6: return say_kind(101, struct.pack(">I", 4))
            if kind in (3, 11): return say_kind(102, string(b"handle"))
            if kind == 8:
                size = 1 << 63 if mode == "huge-size" else 100
                return say_kind(105, struct.pack(">IQII", 9, size, 0, 1_000_000_000))
            if kind == 5 and mode == "short-file": return say_kind(101, END)
            if kind == 5 and mode == "no-data": return say_kind(103, string(b""))
            if kind == 5 and mode == "long-data": return say_kind(103, string(b"d" * 50000))
            if kind == 5: return say_kind(103, string(b"d" * 100))
            if kind == 12:
                if mode == "endless-folder": return say_kind(104, MANY)
                if mode == "lying-count": return say_kind(104, b"\xff\xff\xff\xff" + string(b"a") + ENTRY)
                if mode == "no-names": return say_kind(104, struct.pack(">I", 0))
                if mode == "names" and not sent:
                    sent.append(1)
                    return say_kind(104, struct.pack(">I", len(NAMES)) + b"".join(string(n) + ENTRY for n in NAMES))
                return say_kind(101, END)
            if kind == 200 and b"statvfs" in body: return say_kind(201, struct.pack(">11Q", 4096, 4096, 9, 1, 0, 9, 9, 9, 0, 0, 9))
            say_kind(101, struct.pack(">I", 0))

        sent = []
        beginning()
        receive()
        packet(2, struct.pack(">I", 3) + string(b"statvfs@openssh.com") + string(b"2") + string(b"unknown@x") + string(b"9"))
        while True:
            request = receive()
            answer(request[0], request[1:5], request[5:])

        """#
}
