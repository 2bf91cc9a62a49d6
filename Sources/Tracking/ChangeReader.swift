internal import Diffing
internal import Foundation
internal import GRDB
internal import Models
internal import Storage

/// A state that is not the article, or shows it again; or a step between two states that show it.
struct ChangeEvent: Sendable {
    enum What: Sendable {
        case page(StateHealth)
        /// With the edits as they are kept.
        case step(StepRow, edits: [UInt8], isModifiedMoved: Bool)
    }

    let place: ChangePlace
    /// The article's name.
    let article: String
    let before: String?
    let after: String
    let what: What
}

/// Where an event stands among all: the newest first, those of one time by key, pages before steps, then the one entered last.
struct ChangePlace: Sendable, CustomStringConvertible {
    enum Source: String, Sendable {
        case page = "p"
        case step = "s"
    }

    let at: Int64
    let key: String
    let source: Source
    let id: Int64

    /// Whether this stands before `other`.
    func precedes(_ other: ChangePlace) -> Bool {
        if at != other.at { return at > other.at }
        if key != other.key { return key < other.key }
        if source != other.source { return source == .page }
        return id > other.id
    }
}

// MARK: As a cursor

extension ChangePlace {
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, text.utf8.count <= 16_384, let source = Source(rawValue: String(parts[0])),
            let at = Int64(parts[1]), let id = Int64(parts[2]), let key = Self.text(parts[3])
        else { return nil }
        self.init(at: at, key: key, source: source, id: id)
    }

    var description: String { "\(source.rawValue).\(at).\(id).\(Self.digits(key))" }

    /// Hexadecimal: keys have all sorts of characters in them.
    private static func digits(_ text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: text.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func text(_ digits: Substring) -> String? {
        let values = digits.utf8.map { byte -> UInt8? in
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x61...0x66: byte - 0x57
            default: nil
            }
        }
        guard values.count.isMultiple(of: 2), !values.contains(nil) else { return nil }
        let known = values.compactMap(\.self)
        let bytes = stride(from: 0, to: known.count, by: 2).map { known[$0] << 4 | known[$0 + 1] }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// Reads events in their order, a batch at a time, so that neither what is held in memory nor what is read before the first of them grows with the
/// archive.
struct ChangeReader {
    private let tracker: Tracker
    private let filter: ChangeFilter
    private let batch: Int
    /// Nil for all.
    private let sites: [String]?
    private var queues: [Queue]

    /// Events of one source, the next one last.
    private struct Queue {
        let source: ChangePlace.Source
        var events: [ChangeEvent] = []
        /// What was read last.
        var place: ChangePlace?
        var isAtEnd = false
        /// Of what is still to be read, the next one last; nil where it is looked for by index.
        var ids: [Int64]?
    }

    /// - Parameters:
    ///   - batch: how many events of a source are read at once.
    ///   - isWhole: read every row and its sum before the first event. An index that has a wrong bit, or a row whose bits keep it
    ///     out of what is asked for, would hide an edit without a word; who asks for all of them must not miss one.
    init(
        _ tracker: Tracker, _ filter: ChangeFilter, after place: ChangePlace?, batch: Int, isWhole: Bool = false
    ) throws {
        self.tracker = tracker
        self.filter = filter
        self.batch = batch
        sites = try filter.site.map { site in try tracker.read { try ListingQuery.sites(matching: site, $0) } }
        queues = []
        if filter.includesPages { queues.append(Queue(source: .page, place: place)) }
        if filter.includesEdits { queues.append(Queue(source: .step, place: place)) }
        if isWhole {
            for index in queues.indices { queues[index].ids = try wholeIDs(queues[index].source).reversed() }
        } else if sites?.isEmpty == true {
            queues = []
        }
    }

    mutating func next() throws -> ChangeEvent? {
        var best: (queue: Int, place: ChangePlace)?
        for index in queues.indices {
            if queues[index].events.isEmpty, !queues[index].isAtEnd { try fill(index) }
            guard let place = queues[index].events.last?.place, best.map({ place.precedes($0.place) }) ?? true else {
                continue
            }
            best = (index, place)
        }
        return best.map { queues[$0.queue].events.removeLast() }
    }

    private mutating func fill(_ index: Int) throws {
        if queues[index].ids != nil { return try fillByID(index) }
        let (queue, batch) = (queues[index], batch)
        var found: [ChangeEvent] = []
        try tracker.read { db in
            for range in Self.ranges(behind: queue.place, of: queue.source) where found.count < batch {
                let condition = condition(range, queue.source)
                let rows = try Row.fetchCursor(
                    db,
                    sql: """
                        \(Self.selection(queue.source)) WHERE \(condition.sql)
                        ORDER BY at DESC, key, \(Self.table(queue.source)).id DESC LIMIT \(batch - found.count)
                        """, arguments: condition.arguments)
                while let row = try rows.next() { found.append(try ChangeEvent(row, queue.source)) }
            }
        }
        queues[index].isAtEnd = found.count < batch
        queues[index].place = found.last?.place ?? queue.place
        queues[index].events = found.reversed()
    }

    // MARK: All of it

    /// The events that fit, in their order, from rows that are all as they were written.
    private func wholeIDs(_ source: ChangePlace.Source) throws -> [Int64] {
        try tracker.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    \(source == .page ? Self.selection(source) : "SELECT \(StepRow.columns) FROM steps") NOT INDEXED
                    ORDER BY at DESC, key, id DESC
                    """)
            var ids: [Int64] = []
            while let row = try rows.next() {
                switch source {
                case .page:
                    let event = try ChangeEvent(row, .page)
                    guard case .page(let health) = event.what, health.state != .healthy || health.isReturned,
                        fits(at: event.place.at, article: event.article, site: try row.decode(forColumn: "site"))
                    else { continue }
                    ids.append(event.place.id)
                case .step:
                    let step = try StepRow(row)
                    guard step.kinds & EditTally.mask(filter.kinds, least: filter.least) != 0,
                        fits(at: step.at, article: step.article, site: step.site)
                    else { continue }
                    ids.append(step.id)
                }
            }
            return ids
        }
    }

    private func fits(at: Int64, article: String, site: String) -> Bool {
        if let since = filter.since, at < since.milliseconds { return false }
        if let until = filter.until, at > until.milliseconds { return false }
        if let wanted = filter.article, wanted != article { return false }
        guard let wanted = filter.site else { return true }
        return site == wanted || site.hasSuffix("." + wanted)
    }

    private mutating func fillByID(_ index: Int) throws {
        let source = queues[index].source
        let ids = Array((queues[index].ids ?? []).suffix(batch).reversed())
        var found: [Int64: ChangeEvent] = [:]
        try tracker.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    \(Self.selection(source)) WHERE \(Self.table(source)).id
                    IN (\(ids.map { _ in "?" }.joined(separator: ",")))
                    """, arguments: StatementArguments(ids))
            while let row = try rows.next() {
                let event = try ChangeEvent(row, source)
                found[event.place.id] = event
            }
        }
        // What somebody followed anew meanwhile is left to the next look.
        let events = ids.compactMap { found[$0] }
        queues[index].ids?.removeLast(ids.count)
        queues[index].isAtEnd = queues[index].ids?.isEmpty == true
        queues[index].events = events.reversed()
    }

    // MARK: By index

    /// What stands behind a place, in parts of which each is a stretch of an index.
    private static func ranges(
        behind place: ChangePlace?, of source: ChangePlace.Source
    ) -> [(sql: String, values: StatementArguments)] {
        guard let place else { return [("1", [])] }
        let earlier: (String, StatementArguments) = ("at < ?", [place.at])
        if source == place.source {
            return [
                ("at = ? AND key = ? AND \(table(source)).id < ?", [place.at, place.key, place.id]),
                ("at = ? AND key > ?", [place.at, place.key]), earlier,
            ]
        }
        return [("at = ? AND key \(source == .page ? ">" : ">=") ?", [place.at, place.key]), earlier]
    }

    private func condition(
        _ range: (sql: String, values: StatementArguments), _ source: ChangePlace.Source
    ) -> Condition {
        var condition = Condition()
        condition.add(range.sql, range.values)
        switch source {
        case .page: condition.add("(health != 'healthy' OR isReturned)", [])
        case .step:
            condition.add("kinds != 0 AND kinds & ? != 0", [EditTally.mask(filter.kinds, least: filter.least)])
        }
        if let since = filter.since { condition.add("at >= ?", [since.milliseconds]) }
        if let until = filter.until { condition.add("at <= ?", [until.milliseconds]) }
        if let article = filter.article { condition.add("article = ?", [article]) }
        condition.add(sites: sites, isIndexed: sites?.count == 1 && filter.article == nil)
        return condition
    }

    private static func table(_ source: ChangePlace.Source) -> String { source == .page ? "states" : "steps" }

    private static func selection(_ source: ChangePlace.Source) -> String {
        switch source {
        case .page:
            "SELECT id, article, key, site, before, capture, at, health, reason, isReturned, sum FROM states"
        case .step:
            """
            SELECT \(StepRow.columns), isModifiedMoved, edits, pairs.sum AS sum FROM steps
            LEFT JOIN pairs ON pairs.id = steps.pair
            """
        }
    }
}

extension ChangeEvent {
    fileprivate init(_ row: GRDB.Row, _ source: ChangePlace.Source) throws {
        switch source {
        case .page: try self.init(page: row)
        case .step: try self.init(step: row)
        }
    }

    private init(step row: GRDB.Row) throws {
        let step = try StepRow(row)
        place = ChangePlace(at: step.at, key: step.key, source: .step, id: step.id)
        article = step.article
        before = step.before
        after = step.after
        what = .step(
            step, edits: try ComparedPair.storedEdits(in: row),
            isModifiedMoved: try row.decode(forColumn: "isModifiedMoved"))
    }

    private init(page row: GRDB.Row) throws {
        let key: String = try row.decode(forColumn: "key")
        let at: Int64 = try row.decode(forColumn: "at")
        article = try row.decode(forColumn: "article")
        before = try row.decode(forColumn: "before")
        after = try row.decode(forColumn: "capture")
        place = ChangePlace(at: at, key: key, source: .page, id: try row.decode(forColumn: "id"))
        guard let health = try StateHealth(row) else { throw TrackingError("a state without health") }
        what = .page(health)
        try RowSum.check(
            try row.decode(forColumn: "sum"),
            [
                article, key, try row.decode(forColumn: "site"), before, after, health.state.rawValue,
                try row.decode(forColumn: "reason"),
            ], [at, health.isReturned ? 1 : 0, nil])
    }
}
