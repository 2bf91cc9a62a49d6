import Extraction
import Testing

/// A piece of HTML and the tree it gives, written on one line: `p[class=x]{'text' b{}}`, texts in quotes with line feeds as
/// `⏎`, comments as `<!text>`, doctypes as `!name`, elements of SVG and MathML with `svg:` and `math:` before their names.
struct HTMLCase: Sendable, CustomTestStringConvertible {
    enum Part: Sendable {
        /// What is in the body.
        case body
        /// Everything, the doctype and the root included.
        case page
        /// What is in the root element of a fragment.
        case fragment(HTMLName, HTMLNamespace)
    }

    let part: Part
    let behaviour: String
    let source: String
    let outline: String

    init(_ behaviour: String, _ source: String, _ outline: String, part: Part = .body) {
        self.part = part
        self.behaviour = behaviour
        self.source = source
        self.outline = outline
    }

    static func page(_ behaviour: String, _ source: String, _ outline: String) -> HTMLCase {
        HTMLCase(behaviour, source, outline, part: .page)
    }

    static func fragment(
        _ behaviour: String, in context: HTMLName, of namespace: HTMLNamespace = .html, _ source: String,
        _ outline: String
    ) -> HTMLCase {
        HTMLCase(behaviour, source, outline, part: .fragment(context, namespace))
    }

    var testDescription: String { behaviour }

    /// What the parser makes of it.
    var result: String {
        let bytes = Array(source.utf8)
        switch part {
        case .page:
            let document = HTMLDocument(parsing: bytes)
            return outlineOfChildren(document.root, in: document)
        case .body:
            let document = HTMLDocument(parsing: bytes)
            return document.body.map { outlineOfChildren($0, in: document) } ?? "no body"
        case .fragment(let context, let namespace):
            let document = HTMLDocument(parsingFragment: bytes, in: context, namespace: namespace)
            return document.rootElement.map { outlineOfChildren($0, in: document) } ?? "no root"
        }
    }
}

/// The children of a node on one line. Recursion is no danger here: the trees of the cases are small.
private func outlineOfChildren(_ node: NodeID, in document: HTMLDocument) -> String {
    document.children(of: node).map { outline($0, in: document) }.joined(separator: " ")
}

private func outline(_ node: NodeID, in document: HTMLDocument) -> String {
    let text = document.bytes(of: node).string.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "⏎")
    switch document.kind(node) {
    case .document: return ""
    case .text: return "'\(text)'"
    case .comment: return "<!\(text)>"
    case .doctype, .element:
        let name = document.spelling(of: document.tag(node))
        let attributes = document.attributes(of: node)
            .map { "\(document.spelling(of: $0.name))=\($0.value.string)" }.joined(separator: ",")
        let list = attributes.isEmpty ? "" : "[\(attributes)]"
        if document.kind(node) == .doctype { return "!\(name)\(list)" }
        let prefix =
            switch document.namespace(node) {
            case .html: ""
            case .svg: "svg:"
            case .mathML: "math:"
            }
        return "\(prefix)\(name)\(list){\(outlineOfChildren(node, in: document))}"
    }
}
