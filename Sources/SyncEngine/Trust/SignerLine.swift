internal import Models

/// One line of `allowed_signers`: NAMES [OPTIONS] KEY [COMMENT], read as ssh-keygen reads it or more strictly.
enum SignerLine {
    case entry(AllowedSigners.Entry)
    /// An empty line or a comment.
    case nothing
    /// Accepts nobody: what is not understood may be a restriction.
    case unreadable

    static func parse(_ line: [UInt8]) -> SignerLine {
        var line = line[...]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        var rest = line.drop(while: isSpace)
        guard let first = rest.first, first != UInt8(ascii: "#") else { return .nothing }
        guard !rest.contains(0), let text = String(validating: rest, as: UTF8.self), !text.hasPrefix("\u{FEFF}"),
            let principals = names(&rest), !principals.isEmpty
        else { return .unreadable }
        var options: ArraySlice<UInt8> = []
        var found = key(rest)
        if found == nil {
            guard let split = endOfOptions(rest) else { return .unreadable }
            options = rest[..<split]
            rest = rest[split...].drop(while: isSpace)
            found = key(rest)
        }
        guard let found, let options = Options(options) else { return .unreadable }
        return .entry(
            AllowedSigners.Entry(
                principals: principals, key: found.key, namespaces: options.namespaces, validAfter: options.validAfter,
                validBefore: options.validBefore, isAuthority: options.isAuthority, comment: found.comment))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// The first word, which may stand in quotation marks. ssh-keygen cuts a word with quotation marks inside it in two: here it is refused.
    private static func names(_ rest: inout ArraySlice<UInt8>) -> String? {
        let quote = UInt8(ascii: "\"")
        let word: ArraySlice<UInt8>
        if rest.first == quote {
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: quote), let next = rest[(end + 1)...].first, isSpace(next) else {
                return nil
            }
            word = rest[..<end]
            rest = rest[(end + 1)...]
        } else {
            word = rest.prefix { !isSpace($0) }
            rest = rest[word.endIndex...]
            guard !word.contains(quote) else { return nil }
        }
        rest = rest.drop(while: isSpace)
        return String(decoding: word, as: UTF8.self)
    }

    /// Where the first blank outside quotation marks stands; nil when there is none.
    private static func endOfOptions(_ text: ArraySlice<UInt8>) -> Int? {
        var isQuoted = false
        var at = text.startIndex
        while at < text.endIndex {
            if text[at] == UInt8(ascii: "\\"), at + 1 < text.endIndex, text[at + 1] == UInt8(ascii: "\"") {
                at += 1
            } else if text[at] == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if isSpace(text[at]), !isQuoted {
                return at
            }
            at += 1
        }
        return nil
    }

    private static func key(_ text: ArraySlice<UInt8>) -> (key: PublicKey, comment: String)? {
        let kind = text.prefix { !isSpace($0) }
        let afterKind = text[kind.endIndex...].drop(while: isSpace)
        let base64 = afterKind.prefix { !isSpace($0) }
        guard let blob = Base64.decode(String(decoding: base64, as: UTF8.self)), let key = PublicKey(blob: blob),
            key.kind == String(decoding: kind, as: UTF8.self)
        else { return nil }
        let comment = afterKind[base64.endIndex...].drop(while: isSpace)
        return (key, String(decoding: comment, as: UTF8.self).trimmingSpaces())
    }

    /// `NAME` or `NAME="VALUE"`, with commas between.
    private struct Options {
        private(set) var namespaces: String?
        private(set) var validAfter: Timestamp?
        private(set) var validBefore: Timestamp?
        private(set) var isAuthority = false

        init?(_ text: ArraySlice<UInt8>) {
            var rest = text
            while !rest.isEmpty {
                let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ",") }
                rest = rest[name.endIndex...]
                var value: String?
                if rest.first == UInt8(ascii: "=") {
                    rest = rest.dropFirst()
                    guard let text = Self.quoted(&rest) else { return nil }
                    value = text
                }
                guard set(String(decoding: name, as: UTF8.self).lowercased(), value) else { return nil }
                guard let comma = rest.first else { break }
                rest = rest.dropFirst()
                guard comma == UInt8(ascii: ","), !rest.isEmpty else { return nil }
            }
            if let validAfter, let validBefore, validBefore <= validAfter { return nil }
        }

        /// An option that is not known could be a restriction, and of one given twice only one could count.
        private mutating func set(_ name: String, _ value: String?) -> Bool {
            switch (name, value) {
            case ("namespaces", let list?) where namespaces == nil: namespaces = list
            case ("valid-after", let text?) where validAfter == nil:
                guard let time = SignerLine.time(text) else { return false }
                validAfter = time
            case ("valid-before", let text?) where validBefore == nil:
                guard let time = SignerLine.time(text) else { return false }
                validBefore = time
            case ("cert-authority", nil): isAuthority = true
            default: return false
            }
            return true
        }

        /// Text in quotation marks, in which `\"` is a quotation mark.
        private static func quoted(_ rest: inout ArraySlice<UInt8>) -> String? {
            guard rest.first == UInt8(ascii: "\"") else { return nil }
            rest = rest.dropFirst()
            var text: [UInt8] = []
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
                if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "\"") {
                    text.append(UInt8(ascii: "\""))
                    rest = rest.dropFirst()
                } else {
                    text.append(byte)
                }
            }
            return nil
        }
    }

    /// `YYYYMMDD[HHMM[SS]][Z]`. ssh-keygen reads it in local time without the `Z`; here it is always UTC, so that two machines
    /// agree.
    static func time(_ text: String) -> Timestamp? {
        var digits = Array(text.utf8)
        if digits.last == UInt8(ascii: "Z") { digits.removeLast() }
        guard [8, 12, 14].contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        digits += [UInt8](repeating: 48, count: 14 - digits.count)
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        let time = Timestamp(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z")
        // ssh-keygen refuses years before 1970, which it cannot hold.
        return time.flatMap { $0.milliseconds > 0 ? $0 : nil }
    }

    /// `YYYYMMDDHHMMSSZ`, the whole second not after `time`.
    static func text(of time: Timestamp) -> String {
        let digits = time.description.utf8.filter { (48...57).contains($0) }.prefix(14)
        return String(decoding: digits, as: UTF8.self) + "Z"
    }
}
