internal import Diffing
internal import GRDB
internal import Models
public import Storage

/// What a capture turned out to be.
public struct Assessment: Hashable, Sendable {
    /// Of its state; of a page that is its article's first, as it looks on its own.
    public let health: StateHealth
    /// Whether its state differs from the last good one in more than furniture.
    public let isEdited: Bool
}

extension Tracker {
    /// Without waiting for the next question: what captures that were just recorded turned out to be, compared with what the
    /// archive knows by now, also about the furniture of their sites.
    ///
    /// Nothing is read again that is at hand, and an article is taken up where it was left. The next question finds all these
    /// captures followed, unless others before them were not.
    ///
    /// - Parameters:
    ///   - observations: one batch, as it was recorded.
    ///   - recorded: what came of them, in the same order.
    public func assess(_ observations: [Observation], _ recorded: [Recorded]) throws -> [Assessment] {
        guard let first = recorded.map(\.row).min(), let last = recorded.max(by: { $0.row < $1.row }) else { return [] }
        let arrived = Arrived(observations, recorded)
        let before = try archive.place(before: first)
        let isNext = try followedPlace() == before
        let fresh = recorded.filter { $0.status == .new }
        let alone = try judgeAlone(fresh, arrived)
        var found: [Int64: Assessment] = [:]
        var isAgain = false
        try settle(try moved(recorded, from: first), arrived) { followed, db in
            var writer = AssessmentWriter(followed)
            for capture in recorded where capture.status == .edited {
                if let assessment = try writer.assess(capture, db) { found[capture.row] = assessment }
            }
            try writer.writeRest(db)
            var prints = SitePrints(self)
            for article in writer.written { try prints.enter(article.article, article.latest, arrived, db) }
            for capture in fresh { try prints.enter(capture.identity, [capture.revision], arrived, db, isNew: true) }
            let isAll =
                try isNext && writer.refused.isEmpty
                && setFollowed(.init(row: last.row, capture: last.capture.description), after: before, db)
            try writer.list(isAll ? recorded : [], arrived, alone, isAgain: isAgain, db)
            isAgain = true
            return writer.refused
        }
        keep(arrived, recorded)
        return recorded.map { capture in
            found[capture.row]
                ?? Assessment(
                    health: alone[capture.row] ?? StateHealth(.healthy), isEdited: capture.status == .edited)
        }
    }

    /// How pages look without earlier states of their articles; and counts the blocks of those that stand for their sites.
    private func judgeAlone(_ fresh: [Recorded], _ arrived: Arrived) throws -> [Int64: StateHealth] {
        let sampled = try read { try SitePrints.admitted(fresh.map(\.identity), $0) }
        let judged = Cores.map(fresh.count) { place, _ -> (Int64, StateHealth)? in
            let capture = fresh[place]
            guard let content = arrived.contents[capture.revision], let revision = content.revision else { return nil }
            if sampled.contains(capture.identity) { _ = content.prints }
            let page = CapturedPage(revision, judgedStatus: arrived.statuses[capture.row] ?? 0)
            let health = PageHealth.judge(page, earlier: [])
            return (capture.row, StateHealth(health.state, health.reason))
        }
        return Dictionary(judged.compactMap(\.self)) { first, _ in first }
    }

    /// The articles whose states may have changed, in the order in which they come.
    private func moved(_ recorded: [Recorded], from row: Int64) throws -> [ArticleIdentity] {
        var moved: [ArticleIdentity] = []
        var seen: Set<ArticleIdentity> = []
        for capture in recorded where capture.status == .edited && seen.insert(capture.identity).inserted {
            moved.append(capture.identity)
        }
        // What goes on as it was changes nothing, unless it came late: then it may begin or end a state.
        let others = Dictionary(
            grouping: recorded.filter { !seen.contains($0.identity) && $0.status != .unreceived }, by: \.identity)
        for (article, captures) in others {
            guard let earliest = captures.min(by: { $0.capturedAt < $1.capturedAt }),
                try archive.isLate(
                    earliest.capturedAt, recordedAt: earliest.recordedAt, of: article, enteredAt: row),
                try read({ try FollowedArticle.place(article.name, $0) }) != .start
            else { continue }
            moved.append(article)
        }
        return moved
    }

    /// Of each article what it says now, for when it comes again.
    private func keep(_ arrived: Arrived, _ recorded: [Recorded]) {
        var seen: Set<ArticleIdentity> = []
        for capture in recorded.reversed() where seen.insert(capture.identity).inserted {
            guard let content = arrived.contents[capture.revision] else { continue }
            contents.keep(content, of: capture.revision)
        }
    }
}

extension Arrived {
    init(_ observations: [Observation], _ recorded: [Recorded]) {
        for (observation, capture) in zip(observations, recorded) {
            statuses[capture.row] = observation.detail.judgedStatus
            // Without one it is no text, or was not read as one.
            guard let revision = observation.interpretation.revision, contents[capture.revision] == nil else {
                continue
            }
            contents[capture.revision] = RevisionContent(revision)
        }
    }
}

/// Enters what was found about articles, and says of one capture after the other what it is: each knows of the furniture that
/// those before it have shown.
private struct AssessmentWriter {
    private enum Outcome {
        case waiting, refused
        case written(FollowedArticle.Written)
    }

    private let followed: [FollowedArticle]
    private let places: [ArticleIdentity: Int]
    private var outcomes: [Outcome]
    private var furniture = SitesFurniture()

    init(_ followed: [FollowedArticle]) {
        self.followed = followed
        places = Dictionary(followed.enumerated().map { ($1.article, $0) }) { first, _ in first }
        outcomes = Array(repeating: .waiting, count: followed.count)
    }

    var written: [FollowedArticle] {
        followed.indices.filter { if case .written = outcomes[$0] { true } else { false } }.map { followed[$0] }
    }
    /// Those that somebody else followed meanwhile.
    var refused: [FollowedArticle] {
        followed.indices.filter { if case .refused = outcomes[$0] { true } else { false } }.map { followed[$0] }
    }

    /// Nil for what was not followed now.
    mutating func assess(_ capture: Recorded, _ db: Database) throws -> Assessment? {
        guard let place = places[capture.identity] else { return nil }
        try write(place, db)
        guard case .written(let written) = outcomes[place], let sight = followed[place].sights[capture.row] else {
            return nil
        }
        guard let step = sight.step else { return Assessment(health: sight.health, isEdited: false) }
        // What differs in nothing that has a name, and files, which share a folder and no site, are edited all the same.
        let isFurniture =
            try capture.identity.isOfSite && written.tallies[step].isEmpty
            && !followed[place].steps[step].pair.edits().isEmpty
        return Assessment(health: sight.health, isEdited: !isFurniture)
    }

    mutating func writeRest(_ db: Database) throws {
        for place in followed.indices { try write(place, db) }
    }

    /// Enters in the list what was written; and captures that nobody counted before.
    ///
    /// - Parameters:
    ///   - alone: how articles' first pages look.
    ///   - isAgain: some of the articles were written in a transaction before.
    func list(
        _ recorded: [Recorded], _ arrived: Arrived, _ alone: [Int64: StateHealth], isAgain: Bool, _ db: Database
    ) throws {
        let arrivals = Dictionary(grouping: recorded, by: \.identity)
        for (article, captures) in arrivals.sorted(by: { $0.key.catalogRow < $1.key.catalogRow }) {
            let held = try ListingRow.fetch(article, db)
            var row = held ?? ListingRow(article)
            for capture in captures {
                row.add(capture, language: arrived.contents[capture.revision]?.revision?.language)
                if capture.status == .new { row.health = alone[capture.row] ?? StateHealth(.healthy) }
            }
            if let place = places[article], case .written(let written) = outcomes[place] {
                try row.add(followed[place], written, db)
            } else if isAgain, held == nil {
                try row.countStates(article.name, db)
            }
            if held == nil { try row.insert(db) } else { try row.update(db) }
        }
        for (article, outcome) in zip(followed, outcomes) where arrivals[article.article] == nil {
            if case .written(let written) = outcome { try article.list(written, db) }
        }
    }

    private mutating func write(_ place: Int, _ db: Database) throws {
        guard case .waiting = outcomes[place] else { return }
        outcomes[place] = try followed[place].write(&furniture, db).map { .written($0) } ?? .refused
    }
}
