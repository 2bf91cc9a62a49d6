/// How pages are asked for.
public struct FetchOptions: Sendable {
    /// `stet/VERSION (+how to reach whoever runs it)`.
    public var agent = "stet"
    /// The most bytes of a body, as received and as decoded.
    public var largestBody = 64 << 20
    public var connectSeconds = 15
    /// A connection over which hardly anything comes for so long is given up.
    public var idleSeconds = 30
    /// For one request, its body included.
    public var totalSeconds = 120
    /// How often one request is made that may have failed by chance; at least 1.
    public var attempts = 3
    /// Between requests to one host, in milliseconds.
    public var delay = 1000
    /// The longest delay between requests that a site's robots.txt can bring about, in milliseconds.
    public var longestDelay = 60_000
    /// The longest that `Retry-After` is waited for at once, in milliseconds.
    public var longestWait = 30_000
    public var ignoresRobots = false
    /// Authorities to believe instead of the system's, a file in PEM form.
    public var authorities: String?
    /// What addresses requests by a proxy go to is the proxy's to judge.
    public var proxies = Proxies()

    public static let mostRedirects = 10

    public init() {}

    /// The name under which stet asks.
    ///
    /// - Parameters:
    ///   - tool: `stet/VERSION`; what follows it is replaced.
    ///   - contact: an address or URL of whoever runs it; what cannot stand in a header field is left out.
    public static func agent(_ tool: String, contact: String?) -> String {
        let printable = contact?.unicodeScalars.filter { (0x20..<0x7F).contains($0.value) && $0 != "(" && $0 != ")" }
        let text = printable.map { String(String.UnicodeScalarView($0)).prefix(200) } ?? ""
        let name = tool.prefix { $0 != " " }
        return text.isEmpty ? String(name) : "\(name) (+\(text))"
    }
}
