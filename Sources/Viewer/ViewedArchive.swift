internal import Models
public import Storage
public import SyncEngine
public import Tracking

/// An archive as its pages see it.
public struct ViewedArchive: Sendable {
    let archive: Archive
    let tracker: Tracker
    let templates: Templates
    let snapshots: SnapshotsView
    let software: String
    /// What an export is limited to; nil for all.
    private(set) var scope: ExportScope?
    let explain: @Sendable (_ file: String, _ reason: Distrust) -> String

    /// - Parameters:
    ///   - trust: whom the user believes, read anew for each look at the snapshots.
    ///   - explain: says in a sentence why a file is not believed.
    ///   - software: name and version of the program, for the foot of each page.
    public init(
        _ archive: Archive, _ tracker: Tracker, software: String,
        trust: @escaping @Sendable () throws -> AllowedSigners,
        authorities: @escaping @Sendable () throws -> TimeAuthorities,
        explain: @escaping @Sendable (_ file: String, _ reason: Distrust) -> String
    ) throws(ViewerError) {
        self.explain = explain
        self.archive = archive
        self.tracker = tracker
        self.software = software
        templates = try Templates()
        snapshots = SnapshotsView(archive, trust: trust, authorities: authorities)
    }

    /// Takes in what was captured since the last time.
    ///
    /// - Parameter progress: told what is being done, how much of it, of how much (nil: not known).
    public func refresh(progress: (_ work: String, _ done: Int, _ of: Int?) -> Void = { _, _, _ in }) throws {
        try tracker.follow { progress("comparing articles", $0, $1) }
        try tracker.index { progress("indexing captures", $0, nil) }
    }

    func limited(to scope: ExportScope) -> ViewedArchive {
        var view = self
        view.scope = scope
        return view
    }

    func page(_ address: PageAddress, _ links: some Linking) throws -> Page? {
        switch address {
        case .articles(let asked): try ArticlesPage(self, links).page(asked)
        case .article(let name, let before): try ArticlePage(self, links).page(name, before: before)
        case .diff(let from, let to, let layout): try EditsPage(self, links).page(from, to, layout)
        case .capture(let name): try CapturePage(self, links).page(name)
        case .compare(let a, let b): try ComparePage(self, links).page(a, b)
        case .story(let name): try StoryPage(self, links).page(name)
        case .changes(let asked): try ChangesPage(self, links).page(asked)
        case .snapshots: try SnapshotsPage(self, links).page()
        case .search: try SearchPage(self).page()
        case .feed, .frame, .original, .asset: nil
        }
    }
}

/// A page without the frame that all share.
struct Page: Sendable {
    /// Which entry of the navigation it belongs to.
    enum Section: Sendable { case articles, changes, snapshots, search }

    let title: String
    var section: Section?
    /// HTML.
    let content: String
    var feed: ChangesQuery?
    /// What stands in the field for searching.
    var words = ""
    /// What it loads besides the style of all pages.
    var style: Asset?
    /// Whether an archived page stands within this one, and not behind an address of its own.
    var original: FramedPage?
    /// Whether it loads scripts that lie beside it.
    var loadsScripts = false
}
