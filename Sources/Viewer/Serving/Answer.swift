internal import Storage

/// What a request asks, without the connection it came by.
struct Asked: Sendable {
    let method: String
    /// Path and query exactly as sent.
    let target: String
    /// Names in lower case.
    let headers: [String: String]

    var path: String { String(target.prefix { $0 != "?" }) }
    var query: QueryText {
        guard let mark = target.firstIndex(of: "?") else { return QueryText() }
        return QueryText(parsing: target[target.index(after: mark)...])
    }
}

/// What the server answers.
struct Answer: Sendable {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    static func html(_ text: String, status: Int = 200) -> Answer {
        Answer(
            status: status,
            headers: [
                ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", PagePolicy.own),
                // Pages change with every capture; going back must not ask again for what was seen a moment ago.
                ("Cache-Control", "private, no-cache"),
            ], body: Array(text.utf8))
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
