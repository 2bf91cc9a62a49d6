import Extraction

/// A document in the form the public HTML5 test suites use: one line a node, two spaces a level.
func treeDump(_ document: HTMLDocument, of top: NodeID? = nil) -> String {
    var output: [UInt8] = []
    var depth = 0
    for step in document.walk(top ?? document.root) {
        switch step {
        case .leave(let node):
            if node != (top ?? document.root) { depth -= document.isElement(node, .template) ? 2 : 1 }
        case .enter(let node):
            guard node != (top ?? document.root) else { continue }
            dump(node, of: document, depth: depth, to: &output)
            depth += 1
            if document.isElement(node, .template) {
                line("content", depth: depth, to: &output)
                depth += 1
            }
        }
    }
    return String(decoding: output, as: UTF8.self)
}

private func line(_ text: String, depth: Int, to output: inout [UInt8]) {
    output += "| ".utf8
    output += repeatElement(0x20, count: depth * 2)
    output += text.utf8
    output.append(0x0A)
}

private func dump(_ node: NodeID, of document: HTMLDocument, depth: Int, to output: inout [UInt8]) {
    switch document.kind(node) {
    case .document: break
    case .text: line("\"\(document.bytes(of: node).string)\"", depth: depth, to: &output)
    case .comment: line("<!-- \(document.bytes(of: node).string) -->", depth: depth, to: &output)
    case .doctype: line(doctype(node, of: document), depth: depth, to: &output)
    case .element:
        let prefix =
            switch document.namespace(node) {
            case .html: ""
            case .svg: "svg "
            case .mathML: "math "
            }
        line("<\(prefix)\(document.spelling(of: document.tag(node)))>", depth: depth, to: &output)
        let attributes = document.attributes(of: node)
            .map { (attributeName($0.name, isForeign: !prefix.isEmpty, of: document), $0.value.string) }
            .sorted { $0.0.utf16.lexicographicallyPrecedes($1.0.utf16) }
        for (name, value) in attributes { line("\(name)=\"\(value)\"", depth: depth + 1, to: &output) }
    }
}

private func doctype(_ node: NodeID, of document: HTMLDocument) -> String {
    var text = "<!DOCTYPE \(document.spelling(of: document.tag(node)))"
    if document.attributes(of: node).count > 0 {
        text +=
            " \"\(document.attribute(node, .public)?.string ?? "")\" \"\(document.attribute(node, .system)?.string ?? "")\""
    }
    return text + ">"
}

private func attributeName(_ name: HTMLName, isForeign: Bool, of document: HTMLDocument) -> String {
    let spelling = document.spelling(of: name)
    guard isForeign else { return spelling }
    switch name {
    case .xmlLang, .xmlSpace, .xlinkActuate, .xlinkArcrole, .xlinkHref, .xlinkRole, .xlinkShow, .xlinkTitle, .xlinkType,
        .xmlnsXlink:
        return spelling.split(separator: ":").joined(separator: " ")
    default: return spelling
    }
}
