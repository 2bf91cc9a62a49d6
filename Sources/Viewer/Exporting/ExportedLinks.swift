internal import Models
internal import Storage

/// The pages of an export as they name each other: every one that is named is written, too.
final class ExportedLinks: Linking {
    /// Folders between the page that is being written and the export's own.
    private var depth = 0
    /// Articles that are part of the export; nil for all.
    private let names: Set<String>?
    private var seen: Set<PageAddress> = []
    private var waiting: [PageAddress] = []

    init(names: Set<String>?) { self.names = names }

    var isServed: Bool { false }

    /// The next page to be written, and its file.
    func next() -> (address: PageAddress, file: String)? {
        guard let address = waiting.popLast(), let file = Self.file(address) else { return nil }
        depth = file.count { $0 == "/" }
        return (address, file)
    }

    /// For what is named from the export's own folder.
    func leaveFolders() { depth = 0 }

    func href(_ target: PageAddress) -> String? {
        guard isPart(target), let file = Self.file(target) else { return nil }
        if seen.insert(target).inserted { waiting.append(target) }
        return String(repeating: "../", count: depth) + QueryText.encoded(file)
    }

    private func isPart(_ target: PageAddress) -> Bool {
        guard let names else { return true }
        return switch target {
        case .article(let name, _): names.contains(name)
        case .changes(let query): query.article.map(names.contains) ?? true
        case .compare(let a, let b): names.contains(a) && names.contains(b)
        case .story(let name): names.contains(name)
        default: true
        }
    }

    /// Where a page lies. Names of articles are in no file's name: they would be too long, or something else on another system.
    static func file(_ address: PageAddress) -> String? {
        switch address {
        case .articles(let query): query == ArticlesQuery() ? "index.html" : "articles/list-\(mark(address)).html"
        case .article: "articles/\(mark(address)).html"
        case .diff(let from, let to, let layout):
            "edits/\(plain(from))-to-\(plain(to))\(layout == .sides ? "" : "-\(layout.rawValue)").html"
        case .capture(let name): "captures/\(plain(name)).html"
        case .original(let name): "captures/\(plain(name)).gz"
        case .changes(let query): query == ChangesQuery() ? "changes.html" : "edits/changes-\(mark(address)).html"
        case .compare: "edits/compare-\(mark(address)).html"
        case .story: "articles/story-\(mark(address)).html"
        case .snapshots: "snapshots.html"
        case .search: "search.html"
        // What stands in a frame stands within its page.
        case .feed, .asset, .frame: nil
        }
    }

    private static func plain(_ name: CaptureName) -> String { "\(name.originPrefix)-\(name.index)" }

    /// The same for the same page in every export.
    private static func mark(_ address: PageAddress) -> String {
        let text = ServedLinks().href(address) ?? ""
        return String(ObjectID(hashing: Array(text.utf8)).description.prefix(16))
    }
}
