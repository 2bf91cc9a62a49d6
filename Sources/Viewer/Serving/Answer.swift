internal import Models
internal import Storage

/// What a request asks, without the connection it came by.
package struct Asked: Sendable {
    package let method: String
    /// Path and query exactly as sent; of an absolute address, what follows its authority.
    package let target: String
    /// Names in lower case; values of headers that came several times, joined by commas.
    package let headers: [String: String]
    /// All `Host` headers.
    package let hosts: [String]
    /// Where the request arrived: address of this machine, and port.
    package let local: String

    package init(
        method: String = "GET", target: String, headers: [(name: String, value: String)] = [], local: String
    ) {
        self.method = method
        self.target = target
        self.local = local
        var all: [String: String] = [:]
        var hosts: [String] = []
        for (name, value) in headers {
            let name = name.lowercased()
            if name == "host" { hosts.append(value) }
            all[name] = all[name].map { "\($0), \(value)" } ?? value
        }
        self.headers = all
        self.hosts = hosts
    }

    package var path: String { String(target.utf8.prefix { $0 != UInt8(ascii: "?") }) ?? "" }
    package var query: QueryText {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return QueryText() }
        return QueryText(parsing: target[target.utf8.index(after: mark)...])
    }
}

/// What the server answers.
package struct Answer: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Read while it is sent.
        case payload(PayloadBody)
    }

    package var status: Int
    package var headers: [(name: String, value: String)] = []
    package var body = Body.bytes([])

    package var length: Int {
        switch body {
        case .bytes(let bytes): bytes.count
        case .payload(let payload): payload.range.count
        }
    }

    static func html(_ text: String, status: Int = 200) -> Answer {
        Answer(
            status: status,
            headers: [
                ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", PagePolicy.own),
                // Pages change with every capture; going back must not ask again for what was seen a moment ago.
                ("Cache-Control", "private, no-cache"),
            ], body: .bytes(Array(text.utf8)))
    }

    static func text(
        _ text: String, status: Int, type: String = "text/plain; charset=utf-8",
        headers: [(name: String, value: String)] = []
    ) -> Answer {
        Answer(
            status: status, headers: [("Content-Type", type), ("Cache-Control", "private, no-cache")] + headers,
            body: .bytes(Array(text.utf8)))
    }

    /// - Parameter location: made of what was checked; nobody else's text.
    static func redirect(
        _ status: Int, to location: String, headers: [(name: String, value: String)] = []
    ) -> Answer {
        Answer(status: status, headers: [("Location", location), ("Cache-Control", "private, no-cache")] + headers)
    }

    /// With what every answer says.
    var guarded: Answer {
        var answer = self
        answer.headers += [
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("X-DNS-Prefetch-Control", "off"),
        ]
        return answer
    }
}

/// Content security policies. Nothing is ever loaded from elsewhere, and nothing of an archived page runs.
enum PagePolicy {
    /// For the pages of the viewer.
    static let own = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'
        """

    /// For archived pages: their own inline styles and pictures are all that they may have. `sandbox` puts them into an origin of
    /// their own, without scripts, forms, windows or navigation, even where the address is opened by itself.
    static let original = """
        default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'; \
        frame-ancestors 'self'; sandbox
        """

    /// A policy says what may be loaded, and nothing of connections made ahead of need: `<link rel=preconnect>`, a frame that will be refused
    /// and a pointer pressed on a link tell a page's site that it is being read. Chromium's connection allowlist ends that. It allows nothing here.
    static let connections = "()"
}
