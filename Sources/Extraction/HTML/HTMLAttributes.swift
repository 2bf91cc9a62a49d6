extension HTMLDocument {
    package struct Attribute: Sendable {
        package let name: HTMLName
        package let value: HTMLBytes
    }

    /// The attributes of an element in the order of the source, each name once. Of a doctype: `public` and `system`.
    package struct Attributes: RandomAccessCollection, Sendable {
        fileprivate let storage: HTMLStorage
        fileprivate let start: Int
        package let count: Int

        package var startIndex: Int { 0 }
        package var endIndex: Int { count }

        package subscript(index: Int) -> Attribute {
            precondition(index >= 0 && index < count, "index out of the attributes")
            let record = storage.attributes[start + index]
            return Attribute(
                name: HTMLName(raw: record.name),
                value: HTMLBytes(storage: storage, start: record.start, count: record.count))
        }
    }

    package func attributes(of node: NodeID) -> Attributes {
        let record = storage.node(node)
        let hasSome = record.kind == .element || record.kind == .doctype
        return Attributes(storage: storage, start: Int(record.start), count: hasSome ? Int(record.count) : 0)
    }

    /// The value of an attribute, empty for one without a value, nil if the node has none of that name.
    package func attribute(_ node: NodeID, _ name: HTMLName) -> HTMLBytes? {
        attributeRecord(node, name).map { HTMLBytes(storage: storage, start: $0.start, count: $0.count) }
    }

    package func hasAttributes(_ node: NodeID) -> Bool {
        let record = storage.node(node)
        return record.kind == .element && record.count > 0
    }

    package func hasAttribute(_ node: NodeID, _ name: HTMLName) -> Bool {
        attributeRecord(node, name) != nil
    }

    /// Whether the attribute has that value, given in lower case, but for the case of ASCII letters.
    package func attribute(_ node: NodeID, _ name: HTMLName, is value: StaticString) -> Bool {
        guard let record = attributeRecord(node, name), Int(record.count) == value.utf8CodeUnitCount else {
            return false
        }
        return HTMLNameKey.matches(
            storage.bytes.pointer(to: Int(record.start), count: Int(record.count)), value.utf8Start,
            count: value.utf8CodeUnitCount)
    }

    /// Whether `class` has the word, given in lower case, but for the case of ASCII letters.
    package func hasClass(_ node: NodeID, _ word: StaticString) -> Bool {
        attribute(node, .class)?.hasWord(lowercase: word) ?? false
    }

    @inline(__always)
    private func attributeRecord(_ node: NodeID, _ name: HTMLName) -> HTMLAttributeRecord? {
        let record = storage.node(node)
        guard record.kind == .element || record.kind == .doctype else { return nil }
        var attribute = storage.attributes.pointer(to: Int(record.start), count: Int(record.count))
        for _ in 0..<record.count {
            if attribute.pointee.name == name.raw { return attribute.pointee }
            attribute += 1
        }
        return nil
    }
}
