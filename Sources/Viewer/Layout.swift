internal import Storage

/// What all pages have around them.
struct Layout: Sendable {
    private struct Entry {
        let text: String
        let href: String
        let isCurrent: Bool
    }

    private struct Model {
        let title: String
        let archive: String
        let home: String
        let entries: [Entry]
        let style: String
        let ownStyle: String?
        let script: String
        let icon: String
        let isServed: Bool
        let words: String
        let feed: String?
        let policy: String?
        let notice: String?
        let content: String
        let software: String
    }

    let view: ViewedArchive

    /// - Parameters:
    ///   - policy: a content security policy for pages that no server sends with one.
    ///   - notice: what is to be known of the page as a whole, such as that it may not be up to date.
    func html(_ page: Page, _ links: some Linking, policy: String? = nil, notice: String? = nil) throws -> String {
        let all: [(String, PageAddress, Page.Section)] = [
            ("Articles", .articles(ArticlesQuery()), .articles), ("Changes", .changes(ChangesQuery()), .changes),
            ("Snapshots", .snapshots, .snapshots),
        ]
        let entries = all.compactMap { text, target, section in
            links.href(target).map { Entry(text: text, href: $0, isCurrent: section == page.section) }
        }
        let model = Model(
            title: page.title, archive: view.archive.name, home: links.href(.articles(ArticlesQuery())) ?? "",
            entries: entries, style: links.href(.asset(.style)) ?? "",
            ownStyle: page.style.flatMap { links.href(.asset($0)) }, script: links.href(.asset(.script)) ?? "",
            icon: links.href(.asset(.icon)) ?? "", isServed: links.isServed, words: page.words,
            feed: page.feed.flatMap { links.href(.feed($0)) }, policy: policy, notice: notice, content: page.content,
            software: view.software)
        return try view.templates.render("layout", model)
    }
}
