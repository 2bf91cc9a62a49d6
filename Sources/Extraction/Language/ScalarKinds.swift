/// What a scalar is, for the scripts of Europe and the Near East and common signs looked up once: a question to the tables of the
/// standard library costs ten times as much.
extension Unicode.Scalar {
    var isAlphabetic: Bool {
        if let kind = ScalarKind(of: self) { return kind.contains(.alphabetic) }
        return properties.isAlphabetic
    }

    /// A digit, or another sign that means a number.
    var isNumeric: Bool {
        if let kind = ScalarKind(of: self) { return kind.contains(.numeric) }
        return properties.numericType != nil
    }

    var isWhiteSpace: Bool {
        if let kind = ScalarKind(of: self) { return kind.contains(.whiteSpace) }
        return value < 0x3001 && properties.isWhitespace
    }

    var isNonspacingMark: Bool {
        if let kind = ScalarKind(of: self) { return kind.contains(.nonspacingMark) }
        return properties.generalCategory == .nonspacingMark
    }
}

private struct ScalarKind: OptionSet {
    let rawValue: UInt8

    static let alphabetic = ScalarKind(rawValue: 1)
    static let numeric = ScalarKind(rawValue: 2)
    static let whiteSpace = ScalarKind(rawValue: 4)
    static let nonspacingMark = ScalarKind(rawValue: 8)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Nil of scalars that are not in the tables.
    @inline(__always)
    init?(of scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0..<0x700: self = Self.alphabets[Int(scalar.value)]
        case 0x2000..<0x2070: self = Self.signs[Int(scalar.value - 0x2000)]
        default: return nil
        }
    }

    private static let alphabets = (0..<UInt32(0x700)).map(read)
    private static let signs = (UInt32(0x2000)..<0x2070).map(read)

    private static func read(_ value: UInt32) -> ScalarKind {
        guard let properties = Unicode.Scalar(value)?.properties else { return [] }
        var kind: ScalarKind = []
        if properties.isAlphabetic { kind.insert(.alphabetic) }
        if properties.numericType != nil { kind.insert(.numeric) }
        if properties.isWhitespace { kind.insert(.whiteSpace) }
        if properties.generalCategory == .nonspacingMark { kind.insert(.nonspacingMark) }
        return kind
    }
}

extension [UInt8] {
    /// Appends a scalar in UTF-8.
    @inline(__always)
    mutating func append(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value < 0x80 {
            append(UInt8(value))
        } else if value < 0x800 {
            append(UInt8(0xC0 | value >> 6))
            append(UInt8(0x80 | value & 0x3F))
        } else {
            append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
