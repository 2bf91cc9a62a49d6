/// The choice of the encoding that a payload is read in.
struct EncodingChoice {
    var encoding: TextEncoding
    var source: DecodedText.Source
    /// What was declared, when that is not what was chosen.
    var overruled: TextEncoding?
    /// The length of the byte order mark.
    var markLength = 0
    /// Whether the bytes after the mark are the decoded text already.
    var isWellFormedUTF8 = false

    init(for buffer: UnsafeRawBufferPointer, contentType: String?, kind: DecodedText.Kind) {
        if let (encoding, length) = Self.byteOrderMark(of: buffer) {
            self.init(encoding, .byteOrderMark)
            markLength = length
            isWellFormedUTF8 =
                encoding == .utf8 && UTF8Validation.validPrefix(of: buffer, from: length) == buffer.count
            return
        }
        let firstNonASCII = UTF8Validation.asciiPrefix(of: buffer, from: 0)
        let isUTF8 = UTF8Validation.validPrefix(of: buffer, from: firstNonASCII) == buffer.count
        let declared = Self.declaration(in: buffer, contentType: contentType, kind: kind, isUTF8: isUTF8)
        if firstNonASCII == buffer.count {
            self.init(ascii: buffer, declared: declared)
        } else if isUTF8 {
            self.init(utf8: buffer, declared: declared)
        } else {
            self.init(other: buffer, declared: declared)
        }
    }

    private init(
        _ encoding: TextEncoding, _ source: DecodedText.Source, overruling declared: TextEncoding? = nil,
        isWellFormedUTF8: Bool = false
    ) {
        self.encoding = encoding
        self.source = source
        self.overruled = declared == encoding ? nil : declared
        self.isWellFormedUTF8 = isWellFormedUTF8
    }

    private init(_ declared: Declaration, isWellFormedUTF8: Bool = false) {
        self.init(declared.encoding, declared.source, isWellFormedUTF8: isWellFormedUTF8)
    }

    private static func byteOrderMark(of buffer: UnsafeRawBufferPointer) -> (TextEncoding, length: Int)? {
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if buffer.starts(with: [0xFE, 0xFF]) { return (.utf16BE, 2) }
        if buffer.starts(with: [0xFF, 0xFE]) { return (.utf16LE, 2) }
        return nil
    }
}

extension EncodingChoice {
    private struct Declaration {
        var encoding: TextEncoding
        var source: DecodedText.Source
    }

    private static func declaration(
        in buffer: UnsafeRawBufferPointer, contentType: String?, kind: DecodedText.Kind, isUTF8: Bool
    ) -> Declaration? {
        if let encoding = contentType.flatMap(TextEncoding.init(contentType:)), encoding != .replacement {
            return Declaration(encoding: encoding, source: .header)
        }
        guard kind == .html else { return nil }
        let limit = isUTF8 ? MetaPrescan.usualLimit : MetaPrescan.furthestLimit
        if let encoding = MetaPrescan.encoding(in: buffer, limit: limit), encoding != .replacement {
            return Declaration(encoding: encoding, source: .meta)
        }
        if let encoding = CharsetDeclaration.encoding(inXMLDeclaration: buffer), encoding != .replacement {
            return Declaration(encoding: encoding, source: .xmlDeclaration)
        }
        return nil
    }

    /// Chooses for bytes that are all ASCII, which nearly every encoding reads in the same way.
    private init(ascii buffer: UnsafeRawBufferPointer, declared: Declaration?) {
        if let encoding = UTF16Pattern.encoding(of: buffer) {
            self.init(found: encoding, declared)
        } else if declared?.encoding == .iso2022JP || ISO2022JPDecoder.isLikely(buffer) {
            self.init(found: .iso2022JP, declared)
        } else if let declared, !declared.encoding.isUTF16 {
            self.init(declared, isWellFormedUTF8: true)
        } else {
            self.init(found: .utf8, declared, isWellFormedUTF8: true)
        }
    }

    /// Chooses for bytes that are well-formed UTF-8 and not all ASCII.
    private init(utf8 buffer: UnsafeRawBufferPointer, declared: Declaration?) {
        if declared?.encoding != .utf8, let encoding = UTF16Pattern.encoding(of: buffer) {
            self.init(found: encoding, declared)
        } else if let declared, declared.encoding.isDoubleByte, !Self.isUTF8BeyondDoubt(buffer, not: declared.encoding)
        {
            self.init(declared)
        } else {
            self.init(found: .utf8, declared, isWellFormedUTF8: true)
        }
    }

    /// Chooses for bytes that are neither ASCII nor well-formed UTF-8.
    private init(other buffer: UnsafeRawBufferPointer, declared: Declaration?) {
        let (good, bad) = Self.sequenceCounts(in: buffer)
        // So much UTF-8 is no accident, whatever was declared; where nothing was, less will do.
        let isUTF8 = declared == nil ? good > 0 && good >= 4 * bad : good > 3 && good >= 16 * bad
        if let encoding = UTF16Pattern.encoding(of: buffer) {
            self.init(found: encoding, declared)
        } else if isUTF8 || declared?.encoding == .utf8 && good > 0 && good >= bad {
            self.init(found: .utf8, declared)
        } else if let declared, declared.encoding != .utf8, Self.isPlausible(declared.encoding, for: buffer) {
            self.init(declared)
        } else if let encoding = EncodingDetector.encoding(of: buffer) {
            self.init(found: encoding, declared)
        } else if let declared {
            self.init(declared)
        } else {
            self.init(.windows1252, .fallback)
        }
    }

    /// The choice of an encoding that the bytes show, whatever was declared.
    private init(found encoding: TextEncoding, _ declared: Declaration?, isWellFormedUTF8: Bool = false) {
        let isAsDeclared = declared?.encoding == encoding
        self.init(
            encoding, isAsDeclared ? declared?.source ?? .detected : .detected, overruling: declared?.encoding,
            isWellFormedUTF8: isWellFormedUTF8)
    }
}

extension EncodingChoice {
    /// So many characters of a text in a double-byte encoding are not all well-formed UTF-8 by accident.
    private static let accidentalSequences = 3

    private static func isUTF8BeyondDoubt(_ buffer: UnsafeRawBufferPointer, not declared: TextEncoding) -> Bool {
        var sequences = 0
        for byte in buffer where byte >= 0xC0 {
            sequences += 1
            if sequences > accidentalSequences { return true }
        }
        return declared.decode(buffer).malformed > 0
    }

    /// Whether bytes can be in the legacy encoding that is declared for them, faults allowed for.
    private static func isPlausible(_ declared: TextEncoding, for buffer: UnsafeRawBufferPointer) -> Bool {
        if declared.isSingleByte { return true }
        let sample =
            declared.isUTF16 ? [UInt8](buffer.prefix(16_384)) : EncodingDetector.sample(of: buffer)
        let characters = max(1, sample.count(where: { $0 >= 0x80 }) / 2)
        return declared.decode(sample).malformed <= characters / 16 + 1
    }

    /// How many bytes are looked at, from the first that is not ASCII, to tell whether they are mostly UTF-8.
    private static let sampleSize = 262_144

    /// How many sequences beyond ASCII are well-formed UTF-8, and how many are not. Bytes that end within a character
    /// were cut off, which does not count against them.
    private static func sequenceCounts(in buffer: UnsafeRawBufferPointer) -> (good: Int, bad: Int) {
        var good = 0
        var bad = 0
        var index = UTF8Validation.asciiPrefix(of: buffer, from: 0)
        let end = min(buffer.count, index + sampleSize)
        while index < end {
            let (length, isWellFormed) = UTF8Validation.sequence(in: buffer, at: index)
            index += length
            if isWellFormed { good += 1 } else if index < buffer.count || length == 1 { bad += 1 }
            while index < end, buffer[index] < 0x80 { index += 1 }
        }
        return (good, bad)
    }
}
