/// Who is answered at all.
///
/// A page elsewhere may make a browser send requests here, under a name that it points to this machine (DNS rebinding) or as a part
/// of itself. The first bears its own name in `Host`, the second says so in `Sec-Fetch-Site`: neither gets an answer.
struct RequestGuard: Sendable {
    /// Names by which the server may be addressed; nil where it listens for other machines, which know it by names of theirs: there
    /// the token decides.
    let hosts: Set<String>?
    /// What a stranger cannot know; nil on the machine itself.
    let token: String?

    private static let cookie = "stet-token"

    /// Nil: let it through.
    func refusal(_ asked: Asked) -> Answer? {
        if let hosts, !hosts.contains(asked.headers["host"]?.lowercased() ?? "") {
            return Self.refused("This server answers only under its own address.", status: 421)
        }
        if let site = asked.headers["sec-fetch-site"], site != "same-origin", site != "none",
            asked.headers["sec-fetch-mode"] != "navigate" || asked.headers["sec-fetch-dest"] != "document"
        {
            return Self.refused("Other pages may not use this one.", status: 403)
        }
        guard let token else { return nil }
        if let stated = asked.query["token"], Self.isSame(stated, token) {
            // Out of the address, where it would be seen and kept.
            return Answer(
                status: 303,
                headers: [
                    ("Location", "/"),
                    ("Set-Cookie", "\(Self.cookie)=\(token); HttpOnly; SameSite=Strict; Path=/"),
                ])
        }
        return isKnown(asked, token)
            ? nil : Self.refused("The address needs its token: open the one that 'stet serve' printed.", status: 401)
    }

    private func isKnown(_ asked: Asked, _ token: String) -> Bool {
        if let bearer = asked.headers["authorization"], bearer.lowercased().hasPrefix("bearer ") {
            return Self.isSame(String(bearer.dropFirst(7)), token)
        }
        return (asked.headers["cookie"] ?? "").split(separator: ";").contains { part in
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            return pair.count == 2 && pair[0] == Self.cookie && Self.isSame(String(pair[1]), token)
        }
    }

    /// In a time that does not depend on where they differ.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func refused(_ text: String, status: Int) -> Answer {
        Answer(
            status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array((text + "\n").utf8))
    }
}
