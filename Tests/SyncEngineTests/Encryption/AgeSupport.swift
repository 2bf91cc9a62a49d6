import Crypto
import Foundation
import SyncEngine

extension Workplace {
    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: path(name)))
    }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path(name)))) }

    /// Runs the real `age` where it asks for a passphrase on its terminal.
    func age(_ arguments: String, passphrase: String) throws -> Int32 {
        let script = """
            import os, pty, re, sys
            child, terminal = pty.fork()
            if child == 0: os.execvp("age", ["age"] + sys.argv[2:])
            text, answered = b"", 0
            while True:
                try: part = os.read(terminal, 1024)
                except OSError: break
                if not part: break
                text += part
                asked = len(re.findall(rb"passphrase[^:\\n]*: ", text))
                for _ in range(asked - answered): os.write(terminal, sys.argv[1].encode() + b"\\n")
                answered = asked
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            sys.exit(status if answered else 99)
            """
        try write(Array(script.utf8), to: "terminal.py")
        return try shell("python3 terminal.py '\(passphrase)' \(arguments)").exit
    }
}

/// Bytes that repeat nowhere.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed
    var out: [UInt8] = []
    out.reserveCapacity(count + 8)
    while out.count < count {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        withUnsafeBytes(of: state ^ state >> 29) { out += $0 }
    }
    return Array(out.prefix(count))
}

/// The parts of an age file, to be put together wrongly. Made anew, with a known key, by the product's own writer.
struct AgeSample {
    static let fileKey = [UInt8](repeating: 7, count: 16)
    static let random = RandomBytes { [UInt8](repeating: 7, count: $0) }
    static let nonce = [UInt8](repeating: 7, count: 16)
    static let content = Array("Stet. Let it stand.".utf8)

    /// All before the line with the MAC.
    var lines: [String]
    var payload: [UInt8]

    init(_ recipients: AgeRecipients, _ content: [UInt8] = Self.content) throws {
        let file = try Age.encrypt(content, to: recipients, random: Self.random)
        let head = Array("\n--- ".utf8)
        let end = file.indices.first { file[$0...].starts(with: head) } ?? 0
        lines = String(decoding: file[..<end], as: UTF8.self).components(separatedBy: "\n")
        payload = Array(file[(end + head.count + 44)...])
    }

    var head: [UInt8] { Array((lines.joined(separator: "\n") + "\n---").utf8) }

    var mac: String {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Self.fileKey), info: Array("header".utf8), outputByteCount: 32)
        return Self.raw(Array(HMAC<SHA256>.authenticationCode(for: head, using: key)))
    }

    /// With a MAC that fits what the lines have become.
    var bytes: [UInt8] { bytes(ending: " \(mac)\n") }

    func bytes(ending: String) -> [UInt8] { head + Array(ending.utf8) + payload }

    static func raw(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString().replacing("=", with: "") }

    /// The same value with a spare bit set.
    static func misspelled(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let last = text.last.flatMap { alphabet.firstIndex(of: $0) } ?? 0
        return text.dropLast() + String(alphabet[last ^ 1])
    }

    static func chunk(_ plain: [UInt8], _ number: UInt8, isLast: Bool) throws -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: fileKey), salt: nonce, info: Array("payload".utf8),
            outputByteCount: 32)
        let counter = [UInt8](repeating: 0, count: 10) + [number, isLast ? 1 : 0]
        let box = try ChaChaPoly.seal(plain, using: key, nonce: .init(data: counter))
        return Array(box.ciphertext) + Array(box.tag)
    }
}

/// How reading ended.
enum AgeOutcome: Equatable {
    case success, noMatch, wrongPassphrase, badHeader, changedHeader, badArmor, damaged, unsupported, badRecipient,
        other

    /// Pushes `file` through a reader in parts; gives what was handed out, whether or not it went well.
    static func reading(
        _ file: [UInt8], with identities: [AgeIdentity], part: Int = 1 << 20
    ) -> (outcome: Self, content: [UInt8]) {
        var reader = AgeReader(identities: identities)
        var content: [UInt8] = []
        let outcome = making { () throws(AgeError) in
            for start in stride(from: 0, to: file.count, by: part) {
                try reader.read(Array(file[start..<min(start + part, file.count)]), into: &content)
            }
            try reader.finish(into: &content)
        }
        return (outcome, content)
    }

    static func making(_ body: () throws(AgeError) -> Void) -> Self {
        do throws(AgeError) {
            try body()
            return .success
        } catch {
            switch error {
            case .noMatchingIdentity: return .noMatch
            case .wrongPassphrase: return .wrongPassphrase
            case .badHeader: return .badHeader
            case .changedHeader: return .changedHeader
            case .badArmor: return .badArmor
            case .damaged: return .damaged
            case .unsupported: return .unsupported
            case .badRecipient: return .badRecipient
            default: return .other
            }
        }
    }
}
