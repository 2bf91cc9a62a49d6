public import Storage

/// Why something could not be encrypted or decrypted in the age format.
public enum AgeError: Error, Hashable, Sendable {
    /// None of the identities at hand opens the file. `recipients`: the kinds that its header names, e.g. `X25519`.
    case noMatchingIdentity(recipients: [String])
    case wrongPassphrase
    /// The header does not follow the format.
    case badHeader(String)
    /// The header was changed by somebody who has not the file's key.
    case changedHeader
    /// The text around an armored file does not follow the format.
    case badArmor(String)
    /// The content was changed, cut short or added to. Chunks of 64 KiB are counted from 0.
    case damaged(chunk: Int, reason: String)
    /// It follows the format, and this version does not do what it asks for.
    case unsupported(String)
    case badRecipient(String, reason: String)
    case badIdentity(String, reason: String)
    /// An identity file that is itself encrypted.
    case needsPassphrase(String)
    case file(FileError)
}

/// Where random bytes come from: keys and nonces must not be guessable, and tests must be repeatable.
package struct RandomBytes: Sendable {
    private let make: @Sendable (Int) -> [UInt8]

    package init(_ make: @escaping @Sendable (Int) -> [UInt8]) { self.make = make }

    package func callAsFunction(_ count: Int) -> [UInt8] { make(count) }

    /// The system's.
    package static let system = RandomBytes { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension AgeError {
    /// For a sentence about the file.
    var reason: String {
        switch self {
        case .noMatchingIdentity(let recipients):
            "it is encrypted to somebody else (\(recipients.joined(separator: ", ")))"
        case .wrongPassphrase: "it is encrypted under another passphrase"
        case .badHeader(let reason): "it is no whole age file: \(reason)"
        case .changedHeader: "its header was changed"
        case .badArmor(let reason): "its armor is malformed: \(reason)"
        case .damaged(let chunk, let reason): "chunk \(chunk): \(reason)"
        case .unsupported(let what): "this version does not support \(what)"
        case .badRecipient(_, let reason), .badIdentity(_, let reason): reason
        case .needsPassphrase: "it can only be read with a passphrase"
        case .file(let error): error.description
        }
    }
}
