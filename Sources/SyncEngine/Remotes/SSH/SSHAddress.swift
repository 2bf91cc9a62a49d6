/// A folder on another machine: `ssh://[user@]host[:port]/path`, as git writes them. `/~/path` is relative to the account's home.
///
/// Host and user become arguments of ssh. So they are of a narrow alphabet, and neither may look like an option.
package struct SSHAddress: Hashable, Sendable {
    package let user: String?
    /// A name, also one of ssh's configuration, or an IP address without brackets.
    package let host: String
    package let port: Int?
    /// Absolute, or relative to the home of the account; `.` is the home. Without a slash at the end, but for `/` itself.
    package let path: String
    /// As it was written.
    package let text: String

    package init(_ text: String) throws(SyncError) {
        guard text.hasPrefix("ssh://") else { throw Self.wrong(text, "it does not begin with ssh://") }
        let rest = text.dropFirst(6)
        let authority = rest.prefix { $0 != "/" }
        var place = authority
        if let at = authority.lastIndex(of: "@") {
            user = try Self.user(authority[..<at], text)
            place = authority[authority.index(after: at)...]
        } else {
            user = nil
        }
        (host, port) = try Self.place(place, text)
        path = try Self.path(rest.dropFirst(authority.count), text)
        self.text = text
    }

    private static func wrong(_ text: String, _ reason: String) -> SyncError {
        .remote(withoutSecret(text), .misconfigured(reason))
    }

    /// What may be shown of an address that somebody put a password into, wherever in it slashes and at signs are.
    private static func withoutSecret(_ text: String) -> String {
        let start = text.hasPrefix("ssh://") ? text.index(text.startIndex, offsetBy: 6) : text.startIndex
        guard let at = text.lastIndex(of: "@"), let colon = text[start...].firstIndex(of: ":"), colon < at else {
            return text
        }
        return String(text[..<colon] + text[at...])
    }

    private static func user(_ written: Substring, _ text: String) throws(SyncError) -> String {
        guard !written.contains(":") else {
            throw wrong(text, "an address must not hold a password; use a key, or let ssh ask for it")
        }
        guard let user = decode(written), isPlain(user, besides: "._-+@"), user.utf8.count <= 255 else {
            throw wrong(text, "the name of the user is not understood")
        }
        return user
    }

    private static func place(_ place: Substring, _ text: String) throws(SyncError) -> (String, Int?) {
        let host: Substring
        let digits: Substring?
        let isPlainHost: Bool
        if place.first == "[", let end = place.firstIndex(of: "]") {
            host = place[place.index(after: place.startIndex)..<end]
            let rest = place[place.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else { throw wrong(text, "the port is not understood") }
            digits = rest.isEmpty ? nil : rest.dropFirst()
            isPlainHost = decode(host).map { isPlain($0, besides: ":.%") && $0.contains(":") } ?? false
        } else {
            host = place.prefix { $0 != ":" }
            digits = host.count == place.count ? nil : place.dropFirst(host.count + 1)
            isPlainHost = isPlain(String(host), besides: ".-_")
        }
        guard isPlainHost, let name = decode(host), name.utf8.count <= 255 else {
            throw wrong(text, host.isEmpty ? "it names no host" : "the name of the host is not understood")
        }
        guard let digits else { return (name, nil) }
        guard let port = Int(digits), String(port) == digits, (1...65_535).contains(port) else {
            throw wrong(text, "the port is no number from 1 to 65535")
        }
        return (name, port)
    }

    private static func path(_ written: Substring, _ text: String) throws(SyncError) -> String {
        guard !written.isEmpty else {
            throw wrong(text, "it names no folder; one in your home there is written ssh://HOST/~/FOLDER")
        }
        guard let decoded = decode(written), decoded.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw wrong(text, "the path is not understood; a % in it is written %25")
        }
        var path = decoded[...]
        while path.utf8.count > 1, path.last == "/" { path = path.dropLast() }
        guard path.hasPrefix("/~") else { return String(path) }
        path = path.dropFirst(2)
        guard path.isEmpty || path.first == "/" else {
            throw wrong(text, "the home of another user cannot be found; name the whole path")
        }
        path = path.drop { $0 == "/" }
        return path.isEmpty ? "." : String(path)
    }

    /// ASCII letters, digits and some more, beginning with none that means something to a program.
    private static func isPlain(_ text: String, besides more: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "@") else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: more.utf8.contains(byte)
            }
        }
    }

    /// Nil when a `%` is not followed by two hexadecimal digits, or what comes out is not UTF-8.
    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap({ hex($0) }), let low = rest.popFirst().flatMap({ hex($0) })
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
