/// A page that says why there is no other.
struct Problem {
    private let view: ViewedArchive

    init(_ view: ViewedArchive) { self.view = view }

    private struct Model {
        let heading: String
        let text: String
    }

    func page(_ heading: String, _ text: String) throws(ViewerError) -> Page {
        Page(title: heading, content: try view.templates.render("problem", Model(heading: heading, text: text)))
    }
}
