/// What became of a request for a page. Its raw value is the `outcome` of the capture's signed detail: `manifests/FORMAT.md` lists them.
public enum FetchOutcome: String, Hashable, Sendable, CaseIterable {
    /// There is an answer, whatever its status.
    case ok
    /// There is an answer, but the site led the request from the page to its front page.
    case home
    case timeout
    /// The name could not be resolved.
    case dns
    case refused
    /// No way leads to the address.
    case unreachable
    /// The server could not show that it is who it should be, or no secure connection came about.
    case tls
    /// The connection broke before the answer was whole.
    case reset
    /// Fewer bytes came than the answer announced.
    case truncated
    case tooLarge = "too-large"
    /// Redirects go in a circle, or on and on.
    case loop
    /// A redirect to something that is no web address.
    case redirect
    /// A redirect from a public address to one inside a private network.
    case privateAddress = "private"
    /// The body's coding is unknown, or it cannot be decoded.
    case coding
    /// The coded body expands beyond the size limit.
    case bomb
    /// robots.txt does not allow it.
    case robots
    /// What came is no HTTP.
    case malformed
    case other

    /// Whether bytes were received that stand for the page.
    public var isReceived: Bool { self == .ok || self == .home }

    /// Whether another try soon may end otherwise.
    var isTransient: Bool {
        switch self {
        case .timeout, .dns, .refused, .unreachable, .reset, .truncated: true
        default: false
        }
    }

    /// Whether the place was reached at all.
    public var isReached: Bool {
        switch self {
        case .timeout, .dns, .refused, .unreachable, .tls: false
        default: true
        }
    }

    /// For people.
    public var reason: String {
        switch self {
        case .ok: "received"
        case .home: "led to the front page"
        case .timeout: "no answer in time"
        case .dns: "the name cannot be resolved"
        case .refused: "the connection was refused"
        case .unreachable: "the address cannot be reached"
        case .tls: "no trustworthy secure connection"
        case .reset: "the connection broke"
        case .truncated: "the answer broke off before its end"
        case .tooLarge: "larger than the limit"
        case .loop: "redirects without end"
        case .redirect: "a redirect to no web address"
        case .privateAddress: "a redirect into a private network"
        case .coding: "coded in a way that cannot be decoded"
        case .bomb: "expands without end"
        case .robots: "robots.txt does not allow it"
        case .malformed: "the answer is no HTTP"
        case .other: "it failed"
        }
    }
}
