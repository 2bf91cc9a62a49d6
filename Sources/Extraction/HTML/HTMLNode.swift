/// A node of an `HTMLDocument`: a number that means something in that document only.
package struct NodeID: Hashable, Sendable {
    package let raw: Int32

    package init(raw: Int32) {
        self.raw = raw
    }

    var index: Int {
        @inline(__always) get { Int(raw) }
    }
}

package enum HTMLNodeKind: UInt8, Sendable, BitwiseCopyable {
    case document, doctype, element, text, comment
}

package enum HTMLNamespace: UInt8, Sendable, BitwiseCopyable {
    case html, svg, mathML
}

/// One record of the tree. Links are node numbers, -1 where there is none.
struct HTMLNode: BitwiseCopyable {
    var parent: Int32 = -1
    var firstChild: Int32 = -1
    /// Of a text node, which has no children: how many bytes are reserved for it beyond the source, else -1.
    var lastChild: Int32 = -1
    var nextSibling: Int32 = -1
    var previousSibling: Int32 = -1
    var name: UInt16 = 0
    let kind: HTMLNodeKind
    private var bits: UInt8 = 0
    /// Text and comments: where their bytes are. Elements and doctypes: where their attributes are.
    var start: UInt32 = 0
    var count: UInt32 = 0

    @inline(__always)
    init(element name: HTMLName, namespace: HTMLNamespace, attributes start: Int, count: Int) {
        kind = .element
        self.name = name.raw
        bits = namespace.rawValue
        self.start = UInt32(truncatingIfNeeded: start)
        self.count = UInt32(truncatingIfNeeded: count)
    }

    @inline(__always)
    init(kind: HTMLNodeKind, start: Int, count: Int) {
        self.kind = kind
        self.start = UInt32(truncatingIfNeeded: start)
        self.count = UInt32(truncatingIfNeeded: count)
    }

    var namespace: HTMLNamespace { HTMLNamespace(rawValue: bits & 3) ?? .html }

    /// While parsing: whether the element is on the stack of open elements.
    var isOpen: Bool {
        @inline(__always) get { bits & 0x80 != 0 }
        @inline(__always) set { bits = newValue ? bits | 0x80 : bits & 0x7F }
    }
}

struct HTMLAttributeRecord: BitwiseCopyable {
    let name: UInt16
    let start: UInt32
    let count: UInt32
}
