import Foundation
import SyncEngine
import Testing

/// Files that are almost age files. The real `age` is asked too, and must say the same of each.
@Suite("The age format, read strictly")
struct AgeFormatTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let expected: AgeOutcome
        let change: @Sendable (inout AgeSample) throws -> Void
        var testDescription: String { name }

        init(_ name: String, _ expected: AgeOutcome, _ change: @escaping @Sendable (inout AgeSample) throws -> Void) {
            self.name = name
            self.expected = expected
            self.change = change
        }
    }

    static let symbols = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    static let full = String(repeating: "A", count: 64)

    static let headers: [Case] = [
        Case("as it was written", .success) { _ in },
        Case("a recipient of an unknown kind", .success) {
            $0.lines.insert(contentsOf: ["-> grease a b", "QUJD"], at: 1)
        },
        Case("an unknown recipient without a body", .success) { $0.lines += ["-> grease", ""] },
        Case("an unknown recipient with a full line", .success) { $0.lines += ["-> grease", full, ""] },
        Case("an unknown recipient with all symbols", .success) { $0.lines += ["-> \(symbols)", "QQ"] },
        Case("the same recipient twice", .success) { $0.lines += $0.lines[1...] },
        Case("version 2", .unsupported) { $0.lines[0] = "age-encryption.org/v2" },
        Case("version 1 with a space", .badHeader) { $0.lines[0] += " " },
        Case("version 1 with a carriage return", .badHeader) { $0.lines[0] += "\r" },
        Case("no version", .badHeader) { $0.lines[0] = "age-encryption.org/" },
        Case("another format", .badHeader) { $0.lines[0] = "rage-encryption.org/v1" },
        Case("no recipients", .badHeader) { $0.lines = [$0.lines[0]] },
        Case("no arguments", .badHeader) { $0.lines += ["->", ""] },
        Case("an empty argument", .badHeader) { $0.lines += ["-> ", ""] },
        Case("two spaces", .badHeader) { $0.lines += ["->  grease", ""] },
        Case("a space at the end", .badHeader) { $0.lines += ["-> grease ", ""] },
        Case("no space before", .badHeader) { $0.lines += ["->grease", ""] },
        Case("another arrow", .badHeader) { $0.lines += ["=> grease", ""] },
        Case("a control character", .badHeader) { $0.lines += ["-> gre\tase", ""] },
        Case("a character beyond ASCII", .badHeader) { $0.lines += ["-> größe", ""] },
        Case("a carriage return", .badHeader) { $0.lines[1] += "\r" },
        Case("a carriage return in the body", .badHeader) { $0.lines[2] += "\r" },
        Case("an empty line", .badHeader) { $0.lines.append("") },
        Case("a recipient without a body", .badHeader) { $0.lines.removeLast() },
        Case("a full line that is the last", .badHeader) { $0.lines += ["-> grease", full] },
        Case("a line of 65", .badHeader) { $0.lines += ["-> grease", full + "A", ""] },
        Case("two short lines", .badHeader) { $0.lines += ["-> grease", "QUJD", "QUJD"] },
        Case("padding", .badHeader) { $0.lines += ["-> grease", "QQ=="] },
        Case("a character that is no base64", .badHeader) { $0.lines += ["-> grease", "QU-D"] },
        Case("a body in another spelling", .badHeader) { $0.lines[2] = AgeSample.misspelled($0.lines[2]) },
        Case("a share in another spelling", .badHeader) { $0.lines[1] = AgeSample.misspelled($0.lines[1]) },
        Case("an argument too many", .badHeader) { $0.lines[1] += " more" },
        Case("an argument too few", .badHeader) { $0.lines[1] = "-> X25519" },
        Case("a kind in another case", .noMatch) { $0.lines[1] = $0.lines[1].replacing("X25519", with: "x25519") },
        Case("a share of 31 bytes", .badHeader) { $0.lines[1] = "-> X25519 " + AgeSample.raw(noise(31)) },
        Case("a share of 33 bytes", .badHeader) { $0.lines[1] = "-> X25519 " + AgeSample.raw(noise(33)) },
        Case("a share of zeros", .badHeader) {
            $0.lines[1] = "-> X25519 " + AgeSample.raw(.init(repeating: 0, count: 32))
        },
        Case("a share of order 2", .badHeader) {
            $0.lines[1] = "-> X25519 " + AgeSample.raw([1] + [UInt8](repeating: 0, count: 31))
        },
        Case("somebody else's share", .noMatch) { $0.lines[1] = "-> X25519 " + AgeSample.raw(noise(32)) },
        Case("a longer key", .badHeader) { $0.lines[2] = AgeSample.raw(noise(40)) },
        Case("a shorter key", .badHeader) { $0.lines[2] = AgeSample.raw(noise(24)) },
        Case("another key", .noMatch) { $0.lines[2] = AgeSample.raw(noise(32)) },
    ]

    static let endings: [(name: String, expected: AgeOutcome, ending: @Sendable (String) -> String)] = [
        ("as it was written", .success, { " \($0)\n" }),
        ("no MAC", .badHeader, { _ in "\n" }),
        ("no space", .badHeader, { "\($0)\n" }),
        ("two spaces", .badHeader, { "  \($0)\n" }),
        ("a space at the end", .badHeader, { " \($0) \n" }),
        ("a carriage return", .badHeader, { " \($0)\r\n" }),
        ("padding", .badHeader, { " \($0)=\n" }),
        ("something more", .badHeader, { " \($0)AAAA\n" }),
        ("a shorter MAC", .badHeader, { " \($0.dropLast(3))\n" }),
        ("another spelling", .badHeader, { " \(AgeSample.misspelled($0))\n" }),
        ("another MAC", .changedHeader, { _ in " \(AgeSample.raw(noise(32)))\n" }),
    ]

    static let passphrases: [Case] = [
        Case("as it was written", .success) { _ in },
        Case("a leading zero", .badHeader) { $0.lines[1] = $0.lines[1].replacing(" 8", with: " 08") },
        Case("a sign", .badHeader) { $0.lines[1] = $0.lines[1].replacing(" 8", with: " +8") },
        Case("a negative number", .badHeader) { $0.lines[1] = $0.lines[1].replacing(" 8", with: " -8") },
        Case("a hexadecimal number", .badHeader) { $0.lines[1] = $0.lines[1].replacing(" 8", with: " 0x8") },
        Case("zero", .badHeader) { $0.lines[1] = $0.lines[1].replacing(" 8", with: " 0") },
        Case("a letter after it", .badHeader) { $0.lines[1] += "a" },
        Case("more work than anybody has time for", .unsupported) {
            $0.lines[1] = $0.lines[1].replacing(" 8", with: " 23")
        },
        Case("more than a number can be", .unsupported) { $0.lines[1] += String(repeating: "8", count: 30) },
        Case("no work factor", .badHeader) { $0.lines[1] = $0.lines[1].replacing(" 8", with: "") },
        Case("an argument too many", .badHeader) { $0.lines[1] += " 8" },
        Case("a shorter salt", .badHeader) { $0.lines[1] = "-> scrypt \(AgeSample.raw(noise(15))) 8" },
        Case("a longer salt", .badHeader) { $0.lines[1] = "-> scrypt \(AgeSample.raw(noise(17))) 8" },
        Case("a salt in another spelling", .badHeader) {
            $0.lines[1] = "-> scrypt \(AgeSample.misspelled(AgeSample.raw(noise(16)))) 8"
        },
        Case("another salt", .wrongPassphrase) { $0.lines[1] = "-> scrypt \(AgeSample.raw(noise(16))) 8" },
        Case("another work factor", .wrongPassphrase) { $0.lines[1] = $0.lines[1].replacing(" 8", with: " 9") },
        Case("a longer key", .badHeader) { $0.lines[2] = AgeSample.raw(noise(40)) },
        Case("a kind in another case", .noMatch) { $0.lines[1] = $0.lines[1].replacing("scrypt", with: "Scrypt") },
        Case("twice", .badHeader) { $0.lines += $0.lines[1...] },
        Case("beside another recipient", .badHeader) { $0.lines += ["-> grease", ""] },
    ]

    private static let zeros = [UInt8](repeating: 0, count: 65536)
    private static let ones = [UInt8](repeating: 1, count: 65536)

    /// The chunks after the nonce; whether the file is whole, and how many chunks of 64 KiB may be handed out before the end is known.
    static let payloads: [(name: String, isWhole: Bool, good: Int, payload: @Sendable () throws -> [UInt8])] = [
        ("one full chunk", true, 1, { try AgeSample.chunk(zeros, 0, isLast: true) }),
        ("two", true, 2, { try AgeSample.chunk(zeros, 0, isLast: false) + AgeSample.chunk(ones, 1, isLast: true) }),
        ("no chunk", false, 0, { [] }),
        ("a chunk that is not the last", false, 0, { try AgeSample.chunk(zeros, 0, isLast: false) }),
        ("a short one that is not the last", false, 0, { try AgeSample.chunk([1], 0, isLast: false) }),
        (
            "an empty last", false, 1,
            { try AgeSample.chunk(zeros, 0, isLast: false) + AgeSample.chunk([], 1, isLast: true) }
        ),
        (
            "a short one before the last", false, 0,
            { try AgeSample.chunk([1], 0, isLast: false) + AgeSample.chunk(ones, 1, isLast: true) }
        ),
        (
            "two last ones", false, 0,
            { try AgeSample.chunk(zeros, 0, isLast: true) + AgeSample.chunk([1], 1, isLast: true) }
        ),
        ("something short after it", false, 0, { try AgeSample.chunk(zeros, 0, isLast: true) + [1] }),
        ("something long after it", false, 0, { try AgeSample.chunk(zeros, 0, isLast: true) + noise(70000) }),
        ("no authenticator", false, 0, { try AgeSample.chunk([1, 2, 3], 0, isLast: true).dropLast(16) }),
        (
            "swapped", false, 0,
            {
                try AgeSample.chunk(ones, 1, isLast: false) + AgeSample.chunk(zeros, 0, isLast: false)
                    + AgeSample.chunk([], 2, isLast: true)
            }
        ),
        (
            "one repeated", false, 1,
            {
                try AgeSample.chunk(zeros, 0, isLast: false) + AgeSample.chunk(zeros, 0, isLast: false)
                    + AgeSample.chunk([1], 2, isLast: true)
            }
        ),
        (
            "one missing", false, 1,
            { try AgeSample.chunk(zeros, 0, isLast: false) + AgeSample.chunk([1], 2, isLast: true) }
        ),
        (
            "the second changed", false, 1,
            { try AgeSample.chunk(zeros, 0, isLast: false) + AgeSample.chunk(ones, 1, isLast: true).map { $0 ^ 1 } }
        ),
        (
            "cut after the first", false, 1,
            { try AgeSample.chunk(zeros, 0, isLast: false) + AgeSample.chunk(ones, 1, isLast: false) }
        ),
    ]

    /// Whether the real `age` opens the file.
    private func isOpened(_ bytes: [UInt8], in place: Workplace) throws -> Bool {
        try place.write(bytes, to: "f.age")
        return try place.shell("age -d -i key f.age > back").exit == 0
    }

    private func identity(in place: Workplace) throws -> AgeIdentity {
        let identity = AgeIdentity.x25519(noise(32, seed: 5))
        try place.write(Array("\(identity.secretText ?? "")\n".utf8), to: "key")
        return identity
    }

    @Test("a header for a key", arguments: headers)
    func header(_ test: Case) throws {
        let place = try Workplace()
        let identity = try identity(in: place)
        var sample = try AgeSample(AgeRecipients([try #require(identity.recipient)]))
        try test.change(&sample)
        for part in [1, 7, 1 << 20] {
            let (outcome, content) = AgeOutcome.reading(sample.bytes, with: [identity], part: part)
            #expect(outcome == test.expected)
            #expect(content == (test.expected == .success ? AgeSample.content : []))
        }
        #expect(try isOpened(sample.bytes, in: place) == (test.expected == .success))
    }

    @Test("the end of a header", arguments: endings.indices)
    func ending(_ index: Int) throws {
        let test = Self.endings[index]
        let place = try Workplace()
        let identity = try identity(in: place)
        let sample = try AgeSample(AgeRecipients([try #require(identity.recipient)]))
        let bytes = sample.bytes(ending: test.ending(sample.mac))
        #expect(AgeOutcome.reading(bytes, with: [identity]).outcome == test.expected, "\(test.name)")
        #expect(try isOpened(bytes, in: place) == (test.expected == .success), "\(test.name)")
    }

    @Test("a header for a passphrase", arguments: passphrases)
    func passphrase(_ test: Case) throws {
        let place = try Workplace()
        var sample = try AgeSample(AgeRecipients(passphrase: "rosebud", workFactor: 8))
        try test.change(&sample)
        let (outcome, _) = AgeOutcome.reading(sample.bytes, with: [.passphrase("rosebud")])
        #expect(outcome == test.expected)
        try place.write(sample.bytes, to: "f.age")
        #expect(try (place.age("-d -o back f.age", passphrase: "rosebud") == 0) == (test.expected == .success))
    }

    @Test("a payload of chunks", arguments: payloads.indices)
    func payload(_ index: Int) throws {
        let test = Self.payloads[index]
        let place = try Workplace()
        let identity = try identity(in: place)
        var sample = try AgeSample(AgeRecipients([try #require(identity.recipient)]))
        sample.payload = try AgeSample.nonce + test.payload()
        for part in [1000, 65552, 1 << 20] {
            let (outcome, content) = AgeOutcome.reading(sample.bytes, with: [identity], part: part)
            #expect(outcome == (test.isWhole ? .success : .damaged), "\(test.name)")
            #expect(content == Array((Self.zeros + Self.ones)[..<(test.good * 65536)]), "\(test.name)")
        }
        #expect(try isOpened(sample.bytes, in: place) == test.isWhole, "\(test.name)")
    }

    @Test("a payload whose nonce is not whole is refused", arguments: [0, 1, 15])
    func shortNonce(count: Int) throws {
        let place = try Workplace()
        let identity = try identity(in: place)
        var sample = try AgeSample(AgeRecipients([try #require(identity.recipient)]))
        sample.payload = Array(AgeSample.nonce.prefix(count))
        #expect(AgeOutcome.reading(sample.bytes, with: [identity]).outcome == .damaged)
        #expect(try !isOpened(sample.bytes, in: place))
    }

    @Test(
        "what the age command or its author may not have thought of: a header without end is refused, in bounded memory"
    )
    func endlessHeader() throws {
        let identity = AgeIdentity.make()
        let start = Array("age-encryption.org/v1\n-> grease\n".utf8)
        let line = Array((Self.full + "\n").utf8)
        #expect(
            AgeOutcome.reading(start + Array([[UInt8]](repeating: line, count: 20000).joined()), with: [identity])
                .outcome == .unsupported)
        let long = Array("age-encryption.org/v1\n-> ".utf8) + [UInt8](repeating: 0x61, count: 2_000_000)
        #expect(AgeOutcome.reading(long, with: [identity]).outcome == .unsupported)
        #expect(AgeOutcome.reading([UInt8](repeating: 0x61, count: 2_000_000), with: [identity]).outcome == .badHeader)
        #expect(AgeOutcome.reading([], with: [identity]).outcome == .badHeader)
    }

    @Test("every changed bit of a small file is refused, and so is every beginning of it")
    func changedBits() throws {
        let key = AgeIdentity.make()
        let file = try Age.encrypt(AgeSample.content, to: AgeRecipients([try #require(key.recipient)]))
        #expect(AgeOutcome.reading(file, with: [key]).outcome == .success)
        for at in file.indices {
            for bit in 0..<8 {
                var changed = file
                changed[at] ^= 1 << UInt8(bit)
                let (outcome, content) = AgeOutcome.reading(changed, with: [key])
                #expect(outcome != .success && outcome != .other && content.isEmpty, "byte \(at), bit \(bit)")
            }
            let (outcome, content) = AgeOutcome.reading(Array(file[..<at]), with: [key])
            #expect(outcome != .success && outcome != .other && content.isEmpty, "cut at \(at)")
        }
        #expect(AgeOutcome.reading(file + [0], with: [key]).outcome == .damaged)
    }
}
