public import Models

/// The public keys that a user accepts, in OpenSSH's `allowed_signers` form (ssh-keygen(1), ALLOWED SIGNERS).
public struct AllowedSigners: Sendable {
    /// One line: who, which key, for what, and when.
    public struct Entry: Hashable, Sendable {
        public let principals: String
        public let key: PublicKey
        /// A list of patterns; nil: any namespace.
        let namespaces: String?
        public let validAfter: Timestamp?
        public let validBefore: Timestamp?
        /// Keys that certify other keys. stet follows no certificates, so such a line never matches.
        let isAuthority: Bool
        public let comment: String

        /// Whether the validity ends because the user revoked the key, rather than as planned.
        public var isRevoked: Bool { validBefore != nil && comment == AllowedSigners.revokedComment }

        /// Why the line accepts nobody whatever is signed; nil where it accepts somebody.
        public var impediment: String? {
            if isAuthority { return "it is for certificates, and stet follows none" }
            if principals.utf8.contains(UInt8(ascii: "!")) {
                return "names are not matched here, so none can be excluded"
            }
            return key.weakness.map { "\($0)" }
        }
    }

    /// What stands behind a key that `revoke` ended. ssh-keygen takes it for a comment.
    static let revokedComment = "revoked"

    public let entries: [Entry]
    /// Numbers, from 1, of lines that could not be read. They accept nobody.
    public let unreadable: [Int]
    private let source: [String]

    public init(parsing text: String) {
        var entries: [Entry] = []
        var unreadable: [Int] = []
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            switch SignerLine.parse(Array(line)) {
            case .entry(let entry): entries.append(entry)
            case .unreadable: unreadable.append(index + 1)
            case .nothing: break
            }
        }
        self.entries = entries
        self.unreadable = unreadable
        source = text.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// The readable lines again, e.g. to add to them for one run.
    package var lines: [String] { source }

    /// Whether `key` may sign for `namespace` at `time`; the principal under which it is known.
    package func decision(on key: PublicKey, namespace: String, at time: Timestamp) -> Decision {
        let known = entries.filter { $0.key == key && $0.impediment == nil }
        guard !known.isEmpty else { return .unknown }
        let matching = known.filter { entry in
            entry.namespaces.map { PatternList.matches(namespace, $0) } ?? true
        }
        guard let last = matching.last else { return .notForThis }
        let valid = matching.first { entry in
            entry.validAfter.map { time >= $0 } ?? true && entry.validBefore.map { time < $0 } ?? true
        }
        if let valid {
            return .accepted(principal: valid.principals, revoked: valid.isRevoked ? valid.validBefore : nil)
        }
        if let before = last.validBefore, time >= before {
            return last.isRevoked ? .revoked(before) : .expired(before)
        }
        return .notYet(last.validAfter ?? time)
    }

    package enum Decision: Hashable, Sendable {
        /// `revoked`: when the user revoked the key, which is after `time`.
        case accepted(principal: String, revoked: Timestamp?)
        case unknown
        /// Accepted, but in no line for this namespace.
        case notForThis
        case notYet(Timestamp)
        case expired(Timestamp)
        case revoked(Timestamp)
    }

    /// A line for `key`, good for the documents that stet signs, in the form in which stet always writes one.
    package static func line(
        principal: String, key: PublicKey, validAfter: Timestamp? = nil, validBefore: Timestamp? = nil,
        isRevoked: Bool = false
    ) -> String {
        let namespaces = [SSHSignature.Namespace.manifest, .bundle].map(\.rawValue).joined(separator: ",")
        var options = "namespaces=\"\(namespaces)\""
        if let validAfter { options += ",valid-after=\"\(SignerLine.text(of: validAfter))\"" }
        if let validBefore { options += ",valid-before=\"\(SignerLine.text(of: validBefore))\"" }
        return "\(principal) \(options) \(key)" + (isRevoked ? " " + revokedComment : "")
    }
}

extension AllowedSigners {
    /// A time as in `valid-after` and `valid-before`, in UTC; nil for any other text.
    package static func time(_ text: String) -> Timestamp? { SignerLine.time(text) }
}

/// OpenSSH's lists of patterns (ssh_config(5), PATTERNS): `*`, `?`, and `!` before what is not meant.
enum PatternList {
    static func matches(_ text: String, _ list: String) -> Bool {
        var isFound = false
        for pattern in list.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let isNegated = pattern.first == UInt8(ascii: "!")
            guard matches(Array(text.utf8), Array(isNegated ? pattern.dropFirst() : pattern)) else { continue }
            if isNegated { return false }
            isFound = true
        }
        return isFound
    }

    /// In time proportional to the product of both lengths.
    private static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
        var (at, next) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while at < text.count {
            if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
                star = (next, at)
                next += 1
            } else if next < pattern.count, pattern[next] == UInt8(ascii: "?") || pattern[next] == text[at] {
                at += 1
                next += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (next, at) = (last.pattern + 1, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
