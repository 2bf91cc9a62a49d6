/// What an `HTMLDocument` holds. Never changed once made, hence `@unchecked`: of raw memory the compiler cannot see that.
final class HTMLStorage: @unchecked Sendable {
    let nodes: HTMLBuffer<HTMLNode>
    let attributes: HTMLBuffer<HTMLAttributeRecord>
    /// The source with line ends normalised, a few bytes of padding, then the texts and values that are not in the
    /// source as they are read (character references, NULs).
    let bytes: HTMLBuffer<UInt8>
    let names: HTMLNameRegistry
    let isQuirky: Bool
    let isTruncated: Bool

    /// Takes over what the parser has made.
    init(_ parser: consuming HTMLParser) {
        parser.finish()
        isQuirky = parser.isQuirky
        isTruncated = parser.isTruncated
        nodes = parser.nodes
        attributes = parser.attributes
        bytes = parser.bytes
        names = parser.names
    }

    deinit {
        nodes.deallocate()
        attributes.deallocate()
        bytes.deallocate()
        names.deallocate()
    }

    @inline(__always)
    func node(_ id: NodeID) -> HTMLNode {
        nodes[id.index]
    }
}
