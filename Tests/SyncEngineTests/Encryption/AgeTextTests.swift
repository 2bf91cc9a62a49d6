import Foundation
import SyncEngine
import Testing

@Suite("Armor, keys and files of the age format")
struct AgeTextTests {
    struct Armored: Sendable {
        let name: String
        let expected: AgeOutcome
        /// Nil where the command of Debian 12 is older than what its author's specification allows now.
        let oracle: Bool?
        let change: @Sendable (String) -> String
    }

    private static let begin = "-----BEGIN AGE ENCRYPTED FILE-----\n"
    private static let end = "-----END AGE ENCRYPTED FILE-----"

    static let armored: [Armored] = [
        .init(name: "as it was written", expected: .success, oracle: true) { $0 },
        .init(name: "CRLF", expected: .success, oracle: true) { $0.replacing("\n", with: "\r\n") },
        .init(name: "no end of line", expected: .success, oracle: true) { String($0.dropLast()) },
        .init(name: "white space after", expected: .success, oracle: true) { $0 + " \n\t\r\n" },
        .init(name: "white space before", expected: .success, oracle: nil) { "\n  \t" + $0 },
        .init(name: "much white space", expected: .badArmor, oracle: nil) { $0 + String(repeating: " ", count: 2000) },
        .init(name: "something before", expected: .badHeader, oracle: false) { "Dear desk,\n" + $0 },
        .init(name: "something after", expected: .badArmor, oracle: false) { $0 + "Yours" },
        .init(name: "another label", expected: .badArmor, oracle: false) {
            $0.replacing(begin, with: begin.replacing("AGE", with: "OLD"))
        },
        .init(name: "a label in lower case", expected: .badArmor, oracle: false) {
            $0.replacing(begin, with: begin.lowercased())
        },
        .init(name: "headers as in mail", expected: .badArmor, oracle: false) {
            $0.replacing(begin, with: begin + "Version: 1\n\n")
        },
        .init(name: "an empty first line", expected: .badArmor, oracle: false) {
            $0.replacing(begin, with: begin + "\n")
        },
        .init(name: "an empty last line", expected: .badArmor, oracle: false) { $0.replacing(end, with: "\n" + end) },
        .init(name: "no last line", expected: .badArmor, oracle: false) { $0.replacing(end + "\n", with: "") },
        .init(name: "a checksum as in PGP", expected: .badArmor, oracle: false) {
            $0.replacing(end, with: "=AAAA\n" + end)
        },
        .init(name: "a space in a line", expected: .badArmor, oracle: false) { $0.replacing(begin, with: begin + " ") },
        .init(name: "a space at the end of a line", expected: .badArmor, oracle: false) {
            $0.replacing("\n" + end, with: " \n" + end)
        },
        .init(name: "a character that is no base64", expected: .badArmor, oracle: false) {
            $0.replacing(begin, with: begin + "-")
        },
        .init(name: "a short line within", expected: .badArmor, oracle: false) {
            var lines = $0.components(separatedBy: "\n")
            lines[1].insert("\n", at: lines[1].index(lines[1].startIndex, offsetBy: 4))
            return lines.joined(separator: "\n")
        },
        .init(name: "a longer line", expected: .badArmor, oracle: false) {
            var lines = $0.components(separatedBy: "\n")
            lines[1] += lines[2]
            lines.remove(at: 2)
            return lines.joined(separator: "\n")
        },
        .init(name: "nothing within", expected: .badHeader, oracle: false) { _ in begin + end + "\n" },
    ]

    @Test("armor", arguments: armored.indices)
    func armor(_ index: Int) throws {
        let test = Self.armored[index]
        let place = try Workplace()
        // 3 · 64 bytes and some more: a last line of every length is met.
        for size in 0..<48 {
            let identity = AgeIdentity.make()
            let file = try Age.encrypt(noise(size), to: AgeRecipients([try #require(identity.recipient)]))
            let text = test.change(
                Self.begin + Data(file).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
                    + "\n" + Self.end + "\n")
            for part in [1, 1 << 20] {
                let (outcome, content) = AgeOutcome.reading(Array(text.utf8), with: [identity], part: part)
                #expect(outcome == test.expected, "\(test.name), \(size) bytes")
                #expect(content == (test.expected == .success ? noise(size) : []))
            }
            guard size < 3, let oracle = test.oracle else { continue }
            try place.write(Array("\(identity.secretText ?? "")\n".utf8), to: "key")
            try place.write(Array(text.utf8), to: "f.age")
            #expect(try (place.shell("age -d -i key f.age > back").exit == 0) == oracle, "\(test.name), \(size) bytes")
        }
    }

    @Test("a recipient that is none is refused before anything is written")
    func recipients() throws {
        let good = try #require(AgeIdentity.make().recipient).description
        #expect(try AgeRecipient(" \(good)\n").description == good)
        #expect(try AgeRecipient(good.uppercased()).description == good)
        for bad in [
            "", "age1", String(good.dropLast()), good + "q", "A" + good.dropFirst(),
            good.replacing("age1", with: "egg1"),
            "ssh-ed25519", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1QQQQ",
        ] {
            #expect(throws: AgeError.self, "\(bad)") { try AgeRecipient(bad) }
        }
        let place = try Workplace()
        try place.shell("ssh-keygen -q -t rsa -b 2048 -N '' -f rsa; ssh-keygen -q -t ecdsa -N '' -f ecdsa")
        for name in ["rsa", "ecdsa"] {
            let text = String(decoding: try place.read(name + ".pub"), as: UTF8.self)
            let outcome = AgeOutcome.making { () throws(AgeError) in _ = try AgeRecipient(text) }
            #expect(outcome == .unsupported, "\(name)")
        }
        #expect(throws: AgeError.self) { try AgeRecipients([]) }
        #expect(throws: AgeError.self) { try AgeRecipients(passphrase: "") }
    }

    @Test("nothing can be encrypted to a point of low order, or to what is no point")
    func lowOrder() throws {
        for point in [[UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31)] {
            #expect(throws: AgeError.self) { try Age.encrypt([1], to: AgeRecipients([.x25519(point)])) }
        }
        // Ed25519: y = 1, y = -1, and about half of all numbers.
        let minusOne = [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
        var refused = 0
        for raw in [[1] + [UInt8](repeating: 0, count: 31), minusOne] + (1...20).map({ noise(32, seed: $0) }) {
            let blob = [0, 0, 0, 11] + Array("ssh-ed25519".utf8) + [0, 0, 0, 32] + raw
            let line = "ssh-ed25519 \(Data(blob).base64EncodedString())"
            let outcome = AgeOutcome.making { () throws(AgeError) in
                _ = try Age.encrypt([1], to: AgeRecipients([AgeRecipient(line)]))
            }
            #expect(outcome == .success || outcome == .badRecipient)
            if outcome == .badRecipient { refused += 1 }
        }
        #expect(refused >= 6 && refused < 22)
    }

    @Test("an identity file says in which line it is wrong, and never what stands there")
    func identities() throws {
        let place = try Workplace()
        let secret = AgeIdentity.make().secretText ?? ""
        try place.write(Array("# one\n\n\(secret)\n\(secret.dropLast(2))\n".utf8), to: "bad")
        do {
            _ = try AgeIdentity.list(in: place.path("bad"))
            Issue.record("it was taken")
        } catch {
            #expect("\(error)".contains("line 4"))
            #expect(!"\(error)".contains("AGE-SECRET-KEY-1Q") && !"\(error)".contains(secret.dropFirst(20)))
        }
        try place.write(Array("# nothing\n".utf8), to: "empty")
        #expect(throws: AgeError.self) { try AgeIdentity.list(in: place.path("empty")) }
        #expect(throws: AgeError.self) { try AgeIdentity.list(in: place.path("none")) }
        #expect(throws: AgeError.self) { try AgeIdentity(secret.lowercased()) }
    }

    @Test("a file that is not whole leaves nothing behind, and does not touch what was there")
    func nothingLeft() throws {
        let place = try Workplace()
        let identity = AgeIdentity.make()
        let file = try Age.encrypt(noise(200_000), to: AgeRecipients([try #require(identity.recipient)]))
        try place.write(Array(file.dropLast()), to: "cut.age")
        try place.write([42], to: "out")
        #expect(throws: AgeError.damaged(chunk: 3, reason: "it was changed or cut short")) {
            try Age.decrypt(file: place.path("cut.age"), to: place.path("out"), with: [identity])
        }
        #expect(try place.read("out") == [42])
        #expect(try place.shell("ls -A").text == "cut.age\nout\n")
    }

    @Test("the same random numbers give the same file, others another")
    func randomness() throws {
        let recipients = try AgeRecipients([try #require(AgeIdentity.make().recipient)])
        let first = try Age.encrypt(noise(100), to: recipients, random: AgeSample.random)
        #expect(try Age.encrypt(noise(100), to: recipients, random: AgeSample.random) == first)
        #expect(try Age.encrypt(noise(100), to: recipients) != Age.encrypt(noise(100), to: recipients))
    }
}
