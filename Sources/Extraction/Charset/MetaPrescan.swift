/// "Prescan a byte stream to determine its encoding" (HTML Standard 13.2.3.2): reads the start of a page as markup,
/// tags and comments only, for the `<meta>` that declares its encoding.
///
/// As the standard has it, a tag inside a script counts and one inside a comment does not.
struct MetaPrescan {
    /// The standard stops after 1024 bytes, yet many pages put scripts and comments first.
    static let usualLimit = 4096
    /// How far a page is searched whose bytes are not UTF-8: there a late declaration is better than a guess.
    static let furthestLimit = 65_536

    private struct Attribute {
        var name: [UInt8] = []
        var value: [UInt8] = []
    }

    private let bytes: UnsafeRawBufferPointer
    private var index = 0

    /// The encoding that a `<meta>` within the first `limit` bytes declares.
    static func encoding(in buffer: UnsafeRawBufferPointer, limit: Int) -> TextEncoding? {
        var prescan = MetaPrescan(bytes: UnsafeRawBufferPointer(rebasing: buffer.prefix(limit)))
        return prescan.run()
    }

    private init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private mutating func run() -> TextEncoding? {
        while let start = bytes[index...].firstIndex(of: 0x3C) {
            index = start
            if matches("<!--", at: start) {
                // The two dashes that open a comment may also be those that close it: "<!-->".
                guard let end = firstIndex(of: "-->", from: start + 2) else { return nil }
                index = end + 3
            } else if matches("<meta", at: start), let next = byte(at: start + 5),
                ASCII.isWhitespace(next) || next == 0x2F
            {
                index = start + 5
                if let encoding = metaEncoding() { return encoding }
            } else if isTag(at: start) {
                while let byte = byte(at: index), !ASCII.isWhitespace(byte), byte != 0x3E { index += 1 }
                while attribute() != nil {}
            } else if let next = byte(at: start + 1), next == 0x21 || next == 0x2F || next == 0x3F {
                guard let end = firstIndex(of: ">", from: start + 1) else { return nil }
                index = end + 1
            } else {
                index = start + 1
            }
        }
        return nil
    }

    /// The encoding that the attributes of a `<meta>` declare together.
    private mutating func metaEncoding() -> TextEncoding? {
        var names: Set<[UInt8]> = []
        var isContentType = false
        var needsContentType: Bool?
        var encoding: TextEncoding?
        while let attribute = attribute() {
            guard names.insert(attribute.name).inserted else { continue }
            if attribute.name == Self.httpEquiv {
                isContentType = attribute.value == Self.contentType
            } else if attribute.name == Self.content, encoding == nil, needsContentType == nil {
                encoding = CharsetDeclaration.encoding(inContentType: attribute.value)
                if encoding != nil { needsContentType = true }
            } else if attribute.name == Self.charset {
                encoding = TextEncoding(label: attribute.value[...])
                needsContentType = false
            }
        }
        guard let needsContentType, isContentType || !needsContentType else { return nil }
        return encoding?.declaredInMarkup
    }

    /// "Get an attribute": the next attribute of the tag the index is in, names and values in lower case.
    private mutating func attribute() -> Attribute? {
        while let byte = byte(at: index), ASCII.isWhitespace(byte) || byte == 0x2F { index += 1 }
        var attribute = Attribute()
        while let byte = byte(at: index) {
            if byte == 0x3E || byte == 0x2F { return attribute.name.isEmpty ? nil : attribute }
            if ASCII.isWhitespace(byte) || byte == 0x3D && !attribute.name.isEmpty { break }
            attribute.name.append(ASCII.lowercased(byte))
            index += 1
        }
        skipWhitespace()
        // A tag that the bytes end in is not read.
        guard let byte = byte(at: index) else { return nil }
        if byte == 0x3D {
            index += 1
            skipWhitespace()
            guard let value = attributeValue() else { return nil }
            attribute.value = value
        }
        return attribute
    }

    private mutating func attributeValue() -> [UInt8]? {
        var value: [UInt8] = []
        guard let first = byte(at: index) else { return nil }
        let quote = first == 0x22 || first == 0x27 ? first : nil
        if quote != nil { index += 1 }
        while let byte = byte(at: index) {
            if let quote {
                if byte == quote {
                    index += 1
                    return value
                }
            } else if ASCII.isWhitespace(byte) || byte == 0x3E {
                return value
            }
            value.append(ASCII.lowercased(byte))
            index += 1
        }
        return nil
    }

    private mutating func skipWhitespace() {
        while let byte = byte(at: index), ASCII.isWhitespace(byte) { index += 1 }
    }

    private func byte(at index: Int) -> UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    private func isTag(at start: Int) -> Bool {
        guard let next = byte(at: start + 1) else { return false }
        if ASCII.isLetter(next) { return true }
        guard next == 0x2F, let afterSlash = byte(at: start + 2) else { return false }
        return ASCII.isLetter(afterSlash)
    }

    private func matches(_ text: StaticString, at start: Int) -> Bool {
        guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { text in
            text.indices.allSatisfy { ASCII.lowercased(bytes[start + $0]) == text[$0] }
        }
    }

    private func firstIndex(of text: StaticString, from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return (start..<bytes.count).first { matches(text, at: $0) }
    }

    private static let httpEquiv = Array("http-equiv".utf8)
    private static let contentType = Array("content-type".utf8)
    private static let content = Array("content".utf8)
    private static let charset = Array("charset".utf8)
}
