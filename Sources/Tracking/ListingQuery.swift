internal import Diffing
internal import GRDB
internal import Models
internal import Storage

/// One page of the list of articles, as the cache is asked for it.
///
/// Each list has an index in its order. The two that change with captures also have what is filtered by, so that passing over
/// articles reads no rows.
struct ListingQuery {
    private let filter: ArticleFilter
    /// Nil where any kind will do, and none.
    private let kinds: Int64?
    private let after: ListingCursor?
    private let limit: Int

    /// Lists of up to so many articles are sorted when they are asked for by time or edits and by key.
    private static let fewest = 2000

    init(_ filter: ArticleFilter, after: String?, limit: Int) throws(InvalidCursor) {
        self.filter = filter
        self.limit = PageSize.clamped(limit)
        kinds =
            filter.least == nil && filter.kinds.isEmpty
            ? nil : EditTally.mask(filter.kinds, least: filter.least ?? .cosmetic)
        guard let after else {
            self.after = nil
            return
        }
        guard let cursor = ListingCursor(after), cursor.order == filter.order else { throw InvalidCursor(text: after) }
        self.after = cursor
    }

    /// One row more than fits on the page, if there are more; and how many there are in all.
    func run(_ db: Database) throws -> (rows: [ListingRow], next: String?, total: Int) {
        let sites = try filter.site.map { try Self.sites(matching: $0, db) }
        if sites?.isEmpty == true { return ([], nil, 0) }
        let total = try count(sites, db)
        guard total > 0 else { return ([], nil, 0) }
        var rows: [ListingRow]
        switch filter.order {
        case .captured: rows = try byCapture(sites, "1", limit + 1, db)
        case .edited:
            rows = try byEdit(sites, db)
            if rows.count <= limit, kinds == nil {
                rows += try byCapture(sites, "edited IS NULL", limit + 1 - rows.count, db)
            }
        case .key: rows = try byKey(sites, isFew: total <= Self.fewest, db)
        }
        guard rows.count > limit else { return (rows, nil, total) }
        rows.removeLast(rows.count - limit)
        return (rows, rows.last.map { ListingCursor($0, filter.order).description }, total)
    }

    private func count(_ sites: [String]?, _ db: Database) throws -> Int {
        var condition = Condition()
        condition.add(sites: sites, isIndexed: true)
        add(to: &condition)
        let hint = isSelective ? "INDEXED BY listingByCapture" : ""
        return try Int.fetchOne(
            db, sql: "SELECT COUNT(*) FROM listing \(hint) WHERE \(condition.sql)", arguments: condition.arguments) ?? 0
    }

    private var isSelective: Bool { filter.from != nil || filter.until != nil || kinds != nil }

    private func add(to condition: inout Condition) {
        if let from = filter.from { condition.add("last >= ?", [from.milliseconds]) }
        if let until = filter.until { condition.add("first <= ?", [until.milliseconds]) }
        if let kinds { condition.add("kinds & ? != 0", [kinds]) }
    }

    private func byEdit(_ sites: [String]?, _ db: Database) throws -> [ListingRow] {
        var condition = Condition()
        condition.add("edited IS NOT NULL", [])
        switch after {
        case .edit(let at, let id): condition.add("(edited, id) < (?, ?)", [at, id])
        case .capture: return []
        default: break
        }
        condition.add(sites: sites, isIndexed: false)
        add(to: &condition)
        return try fetch("listingByEdit", condition, "edited DESC, id DESC", limit + 1, db)
    }

    private func byCapture(_ sites: [String]?, _ part: String, _ limit: Int, _ db: Database) throws -> [ListingRow] {
        var condition = Condition()
        condition.add(part, [])
        if case .capture(let at, let id, _) = after { condition.add("(last, id) < (?, ?)", [at, id]) }
        condition.add(sites: sites, isIndexed: false)
        add(to: &condition)
        return try fetch("listingByCapture", condition, "last DESC, id DESC", limit, db)
    }

    private func byKey(_ sites: [String]?, isFew: Bool, _ db: Database) throws -> [ListingRow] {
        var condition = Condition()
        if case .key(let id) = after {
            let find = try db.cachedStatement(sql: "SELECT site, key FROM listing WHERE id = ?")
            guard let row = try Row.fetchOne(find, arguments: [id]) else {
                throw InvalidCursor(text: ListingCursor.key(id: id).description)
            }
            let (site, key): (String, String) = (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
            // Of one site, only what the index has behind it can be looked up.
            if sites?.count == 1 {
                condition.add("(key, id) > (?, ?)", [key, id])
            } else {
                condition.add("(site, key, id) > (?, ?, ?)", [site, key, id])
            }
        }
        condition.add(sites: sites, isIndexed: sites?.count == 1)
        add(to: &condition)
        let index = isFew && isSelective ? "listingByCapture" : "listingBySite"
        return try fetch(index, condition, "site, key, id", limit + 1, db)
    }

    private func fetch(
        _ index: String, _ condition: Condition, _ order: String, _ limit: Int, _ db: Database
    ) throws -> [ListingRow] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(ListingRow.columns) FROM listing INDEXED BY \(index) WHERE \(condition.sql)
                ORDER BY \(order) LIMIT \(limit)
                """, arguments: condition.arguments)
        var found: [ListingRow] = []
        while let row = try rows.next() { found.append(try ListingRow(row)) }
        return found
    }

    /// The sites that a filter means: that one, and those under it.
    static func sites(matching site: String, _ db: Database) throws -> [String] {
        try allSites(db).filter { $0 == site || $0.hasSuffix("." + site) }
    }

    /// All sites, in order: a step in the index for each, not for each article.
    static func allSites(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                WITH RECURSIVE sites(site) AS (SELECT MIN(site) FROM listing UNION ALL
                    SELECT (SELECT MIN(site) FROM listing WHERE site > sites.site) FROM sites WHERE site IS NOT NULL)
                SELECT site FROM sites WHERE site IS NOT NULL
                """)
    }
}

/// What must hold, with its values.
struct Condition {
    private(set) var sql = "1"
    private(set) var arguments = StatementArguments()

    mutating func add(_ part: String, _ values: StatementArguments) {
        sql += " AND \(part)"
        arguments += values
    }

    /// - Parameter isIndexed: whether the index is to be entered by the site.
    mutating func add(sites: [String]?, isIndexed: Bool) {
        guard let sites else { return }
        // More than SQLite takes of values in one statement are not looked for.
        let known = sites.prefix(30_000)
        let column = isIndexed ? "site" : "+site"
        if known.count == 1 {
            add("\(column) = ?", [known[0]])
        } else {
            let list = Array(repeating: "?", count: known.count).joined(separator: ", ")
            add("\(column) IN (\(list))", StatementArguments(known))
        }
    }
}

/// The last article on a page of a list.
enum ListingCursor: CustomStringConvertible {
    case edit(at: Int64, id: Int64)
    /// In the order of captures, or behind the edited ones.
    case capture(at: Int64, id: Int64, order: ArticleFilter.Order)
    case key(id: Int64)

    init(_ row: ListingRow, _ order: ArticleFilter.Order) {
        switch (order, row.edited) {
        case (.edited, let edited?): self = .edit(at: edited, id: row.id)
        case (.edited, nil), (.captured, _): self = .capture(at: row.last, id: row.id, order: order)
        case (.key, _): self = .key(id: row.id)
        }
    }

    init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.dropFirst().compactMap { Int64($0) }
        guard numbers.count == parts.count - 1 else { return nil }
        switch (parts[0], numbers.count) {
        case ("e", 2): self = .edit(at: numbers[0], id: numbers[1])
        case ("n", 2): self = .capture(at: numbers[0], id: numbers[1], order: .edited)
        case ("c", 2): self = .capture(at: numbers[0], id: numbers[1], order: .captured)
        case ("k", 1): self = .key(id: numbers[0])
        default: return nil
        }
    }

    var order: ArticleFilter.Order {
        switch self {
        case .edit: .edited
        case .capture(_, _, let order): order
        case .key: .key
        }
    }

    var description: String {
        switch self {
        case .edit(let at, let id): "e.\(at).\(id)"
        case .capture(let at, let id, .edited): "n.\(at).\(id)"
        case .capture(let at, let id, _): "c.\(at).\(id)"
        case .key(let id): "k.\(id)"
        }
    }
}
