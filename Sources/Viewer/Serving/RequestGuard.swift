/// Who is answered at all.
///
/// A page elsewhere may make a browser send requests here, under a name that it points to this machine (DNS rebinding) or as a part
/// of itself. The first bears its own name in `Host`, the second says so in `Sec-Fetch-Site` or `Origin`: neither gets an answer.
package struct RequestGuard: Sendable {
    /// What a request may do.
    package enum Verdict: Sendable {
        case refused(Answer)
        /// - Parameter base: how whole addresses begin, `http://HOST:PORT`. Never made of a name that was not checked.
        case admitted(base: String)
    }

    /// The address or name at which the server was told to listen, in lower case, an IPv6 address in brackets.
    private let host: String
    /// What a stranger cannot know; nil on the machine itself.
    private let token: String?
    /// Cookies are shared by all ports of a machine.
    private let cookie: String

    private static let loopback = ["localhost", "127.0.0.1", "[::1]"]

    package init(host: String, port: Int, token: String?) {
        self.host = HostText(host)?.name ?? host.lowercased()
        self.token = token
        cookie = "stet-token-\(port)"
    }

    package func verdict(_ asked: Asked) -> Verdict {
        guard asked.hosts.count == 1, let host = HostText(asked.hosts[0]) else {
            return .refused(Self.refused("A request names exactly one host.", status: 400))
        }
        let isOwn = isOwn(host, asked)
        // Only who knows the token gets on under another name: names of this machine in other networks are not known here.
        guard isOwn || token != nil else {
            return .refused(Self.refused("This server answers only under its own address.", status: 421))
        }
        let base = "http://" + (isOwn ? host.description : asked.local)
        guard asked.method == "GET" || asked.method == "HEAD" else {
            return .refused(
                .text("Only GET and HEAD are answered.\n", status: 405, headers: [("Allow", "GET, HEAD")]))
        }
        if Self.isForeign(asked, host) {
            return .refused(Self.refused("Other pages may not use this one.", status: 403))
        }
        if let token, let refusal = refusal(asked, token) { return .refused(refusal) }
        return .admitted(base: base)
    }

    /// The port is not looked at: through a tunnel it is another one, and no stranger's page has one of these names.
    private func isOwn(_ host: HostText, _ asked: Asked) -> Bool {
        Self.loopback.contains(host.name) || host.name == self.host || host.name == HostText(asked.local)?.name
    }

    private static func isForeign(_ asked: Asked, _ host: HostText) -> Bool {
        if let origin = asked.headers["origin"], origin.lowercased() != "http://\(host)" { return true }
        guard let site = asked.headers["sec-fetch-site"], site != "same-origin", site != "none" else { return false }
        return asked.headers["sec-fetch-mode"] != "navigate" || asked.headers["sec-fetch-dest"] != "document"
    }

    private func refusal(_ asked: Asked, _ token: String) -> Answer? {
        if let stated = asked.query["token"], Self.isSame(stated, token) {
            // Out of the address, where it would be seen and kept. `Lax`, as the first request may come from a link in a message.
            return .redirect(
                303, to: Self.address(asked, without: token),
                headers: [("Set-Cookie", "\(cookie)=\(token); HttpOnly; SameSite=Lax; Path=/")])
        }
        if isKnown(asked, token) { return nil }
        return Self.refused(
            "The address needs its token: open the one that 'stet serve' printed.", status: 401,
            headers: [("WWW-Authenticate", "Bearer")])
    }

    /// What was asked for, on this server: a path that begins with two slashes would name another one.
    private static func address(_ asked: Asked, without token: String) -> String {
        let path = "/" + asked.path.drop { $0 == "/" || $0 == "\\" }
        guard path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return "/" }
        let query = asked.target.utf8.firstIndex(of: UInt8(ascii: "?")).map {
            asked.target[asked.target.utf8.index(after: $0)...]
        }
        let kept = (query ?? "").split(separator: "&").filter { !$0.hasPrefix("token=") }
        guard kept.allSatisfy({ $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }) else { return path }
        return path + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }

    private func isKnown(_ asked: Asked, _ token: String) -> Bool {
        if let bearer = asked.headers["authorization"], bearer.lowercased().hasPrefix("bearer ") {
            return Self.isSame(String(bearer.dropFirst(7)), token)
        }
        return (asked.headers["cookie"] ?? "").split(separator: ";").contains { part in
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            return pair.count == 2 && pair[0] == cookie && Self.isSame(String(pair[1]), token)
        }
    }

    /// In a time that does not depend on where they differ.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func refused(
        _ text: String, status: Int, headers: [(name: String, value: String)] = []
    ) -> Answer {
        .text(text + "\n", status: status, headers: headers)
    }
}

/// What a `Host` header says, RFC 9110 section 7.2, in one spelling.
struct HostText: CustomStringConvertible {
    /// In lower case, without the dot that may end it.
    let name: String
    let port: Int?

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let isBracketed = bytes.first == UInt8(ascii: "[")
        let end =
            isBracketed
            ? bytes.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 }
            : bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
        guard let end else { return nil }
        var name = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        let allowed = isBracketed ? "0123456789abcdef:.[]" : "0123456789abcdefghijklmnopqrstuvwxyz-._"
        guard !name.isEmpty, name.utf8.count <= 255, name.utf8.allSatisfy({ allowed.utf8.contains($0) }) else {
            return nil
        }
        self.name = name
        guard end < bytes.count else {
            port = nil
            return
        }
        let digits = bytes[(end + 1)...]
        guard bytes[end] == UInt8(ascii: ":"), digits.allSatisfy({ (48...57).contains($0) }),
            let port = UInt16(String(decoding: digits, as: UTF8.self))
        else { return nil }
        self.port = Int(port)
    }

    var description: String { name + (port.map { ":\($0)" } ?? "") }
}
