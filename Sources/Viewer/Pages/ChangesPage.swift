internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// What happened between two captures of an article: all edits of one step, or what stood there instead.
struct ChangeGroup {
    let article: String
    let key: ArticleKey
    let before: CaptureName?
    let after: CaptureName
    let at: Timestamp
    var edits: [TrackedEdit] = []
    var isRevert = false
    var health: StateHealth?

    /// In the order in which they come: what belongs together stands together.
    static func groups(_ changes: [Change]) -> [ChangeGroup] {
        var groups: [ChangeGroup] = []
        for change in changes {
            let isPage = if case .page = change.what { true } else { false }
            let isNext =
                groups.last.map {
                    $0.after == change.after && $0.article == change.articleName && ($0.health != nil) == isPage
                } ?? false
            if !isNext {
                groups.append(
                    ChangeGroup(
                        article: change.articleName, key: change.article, before: change.before, after: change.after,
                        at: change.at))
            }
            switch change.what {
            case .edit(let edit, let isRevert, _):
                groups[groups.count - 1].edits.append(edit)
                if isRevert { groups[groups.count - 1].isRevert = true }
            case .page(let health): groups[groups.count - 1].health = health
            }
        }
        return groups
    }

    var tags: [Tag] {
        var counts: [Significance: Int] = [:]
        for edit in edits { counts[edit.significance, default: 0] += 1 }
        var tags = Tag.counts(counts)
        if let health { tags += Tag.health(health).map { [$0] } ?? [] }
        if edits.contains(where: { $0.isSilent && $0.significance == .substantive }) {
            tags.append(Tag("silent", "silent"))
        }
        if isRevert { tags.append(Tag("revert", "reverted")) }
        return tags
    }
}

/// The feed of changes in the archive, newest first.
struct ChangesPage<Links: Linking> {
    private let view: ViewedArchive
    private let links: Links

    /// Changes on one page.
    static var length: Int { 60 }
    /// Edits that are shown of one step; the rest are on its own page.
    private static var mostEdits: Int { 6 }

    init(_ view: ViewedArchive, _ links: Links) {
        self.view = view
        self.links = links
    }

    private struct Row {
        let headline: DirectedText
        let key: String
        let article: String?
        let at: TimeText
        let tags: [Tag]
        let edits: [EditRow]
        let more: String?
        let what: String?
        let diff: String?
        let capture: String?
    }

    private struct Model {
        let heading: String
        let isServed: Bool
        let site: String
        let from: String
        let until: String
        let levels: [Choice]
        let kinds: [Choice]
        let name: String?
        let all: String
        let isFiltered: Bool
        let feed: String?
        let rows: [Row]
        let onward: Onward?
    }

    func page(_ asked: ChangesQuery) throws -> Page {
        let (changes, next) = try view.changes(asked, limit: Self.length)
        let groups = ChangeGroup.groups(changes)
        let headlines = try Headlines(groups, view.tracker)
        var onward = asked
        onward.before = next
        var feed = asked
        feed.before = nil
        let model = Model(
            heading: asked.article == nil ? "Changes" : "Every edit of one article", isServed: links.isServed,
            site: asked.site ?? "", from: asked.since?.day ?? "", until: asked.until?.day ?? "",
            levels: Choice.significances(asked.least, any: nil), kinds: Choice.kinds(asked.kind), name: asked.article,
            all: links.href(.changes(ChangesQuery())) ?? "", isFiltered: asked != ChangesQuery(),
            feed: links.href(.feed(feed)), rows: groups.map { row($0, headlines) },
            onward: next == nil
                ? nil : links.href(.changes(onward)).map { Onward(href: $0, text: "Earlier changes") })
        return Page(
            title: "Changes", section: .changes, content: try view.templates.render("changes", model), feed: feed)
    }

    private func row(_ group: ChangeGroup, _ headlines: Headlines) -> Row {
        let more = group.edits.count - Self.mostEdits
        return Row(
            headline: DirectedText(headlines[group.article] ?? "(no headline)"), key: group.key.description,
            article: links.href(.article(group.article, before: nil)), at: TimeText(group.at), tags: group.tags,
            edits: group.edits.sorted { $0.significance > $1.significance }.prefix(Self.mostEdits).map(EditRow.init),
            more: more > 0 ? "and \(Counted.text(more, "more edit"))" : nil,
            what: group.health.map { "Captured: \(PlainWords.of($0))." },
            diff: group.edits.isEmpty
                ? nil : group.before.flatMap { links.href(.diff(from: $0, to: group.after, .sides)) },
            capture: links.href(.capture(group.after)))
    }
}

/// An edit in a list.
struct EditRow {
    let kind: String
    let style: String
    let level: String
    let dir: String
    /// HTML.
    let words: String

    init(_ edit: TrackedEdit) {
        kind = PlainWords.of(edit.kind)
        style = edit.significance.rawValue
        level = edit.significance.rawValue
        dir = DirectedText(edit.words.map(\.text).joined()).dir
        words = MarkedWords.html(edit)
    }
}

/// The headlines of articles, by name.
struct Headlines {
    private let headlines: [String: String]

    init(_ groups: [ChangeGroup], _ tracker: Tracker) throws {
        let articles = try tracker.articles(named: Array(Set(groups.map(\.article))))
        headlines = Dictionary(articles.compactMap { article in article.headline.map { (article.name, $0) } }) {
            first, _ in first
        }
    }

    subscript(_ name: String) -> String? { headlines[name] }
}

/// An edit's words on one line: what was struck out, what was put in, and a little of what stands around.
enum MarkedWords {
    /// Characters of an unchanged stretch that are shown on either side of a change, and of a changed stretch altogether.
    private static let around = 70
    private static let most = 400

    static func html(_ edit: TrackedEdit) -> String { html(edit.words) }

    static func html(_ words: [WordRun]) -> String {
        let last = words.count - 1
        return words.enumerated().map { at, run in
            let text =
                run.operation == .equal ? shortened(run.text, isFirst: at == 0, isLast: at == last) : cut(run.text)
            return HTMLText.marked(run.operation, HTMLText.escaped(text))
        }.joined()
    }

    private static func cut(_ text: String) -> String {
        text.count > most ? text.prefix(most) + "…" : text
    }

    private static func shortened(_ text: String, isFirst: Bool, isLast: Bool) -> String {
        guard text.count > 2 * around else { return text }
        if isFirst, isLast { return "\(text.prefix(2 * around)) …" }
        let start = isFirst ? "" : String(text.prefix(around))
        let end = isLast ? "" : String(text.suffix(around))
        return "\(start) … \(end)"
    }
}
