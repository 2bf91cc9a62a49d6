import Foundation
import Models
import Testing

@Suite("Keys, from the command line")
struct KeyTests {
    /// OpenSSH asks this for a passphrase, instead of a terminal.
    private func asking(_ machine: Machine, _ answers: String...) throws -> [String: String] {
        let list = answers.map { "'\($0)'" }.joined(separator: " ")
        let script = """
            #!/bin/bash
            answers=(\(list)); n=$(cat '\(machine.path("asked"))' 2>/dev/null || echo 0); echo $((n + 1)) > '\(machine.path("asked"))'
            echo "${answers[$n]}"
            """
        try machine.write(script, to: "ask.sh")
        try machine.shell("chmod +x ask.sh; rm -f asked")
        return ["SSH_ASKPASS": machine.path("ask.sh"), "SSH_ASKPASS_REQUIRE": "force"]
    }

    private func asked(_ machine: Machine) throws -> String {
        try machine.shell("cat asked 2>/dev/null || echo 0").text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func agents(_ machine: Machine) throws -> String {
        try machine.shell("find \(machine.folder.path) -name 'stet-agent-*'").text
    }

    @Test("an encrypted key signs after one question, and neither an agent nor a decrypted key is left behind")
    func encrypted() throws {
        let machine = try Machine()
        try machine.shell("ssh-keygen -q -t ed25519 -N 'open sesame' -C desk@example.org -f desk; mkdir run")
        try machine.stet("init", "press", "--key", "desk")
        try machine.write(Story.page(), to: "story.html")
        try machine.stet("capture", "story.html", "--archive", "press")
        var environment = try asking(machine, "open sesame")
        environment["TMPDIR"] = machine.path("run")
        let run = try machine.stet("snapshot", "--archive", "press", "--key", "desk", environment: environment)
        #expect(run.exit == 0, "\(run.errors)")
        #expect(try asked(machine) == "1")
        #expect(try agents(machine).isEmpty)
        #expect(try machine.shell("pgrep -f 'ssh-agent -a \(machine.path("run"))' || true").text.isEmpty)
        #expect(try machine.stet("verify", "--archive", "press").exit == 0)

        try machine.stet("capture", "story.html", "--archive", "press")
        environment.merge(try asking(machine, "wrong", "open sesame")) { $1 }
        #expect(
            try machine.stet("snapshot", "--archive", "press", "--key", "desk", environment: environment).exit == 0)
        #expect(try asked(machine) == "2")

        try machine.stet("capture", "story.html", "--archive", "press")
        environment.merge(try asking(machine, "wrong", "")) { $1 }
        let refused = try machine.stet(
            "snapshot", "--archive", "press", "--key", "desk", environment: environment)
        #expect(refused.exit == 65 && refused.errors.contains("ssh-add could not open it"), "\(refused.errors)")
        #expect(try agents(machine).isEmpty)
    }

    @Test("a key in ssh-agent signs by its fingerprint, for an archive that it was made with")
    func agent() throws {
        let machine = try Machine()
        try machine.shell(
            "ssh-agent -a $PWD/agent > started; ssh-keygen -q -t ecdsa -b 384 -N '' -C desk@example.org -f desk; SSH_AUTH_SOCK=$PWD/agent ssh-add -q desk; rm desk"
        )
        defer { _ = try? machine.shell(". ./started; kill $SSH_AGENT_PID") }
        let environment = ["SSH_AUTH_SOCK": machine.path("agent")]
        let keys = try machine.stet("key", "list", "--json", environment: environment).lines
        let fingerprint = try #require(keys.first?["fingerprint"]?.string)
        #expect(keys.count == 1 && keys[0]["file"] == .null && keys[0]["kind"]?.string == "ecdsa-sha2-nistp384")
        #expect(try machine.stet("init", "press", "--key", fingerprint, environment: environment).exit == 0)
        try machine.write(Story.page(), to: "story.html")
        try machine.stet("capture", "story.html", "--archive", "press")
        #expect(try machine.stet("snapshot", "--archive", "press", environment: environment).exit == 0)
        let without = try machine.stet("snapshot", "--archive", "press", "--json")
        #expect(without.exit == 12 && without.errors.contains("\"noKey\""), "\(without.errors)")
        #expect(try machine.stet("verify", "--archive", "press").exit == 0)
        let wrong = try machine.stet("init", "other", "--key", "SHA256:nothing", environment: environment)
        #expect(wrong.exit == 66 && wrong.errors.contains("key list"))
    }

    @Test("an archive changes hands: the new key must be trusted, the old one is done, old evidence stays good")
    func rotation() throws {
        let (desk, reader) = (try Machine(), try Machine())
        try desk.stet("init", "press")
        try desk.write(Story.page(), to: "story.html")
        try desk.stet("capture", "story.html", "--archive", "press")
        try desk.stet("snapshot", "--archive", "press")
        try desk.shell("cp '\(desk.home.path)/.config/stet/keys/stet.pub' old.pub")
        try reader.shell("cp -a '\(desk.path("press"))' stick; cp '\(desk.path("old.pub"))' .")
        try reader.stet("trust", "add", "old.pub")
        #expect(try reader.stet("restore", "stick", "one").exit == 0)

        let run = try desk.stet("key", "rotate", "--archive", "press", "--revoke", "--json")
        #expect(run.exit == 0, "\(run.errors)")
        #expect(try run.lines.first?["index"]?.integer == 2)
        let fingerprint = try #require(try run.lines.first?["fingerprint"]?.string)
        try desk.stet("capture", "story.html", "--archive", "press")
        #expect(try desk.stet("snapshot", "--archive", "press").exit == 0)
        #expect(try desk.stet("verify", "--archive", "press").exit == 0)
        let chain = try desk.stet("snapshots", "--archive", "press", "--check", "--json")
        #expect(chain.exit == 0)
        #expect(try chain.summary["proofs"]?.integer == 1)
        #expect(try chain.lines.map { $0["fingerprint"]?.string == fingerprint } == [false, true])

        try reader.shell("rm -rf stick; cp -a '\(desk.path("press"))' stick")
        let refused = try reader.stet("restore", "stick", "two", "--json")
        #expect(
            refused.exit == 12 && refused.errors.contains("\"unknownKey\"")
                && refused.errors.contains("key was changed"))
        try reader.shell("stet=; cp '\(desk.home.path)/.config/stet/keys/stet-2.pub' new.pub")
        try reader.stet("trust", "add", "new.pub", "--as", "desk")
        #expect(try reader.stet("restore", "stick", "two").exit == 0)

        // Whoever has the old key signs the newest snapshot anew.
        try reader.shell(
            "m=$(ls stick/manifests/*-2.json); rm $m.sig; ssh-keygen -q -Y sign -f '\(desk.home.path)/.config/stet/keys/stet' -n stet-manifest $m"
        )
        let stolen = try reader.stet("restore", "stick", "three", "--json")
        #expect(stolen.exit == 12 && stolen.errors.contains("\"formerKey\""), "\(stolen.errors)")
        // A new archive is not given to a key that was revoked.
        let next = try desk.stet("init", "next", "--json").lines
        #expect(next.first?["fingerprint"]?.string == fingerprint)
    }

    @Test("trust has limits in time, which everything that reads it keeps to")
    func trust() throws {
        let machine = try Machine()
        try machine.shell(
            "ssh-keygen -q -t rsa -b 1024 -N '' -C weak -f weak; ssh-keygen -q -t ecdsa -N '' -C fine -f fine")
        let weak = try machine.stet("trust", "add", "weak.pub", "--json")
        #expect(weak.exit == 65 && weak.errors.contains("1024 bits"))
        let added = try machine.stet(
            "trust", "add", "fine.pub", "--as", "desk@example.org", "--valid-after", "2026-01-01T00:00:00Z",
            "--valid-before",
            "20280101")
        #expect(added.exit == 0, "\(added.errors)")
        let listed = try machine.stet("trust", "list", "--json").lines
        #expect(listed.map { $0["validAfter"]?.string } == ["2026-01-01T00:00:00Z"])
        #expect(listed.map { $0["validBefore"]?.string } == ["2028-01-01T00:00:00Z"])
        let file = ".config/stet/allowed_signers"
        let line = try machine.shell("cat home/\(file)").text
        #expect(line.contains("valid-after=\"20260101000000Z\",valid-before=\"20280101000000Z\""))
        #expect(try machine.stet("trust", "revoke", "desk@example.org", "--at", "2026-06-01T00:00:00Z").exit == 0)
        let revoked = try machine.stet("trust", "list", "--json").lines
        #expect(revoked.map { $0["revoked"]?.bool } == [true])
        #expect(try machine.stet("trust", "revoke", "nobody").exit == 66)
        #expect(try machine.stet("trust", "add", "fine.pub", "--valid-after", "soon").exit == 64)
        #expect(try machine.stet("trust", "remove", "desk@example.org").exit == 0)
        #expect(try machine.stet("trust", "list", "--json").lines.isEmpty)
    }

    @Test("two stories told by one signer are found by comparing with another copy, and kept")
    func twoStories() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        try machine.write(Story.page(), to: "story.html")
        try machine.stet("capture", "story.html", "--archive", "press")
        try machine.shell("cp -a press twin")
        for archive in ["press", "twin"] {
            try machine.stet("capture", "story.html", "--archive", archive)
            try machine.stet("snapshot", "--archive", archive)
        }
        let run = try machine.stet("snapshots", "--archive", "press", "--check", "--against", "twin", "--json")
        #expect(run.exit == 12)
        let found = try run.lines.compactMap { $0["code"]?.string }
        #expect(found == ["equivocation"])
        #expect(try machine.files(below: "press/state/evidence", suffix: ".json").count == 2)
        #expect(try machine.stet("snapshots", "--archive", "press", "--check", "--against", "press").exit == 0)
    }
}
