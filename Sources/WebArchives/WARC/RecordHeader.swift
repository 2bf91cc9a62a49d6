/// The named fields of a WARC record, or what an ARC record's one line says, under the names that WARC has for it.
package struct RecordHeader: Hashable, Sendable {
    /// `WARC/1.1`, `ARC/1` …
    package let version: String
    /// In the order of the record.
    package let fields: [ResponseHead.Field]

    package init(version: String, fields: [ResponseHead.Field]) {
        self.version = version
        self.fields = fields
    }

    /// Readers keep headers in memory.
    static let mostFields = 1_000
    static let largest = 1 << 20

    /// The first field of a name, whatever its case.
    package subscript(name: StaticString) -> String? {
        for field in fields where Self.isSame(field.name, name) { return field.value }
        return nil
    }

    private static func isSame(_ text: String, _ name: StaticString) -> Bool {
        guard text.utf8.count == name.utf8CodeUnitCount else { return false }
        var other = name.utf8Start
        for unit in text.utf8 {
            guard lower(unit) == lower(other.pointee) else { return false }
            other += 1
        }
        return true
    }

    private static func lower(_ unit: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(unit) ? unit | 0x20 : unit
    }

    package var isARC: Bool { version.hasPrefix("ARC") }
    package var type: String { (self["WARC-Type"] ?? "").lowercased() }
    package var recordID: String? { self["WARC-Record-ID"] }

    /// Nil when there is none, or one that no record can have.
    package var contentLength: Int? {
        guard let text = self["Content-Length"], !text.isEmpty, text.utf8.count <= 18,
            text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int(text)
    }

    /// The address it is about, out of the angle brackets that early drafts and Wget put around it, blanks made `%20`.
    package var target: String? { self["WARC-Target-URI"].flatMap(Self.address) }

    /// An address as a record field has it.
    package static func address(_ text: String) -> String? {
        var rest = text[...]
        if rest.utf8.first == UInt8(ascii: "<"), rest.utf8.last == UInt8(ascii: ">"), rest.utf8.count > 1 {
            rest = rest.dropFirst().dropLast()
        }
        guard !rest.isEmpty else { return nil }
        guard rest.utf8.contains(UInt8(ascii: " ")) else { return String(rest) }
        return rest.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20")
    }

    /// Reads a whole header: the version line, the fields, not the empty line. Nil when it begins otherwise.
    init?(parsing bytes: UnsafeRawBufferPointer) {
        var at = 0
        guard let first = Self.line(bytes, &at), first.count <= 64 else { return nil }
        version = HeaderText.text(HeaderText.trimmed(first))
        guard version.hasPrefix("WARC/") else { return nil }
        var fields: [ResponseHead.Field] = []
        fields.reserveCapacity(16)
        while let line = Self.line(bytes, &at), fields.count < Self.mostFields {
            let text = HeaderText.trimmed(line)
            if text.isEmpty { continue }
            if line[line.startIndex] == 0x20 || line[line.startIndex] == 0x09 {
                guard let last = fields.popLast() else { continue }
                fields.append(.init(name: last.name, value: "\(last.value) \(HeaderText.text(text))"))
            } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
                fields.append(
                    .init(
                        name: HeaderText.text(HeaderText.trimmed(text[..<colon])),
                        value: HeaderText.text(HeaderText.trimmed(text[(colon + 1)...]))))
            }
        }
        self.fields = fields
    }

    private static func line(
        _ bytes: UnsafeRawBufferPointer, _ at: inout Int
    ) -> Slice<UnsafeRawBufferPointer>? {
        guard at < bytes.count else { return nil }
        let start = at
        let end = HeaderText.lineEnd(bytes, from: at) ?? bytes.count
        at = end + 1
        return bytes[start..<end]
    }
}

/// Header lines as bytes.
enum HeaderText {
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var (start, end) = (bytes.startIndex, bytes.endIndex)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while start < end, isBlank(bytes[end - 1]) { end -= 1 }
        return bytes[start..<end]
    }

    /// UTF-8; what is not, as ISO 8859-1.
    static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let buffer = UnsafeRawBufferPointer(rebasing: bytes)
        if let text = String(validating: buffer, as: UTF8.self) { return text }
        var text = ""
        for byte in buffer { text.unicodeScalars.append(UnicodeScalar(byte)) }
        return text
    }

    /// Where the line's LF is.
    static func lineEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        bytes[start...].firstIndex(of: 0x0A)
    }

    /// Where a header that ends with an empty line ends, that line included. Nil when that does not stand here.
    ///
    /// - Parameter from: where to begin looking: no line ends before it.
    static func headerEnd(_ bytes: UnsafeRawBufferPointer, from: Int = 0) -> Int? {
        var at = max(0, from)
        while let end = lineEnd(bytes, from: at) {
            if end + 1 < bytes.count, bytes[end + 1] == 0x0A { return end + 2 }
            if end + 2 < bytes.count, bytes[end + 1] == 0x0D, bytes[end + 2] == 0x0A { return end + 3 }
            at = end + 1
        }
        return nil
    }
}
