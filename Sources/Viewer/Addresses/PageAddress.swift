internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// What can be looked at, whatever its address is: the server and an export name the same pages differently.
enum PageAddress: Hashable, Sendable {
    case articles(ArticlesQuery)
    /// The article's name, unique in an archive; of its states, those from this one downwards.
    case article(String, before: Int?)
    case diff(from: CaptureName, to: CaptureName, DiffLayout)
    case capture(CaptureName)
    /// Two articles, each by its name, as it reads now; or states of them, by the names of their captures.
    case compare(a: String, b: String)
    /// What one event is told as by all outlets, beginning with the article of this name.
    case story(String)
    case changes(ChangesQuery)
    case feed(ChangesQuery)
    case snapshots
    /// Looking for words where nobody answers: the page does it by itself.
    case search
    /// An archived page for its frame.
    case frame(CaptureName)
    /// The payload's bytes.
    case original(CaptureName)
    case asset(Asset)
}

enum DiffLayout: String, Hashable, Sendable, CaseIterable { case sides, inline }

/// What pages load besides themselves.
enum Asset: String, Hashable, Sendable, CaseIterable {
    case style = "stet.css"
    case script = "stet.js"
    case comparison = "comparison.css"
    case across = "across.css"
    case icon = "icon.svg"

    var mediaType: String {
        switch self {
        case .style, .comparison, .across: "text/css; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .icon: "image/svg+xml"
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .style: PackageResources.stet_css
        case .comparison: Array(DiffPageStyle.comparison.utf8)
        case .across: PackageResources.across_css
        case .script: PackageResources.stet_js
        case .icon: PackageResources.icon_svg
        }
    }
}

/// Which articles are listed.
struct ArticlesQuery: Hashable, Sendable {
    var words = ""
    var filter = ArticleFilter()
    /// Where a longer list goes on.
    var after: String?
}

/// Which changes are listed.
struct ChangesQuery: Hashable, Sendable {
    var site: String?
    var since: Timestamp?
    var until: Timestamp?
    var least = Significance.minor
    var kind: EditKind?
    var article: String?
    var before: String?

    var filter: ChangeFilter {
        var filter = ChangeFilter()
        filter.site = site
        filter.since = since
        filter.until = until
        filter.least = least
        filter.article = article
        if let kind {
            filter.kinds = [kind]
            filter.includesPages = false
        }
        return filter
    }
}

/// How pages name each other. Nil: what is meant is not there to be linked to.
protocol Linking {
    func href(_ target: PageAddress) -> String?
    /// Whether what is shown can be asked anew: forms and feeds need somebody who answers.
    var isServed: Bool { get }
}
