/// An `http` or `https` address taken apart, leniently as browsers do (WHATWG URL), far enough to compare and resolve.
package struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// `http` or `https`, lower case.
    package let scheme: String
    /// Lower case, without user name and password.
    package let host: String
    /// Nil for the scheme's own port.
    package let port: Int?
    /// Begins with `/`, dot segments resolved, percent-encoding normalised.
    package let path: String
    /// Without `?`; nil when there is none.
    package let query: String?

    /// Nil when `text` is no absolute http(s) address with a host.
    package init?(_ text: some StringProtocol) {
        // Scalars throughout: a combining mark after a slash would make both one character.
        let cleaned = text.trimmingControls().filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }
        var rest = String.UnicodeScalarView(cleaned)[...]
        guard let colon = rest.firstIndex(of: ":") else { return nil }
        let scheme = String(rest[..<colon]).lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        rest = rest[rest.index(after: colon)...].drop { $0 == "/" || $0 == "\\" }
        if let hash = rest.firstIndex(of: "#") { rest = rest[..<hash] }
        let query = rest.firstIndex(of: "?").map { rest[rest.index(after: $0)...] }
        if let mark = rest.firstIndex(of: "?") { rest = rest[..<mark] }
        let slash = rest.firstIndex { $0 == "/" || $0 == "\\" } ?? rest.endIndex
        guard let (host, port) = Self.authority(rest[..<slash], scheme: scheme) else { return nil }
        self.init(scheme: scheme, host: host, port: port, path: String(rest[slash...]), query: query.map { String($0) })
    }

    private init(scheme: String, host: String, port: Int?, path: String, query: String?) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = Self.resolveDots(PercentEncoding.normalise(path, keeping: .path))
        self.query = query.map { PercentEncoding.normalise($0, keeping: .query) }
    }

    private static func authority(_ text: Substring.UnicodeScalarView, scheme: String) -> (String, Int?)? {
        let afterUser = text.lastIndex(of: "@").map { text[text.index(after: $0)...] } ?? text
        let isBracketed = afterUser.first == "["
        let colon =
            isBracketed ? afterUser.lastIndex(of: "]").map { afterUser.index(after: $0) } : afterUser.lastIndex(of: ":")
        let name = colon.map { afterUser[..<$0] } ?? afterUser
        var host = String(name).lowercased()
        while host.hasSuffix(".") { host.removeLast() }
        let forbidden = (isBracketed ? "<>^|%?#/\\\"'" : "<>^|%?#/\\\"':[]").unicodeScalars
        let isForbidden = { (scalar: Unicode.Scalar) in
            scalar.value <= 0x20 || scalar.value == 0x7F || forbidden.contains(scalar)
        }
        guard !host.isEmpty, !host.unicodeScalars.contains(where: isForbidden) else { return nil }
        if isBracketed, !isBracketedAddress(host) { return nil }
        guard let colon, colon < afterUser.endIndex else { return (host, nil) }
        guard afterUser[colon] == ":" else { return nil }
        let digits = afterUser[afterUser.index(after: colon)...]
        if digits.isEmpty { return (host, nil) }
        guard digits.allSatisfy({ ("0"..."9").contains($0) }), let port = UInt16(String(digits)) else { return nil }
        let own = scheme == "https" ? 443 : 80
        return (host, Int(port) == own ? nil : Int(port))
    }

    private static func isBracketedAddress(_ host: String) -> Bool {
        host.utf8.count > 2 && host.hasSuffix("]")
            && host.dropFirst().dropLast().allSatisfy { "0123456789abcdef:.".contains($0) }
    }

    /// RFC 3986, 5.2.4.
    private static func resolveDots(_ path: String) -> String {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment.lowercased() {
            case ".", "%2e": if isLast { kept.append("") }
            case "..", "%2e%2e", ".%2e", "%2e.":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }

    /// The address that `reference`, found on a page at this address, means.
    package func resolving(_ reference: String) -> WebAddress? {
        let text = reference.trimmingSpace()
        if let absolute = WebAddress(text) { return absolute }
        if text.hasPrefix("//") { return WebAddress("\(scheme):\(text)") }
        let first = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !first.contains(":") else { return nil }
        if text.hasPrefix("/") { return WebAddress(root + text) }
        if text.hasPrefix("?") { return WebAddress(root + path + text) }
        if text.isEmpty || text.hasPrefix("#") { return self }
        let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        return WebAddress(root + folder + text)
    }

    private var root: String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")" }

    package var description: String { root + path + (query.map { "?\($0)" } ?? "") }

    /// The host without `www.`, with its port where it has one: what stet calls a site.
    package var site: String {
        let bare = host.hasPrefix("www.") && host.dropFirst(4).contains(".") ? String(host.dropFirst(4)) : host
        return bare + (port.map { ":\($0)" } ?? "")
    }
}

extension StringProtocol {
    /// The scalars without spaces and control characters at both ends.
    fileprivate func trimmingControls() -> [Unicode.Scalar] {
        let isOuter = { (scalar: Unicode.Scalar) in scalar.value <= 0x20 || scalar.value == 0x7F }
        guard let first = unicodeScalars.firstIndex(where: { !isOuter($0) }),
            let last = unicodeScalars.lastIndex(where: { !isOuter($0) })
        else { return [] }
        return Array(unicodeScalars[first...last])
    }

    /// Without Unicode white space at both ends.
    package func trimmingSpace() -> String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(self[first..<scalars.index(after: last)])
    }
}

/// Percent-encoding (RFC 3986), where one resource should have one spelling.
package enum PercentEncoding {
    package enum Part { case path, query }

    /// Decodes what need not be encoded, encodes what must be, upper-cases the rest.
    package static func normalise(_ text: String, keeping part: Part) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "%"), let value = escape(bytes, at) {
                if isUnreserved(value) { out.append(value) } else { append(value, to: &out) }
                at += 3
                continue
            }
            let byte = bytes[at] == UInt8(ascii: "\\") && part == .path ? UInt8(ascii: "/") : bytes[at]
            if isUnreserved(byte) || isAllowed(byte, part) { out.append(byte) } else { append(byte, to: &out) }
            at += 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Every byte that is not unreserved or `/` encoded: for the PATH of `file:PATH`.
    package static func encodePath(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || byte == UInt8(ascii: "/") { out.append(byte) } else { append(byte, to: &out) }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func escape(_ bytes: [UInt8], _ at: Int) -> UInt8? {
        guard at + 2 < bytes.count, let high = digit(bytes[at + 1]), let low = digit(bytes[at + 2]) else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func append(_ byte: UInt8, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "%"))
        out += Hex.encode([byte]).uppercased().utf8
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func isAllowed(_ byte: UInt8, _ part: Part) -> Bool {
        let allowed: StaticString = "/:@!$&'()*+,;=%"
        let found = allowed.withUTF8Buffer { $0.contains(byte) }
        return found || (part == .query && byte == UInt8(ascii: "?"))
    }
}
