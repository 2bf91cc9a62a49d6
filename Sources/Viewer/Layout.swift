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
        /// Addresses of what is loaded, where a server has it.
        let styles: [String]
        let script: String?
        let icon: String?
        /// The same within the page, where none has.
        let inlineStyle: String?
        let inlineScript: String?
        let isServed: Bool
        let words: String
        let feed: String?
        let policy: String?
        let notice: String?
        let content: String
        let software: String
    }

    let view: ViewedArchive

    /// - Parameter notice: what is to be known of the page as a whole, such as that it may not be up to date.
    func html(_ page: Page, _ links: some Linking, notice: String? = nil) throws -> String {
        let styles = [Asset.style] + (page.style.map { [$0] } ?? [])
        let within = links.isServed ? nil : EnclosedAssets(styles, isScripted: page.original == nil, page)
        let all: [(String, PageAddress, Page.Section)] = [
            ("Articles", .articles(ArticlesQuery()), .articles), ("Changes", .changes(ChangesQuery()), .changes),
            ("Snapshots", .snapshots, .snapshots), ("Search", .search, .search),
        ]
        let entries = all.compactMap { text, target, section in
            links.href(target).map { Entry(text: text, href: $0, isCurrent: section == page.section) }
        }
        let model = Model(
            title: page.title, archive: view.archive.name, home: links.href(.articles(ArticlesQuery())) ?? "",
            entries: entries, styles: styles.compactMap { links.href(.asset($0)) },
            script: links.href(.asset(.script)), icon: links.href(.asset(.icon)), inlineStyle: within?.style,
            inlineScript: within?.script, isServed: links.isServed, words: page.words,
            feed: page.feed.flatMap { links.href(.feed($0)) }, policy: within?.policy, notice: notice,
            content: page.content,
            software: view.software)
        return try view.templates.render("layout", model)
    }
}
