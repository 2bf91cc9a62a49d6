package import Models

/// What a site's robots.txt says to stet (RFC 9309).
package struct RobotsRules: Hashable, Sendable {
    package struct Rule: Hashable, Sendable, CustomStringConvertible {
        package let allows: Bool
        /// Normalised as addresses are; `*` stands for anything, `$` at the end for the end.
        package let pattern: String

        package var description: String { "\(allows ? "Allow" : "Disallow"): \(pattern)" }
    }

    package private(set) var rules: [Rule] = []
    /// `Crawl-delay`, which is no part of the RFC: in milliseconds.
    package private(set) var delay: Int?

    /// What is longer is cut off there (RFC 9309, 2.5).
    package static let largest = 500 << 10
    private static let mostRules = 10_000
    private static let longestPath = 2048

    package init(rules: [Rule] = [], delay: Int? = nil) {
        self.rules = rules
        self.delay = delay
    }

    /// - Parameter token: the product token of whoever asks, e.g. `stet`.
    package init(parsing bytes: [UInt8], for token: String) {
        let token = token.lowercased()
        var own = RobotsRules()
        var others = RobotsRules()
        var isNamed = false
        var agents: [String] = []
        var isOpen = true
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        for line in text.prefix(Self.largest).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard let (name, value) = Self.field(line) else { continue }
            if name == "user-agent" {
                if !isOpen { agents = [] }
                isOpen = true
                agents.append(value.starts(with: "*") ? "*" : Self.token(value))
                isNamed = isNamed || agents.last == token
                continue
            }
            guard name == "allow" || name == "disallow" || name == "crawl-delay" else { continue }
            // What is no rule does not end a list of names (2.2.1).
            if name != "crawl-delay" { isOpen = false }
            if agents.contains(token) { own.add(name, value) }
            if agents.contains("*") { others.add(name, value) }
        }
        self = isNamed ? own : others
    }

    private static func field(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
        let stated = line.prefix { $0 != UInt8(ascii: "#") }
        guard let colon = stated.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = String(decoding: stated[..<colon], as: UTF8.self).trimmingSpace().lowercased()
        return (name, String(decoding: stated[stated.index(after: colon)...], as: UTF8.self).trimmingSpace())
    }

    /// Letters, `_` and `-` (2.2.1): what follows them, e.g. a version, says nothing.
    private static func token(_ value: String) -> String {
        String(value.prefix { ($0.isASCII && $0.isLetter) || $0 == "_" || $0 == "-" }).lowercased()
    }

    private mutating func add(_ name: String, _ value: String) {
        if name == "crawl-delay" {
            if delay == nil, let seconds = Double(value), seconds >= 0 { delay = Int(min(seconds, 86_400) * 1000) }
        } else if !value.isEmpty, rules.count < Self.mostRules, value.hasPrefix("/") || value.hasPrefix("*") {
            rules.append(Rule(allows: name == "allow", pattern: PercentEncoding.normalise(value, keeping: .query)))
        }
    }

    /// Whether an address may be asked for, and the rule that says so; the longest that fits, and of two the one that allows.
    package func decision(for address: WebAddress) -> (allows: Bool, rule: Rule?) {
        let query = address.query.map { "?\($0)" } ?? ""
        let path = Array((address.path + query).utf8.prefix(Self.longestPath))
        guard path != Array("/robots.txt".utf8) else { return (true, nil) }
        var best: Rule?
        for rule in rules where Self.fits(Array(rule.pattern.utf8), path) {
            guard let held = best else {
                best = rule
                continue
            }
            let (length, longest) = (rule.pattern.utf8.count, held.pattern.utf8.count)
            if length > longest || (length == longest && rule.allows) { best = rule }
        }
        return (best?.allows ?? true, best)
    }

    /// Going back to the last `*` only: no pattern costs more than its length times that of the path.
    private static func fits(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
        let isAnchored = pattern.last == UInt8(ascii: "$")
        let end = isAnchored ? pattern.count - 1 : pattern.count
        var (at, place) = (0, 0)
        var star: (at: Int, place: Int)?
        while true {
            if at == end, !isAnchored || place == path.count { return true }
            if at < end, pattern[at] == UInt8(ascii: "*") {
                star = (at + 1, place)
                at += 1
            } else if at < end, place < path.count, pattern[at] == path[place] {
                at += 1
                place += 1
            } else if let (next, from) = star, from < path.count {
                star = (next, from + 1)
                at = next
                place = from + 1
            } else {
                return false
            }
        }
    }
}
