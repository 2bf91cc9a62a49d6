public import Models

/// Whether what was captured looks like the article.
///
/// A page that does not is kept like any other and shown apart from edits: it may be noise, and it may be the story. Nothing
/// here decides that an article was deleted: `gone` says what the server said.
public struct PageHealth: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case healthy, suspect, gone
    }

    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// A question about cookies or consent stands where the article did.
        case consentWall
        /// An error page, whatever its status.
        case errorPage
        /// One must log in, or pay, and no more than the article's beginning is there.
        case loginWall
        /// The article's beginning alone, with nothing that says why.
        case stub
        /// A check that a person is asking.
        case captcha
        /// An index page stands where the article did.
        case homePage
        /// No words.
        case empty
        /// The page says that the article was taken down: as a rule the story itself.
        case withdrawn
        /// Another text that nothing above explains.
        case other
    }

    public let state: State
    /// Nil for a healthy page.
    public let reason: Reason?
    /// The article is back after a page that was gone or not the article.
    public let isReturned: Bool
    /// From 0 to 1: how much of the latest good revision's content words are on this page, and how much of this page's in it,
    /// the harmonic mean; nil without such a revision, and where nobody had to ask.
    public let likeness: Double?

    init(_ state: State, _ reason: Reason? = nil, isReturned: Bool = false, likeness: Double? = nil) {
        self.state = state
        self.reason = reason
        self.isReturned = isReturned
        self.likeness = likeness
    }
}

/// What is known of a captured page, for judging its health.
public struct CapturedPage: Sendable, Hashable {
    /// What extraction made of it; nil when it made nothing.
    public var revision: Revision?
    /// HTTP status, where there was one.
    public var status: Int?
    /// The page's title, as it stands in the browser's tab.
    public var title: String?
    /// The request was led to the site's root, or to an address without the article's path.
    public var isLedHome: Bool

    public init(revision: Revision?, status: Int? = nil, title: String? = nil, isLedHome: Bool = false) {
        self.revision = revision
        self.status = status
        self.title = title
        self.isLedHome = isLedHome
    }
}

extension PageHealth {
    /// Judges `page`.
    ///
    /// What the page shares with the article's earlier revisions weighs most; phrases decide only where it shares little. A text
    /// rewritten as a whole under a headline that stands is an edit, and so is one cut down without a word about it if at
    /// least a few sentences are left.
    /// - Parameters:
    ///   - earlier: Good revisions of the article, latest first; a few suffice. Empty for its first capture, which is suspect
    ///     only when it is plainly no article.
    ///   - last: The state of the capture before; nil for the first.
    public static func judge(_ page: CapturedPage, earlier: [Revision], last: State? = nil) -> PageHealth {
        if isPlainlyArticle(page, earlier) {
            return PageHealth(.healthy, isReturned: last == .gone || last == .suspect)
        }
        let text = PageText(page)
        let likenesses = earlier.map { PageLikeness(text, PageText(CapturedPage(revision: $0))) }
        let best = likenesses.max { $0.both < $1.both }
        let (state, reason) = verdict(page, text, best)
        let isReturned = state == .healthy && (last == .gone || last == .suspect)
        return PageHealth(state, reason, isReturned: isReturned, likeness: likenesses.first?.both)
    }

    /// What needs no reading of words, which costs ten times as much: a page that keeps half of the latest good revision word
    /// for word, and a long first one. Walls, errors and stubs are short, and other articles share no paragraphs.
    private static func isPlainlyArticle(_ page: CapturedPage, _ earlier: [Revision]) -> Bool {
        guard let revision = page.revision, page.status ?? 200 < 300, !page.isLedHome else { return false }
        guard let latest = earlier.first else {
            return revision.blocks.reduce(0) { $0 + ($1.kind == .paragraph ? $1.text.utf8.count : 0) } >= longFirst
        }
        let held = Set(latest.blocks.map(\.text))
        let total = latest.blocks.reduce(0) { $0 + $1.text.utf8.count }
        let kept = Set(revision.blocks.map(\.text)).intersection(held).reduce(0) { $0 + $1.utf8.count }
        return total >= 400 && kept * 2 >= total
    }

    /// Bytes of paragraphs.
    private static let longFirst = 4000

    private static func verdict(_ page: CapturedPage, _ text: PageText, _ best: PageLikeness?) -> (State, Reason?) {
        if let best, best.isSame, !best.isStub { return (.healthy, nil) }
        let told = text.reason(besides: best)
        if let status = page.status, let reason = reason(ofStatus: status, told, text) { return reason }
        guard text.wordCount > 0 else { return (.suspect, told ?? .empty) }
        guard let best else { return told.map { (.suspect, $0) } ?? (.healthy, nil) }
        if best.isStub {
            if told == .loginWall { return (.suspect, .loginWall) }
            return text.isCutOff ? (.suspect, .stub) : (.healthy, nil)
        }
        if let told { return (.suspect, told) }
        if page.isLedHome || text.isIndex { return (.suspect, .homePage) }
        if best.headline >= 0.6 || best.both >= 0.12 { return (.healthy, nil) }
        return (.suspect, .other)
    }

    private static func reason(ofStatus status: Int, _ told: Reason?, _ text: PageText) -> (State, Reason?)? {
        switch status {
        case 404, 410: (.gone, told == .withdrawn ? .withdrawn : nil)
        case 451: (.gone, .withdrawn)
        case 401, 402, 407: (.suspect, .loginWall)
        case 403, 429, 503: (.suspect, told ?? .errorPage)
        case 400...: (.suspect, told ?? .errorPage)
        default: nil
        }
    }
}
