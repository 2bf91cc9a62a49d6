/// The name of an article: one story at one place.
///
/// For a page with a URL: the URL without scheme, `www.`, default port, tracking parameters, fragment and trailing slashes, host
/// in lower case, path as it is. For anything else `file:PATH`, percent-encoded, which means something only within one origin.
/// Keys are computed, never signed: `version` says by which rules, and better rules may join what older ones kept apart.
public struct ArticleKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Raised whenever the rules change.
    public static let version = 1

    public let description: String

    /// The key of the page at `url`; nil when that is no http(s) address.
    public init?(url: String) {
        guard let address = WebAddress(url) else { return nil }
        self.init(address)
    }

    package init(_ address: WebAddress) {
        var text = address.site
        var path = address.path[...]
        while path.hasSuffix("/") { path.removeLast() }
        text += path
        if let query = address.query {
            let kept = query.split(separator: "&").filter { !Self.isTracking($0) }
            if !kept.isEmpty { text += "?" + kept.joined(separator: "&") }
        }
        description = text
    }

    /// The key of a file at `path`, relative to the folder that was captured.
    public init(path: String) { description = "file:" + PercentEncoding.encodePath(path) }

    /// A key that was written down before, or that a user states.
    public init?(stated text: String) {
        let trimmed = text.trimmingSpace()
        guard !trimmed.isEmpty, trimmed.utf8.count <= 2048, !trimmed.unicodeScalars.contains(where: { $0.value < 0x20 })
        else { return nil }
        if let key = ArticleKey(url: trimmed) { self = key } else { description = trimmed }
    }

    /// A key that stet wrote itself.
    package init(stored text: String) { description = text }

    /// Key of a page fetched from, or saved from, `url` that says its address is `canonical`: believed only within the same
    /// site, so that no page can claim another site's article.
    public init?(url: String?, canonical: String?, path: String?) {
        let fetched = url.flatMap { WebAddress($0) }
        let declared = canonical.flatMap { text in fetched.map { $0.resolving(text) } ?? WebAddress(text) }
        if let fetched {
            let believed = declared.flatMap { Self.mayStandFor($0, fetched) ? $0 : nil }
            self.init(believed ?? fetched)
        } else if let declared {
            self.init(declared)
        } else if let path {
            self.init(path: path)
        } else {
            return nil
        }
    }

    /// A home page named as canonical by an article is a common template mistake: it would join a whole site into one.
    private static func mayStandFor(_ declared: WebAddress, _ fetched: WebAddress) -> Bool {
        declared.site == fetched.site && (declared.path != "/" || declared.query != nil || fetched.path == "/")
    }

    /// The site part of a URL's key; `file:` for a file's.
    public var site: String {
        if isFile { return "file:" }
        return String(description.prefix { $0 != "/" && $0 != "?" })
    }

    /// Whether the key means something only within the origin that gave it.
    public var isFile: Bool { description.hasPrefix("file:") }

    public static func < (a: ArticleKey, b: ArticleKey) -> Bool { a.description < b.description }

    private static func isTracking(_ pair: Substring) -> Bool {
        let name = pair.prefix { $0 != "=" }.lowercased()
        return name.hasPrefix("utm_") || name.hasPrefix("at_") || tracking.contains(name)
    }

    private static let tracking: Set<String> = [
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid",
        "igsh",
        "mc_cid", "mc_eid", "ocid", "cmpid", "cmp", "icid", "ncid", "ito", "smid", "smtyp", "partner", "spm", "xtor",
        "_ga",
        "_gl", "mkt_tok", "vero_id", "wt_mc", "wt.mc_id", "s_cid", "ns_mchannel", "ns_source", "ns_campaign",
        "ns_linkname",
        "ns_fee", "__twitter_impression", "guccounter", "guce_referrer", "guce_referrer_sig", "soc_src", "soc_trk",
        "ref_src", "ref_url", "feature_share", "share_id", "outputtype",
    ]
}
