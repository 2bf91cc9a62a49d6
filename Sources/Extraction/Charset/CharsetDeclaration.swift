/// The charset in a Content-Type header, in the `content` of a `<meta http-equiv>` and in an XML declaration.
enum CharsetDeclaration {
    /// "Extracting a character encoding from a meta element" (HTML Standard 2.4.4), which is lenient enough for headers
    /// as they are found: what follows the first "charset" and "=", quoted or not.
    static func encoding(inContentType value: [UInt8]) -> TextEncoding? {
        var index = 0
        while let found = value.firstIndex(of: "charset", from: index) {
            index = value.skippingWhitespace(from: found + 7)
            guard index < value.count, value[index] == UInt8(ascii: "=") else { continue }
            index = value.skippingWhitespace(from: index + 1)
            guard index < value.count else { return nil }
            let quote = value[index]
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                guard let end = value[(index + 1)...].firstIndex(of: quote) else { return nil }
                return TextEncoding(label: value[(index + 1)..<end])
            }
            let end = value[index...].firstIndex { ASCII.isWhitespace($0) || $0 == 0x3B || $0 == 0x2C }
            return TextEncoding(label: value[index..<(end ?? value.count)])
        }
        return nil
    }

    /// "Get an XML encoding" (HTML Standard 13.2.3.2): the encoding that `<?xml … encoding="…"?>` at the very start names.
    static func encoding(inXMLDeclaration buffer: UnsafeRawBufferPointer) -> TextEncoding? {
        let start = [UInt8](buffer.prefix(longestXMLDeclaration))
        guard start.starts(with: Array("<?xml".utf8)), let end = start.firstIndex(of: 0x3E) else { return nil }
        let declaration = [UInt8](start[..<end])
        guard let found = declaration.firstIndex(of: "encoding", from: 0) else { return nil }
        var index = declaration.skippingWhitespace(from: found + 8)
        guard index < declaration.count, declaration[index] == UInt8(ascii: "=") else { return nil }
        index = declaration.skippingWhitespace(from: index + 1)
        guard index < declaration.count, declaration[index] == 0x22 || declaration[index] == 0x27 else { return nil }
        let value = declaration[(index + 1)...].prefix { $0 != declaration[index] }
        guard value.endIndex < declaration.count, !value.contains(where: { $0 <= 0x20 }) else { return nil }
        return TextEncoding(label: value)?.declaredInMarkup
    }

    private static let longestXMLDeclaration = 1024
}

extension TextEncoding {
    /// The encoding named by the charset parameter of a Content-Type header such as `text/html; charset="iso-8859-1"`.
    package init?(contentType: String) {
        guard let encoding = CharsetDeclaration.encoding(inContentType: Array(contentType.utf8)) else { return nil }
        self = encoding
    }

    /// What markup that could be read as ASCII must mean when it names an encoding that ASCII cannot be read in.
    var declaredInMarkup: TextEncoding {
        switch self {
        case .utf16BE, .utf16LE: .utf8
        case .userDefined: .windows1252
        default: self
        }
    }
}

extension [UInt8] {
    /// The first index, at or after `start`, of a word of small ASCII letters, in whatever case it is written.
    fileprivate func firstIndex(of word: StaticString, from start: Int) -> Int? {
        let length = word.utf8CodeUnitCount
        guard count - length >= start else { return nil }
        return word.withUTF8Buffer { word in
            (start...(count - length)).first { index in
                word.indices.allSatisfy { ASCII.lowercased(self[index + $0]) == word[$0] }
            }
        }
    }

    fileprivate func skippingWhitespace(from start: Int) -> Int {
        self[start...].firstIndex { !ASCII.isWhitespace($0) } ?? count
    }
}
