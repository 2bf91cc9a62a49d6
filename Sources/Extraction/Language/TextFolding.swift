/// The form in which words are compared with the word lists: lower case, without accents, points, vowel signs,
/// invisible marks and variants of one letter. Not for display, and never stored.
package enum TextFolding {
    package static func fold(_ text: some StringProtocol) -> String {
        text.withBytes(foldASCII) ?? fold(scalars: text.unicodeScalars)
    }

    static func fold(scalars: some Sequence<Unicode.Scalar>) -> String {
        var folded: [UInt8] = []
        folded.reserveCapacity(scalars.underestimatedCount + 16)
        for scalar in scalars { if let base = fold(scalar) { folded.append(base) } }
        return String(decoding: folded, as: UTF8.self)
    }

    /// Where `text` goes on after a beginning that folds to `folded`; nil when it begins otherwise.
    static func end(of folded: String, in text: some StringProtocol) -> String.Index? {
        // Most texts show by their first letter that they begin otherwise.
        if let first = text.utf8.first, first < 0x80, let start = folded.unicodeScalars.first,
            table[Int(first)] != start
        {
            return nil
        }
        var wanted = folded.unicodeScalars[...]
        var index = text.unicodeScalars.startIndex
        while let next = wanted.first {
            guard index < text.unicodeScalars.endIndex else { return nil }
            if let found = fold(text.unicodeScalars[index]) {
                guard found == next else { return nil }
                wanted = wanted.dropFirst()
            }
            index = text.unicodeScalars.index(after: index)
        }
        return index
    }

    private static func foldASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.isASCII else { return nil }
        return String(unsafeUninitializedCapacity: bytes.count) { buffer in
            for (place, byte) in bytes.enumerated() { buffer[place] = lowercased(byte) }
            return bytes.count
        }
    }

    @inline(__always)
    private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// Nil is dropped.
    static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0..<0x700: table[Int(scalar.value)]
        case 0x1E00..<0x2300: signs[Int(scalar.value - 0x1E00)]
        case 0x3000, 0xFE00...0xFFFF: base(of: scalar)
        default: scalar
        }
    }

    private static func base(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        letters[scalar] ?? (isDropped(scalar) ? nil : scalar)
    }

    /// The alphabets of Europe and the Near East, folded beforehand.
    private static let table: [Unicode.Scalar?] = (0..<UInt32(0x700)).map { value in
        guard let scalar = Unicode.Scalar(value), !isDropped(scalar) else { return nil }
        if let base = letters[scalar] { return base }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        return letters[lower] ?? lower
    }

    /// Vietnamese letters and the signs of all scripts, likewise: `letters` has no others but full-width forms.
    private static let signs: [Unicode.Scalar?] = (UInt32(0x1E00)..<0x2300).map { value in
        Unicode.Scalar(value).flatMap(base)
    }

    /// Combining marks, Arabic vowel signs and tatweel, Hebrew points, joiners, directional marks, soft hyphens.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0xAC: false
        case 0xAD, 0x300...0x36F, 0x591...0x5BD, 0x5BF...0x5C7, 0x610...0x61A, 0x640, 0x64B...0x65F, 0x670: true
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    private static let letters: [Unicode.Scalar: Unicode.Scalar] = {
        let families = [
            "a": "àáâãäåāăąạảấầậẩẫắằặẳẵ", "c": "çćĉċč", "d": "ďđ", "e": "èéêëēĕėęěẹẻẽếềệểễ", "g": "ĝğġģ", "h": "ĥħ",
            "i": "ìíîïĩīĭįıİịỉ", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņň", "o": "òóôõöøōŏőọỏốồộổỗơớờợởỡ",
            "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűųụủưứừựửữ", "w": "ŵ", "y": "ýÿŷỳỵỷỹ", "z": "źżž",
            "α": "ά", "ε": "έ", "η": "ή", "ι": "ίϊΐ", "ο": "ό", "υ": "ύϋΰ", "ω": "ώ", "σ": "ς",
            "е": "ё", "ا": "أإآٱ", "ي": "ىیئ", "ك": "ک", "ه": "ةۀە", "و": "ؤ",
            "'": "’‘ʼ´`ʹ׳", "\"": "“”„«»״", "-": "‐‑‒–—―−־", " ": "\u{A0}\u{202F}\u{2007}\u{2009}\u{200A}\u{3000}",
        ]
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (base, variants) in families {
            for scalar in base.unicodeScalars.prefix(1) {
                for variant in variants.unicodeScalars { table[variant] = scalar }
            }
        }
        // Full-width forms of ASCII.
        for value in UInt32(0xFF01)...0xFF5E {
            guard let wide = Unicode.Scalar(value), let narrow = Unicode.Scalar(value - 0xFEE0) else { continue }
            table[wide] = Unicode.Scalar(UInt8(narrow.properties.lowercaseMapping.utf8.first ?? UInt8(narrow.value)))
        }
        return table
    }()
}
