/// An HTML page as a tree, read as browsers read it (WHATWG HTML 13.2) with scripting off.
///
/// A value: once read it never changes. Any bytes give a tree with a root element; see `HTMLParser.Limits` for what keeps
/// pages made to do harm in bounds. What is in a `template` stands as its children.
package struct HTMLDocument: Sendable {
    let storage: HTMLStorage

    /// Reads a page of UTF-8 text.
    package init(parsing source: [UInt8]) {
        self.init(source) { _ in }
    }

    /// Reads what could stand in an element of that name. The result is the children of the root element.
    package init(parsingFragment source: [UInt8], in context: HTMLName = .div, namespace: HTMLNamespace = .html) {
        self.init(source) { $0.begin(fragmentIn: context, namespace: namespace) }
    }

    private init(_ source: [UInt8], prepare: (inout HTMLParser) -> Void) {
        storage = HTMLNameTables.withTables { tables in
            source.withUnsafeBufferPointer { buffer in
                var parser = HTMLParser(buffer, tables: tables)
                prepare(&parser)
                parser.run()
                return HTMLStorage(parser)
            }
        }
    }

    // MARK: The page

    /// The document node, parent of the root element.
    package var root: NodeID { NodeID(raw: 0) }

    package var nodeCount: Int { storage.nodes.count }

    /// The memory the document takes.
    package var byteCount: Int {
        storage.nodes.byteCount + storage.attributes.byteCount + storage.bytes.byteCount + storage.names.byteCount
    }

    /// Whether the page was too large or too strange to be read to its end.
    package var isTruncated: Bool { storage.isTruncated }

    /// Whether browsers show the page in quirks mode: its doctype is old or missing.
    package var isQuirky: Bool { storage.isQuirky }

    /// The `html` element.
    package var rootElement: NodeID? { firstChild(of: root, .html) }

    package var head: NodeID? { rootElement.flatMap { firstChild(of: $0, .head) } }

    package var body: NodeID? { rootElement.flatMap { firstChild(of: $0, .body) } }

    // MARK: A node

    package func kind(_ node: NodeID) -> HTMLNodeKind { storage.node(node).kind }

    /// The name of an element or a doctype, `.none` of other nodes.
    package func tag(_ node: NodeID) -> HTMLName { HTMLName(raw: storage.node(node).name) }

    package func namespace(_ node: NodeID) -> HTMLNamespace { storage.node(node).namespace }

    package func isElement(_ node: NodeID) -> Bool { storage.node(node).kind == .element }

    /// Whether the node is an HTML element of that name.
    package func isElement(_ node: NodeID, _ name: HTMLName) -> Bool {
        let record = storage.node(node)
        return record.name == name.raw && record.kind == .element && record.namespace == .html
    }

    package func isText(_ node: NodeID) -> Bool { storage.node(node).kind == .text }

    package func parent(of node: NodeID) -> NodeID? { Self.link(storage.node(node).parent) }

    package func firstChild(of node: NodeID) -> NodeID? { Self.link(storage.node(node).firstChild) }

    package func lastChild(of node: NodeID) -> NodeID? {
        let record = storage.node(node)
        return record.firstChild < 0 ? nil : Self.link(record.lastChild)
    }

    package func nextSibling(of node: NodeID) -> NodeID? { Self.link(storage.node(node).nextSibling) }

    package func previousSibling(of node: NodeID) -> NodeID? { Self.link(storage.node(node).previousSibling) }

    /// The first child that is an HTML element of that name.
    package func firstChild(of node: NodeID, _ name: HTMLName) -> NodeID? {
        children(of: node).first { isElement($0, name) }
    }

    @inline(__always)
    static func link(_ raw: Int32) -> NodeID? { raw < 0 ? nil : NodeID(raw: raw) }

    // MARK: Text

    /// The bytes of a text node or a comment; nothing of other nodes.
    package func bytes(of node: NodeID) -> HTMLBytes {
        let record = storage.node(node)
        let hasText = record.kind == .text || record.kind == .comment
        return HTMLBytes(storage: storage, start: hasText ? record.start : 0, count: hasText ? record.count : 0)
    }

    /// Appends all text in a node, in order, as it stands. Comments do not count; scripts and styles do.
    package func appendText(of node: NodeID, to output: inout [UInt8]) {
        for inner in subtree(of: node) where isText(inner) {
            bytes(of: inner).withUnsafeBytes { output.append(contentsOf: $0) }
        }
    }

    package func text(of node: NodeID) -> String {
        var bytes: [UInt8] = []
        appendText(of: node, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Names

    /// The name with this spelling, in lower case; nil if nothing in the page has it.
    package func name(_ spelling: String) -> HTMLName? {
        var spelling = spelling
        let found = spelling.withUTF8 { bytes -> UInt16 in
            guard let base = bytes.baseAddress, bytes.count > 0 else { return 0 }
            let key = HTMLNameKey.key(base, count: bytes.count)
            let known = HTMLNameTables.withTables { $0.find(base, count: bytes.count, key: key) }
            return known != 0 ? known : storage.names.find(base, count: bytes.count, key: key)
        }
        return found == 0 || found == HTMLName.unrecorded.raw ? nil : HTMLName(raw: found)
    }

    package func spelling(of name: HTMLName) -> String { storage.names.spelling(of: name) }
}
