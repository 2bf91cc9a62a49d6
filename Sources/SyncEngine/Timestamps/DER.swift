internal import Models

/// Bytes that are not the DER they should be (ITU-T X.690, section 10).
struct DERError: Error, Hashable, Sendable {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// One tag, length and content.
struct DERValue: Hashable, Sendable {
    let tag: UInt8
    let content: ArraySlice<UInt8>
    /// With tag and length.
    let encoded: ArraySlice<UInt8>

    /// The values inside.
    var inside: DERReader { DERReader(content) }
}

/// Identifiers of types, as far as they are used here; `[n]` is `context(n)`.
enum DERTag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let null: UInt8 = 0x05
    static let object: UInt8 = 0x06
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31
    static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }
    static func primitiveContext(_ number: UInt8) -> UInt8 { 0x80 | number }
}

/// Reads DER strictly: definite lengths in their shortest form, nothing left over. It descends only where it is told to, so depth costs nothing.
struct DERReader: Sendable {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }
    var nextTag: UInt8? { rest.first }

    mutating func next() throws(DERError) -> DERValue {
        let start = rest.startIndex
        guard rest.count >= 2 else { throw DERError("it ends too early") }
        let tag = rest[start]
        guard tag & 0x1F != 0x1F else { throw DERError("a tag that is not known") }
        var at = start + 1
        var length = Int(rest[at])
        at += 1
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...4).contains(count), rest.endIndex - at >= count else { throw DERError("a length that is none") }
            length = rest[at..<at + count].reduce(0) { $0 << 8 | Int($1) }
            guard rest[at] != 0, length >= 0x80 else { throw DERError("a length in another form than the shortest") }
            at += count
        }
        guard rest.endIndex - at >= length else { throw DERError("it ends too early") }
        let end = at + length
        let value = DERValue(tag: tag, content: rest[at..<end], encoded: rest[start..<end])
        rest = rest[end...]
        return value
    }

    mutating func next(_ tag: UInt8) throws(DERError) -> DERValue {
        let value = try next()
        guard value.tag == tag else { throw DERError("a value of another type than expected") }
        return value
    }

    mutating func optional(_ tag: UInt8) throws(DERError) -> DERValue? {
        guard rest.first == tag else { return nil }
        return try next()
    }

    mutating func sequence() throws(DERError) -> DERReader { try next(DERTag.sequence).inside }

    func finish() throws(DERError) {
        guard rest.isEmpty else { throw DERError("something stands where nothing should") }
    }

    /// An integer's two's complement, in its shortest form.
    mutating func integer() throws(DERError) -> ArraySlice<UInt8> {
        let bytes = try next(DERTag.integer).content
        let first = bytes.prefix(2)
        guard let top = first.first, first.count < 2 || !(top == 0 && first[first.startIndex + 1] < 0x80),
            first.count < 2 || !(top == 0xFF && first[first.startIndex + 1] >= 0x80)
        else { throw DERError("an integer in another form than the shortest") }
        return bytes
    }

    mutating func smallInteger() throws(DERError) -> Int {
        let bytes = try integer()
        guard bytes.count <= 4, let top = bytes.first, top < 0x80 else { throw DERError("an integer out of range") }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func boolean() throws(DERError) -> Bool {
        let bytes = try next(DERTag.boolean).content
        guard bytes.count == 1, let byte = bytes.first, byte == 0 || byte == 0xFF else {
            throw DERError("a truth value that is none")
        }
        return byte == 0xFF
    }

    /// Dotted, e.g. `1.2.840.113549.1.7.2`.
    mutating func object() throws(DERError) -> String { try Self.object(try next(DERTag.object)) }

    private static func object(_ value: DERValue) throws(DERError) -> String {
        let bytes = value.content
        guard let last = bytes.last, last < 0x80, bytes.count <= 64 else {
            throw DERError("an object identifier that is none")
        }
        var parts: [Int] = []
        var number = 0
        var isFirst = true
        for byte in bytes {
            guard !(isFirst && byte == 0x80), number < 1 << 48 else {
                throw DERError("an object identifier that is none")
            }
            number = number << 7 | Int(byte & 0x7F)
            isFirst = byte < 0x80
            if byte < 0x80 {
                parts.append(number)
                number = 0
            }
        }
        let top = min(parts[0] / 40, 2)
        return ([top, parts[0] - top * 40] + parts.dropFirst()).map(String.init).joined(separator: ".")
    }

    /// The bits' bytes, of which none may be left unused.
    mutating func wholeBits() throws(DERError) -> ArraySlice<UInt8> {
        let bytes = try next(DERTag.bitString).content
        guard bytes.first == 0 else { throw DERError("bits that are no whole bytes") }
        return bytes.dropFirst()
    }

    /// UTCTime or GeneralizedTime, in UTC with seconds.
    mutating func time() throws(DERError) -> Timestamp {
        let value = try next()
        let text = String(decoding: value.content, as: UTF8.self)
        guard value.tag == DERTag.utcTime || value.tag == DERTag.generalizedTime,
            let time = Self.time(text, isShort: value.tag == DERTag.utcTime)
        else { throw DERError("a time that is none") }
        return time
    }

    private static func time(_ text: String, isShort: Bool) -> Timestamp? {
        var digits = Array(text.utf8)
        guard digits.popLast() == UInt8(ascii: "Z") else { return nil }
        var fraction: [UInt8] = []
        if let point = digits.firstIndex(of: UInt8(ascii: ".")), !isShort {
            fraction = Array(digits[(point + 1)...])
            digits = Array(digits[..<point])
            guard let last = fraction.last, last != UInt8(ascii: "0"), fraction.count < 10 else { return nil }
        }
        // RFC 5280: two digits of a year are 1950 to 2049.
        if isShort { digits = Array((digits.first ?? 0 >= UInt8(ascii: "5") ? "19" : "20").utf8) + digits }
        guard digits.count == 14, (digits + fraction).allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        let tail = fraction.isEmpty ? "" : "." + String(decoding: fraction, as: UTF8.self)
        return Timestamp(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))\(tail)Z")
    }
}

/// Writes what a request needs.
enum DERWriter {
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = [UInt8(truncatingIfNeeded: content.count)]
        if content.count >= 0x80 {
            var bytes: [UInt8] = []
            var rest = content.count
            while rest > 0 {
                bytes.insert(UInt8(truncatingIfNeeded: rest), at: 0)
                rest >>= 8
            }
            length = [0x80 | UInt8(bytes.count)] + bytes
        }
        return [tag] + length + content
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(DERTag.sequence, parts.flatMap(\.self)) }
}
