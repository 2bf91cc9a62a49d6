import Foundation
import Models
import SyncEngine
import Testing

@Suite("allowed_signers, against the real ssh-keygen")
struct TrustAgreementTests {
    /// What stet and ssh-keygen make of a line; stet may refuse more, never less.
    enum Expected: Sendable { case both, neither, onlyThere }

    /// KEY stands for the signer's key, WORD for its base64, `other` for somebody else's key. Signed for `stet-manifest` at 2026-03-01.
    static let lines: [(String, String, Expected)] = [
        ("desk KEY", "desk", .both), ("desk KEY a comment", "desk", .both), ("desk\tKEY", "desk", .both),
        ("  desk  KEY", "desk", .both), ("desk KEY\r", "desk", .both), ("desk KEY comment\r", "desk", .both),
        ("#desk KEY", "desk", .neither), ("desk", "desk", .neither), ("desk KEYx", "desk", .neither),
        ("desk ssh-rsa WORD", "desk", .neither), ("desk SSH-ED25519 WORD", "desk", .neither),
        ("desk ed25519 WORD", "desk", .neither), ("desk OTHER", "desk", .neither), ("desk\u{0B}KEY", "desk", .neither),
        ("desk,press KEY", "press", .both), ("*@example.org KEY", "a@example.org", .both),
        ("desk,!intern KEY", "desk", .onlyThere), ("!intern KEY", "desk", .neither),
        ("\"the desk\" KEY", "the desk", .both), ("the\" desk\" KEY", "the desk", .onlyThere),
        ("\"desk KEY", "desk", .neither), ("desk,, KEY", "desk", .both),
        ("garbage\ndesk KEY", "desk", .both), ("desk garbage\ndesk KEY", "desk", .both),
        ("desk unknown KEY\ndesk KEY", "desk", .both), ("\n\r\n# c\ndesk KEY", "desk", .both),
        ("desk namespaces=\"stet-manifest\" KEY", "desk", .both), ("desk namespaces=\"file\" KEY", "desk", .neither),
        ("desk namespaces=\"file,stet-*\" KEY", "desk", .both), ("desk namespaces=\"*\" KEY", "desk", .both),
        ("desk namespaces=\"stet-manifes?\" KEY", "desk", .both), ("desk namespaces=\"stet?\" KEY", "desk", .neither),
        ("desk namespaces=\"!stet-manifest,*\" KEY", "desk", .neither),
        ("desk namespaces=\"!file,stet-manifest\" KEY", "desk", .both),
        ("desk namespaces=\"!file\" KEY", "desk", .neither),
        ("desk namespaces=\"\" KEY", "desk", .neither), ("desk namespaces=stet-manifest KEY", "desk", .neither),
        ("desk namespaces=\"stet-manifest KEY", "desk", .neither),
        ("desk NAMESPACES=\"stet-manifest\" KEY", "desk", .both),
        ("desk namespaces=\"a\\\"b,stet-manifest\" KEY", "desk", .both),
        ("desk namespaces=\"stet-manifest\",namespaces=\"stet-manifest\" KEY", "desk", .neither),
        ("desk namespaces=\"stet-manifest\" namespaces=\"x\" KEY", "desk", .neither),
        ("desk namespaces=\"stet-manifest\", KEY", "desk", .neither),
        ("desk namespaces=\"stet-manifest\"  KEY", "desk", .both),
        ("desk cert-authority KEY", "desk", .neither), ("desk CERT-AUTHORITY KEY", "desk", .neither),
        ("desk cert-authority,namespaces=\"stet-manifest\" KEY", "desk", .neither),
        ("desk no-cert-authority KEY", "desk", .neither), ("desk no-touch-required KEY", "desk", .neither),
        ("desk valid-after=\"20250101Z\" KEY", "desk", .both), ("desk valid-after=\"20270101Z\" KEY", "desk", .neither),
        ("desk valid-before=\"20270101Z\" KEY", "desk", .both),
        ("desk valid-before=\"20250101Z\" KEY", "desk", .neither),
        ("desk valid-after=\"202603010000Z\" KEY", "desk", .both),
        ("desk valid-after=\"20260301000001Z\" KEY", "desk", .neither),
        ("desk valid-before=\"20260301000001Z\" KEY", "desk", .both),
        ("desk valid-before=\"20260301000000Z\" KEY", "desk", .onlyThere),
        ("desk valid-before=\"20260228235959Z\" KEY", "desk", .neither),
        ("desk valid-after=\"20250101Z\",valid-before=\"20270101Z\",namespaces=\"stet-manifest\" KEY", "desk", .both),
        ("desk valid-after=\"20270101Z\",valid-before=\"20250101Z\" KEY", "desk", .neither),
        ("desk valid-before=\"20270101Z\",valid-before=\"20280101Z\" KEY", "desk", .neither),
        ("desk valid-before=\"20270230Z\" KEY", "desk", .onlyThere),
        ("desk valid-before=\"20271301Z\" KEY", "desk", .neither),
        ("desk valid-before=\"2027010100Z\" KEY", "desk", .neither),
        ("desk valid-before=\"then\" KEY", "desk", .neither),
        ("desk valid-before=\"20270101UTC\" KEY", "desk", .onlyThere),
        ("desk valid-before=20270101Z KEY", "desk", .neither),
        ("desk valid-before=\"\" KEY", "desk", .neither), ("desk valid-after=\"19700101Z\" KEY", "desk", .neither),
        ("desk OTHER\ndesk KEY", "desk", .both),
        ("desk valid-before=\"20250101Z\" KEY\ndesk valid-after=\"20260101Z\" KEY", "desk", .both),
        ("desk namespaces=\"stet-manifest\" KEY\ndesk cert-authority KEY", "desk", .both),
    ]

    @Test("stet accepts nobody whom ssh-keygen refuses")
    func table() throws {
        let place = try Workplace()
        try place.shell(
            "ssh-keygen -q -t ed25519 -N '' -C c -f k; ssh-keygen -q -t ed25519 -N '' -C c -f o; printf x > m; ssh-keygen -q -Y sign -f k -n stet-manifest m"
        )
        let key = try #require(PublicKey(try String(contentsOfFile: place.path("k.pub"), encoding: .utf8)))
        let other = try #require(PublicKey(try String(contentsOfFile: place.path("o.pub"), encoding: .utf8)))
        let time = try #require(Timestamp("2026-03-01T00:00:00Z"))
        for (template, name, expected) in Self.lines {
            let text = template.replacingOccurrences(of: "KEY", with: "\(key)")
                .replacingOccurrences(of: "OTHER", with: "\(other)")
                .replacingOccurrences(of: "WORD", with: String("\(key)".split(separator: " ")[1]))
            try Data((text + "\n").utf8).write(to: URL(filePath: place.path("signers")))
            let verify =
                "TZ=UTC ssh-keygen -Y verify -f signers -I '\(name)' -n stet-manifest -O verify-time=20260301000000Z -s m.sig < m"
            let there = try place.shell(verify).exit == 0
            let decision = AllowedSigners(parsing: text + "\n").decision(on: key, namespace: "stet-manifest", at: time)
            var here = false
            if case .accepted = decision { here = true }
            #expect(there == (expected != .neither), "ssh-keygen: \(template)")
            #expect(here == (expected == .both), "stet: \(template)")
        }
    }

    @Test("what trust writes, ssh-keygen reads: validity, and revocation that keeps old evidence good")
    func written() throws {
        let place = try Workplace()
        try place.shell(
            "ssh-keygen -q -t ecdsa -N '' -C c -f k; printf x > m; ssh-keygen -q -Y sign -f k -n stet-manifest m")
        let key = try #require(PublicKey(try String(contentsOfFile: place.path("k.pub"), encoding: .utf8)))
        let file = TrustFile(path: place.path("signers"))
        func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }
        #expect(
            try file.add(
                key, as: "desk", validAfter: time("2026-01-01T00:00:00Z"), validBefore: time("2028-01-01T00:00:00Z")))
        #expect(
            try !file.add(
                key, as: "desk", validAfter: time("2026-01-01T00:00:00Z"), validBefore: time("2028-01-01T00:00:00Z")))
        func accepted(_ at: String) throws -> (here: String, there: Bool) {
            let digits = at.filter(\.isNumber)
            let there =
                try place.shell(
                    "TZ=Asia/Tokyo ssh-keygen -Y verify -f signers -I desk -n stet-manifest -O verify-time=\(digits)Z -s m.sig < m"
                ).exit == 0
            let decision = try file.signers().decision(on: key, namespace: "stet-manifest", at: time(at))
            return (String(String(describing: decision).prefix { $0 != "(" }), there)
        }
        #expect(try accepted("2025-12-31T23:59:59Z") == ("notYet", false))
        #expect(try accepted("2026-01-01T00:00:00Z") == ("accepted", true))
        #expect(try accepted("2028-01-01T00:00:01Z") == ("expired", false))
        #expect(try file.revoke("desk", at: time("2026-10-01T12:30:45.500Z")).count == 1)
        #expect(try accepted("2026-10-01T12:30:44Z") == ("accepted", true))
        #expect(try accepted("2026-10-01T12:30:46Z") == ("revoked", false))
        #expect(try file.signers().entries.first?.isRevoked == true)
        // Revoking later than it is revoked already changes nothing, and a key that was never valid cannot be revoked.
        #expect(throws: SyncError.self) { try file.revoke("desk", at: time("2027-01-01T00:00:00Z")) }
        #expect(throws: SyncError.self) { try file.revoke("nobody", at: time("2027-01-01T00:00:00Z")) }
        #expect(throws: SyncError.self) {
            try file.add(
                key, as: "x", validAfter: time("2028-01-01T00:00:00Z"), validBefore: time("2027-01-01T00:00:00Z"))
        }
    }
}
