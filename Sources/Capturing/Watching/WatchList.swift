internal import Models

/// What a file given to `watch` asks to be watched: one thing a line.
///
///     # comment
///     https://example.org/story            an article
///     feed https://example.org/rss         RSS or Atom: every article that it lists
///     sitemap https://example.org/news.xml a (news) sitemap or an index of sitemaps
///
/// After the address may stand `every=15m` (also `s`, `h`, `d`, `w`): a fixed interval instead of the usual schedule; and
/// `contact=ADDRESS`: how to reach whoever watches, for this line alone.
public struct WatchList: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case article, feed, sitemap
    }

    public struct Line: Hashable, Sendable {
        public let kind: Kind
        public let url: String
        /// In milliseconds.
        public var every: Int64?
        public var contact: String?
    }

    /// A line that cannot be read.
    public struct Fault: Error, Hashable, Sendable {
        /// From 1.
        public let line: Int
        public let reason: String
    }

    public let lines: [Line]

    private static let mostLines = 100_000
    private static let shortest: Int64 = 60_000

    public init(parsing text: String) throws(Fault) {
        var lines: [Line] = []
        var seen: Set<String> = []
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = raw.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard lines.count < Self.mostLines else {
                throw Fault(line: index + 1, reason: "there are more than \(Self.mostLines) lines")
            }
            let line: Line
            do throws(Reason) { line = try Self.line(words) } catch { throw Fault(line: index + 1, reason: error.text) }
            if seen.insert(line.url).inserted { lines.append(line) }
        }
        self.lines = lines
    }

    private struct Reason: Error {
        let text: String
    }

    private static func line(_ words: [Substring]) throws(Reason) -> Line {
        let kinds: [Substring: Kind] = ["feed": .feed, "sitemap": .sitemap, "article": .article]
        let stated = kinds[words[0]]
        let rest = stated == nil ? words[...] : words.dropFirst()
        guard let first = rest.first else { throw Reason(text: "an address is missing after '\(words[0])'") }
        guard let address = WebAddress(first), first.utf8.count <= 8192 else {
            throw Reason(text: "'\(first.prefix(100))' is no http(s) address, and neither 'feed' nor 'sitemap'")
        }
        var line = Line(kind: stated ?? .article, url: address.description)
        for option in rest.dropFirst() {
            if option.hasPrefix("#") { break }
            let parts = option.split(separator: "=", maxSplits: 1)
            switch (parts[0], parts.count > 1 ? parts[1] : "") {
            case ("every", let value):
                guard let interval = interval(value), interval >= shortest else {
                    throw Reason(text: "'\(option)' is no interval of a minute or more, like every=15m")
                }
                line.every = interval
            case ("contact", let value) where !value.isEmpty: line.contact = String(value)
            default: throw Reason(text: "'\(option.prefix(100))' is neither every=… nor contact=…")
            }
        }
        return line
    }

    private static func interval(_ text: Substring) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        guard let last = text.last, let unit = units[last], let number = Int64(text.dropLast()), number > 0,
            number < 1_000_000
        else { return nil }
        return number * unit * 1000
    }
}
