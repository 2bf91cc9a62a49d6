import Extraction
import Models

/// What must hold of whatever is read. Used by the tests and, compiled with them, by the fuzzing targets.
enum Faults {
    /// What is wrong with a tree; nil if its links agree, no two texts are neighbours, and names and values can be read.
    static func first(in document: HTMLDocument) -> String? {
        var nodes = 0
        var depth = 0
        for step in document.walk(document.root) {
            guard case .enter(let node) = step else {
                depth -= 1
                continue
            }
            nodes += 1
            depth += 1
            if nodes > document.nodeCount { return "a node comes twice" }
            if depth > 600 { return "the tree is too deep" }
            if let fault = linkFault(of: node, in: document) ?? contentFault(of: node, in: document) { return fault }
        }
        return document.rootElement == nil ? "there is no root element" : nil
    }

    private static func linkFault(of node: NodeID, in document: HTMLDocument) -> String? {
        if let child = document.firstChild(of: node) {
            if document.parent(of: child) != node { return "a child has another parent" }
            if document.previousSibling(of: child) != nil { return "something comes before the first child" }
        }
        if let child = document.lastChild(of: node), document.nextSibling(of: child) != nil {
            return "something comes after the last child"
        }
        guard let sibling = document.nextSibling(of: node) else { return nil }
        if document.previousSibling(of: sibling) != node { return "siblings disagree" }
        if document.parent(of: sibling) != document.parent(of: node) { return "siblings have different parents" }
        return document.isText(node) && document.isText(sibling) ? "two texts are neighbours" : nil
    }

    private static func contentFault(of node: NodeID, in document: HTMLDocument) -> String? {
        if document.isText(node), document.bytes(of: node).isEmpty { return "a text is empty" }
        // Every byte is read once, so that the sanitizer sees it.
        var sum = document.bytes(of: node).reduce(0 as UInt8) { $0 ^ $1 }
        for attribute in document.attributes(of: node) {
            if document.spelling(of: attribute.name).isEmpty { return "an attribute has no name" }
            sum = attribute.value.reduce(sum) { $0 ^ $1 }
        }
        if document.isElement(node), document.spelling(of: document.tag(node)).isEmpty {
            return "an element has no name, \(sum)"
        }
        return nil
    }

    /// What is wrong with the reading of a payload.
    static func first(in reading: ArticleReader.Reading, of payload: [UInt8]) -> String? {
        guard let revision = reading.revision else { return reading.form == .binary ? nil : "a text has no revision" }
        for block in revision.blocks {
            if block.text.isEmpty { return "a block is empty" }
            if block.text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) { return "a block has lines" }
        }
        let size = revision.text.utf8.count
        // A byte may be read as a character of three; a reference of five bytes as two of three.
        return size > 16 * payload.count + 4096 ? "\(size) bytes were made of \(payload.count)" : nil
    }
}
