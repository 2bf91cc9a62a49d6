import Foundation
import Models
import Testing

@Suite("Exchange by other ways than a folder")
struct RemoteKindsTests {
    /// An archive with one article in two revisions, and another machine that trusts it.
    private func desk() throws -> Machine {
        let machine = try Machine()
        try machine.write(Story.page(), to: "in/story.html")
        #expect(try machine.stet("init", "press").exit == 0)
        #expect(try machine.stet("capture", "in", "--archive", "press").exit == 0)
        return machine
    }

    private func edit(_ machine: Machine) throws {
        try machine.write(Story.page(headline: "Bridge to open on Monday"), to: "in/story.html")
        #expect(try machine.stet("capture", "in", "--archive", "press").exit == 0)
    }

    @Test("a folder that was pushed to can be restored and pulled over HTTP, from any file server")
    func http() throws {
        let machine = try desk()
        #expect(try machine.stet("push", "./site", "--archive", "press").exit == 0)
        let run = try machine.shell(
            """
            exec 2>&1; export HOME=$PWD/home; stet=\(Machine.stet.path)
            python3 -u -m http.server 0 --bind 127.0.0.1 --directory site > server.log 2>&1 & server=$!
            trap "kill -KILL $server" EXIT
            until grep -q 'port' server.log; do sleep 0.05; done
            url=http://127.0.0.1:$(grep -oE 'port [0-9]+' server.log | grep -oE '[0-9]+')
            $stet restore $url copy
            printf '%s' '\(Story.page(headline: "Bridge to open on Monday").replacingOccurrences(of: "'", with: ""))' > in/story.html
            $stet capture in --archive press; $stet push ./site --archive press
            : > server.log; $stet pull $url --archive copy
            : > server.log; $stet pull $url --archive copy; echo "requests: $(grep -c GET server.log)"
            $stet verify --archive copy; $stet push $url --archive copy || echo "push: $?"
            """)
        #expect(run.exit == 0, "\(run.text)")
        #expect(run.text.contains("pulled 1 capture") && run.text.contains("nothing new"), "\(run.text)")
        #expect(run.text.contains("push: 64"), "\(run.text)")
        let requests = run.text.split(separator: "\n").compactMap { line in
            line.hasPrefix("requests: ") ? Int(line.dropFirst(10)) : nil
        }
        #expect(requests.first.map { (1...6).contains($0) } == true, "\(run.text)")
    }

    @Test(
        "an encrypted stick shows nothing, opens with a key or a passphrase, and with no other",
        arguments: ["key", "passphrase"])
    func encrypted(with: String) throws {
        let machine = try desk()
        let passphrase = with == "passphrase" ? ["STET_PASSPHRASE": "correct horse"] : [:]
        if with == "key" { try machine.shell("age-keygen -o key 2> /dev/null; age-keygen -y key > recipient") }
        let added = try machine.run(
            Machine.stet,
            ["remote", "add", "stick", "./stick", "--archive", "press"]
                + (with == "key" ? ["--encrypt-to", "recipient", "--identity", "key"] : ["--passphrase"]),
            environment: passphrase)
        #expect(added.exit == 0, "\(added.errors)")
        #expect(try machine.stet("sync", "stick", "--archive", "press", environment: passphrase).exit == 0)
        try edit(machine)
        #expect(try machine.stet("sync", "stick", "--archive", "press", environment: passphrase).exit == 0)
        let again = try machine.stet("sync", "stick", "--archive", "press", environment: passphrase)
        #expect(again.text == "nothing new\n", "\(again.text) \(again.errors)")
        let origin = try machine.shell("grep -oE '[0-9a-f]{64}' press/stet.json | head -c 64").text
        #expect(origin.count == 64)
        #expect(
            try machine.shell("grep -raE '\(origin)|\(origin.prefix(12))|bridge|story' stick | wc -l").text == "0\n")
        #expect(try machine.shell("ls -R stick | grep -c \(origin.prefix(8)) || true").text == "0\n")

        let other = ["HOME": machine.path("elsewhere")]
        try machine.shell("mkdir elsewhere")
        #expect(
            try machine.stet("trust", "add", machine.path("home/.config/stet/keys/stet.pub"), environment: other).exit
                == 0)
        let refused = try machine.stet("restore", "./stick", "copy", environment: other)
        #expect(refused.exit == 12, "\(refused.errors)")
        let wrong =
            with == "key"
            ? try machine.shell(
                "age-keygen -o wrong 2> /dev/null; HOME=elsewhere \(Machine.stet.path) restore ./stick copy --identity wrong; true"
            )
            : try machine.stet(
                "restore", "./stick", "copy", environment: other.merging(["STET_PASSPHRASE": "wrong"]) { $1 })
        #expect(!FileManager.default.fileExists(atPath: machine.path("copy")), "\(wrong.errors)")
        let restored = try machine.run(
            Machine.stet, ["restore", "./stick", "copy"] + (with == "key" ? ["--identity", "key"] : []),
            environment: other.merging(passphrase) { $1 })
        #expect(restored.exit == 0, "\(restored.errors)")
        #expect(try machine.stet("verify", "--archive", "copy", environment: other).exit == 0)
    }

    @Test("any one file that is removed from a remote is named, and what it does not touch still comes")
    func missingFiles() throws {
        let machine = try desk()
        #expect(try machine.stet("push", "./stick", "--archive", "press").exit == 0)
        #expect(try machine.stet("restore", "stick", "second", environment: [:]).exit == 0)
        #expect(
            try machine.stet("capture", "in", "--archive", "second", "--captured-at", "2026-03-01T00:00:00Z").exit == 0)
        #expect(try machine.stet("push", "stick", "--archive", "second").exit == 0)
        let own = try machine.shell("grep -oE '[0-9a-f]{64}' press/stet.json | head -c 64").text
        let files = try machine.files(below: "stick").filter {
            !$0.hasSuffix("index.json") && !$0.hasSuffix("allowed_signers")
        }
        #expect(files.count >= 10)
        for file in files {
            try machine.shell("mv \(file) gone; mkdir e; rm -rf copy")
            let isOwn = file.contains(own)
            let run = try machine.stet("init", "copy", "--quiet")
            #expect(run.exit == 0)
            let pulled = try machine.stet("pull", "stick", "--archive", "copy", "--json")
            #expect(pulled.exit == 3, "\(file): \(pulled.exit) \(pulled.errors)")
            let name = String(file.dropFirst("stick/".count))
            let stem = name.replacingOccurrences(of: ".tar.zst", with: "").replacingOccurrences(of: ".sig", with: "")
                .replacingOccurrences(of: ".json", with: "")
            #expect(
                pulled.errors.contains(stem) || pulled.errors.contains(stem.split(separator: "-")[0]),
                "\(file): \(pulled.errors)")
            let origins = try pulled.lines.compactMap { $0["origin"]?.string }
            #expect(origins.count == 1 && (origins[0] == own) != isOwn, "\(file): \(origins)")
            #expect(try machine.stet("verify", "--archive", "copy").exit == 0)
            try machine.shell("mv gone \(file); rm -r e")
        }
    }

    @Test("--dry-run says what would travel, and writes nothing")
    func dryRun() throws {
        let machine = try desk()
        #expect(try machine.stet("push", "./stick", "--archive", "press").exit == 0)
        try edit(machine)
        #expect(try machine.stet("snapshot", "--archive", "press").exit == 0)
        let before = try machine.shell("find stick press/archive press/manifests -type f | sort").text
        let run = try machine.stet("push", "./stick", "--archive", "press", "--dry-run")
        #expect(run.exit == 0 && run.text.contains("would push snapshot 2"), "\(run.text)")
        #expect(try machine.shell("find stick press/archive press/manifests -type f | sort").text == before)
    }
}
