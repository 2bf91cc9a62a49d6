import Foundation
import Models
import Testing

/// A remote that somebody has tampered with, and what must come of it.
struct Attack: CustomTestStringConvertible, Sendable {
    /// Goes on after "a remote is refused:".
    let name: String
    /// The error codes that are right; none for what changes nothing and must be accepted.
    let codes: Set<String>
    /// The step at which a stranger with stock tools alone notices it too; nil where these cannot tell.
    let stranger: String?
    /// Python, on top of `Tests/Attacks/tamper.py`.
    let script: String

    init(_ name: String, _ codes: String, stranger: String? = nil, _ script: String) {
        self.name = name
        self.codes = Set(codes.split(separator: " ").map(String.init))
        self.stranger = stranger
        self.script = script
    }

    var testDescription: String { name }
}

/// A press with two snapshots, and a colleague's who is trusted as well.
private final class Press: Sendable {
    let machine: Machine

    static let shared = Result { try Press() }

    private init() throws {
        machine = try Machine()
        for (name, stories) in [("press", 3), ("friend", 1)] {
            let config = ["XDG_CONFIG_HOME": machine.path("keys-\(name)")]
            try machine.stet("init", name, environment: config)
            for number in 1...2 {
                for story in 1...stories {
                    try machine.write(Story.page(headline: "Headline \(number) of \(story)"), to: "in/\(story).html")
                }
                try machine.stet("capture", "in", "--archive", name, environment: config)
                try machine.stet("snapshot", "--archive", name, environment: config)
            }
        }
        try machine.shell(
            """
            mkdir keys remotes
            cp keys-press/stet/keys/* keys/ && mv keys/*.pub keys/desk.pub && mv $(ls keys/* | grep -v pub) keys/desk
            mkdir f && cp keys-friend/stet/keys/* f/ && mv f/*.pub keys/friend.pub && mv f/* keys/friend
            ssh-keygen -q -t ed25519 -N '' -C mallory -f keys/mallory
            for who in desk friend; do echo "$who namespaces=\\"stet-manifest,stet-bundle\\" $(cut -d' ' -f1,2 keys/$who.pub)"; done > signers
            mkdir -p home/.config/stet && cp signers home/.config/stet/allowed_signers
            for r in press friend; do mkdir -p remotes/$r && cp -a $r/archive $r/manifests remotes/$r; done
            """)
    }

    /// A copy of the remote with which `script` has done its work.
    func tampered(_ script: String) throws -> String {
        let name = "remotes/\(UUID().uuidString)"
        try machine.shell("cp -a remotes/press \(name)")
        let program = Machine.repository.appending(path: "Tests/Attacks/tamper.py").path
        let run = try machine.run(
            URL(filePath: "/usr/bin/env"), ["python3", program, machine.path(name), machine.path("keys")],
            input: Data(script.utf8))
        try #require(run.exit == 0, "\(script): \(run.errors)")
        return name
    }

    func stranger(_ remote: String) throws -> String {
        let program = Machine.repository.appending(path: "Tests/Attacks/stranger.py").path
        let run = try machine.run(
            URL(filePath: "/usr/bin/env"), ["python3", program, machine.path(remote), machine.path("signers")])
        try #require(run.exit == 0, "\(run.errors)")
        return run.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

@Suite("Tampered remotes")
struct TamperedRemoteTests {
    private func check(_ attack: Attack) throws {
        let press = try Press.shared.get()
        let remote = try press.tampered(attack.script)
        let target = "copy-\(UUID().uuidString)"
        let run = try press.machine.stet("restore", remote, target, "--json")
        let isThere = FileManager.default.fileExists(atPath: press.machine.path(target))
        if attack.codes.isEmpty {
            #expect(run.exit == 0 && isThere, "exit \(run.exit): \(run.errors)")
            #expect(try press.stranger(remote) == "good")
        } else {
            let line = run.errors.split(separator: "\n").last.map(String.init) ?? ""
            let error = try JSON(parsing: Array(line.utf8))["error"]
            let code = try #require(error?["code"]?.string, "\(run.errors)")
            #expect(attack.codes.contains(code), "\(line)")
            #expect(run.exit == (code == "damaged" ? 13 : 12))
            #expect(!isThere, "something was written")
            #expect(error?["hint"]?.string?.isEmpty == false)
            if let step = attack.stranger { #expect(try press.stranger(remote) == step) }
        }
        try FileManager.default.removeItem(atPath: press.machine.path(remote))
        if isThere { try FileManager.default.removeItem(atPath: press.machine.path(target)) }
    }

    @Test("what changes nothing is accepted", arguments: Attack.harmless)
    func harmless(_ attack: Attack) throws { try check(attack) }

    @Test("a manifest's member altered is refused, whoever signs it", arguments: Attack.alteredMembers)
    func members(_ attack: Attack) throws { try check(attack) }

    @Test("signatures dropped, damaged, swapped or of others are refused", arguments: Attack.signatures)
    func signatures(_ attack: Attack) throws { try check(attack) }

    @Test("another spelling of a signed document is refused", arguments: Attack.spellings)
    func spellings(_ attack: Attack) throws { try check(attack) }

    @Test("documents that do not fit together are refused although their owner signed each", arguments: Attack.mixtures)
    func mixtures(_ attack: Attack) throws { try check(attack) }

    @Test("bundles replaced, cut, padded or filled with what no bundle holds are refused", arguments: Attack.bundles)
    func bundles(_ attack: Attack) throws { try check(attack) }

    @Test("logs and details that are not what was signed are refused", arguments: Attack.logs)
    func logs(_ attack: Attack) throws { try check(attack) }
}
