internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// The addresses of the server's pages. Names of articles stand behind the question mark: in a path, browsers would resolve the dots
/// and slashes of what others have named.
struct ServedLinks: Linking {
    var isServed: Bool { true }

    func href(_ target: PageAddress) -> String? {
        var query = QueryText()
        switch target {
        case .articles(let asked):
            query.add(asked)
            return "/" + query.text
        case .article(let name, let before):
            query.add("name", name)
            query.add("before", before.map(String.init))
            return "/article" + query.text
        case .diff(let from, let to, let layout):
            query.add("from", from.description)
            query.add("to", to.description)
            if layout != .sides { query.add("view", layout.rawValue) }
            return "/diff" + query.text
        case .capture(let name): return "/capture/\(name)"
        case .compare(let a, let b):
            query.add("a", a)
            query.add("b", b)
            return "/compare" + query.text
        case .story(let name):
            query.add("name", name)
            return "/story" + query.text
        case .changes(let asked):
            query.add(asked)
            return "/changes" + query.text
        case .feed(let asked):
            query.add(asked)
            return "/changes.atom" + query.text
        case .snapshots: return "/snapshots"
        case .search: return nil
        case .frame(let name): return "/frame/\(name)"
        case .original(let name): return "/original/\(name)"
        case .asset(let asset): return "/assets/\(asset.rawValue)"
        }
    }
}

extension PageAddress {
    /// What a request's path and query ask for; nil for what is no page of ours.
    init?(path: String, query: QueryText) {
        switch path {
        case "/": self = .articles(ArticlesQuery(query))
        case "/article":
            guard let name = query["name"] else { return nil }
            self = .article(name, before: query["before"].flatMap { Int($0) })
        case "/diff":
            guard let from = query["from"].flatMap({ CaptureName($0) }),
                let to = query["to"].flatMap({ CaptureName($0) })
            else { return nil }
            self = .diff(from: from, to: to, query["view"].flatMap(DiffLayout.init(rawValue:)) ?? .sides)
        case "/compare":
            guard let a = query["a"], let b = query["b"] else { return nil }
            self = .compare(a: a, b: b)
        case "/story":
            guard let name = query["name"] else { return nil }
            self = .story(name)
        case "/changes": self = .changes(ChangesQuery(query))
        case "/changes.atom": self = .feed(ChangesQuery(query))
        case "/snapshots": self = .snapshots
        // Browsers ask for it by themselves now and then, whatever icon a page names.
        case "/favicon.ico": self = .asset(.icon)
        default: self.init(itemPath: path)
        }
    }

    /// `/capture/ORIGIN:INDEX`, `/frame/…`, `/original/…` and `/assets/NAME`.
    private init?(itemPath path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty else { return nil }
        let item = PercentText.decoded(Array(parts[2].utf8))
        switch parts[1] {
        case "capture":
            guard let name = CaptureName(item) else { return nil }
            self = .capture(name)
        case "frame":
            guard let name = CaptureName(item) else { return nil }
            self = .frame(name)
        case "original":
            guard let name = CaptureName(item) else { return nil }
            self = .original(name)
        case "assets":
            guard let asset = Asset(rawValue: item) else { return nil }
            self = .asset(asset)
        default: return nil
        }
    }
}

extension ArticlesQuery {
    /// What cannot be understood is left out: the page shows what was.
    init(_ query: QueryText) {
        words = query["q"] ?? ""
        filter.site = query["site"]
        filter.from = query["from"].flatMap { Timestamp(day: $0) }
        filter.until = query["until"].flatMap { Timestamp(endOf: $0) }
        filter.kinds = Set(query["kind"].flatMap(EditKind.init(rawValue:)).map { [$0] } ?? [])
        filter.least = query["least"].flatMap(Significance.init(rawValue:))
        filter.order = query["order"].flatMap(ArticleFilter.Order.init(rawValue:)) ?? .edited
        after = query["after"]
    }
}

extension ChangesQuery {
    init(_ query: QueryText) {
        site = query["site"]
        since = query["from"].flatMap { Timestamp(day: $0) }
        until = query["until"].flatMap { Timestamp(endOf: $0) }
        least = query["least"].flatMap(Significance.init(rawValue:)) ?? .minor
        kind = query["kind"].flatMap(EditKind.init(rawValue:))
        article = query["name"]
        before = query["before"]
    }
}

extension QueryText {
    fileprivate mutating func add(_ asked: ArticlesQuery) {
        add("q", asked.words)
        add("site", asked.filter.site)
        add("from", asked.filter.from?.day)
        add("until", asked.filter.until?.day)
        add("kind", asked.filter.kinds.first?.rawValue)
        add("least", asked.filter.least?.rawValue)
        if asked.filter.order != .edited { add("order", asked.filter.order.rawValue) }
        add("after", asked.after)
    }

    fileprivate mutating func add(_ asked: ChangesQuery) {
        add("site", asked.site)
        add("from", asked.since?.day)
        add("until", asked.until?.day)
        if asked.least != .minor { add("least", asked.least.rawValue) }
        add("kind", asked.kind?.rawValue)
        add("name", asked.article)
        add("before", asked.before)
    }
}

extension Timestamp {
    /// The first moment of a day, `2026-03-01`, in UTC.
    init?(day: String) {
        guard day.utf8.count == 10 else { return nil }
        self.init("\(day)T00:00:00Z")
    }

    /// The last moment of a day.
    init?(endOf day: String) {
        guard let start = Timestamp(day: day) else { return nil }
        self.init(milliseconds: start.milliseconds + 86_399_999)
    }

    var day: String { String(description.prefix(10)) }
}
