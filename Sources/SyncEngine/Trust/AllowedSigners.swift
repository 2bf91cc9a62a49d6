internal import Models

/// The public keys that a user accepts, in OpenSSH's `allowed_signers` form (ssh-keygen(1), ALLOWED SIGNERS).
public struct AllowedSigners: Sendable {
    /// One line: who, which key, for what, and when.
    public struct Entry: Hashable, Sendable {
        public let principals: String
        public let key: PublicKey
        /// Empty: any.
        let namespaces: [String]
        let validAfter: Timestamp?
        let validBefore: Timestamp?
        /// Keys that certify other keys. stet follows no certificates, so such a line never matches.
        let isAuthority: Bool
        public let comment: String
    }

    public private(set) var entries: [Entry]
    /// Numbers, from 1, of lines that could not be read. They accept nobody.
    public let unreadable: [Int]
    private let source: [String]

    public init(parsing text: String) {
        var entries: [Entry] = []
        var unreadable: [Int] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingSpaces()
            if line.isEmpty || line.hasPrefix("#") { continue }
            if let entry = Self.entry(line) { entries.append(entry) } else { unreadable.append(index + 1) }
        }
        self.entries = entries
        self.unreadable = unreadable
        source = text.split(separator: "\n").map(String.init)
    }

    /// The readable lines again, e.g. to add to them for one run.
    package var lines: [String] { source }

    /// Whether `key` may sign for `namespace` at `time`; the principal under which it is known.
    func decision(on key: PublicKey, namespace: String, at time: Timestamp) -> Decision {
        let matching = entries.filter { entry in
            entry.key == key && !entry.isAuthority && (entry.namespaces.isEmpty || entry.namespaces.contains(namespace))
        }
        guard !matching.isEmpty else { return .unknown }
        let valid = matching.first { entry in
            entry.validAfter.map { time >= $0 } ?? true && entry.validBefore.map { time < $0 } ?? true
        }
        return valid.map { .accepted(principal: $0.principals) } ?? .notThen
    }

    enum Decision: Hashable, Sendable {
        case accepted(principal: String)
        case unknown
        case notThen
    }

    /// A line for `key`, good for everything that stet signs.
    package static func line(principal: String, key: PublicKey) -> String {
        let namespaces = SSHSignature.Namespace.allCases.map(\.rawValue).joined(separator: ",")
        return "\(principal) namespaces=\"\(namespaces)\" \(key)"
    }

    private static func entry(_ line: String) -> Entry? {
        var fields = Self.fields(line)
        guard fields.count >= 3 else { return nil }
        let principals = fields.removeFirst().replacing("\"", with: "")
        var options: [String] = []
        if fields.count >= 3, PublicKey("\(fields[0]) \(fields[1])") == nil {
            options = Self.options(fields.removeFirst())
        }
        guard let key = PublicKey("\(fields[0]) \(fields[1])") else { return nil }
        var namespaces: [String] = []
        var after: Timestamp?
        var before: Timestamp?
        var isAuthority = false
        for option in options {
            let parts = option.split(separator: "=", maxSplits: 1)
            let value = parts.count == 2 ? parts[1].replacing("\"", with: "") : ""
            switch parts[0].lowercased() {
            case "namespaces": namespaces = value.split(separator: ",").map(String.init)
            case "valid-after":
                guard let time = Self.time(String(value)) else { return nil }
                after = time
            case "valid-before":
                guard let time = Self.time(String(value)) else { return nil }
                before = time
            case "cert-authority": isAuthority = true
            // An option that is not understood could be a restriction.
            default: return nil
            }
        }
        return Entry(
            principals: principals, key: key, namespaces: namespaces, validAfter: after, validBefore: before,
            isAuthority: isAuthority, comment: fields.dropFirst(2).joined(separator: " "))
    }

    /// Splits at spaces outside quotation marks.
    private static func fields(_ line: String) -> [String] { split(line, at: [" ", "\t"]) }
    private static func options(_ text: String) -> [String] { split(text, at: [","]) }

    private static func split(_ text: String, at separators: Set<Character>) -> [String] {
        var parts = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if separators.contains(character), !isQuoted {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.filter { !$0.isEmpty }
    }

    /// `YYYYMMDD[HHMM[SS]][Z]`. ssh-keygen reads it in local time without the `Z`; here it is always UTC, so that two machines
    /// agree.
    private static func time(_ text: String) -> Timestamp? {
        var digits = Array(text.hasSuffix("Z") ? text.dropLast() : text[...])
        guard [8, 12, 14].contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        digits += Array(String(repeating: "0", count: 14 - digits.count))
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return Timestamp(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z")
    }
}
