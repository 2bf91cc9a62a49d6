public import Models
internal import Synchronization

/// What is known of a site's robots.txt.
package enum RobotsStanding: Hashable, Sendable {
    case rules(RobotsRules)
    /// There is none: a status of 400 to 499, which allows everything (RFC 9309, 2.3.1.3).
    case open(status: Int)
    /// The server could not say: nothing is allowed (2.3.1.4).
    case closed(status: Int?)
    /// The server was not reached, and would not be reached for a page either.
    case unreached(FetchOutcome)

    /// How long it is believed, in milliseconds.
    var lifetime: Int64 {
        switch self {
        case .rules, .open: 24 * 3_600_000
        case .closed, .unreached: 600_000
        }
    }
}

/// What is known of robots.txt files, by the scheme, host and port that they are for.
public final class RobotsCache: Sendable {
    private struct Entry {
        let standing: RobotsStanding
        let at: Timestamp
    }

    private let entries = Mutex<[String: Entry]>([:])
    private static let most = 10_000

    public init() {}

    package func standing(of place: String, at now: Timestamp) -> RobotsStanding? {
        entries.withLock { entries in
            guard let entry = entries[place], now >= entry.at,
                now.milliseconds - entry.at.milliseconds < entry.standing.lifetime
            else { return nil }
            return entry.standing
        }
    }

    package func keep(_ standing: RobotsStanding, of place: String, at now: Timestamp) {
        entries.withLock { entries in
            if entries.count >= Self.most { entries = [:] }
            entries[place] = Entry(standing: standing, at: now)
        }
    }
}

extension RobotsCache {
    /// For a file, so that what is asked anew each quarter of an hour reads them once a day only. What was not to be had is left out.
    public var json: JSON {
        let held = entries.withLock { $0 }
        return .object(
            held.sorted { $0.key < $1.key }.compactMap { place, entry in
                var members: [JSON.Member] = [.init("at", .string(entry.at.description))]
                switch entry.standing {
                case .rules(let rules):
                    members.append(.init("rules", .array(rules.rules.map { .string("\($0)") })))
                    if let delay = rules.delay { members.append(.init("delay", JSON(delay))) }
                case .open(let status): members.append(.init("open", JSON(status)))
                case .closed, .unreached: return nil
                }
                return .init(place, .object(members))
            })
    }

    /// Adds what was written down before. What is not as it was written is passed over: it is asked for again.
    public func learn(_ json: JSON) {
        guard case .object(let members) = json else { return }
        for member in members.prefix(Self.most) {
            guard let at = member.value["at"]?.string.flatMap({ Timestamp($0) }) else { continue }
            if let status = member.value["open"]?.integer {
                keep(.open(status: Int(status)), of: member.name, at: at)
            } else if let rules = member.value["rules"]?.array {
                let read = rules.compactMap(\.string).compactMap { RobotsRules.Rule($0) }
                let delay = member.value["delay"]?.integer.map { Int($0) }
                keep(.rules(RobotsRules(rules: read, delay: delay)), of: member.name, at: at)
            }
        }
    }
}

extension RobotsRules.Rule {
    fileprivate init?(_ text: String) {
        if text.hasPrefix("Allow: ") {
            self.init(allows: true, pattern: String(text.dropFirst(7)))
        } else if text.hasPrefix("Disallow: ") {
            self.init(allows: false, pattern: String(text.dropFirst(10)))
        } else {
            return nil
        }
    }
}

/// What robots.txt had to say about a page.
struct RobotsDecision: Sendable {
    enum Word: String, Sendable { case allowed, refused, ignored, unreachable }
    let word: Word
    /// The rule that decided, if one did.
    var rule: String?
    /// The site whose robots.txt it is.
    let place: String

    var json: JSON {
        var members: [JSON.Member] = [
            .init("decision", .string(word.rawValue)), .init("url", .string(place + "/robots.txt")),
        ]
        if let rule { members.append(.init("rule", .string(rule))) }
        return .object(members)
    }
}
