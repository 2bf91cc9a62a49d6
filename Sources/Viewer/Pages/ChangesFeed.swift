internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// The changes as an Atom feed, RFC 4287.
struct ChangesFeed {
    private let view: ViewedArchive
    private let links: any Linking
    /// Where the server answers: feeds name whole addresses.
    private let base: String

    private static let length = 60

    init(_ view: ViewedArchive, _ links: any Linking, base: String) {
        self.view = view
        self.links = links
        self.base = base
    }

    func xml(_ asked: ChangesQuery) throws -> String {
        let (changes, _) = try view.tracker.changes(asked.filter, before: asked.before, limit: Self.length)
        let groups = ChangeGroup.groups(changes)
        let headlines = try Headlines(groups, view.tracker)
        let updated = groups.map(\.at).max() ?? Timestamp(clampingSeconds: 0)
        let origin = view.archive.origin
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom">
            <id>urn:sha256:\(origin)</id>
            <title>Changes in \(HTMLText.escaped(view.archive.name))</title>
            <updated>\(updated)</updated>
            <author><name>stet</name></author>
            <generator>\(HTMLText.escaped(view.software))</generator>
            <link rel="self" type="application/atom+xml" href="\(address(.feed(asked)))"/>
            <link rel="alternate" type="text/html" href="\(address(.changes(asked)))"/>
            \(groups.map { entry($0, headlines) }.joined(separator: "\n"))
            </feed>

            """
    }

    private func address(_ target: PageAddress) -> String {
        HTMLText.escaped(base + (links.href(target) ?? "/"))
    }

    private func entry(_ group: ChangeGroup, _ headlines: Headlines) -> String {
        let headline = headlines[group.article] ?? group.key.description
        let kinds = group.edits.map { PlainWords.of($0.kind) }
        let told = group.health.map(PlainWords.of) ?? Array(Set(kinds)).sorted().joined(separator: ", ")
        let target =
            group.edits.isEmpty
            ? PageAddress.capture(group.after)
            : group.before.map { .diff(from: $0, to: group.after, .sides) } ?? .capture(group.after)
        let items = group.edits.map { "<li><strong>\(PlainWords.of($0.kind))</strong> \(MarkedWords.html($0))</li>" }
        let content = "<ul>\(items.joined())</ul>"
        let part = group.health == nil ? "edits" : "page"
        return """
            <entry>
            <id>urn:stet:\(group.after):\(part)</id>
            <title>\(HTMLText.escaped("\(headline): \(told)"))</title>
            <updated>\(group.at)</updated>
            <link rel="alternate" type="text/html" href="\(address(target))"/>
            <content type="html">\(HTMLText.escaped(content))</content>
            </entry>
            """
    }
}
