/// Looking for words in an export: the page's script does it.
struct SearchPage {
    private let view: ViewedArchive

    /// The template names nothing.
    private struct Nothing {}

    init(_ view: ViewedArchive) { self.view = view }

    func page() throws(ViewerError) -> Page {
        Page(
            title: "Search", section: .search, content: try view.templates.render("search", Nothing()),
            loadsScripts: true)
    }
}
