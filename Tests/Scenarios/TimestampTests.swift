import Foundation
import Models
import Testing

@Suite("Trusted time, against a real authority made with openssl")
struct TimestampTests {
    /// An archive with one snapshot, its manifest also as `m.json`.
    private func machine() throws -> (machine: Machine, manifest: [UInt8], capture: String) {
        let machine = try Machine()
        try machine.stet("init", "press")
        try machine.write(Story.page(), to: "story.html")
        let run = try machine.stet("capture", "story.html", "--archive", "press", "--json")
        let capture = try #require(try run.lines.first?["capture"]?.string)
        #expect(try machine.stet("snapshot", "--archive", "press").exit == 0)
        let file = try #require(try machine.files(below: "press/manifests", suffix: ".json").first)
        let manifest = try machine.read(file)
        try machine.write(manifest, to: "m.json")
        try machine.write(try machine.stet("key", "show", "--quiet").output, to: "desk.pub")
        return (machine, Array(manifest), capture)
    }

    private func code(_ run: Machine.Run) throws -> String {
        run.exit == 0 ? "ok" : try JSON(parsing: Array(run.errors.utf8))["error"]?["code"]?.string ?? run.errors
    }

    @Test(
        "an answer is accepted where its authority is trusted for time, and counts for nothing where it is not",
        arguments: [
            TimeAuthority.Make(), .init(certificateHash: "sha1"), .init(digest: "sha512", hasIntermediate: true),
            .init(curve: "P-256"), .init(curve: "P-384", digest: "sha384", certificateHash: "sha384"),
            .init(curve: "P-521", digest: "sha512", hasIntermediate: true), .init(key: "rsa:3072", digest: "sha384"),
            .init(usage: "keyUsage=critical,nonRepudiation"), .init(usage: "subjectKeyIdentifier=hash"),
        ])
    func good(make: TimeAuthority.Make) throws {
        let (machine, _, capture) = try machine()
        let authority = try TimeAuthority(machine, "ours", make)
        _ = try TimeAuthority(machine, "other")
        #expect(try machine.stet("timestamp", "request", "-o", "m.tsq", "--archive", "press").exit == 0)
        let query = try machine.shell("openssl ts -query -in m.tsq -text").text
        #expect(query.contains("Hash Algorithm: sha256") && query.contains("Certificate required: yes"))
        try authority.answer("m.tsq", to: "m.tsr")
        for (roots, isTrusted) in [("ours-ca.pem", true), ("ours.pem", true), ("other-ca.pem", false)] {
            let run = try machine.stet(
                "timestamp", "attach", "m.tsr", "--query", "m.tsq", "--tsa-ca", roots, "--replace", "--json",
                "--archive", "press")
            #expect(try run.lines.first?["timeTrusted"]?.bool == isTrusted, "\(roots): \(run.text) \(run.errors)")
            #expect(try run.lines.first?["timeBy"]?.string == "ours clock")
            #expect(try authority.accepts("m.tsr", of: "m.json", trusting: roots) == isTrusted)
        }
        let listed = try machine.stet("snapshots", "--archive", "press", "--json").lines.first
        #expect(listed?["time"]?.string != nil && listed?["timeTrusted"]?.bool == false)
        #expect(try machine.stet("prove", capture, "-o", "p.json", "--archive", "press").exit == 0)
        for (roots, isTrusted) in [("ours-ca.pem", true), ("other-ca.pem", false)] {
            let own = try machine.stet("verify-proof", "p.json", "--key", "desk.pub", "--tsa-ca", roots, "--json").lines
            let python = try machine.shell(
                "python3 \(Machine.repository.path)/scripts/verify-proof.py p.json --key desk.pub --tsa-ca \(roots)")
            let other = try JSONSerialization.jsonObject(with: python.output) as? [String: Any]
            #expect(own.first?["timeTrusted"]?.bool == isTrusted && other?["timeTrusted"] as? Bool == isTrusted)
            #expect(own.first?["time"]?.string != nil && own.first?["time"]?.string == other?["time"] as? String)
        }
    }

    @Test("an answer that does not hold is refused by attach, by both verifiers of proofs and by openssl")
    func bad() throws {
        let (machine, manifest, capture) = try machine()
        let authority = try TimeAuthority(machine, "ours")
        try machine.stet("timestamp", "request", "-o", "m.tsq", "--archive", "press")
        try authority.answer("m.tsq", to: "good.tsr")
        #expect(try machine.stet("prove", capture, "-o", "p.json", "--archive", "press").exit == 0)
        let proof = try JSON(parsing: Array(machine.read("p.json")))
        let good = Array(try machine.read("good.tsr"))
        let now = "20280101000000Z"
        let forged: [(String, (TimeAuthority) throws -> Void, TimeAuthority.Make)] = [
            ("of another document", { try $0.forge(manifest + [1], at: now, to: "x.tsr") }, .init()),
            ("without its certificate's hash", { try $0.forge(manifest, at: now, to: "x.tsr", options: "") }, .init()),
            (
                "of another type",
                { try $0.forge(manifest, at: now, to: "x.tsr", type: "1.2.840.113549.1.7.1") }, .init()
            ),
            ("of a refusal", { try $0.forge(manifest, at: now, to: "x.tsr", status: 2) }, .init()),
            ("of another version", { try $0.forge(manifest, at: now, to: "x.tsr", version: 2) }, .init()),
            ("without attributes", { try $0.forge(manifest, at: now, to: "x.tsr", options: "-noattr") }, .init()),
            (
                "without a certificate", { try $0.forge(manifest, at: now, to: "x.tsr", options: "-cades -nocerts") },
                .init()
            ),
            ("of before its certificate", { try $0.forge(manifest, at: "20200101000000Z", to: "x.tsr") }, .init()),
            ("of after its certificate", { try $0.forge(manifest, at: "20500101000000Z", to: "x.tsr") }, .init()),
            (
                "of a certificate for other things", { try $0.forge(manifest, at: now, to: "x.tsr") },
                .init(purpose: "extendedKeyUsage=critical,codeSigning")
            ),
            (
                "of a certificate for other things too", { try $0.forge(manifest, at: now, to: "x.tsr") },
                .init(purpose: "extendedKeyUsage=critical,timeStamping,codeSigning")
            ),
            (
                "of a certificate whose purpose is not critical", { try $0.forge(manifest, at: now, to: "x.tsr") },
                .init(purpose: "extendedKeyUsage=timeStamping")
            ),
            (
                "of a certificate without a purpose", { try $0.forge(manifest, at: now, to: "x.tsr") },
                .init(purpose: "subjectKeyIdentifier=hash")
            ),
            (
                "of a certificate for encrypting", { try $0.forge(manifest, at: now, to: "x.tsr") },
                .init(usage: "keyUsage=critical,keyEncipherment")
            ),
        ]
        var answers: [(name: String, bytes: [UInt8])] = []
        for (number, (name, forge, make)) in forged.enumerated() {
            try forge(try TimeAuthority(machine, "forger\(number)", make))
            answers.append((name, Array(try machine.read("x.tsr"))))
        }
        // A forged answer in which everything fits is accepted: the others are refused for what was changed alone.
        try TimeAuthority(machine, "sound").forge(manifest, at: now, to: "x.tsr")
        answers += [("sound", Array(try machine.read("x.tsr")))]
        for (name, offset) in [("statement", 100), ("certificate", 700), ("signature", good.count - 20)] {
            var bytes = good
            bytes[offset] ^= 1
            answers.append(("with a flipped bit in its \(name)", bytes))
        }
        answers += [
            ("that is empty", []), ("cut short", Array(good.dropLast(9))), ("with more after it", good + [0]),
            ("that is no DER", Array("no".utf8)), ("that is text", manifest),
            ("of endless length", [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF] + good),
        ]
        for (name, bytes) in answers {
            try machine.write(Data(bytes), to: "a.tsr")
            let attach = try machine.stet(
                "timestamp", "attach", "a.tsr", "--tsa-ca", "ours-ca.pem", "--replace", "--json", "--archive", "press")
            let wanted = name == "sound" ? "ok" : "badTimestamp"
            #expect(try code(attach) == wanted, "\(name): \(attach.errors)")
            #expect(attach.exit == (name == "sound" ? 0 : 12))
            let stamped = proof.setting("timestamp", to: .string(Data(bytes).base64EncodedString()))
            try machine.write(Data(stamped.canonicalBytes + [0x0A]), to: "stamped.json")
            let own = try machine.stet("verify-proof", "stamped.json", "--key", "desk.pub", "--json")
            let python = try machine.shell(
                "python3 \(Machine.repository.path)/scripts/verify-proof.py stamped.json --key desk.pub || true")
            #expect(try code(own) == wanted, "\(name): \(own.errors)")
            #expect(try JSON.lenient(python.text) == wanted, "\(name): \(python.text) \(python.errors)")
        }
        #expect(try !machine.files(below: "press/manifests", suffix: ".tsr").isEmpty)
        // Not this request's answer, though of the same document.
        try machine.stet("timestamp", "request", "-o", "again.tsq", "--archive", "press")
        let other = try machine.stet(
            "timestamp", "attach", "good.tsr", "--query", "again.tsq", "--replace", "--json", "--archive", "press")
        #expect(try code(other) == "badTimestamp")
        let second = try machine.stet("timestamp", "attach", "good.tsr", "--json", "--archive", "press")
        #expect(try code(second) == "alreadyStamped")
    }

    @Test(
        "a chain that does not lead to a trusted authority is unknown to stet, and refused by openssl",
        arguments: [
            TimeAuthority.Make(hasIntermediate: true, authority: "basicConstraints=critical,CA:FALSE"),
            .init(hasIntermediate: true, authority: "subjectKeyIdentifier=hash"),
        ])
    func chains(make: TimeAuthority.Make) throws {
        let (machine, _, _) = try machine()
        let authority = try TimeAuthority(machine, "ours", make)
        try machine.stet("timestamp", "request", "-o", "m.tsq", "--archive", "press")
        try authority.answer("m.tsq", to: "m.tsr")
        let run = try machine.stet(
            "timestamp", "attach", "m.tsr", "--tsa-ca", "ours-ca.pem", "--json", "--archive", "press")
        #expect(try run.lines.first?["timeTrusted"]?.bool == false, "\(run.errors)")
        #expect(try !authority.accepts("m.tsr", of: "m.json", trusting: "ours-ca.pem"))
    }

    @Test("a signature is judged at its trusted time, and only at that")
    func judged() throws {
        let (machine, manifest, capture) = try machine()
        try TimeAuthority(machine, "ours").forge(manifest, at: "20280101000000Z", to: "late.tsr")
        #expect(try machine.stet("timestamp", "attach", "late.tsr", "--archive", "press").exit == 0)
        #expect(try machine.stet("prove", capture, "-o", "p.json", "--archive", "press").exit == 0)
        let key = String(decoding: try machine.read("desk.pub"), as: UTF8.self).split(separator: " ").prefix(2)
            .joined(separator: " ")
        let rows: [(options: String, roots: Bool, code: String)] = [
            ("", false, "ok"), ("", true, "ok"),
            // Good when the signer says it signed, and expired before anybody else saw it.
            ("valid-before=\"20270101Z\" ", false, "ok"), ("valid-before=\"20270101Z\" ", true, "keyExpired"),
            ("valid-after=\"20270101Z\" ", false, "keyNotYetValid"), ("valid-after=\"20270101Z\" ", true, "ok"),
        ]
        for row in rows {
            try machine.write("desk \(row.options)\(key)\n", to: "home/.config/stet/allowed_signers")
            let folder = "home/.config/stet/tsa"
            try? FileManager.default.removeItem(atPath: machine.path(folder))
            if row.roots { try machine.write(machine.read("ours-ca.pem"), to: "\(folder)/ours.pem") }
            let arguments = row.roots ? ["--tsa-ca", "ours-ca.pem"] : []
            let own = try machine.stet("verify-proof", "p.json", "--json")
            let python = try machine.run(
                URL(filePath: "/usr/bin/env"),
                ["python3", "\(Machine.repository.path)/scripts/verify-proof.py", "p.json", "--signers"]
                    + ["home/.config/stet/allowed_signers"] + arguments)
            // ssh-keygen names no reason.
            let other = row.code.hasPrefix("key") ? "keyNotValidThen" : row.code
            #expect(try code(own) == row.code && JSON.lenient(python.text) == other, "\(row): \(python.text)")
            // The same for the snapshot itself.
            try? FileManager.default.removeItem(atPath: machine.path("copy"))
            let restored = try machine.stet("restore", "press", "copy", "--json")
            #expect(try code(restored) == row.code, "\(row): \(restored.errors)")
            if row.code == "ok" {
                #expect(try machine.files(below: "copy/manifests", suffix: ".tsr").count == 1)
                #expect(try machine.stet("verify", "--archive", "copy").exit == 0)
            }
        }
    }

    @Test("a timestamp that does not hold keeps nobody from restoring, is left behind, and is named by verify")
    func brokenBeside() throws {
        let (machine, _, capture) = try machine()
        let manifest = try #require(try machine.files(below: "press/manifests", suffix: ".json").first)
        for bytes in [Data("broken".utf8), Data(repeating: 0x30, count: 100_000)] {
            try machine.write(bytes, to: manifest + ".tsr")
            let verify = try machine.stet("verify", "--archive", "press")
            #expect(verify.exit == 13 && verify.text.contains(".tsr"))
            let proven = try machine.stet("prove", capture, "-o", "p.json", "--archive", "press")
            #expect(proven.exit == 0 && proven.errors.contains("left out"))
            #expect(try machine.stet("restore", "press", "copy").exit == 0)
            #expect(try machine.files(below: "copy/manifests", suffix: ".tsr").isEmpty)
            try FileManager.default.removeItem(atPath: machine.path("copy"))
        }
    }

    @Test("a certificate folder with something else in it is an error, not a silence")
    func certificates() throws {
        let (machine, _, _) = try machine()
        try machine.write("nothing", to: "home/.config/stet/tsa/x.pem")
        #expect(try machine.stet("snapshots", "--archive", "press").exit == 65)
        try machine.write(
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", to: "home/.config/stet/tsa/x.pem")
        #expect(try machine.stet("snapshots", "--archive", "press").exit == 65)
    }

    @Test("an authority is asked over HTTP, and what it answers is checked like any other answer")
    func overHTTP() throws {
        let (machine, _, _) = try machine()
        _ = try TimeAuthority(machine, "ours")
        try machine.write(machine.read("ours-ca.pem"), to: "home/.config/stet/tsa/ours.pem")
        let server = try AuthorityServer(machine)
        defer { server.stop() }
        func fetch(_ path: String, _ more: String...) throws -> Machine.Run {
            try machine.run(
                Machine.stet,
                ["timestamp", "fetch", "\(server.address)/\(path)", "--json", "--archive", "press"] + more)
        }
        for path in ["fails", "endless", "hangsup", "elsewhere"] {
            let run = try fetch(path)
            #expect(run.exit == 69, "\(path): \(run.exit) \(run.errors)")
        }
        #expect(try fetch("text").exit == 12)
        #expect(try machine.stet("timestamp", "fetch", "file:///etc/passwd", "--archive", "press").exit == 69)
        #expect(try machine.stet("timestamp", "fetch", "http://127.0.0.1:1/", "--archive", "press").exit == 69)
        #expect(try machine.files(below: "press/manifests", suffix: ".tsr").isEmpty)
        let good = try fetch("ours")
        #expect(try good.exit == 0 && good.lines.first?["timeTrusted"]?.bool == true, "\(good.errors)")
        #expect(try code(fetch("ours")) == "alreadyStamped")
        // An old answer, played again.
        #expect(try code(fetch("again", "--replace")) == "badTimestamp")
        try machine.write(Story.page(headline: "Another headline of the same day"), to: "story.html")
        try machine.stet("capture", "story.html", "--archive", "press")
        let snapshot = try machine.stet("snapshot", "--archive", "press", "--timestamp", "\(server.address)/ours")
        #expect(snapshot.exit == 0 && snapshot.text.contains("whom you trust for time"), "\(snapshot.errors)")
        #expect(try machine.files(below: "press/manifests", suffix: ".tsr").count == 2)
    }
}

/// A web server on loopback that answers as the authority `ours`, and in other ways.
final class AuthorityServer: Sendable {
    private let process: Process
    let address: String

    private static let script = """
        import http.server, subprocess, sys
        last = [b""]
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *arguments): pass
            def do_POST(self):
                query = self.rfile.read(int(self.headers["Content-Length"]))
                path = self.path.strip("/")
                if path == "hangsup": return
                status = {"fails": 500, "elsewhere": 302}.get(path, 200)
                self.send_response(status)
                if status == 302: self.send_header("Location", "file:///etc/passwd")
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                if path == "ours":
                    assert self.headers["Content-Type"] == "application/timestamp-query"
                    open("q.tsq", "wb").write(query)
                    subprocess.run("openssl ts -reply -queryfile q.tsq -out q.tsr -config ours.cnf -section answer",
                                   shell=True, check=True, stderr=subprocess.DEVNULL)
                    last[0] = open("q.tsr", "rb").read()
                    self.wfile.write(last[0])
                if path == "again": self.wfile.write(last[0])
                if path == "text": self.wfile.write(b"<html>no</html>")
                if path == "endless":
                    try:
                        while True: self.wfile.write(bytes(65536))
                    except OSError: pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    init(_ machine: Machine) throws {
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.script]
        process.currentDirectoryURL = machine.folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        let port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
        address = "http://127.0.0.1:\(port)"
    }

    /// Not `terminate()`: its signal may be blocked in what a test starts.
    func stop() { kill(process.processIdentifier, SIGKILL) }
}
