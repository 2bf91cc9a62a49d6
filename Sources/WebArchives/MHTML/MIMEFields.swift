/// The header of a MIME entity (RFC 2045): fields, folded lines put together.
struct MIMEFields {
    private let fields: [ResponseHead.Field]
    /// Where the body begins.
    let end: Int

    private static let largest = 1 << 20

    init?(_ bytes: ArraySlice<UInt8>) {
        var fields: [ResponseHead.Field] = []
        var at = bytes.startIndex
        let limit = min(bytes.endIndex, at + Self.largest)
        while at < limit {
            let lineEnd = bytes[at..<limit].firstIndex(of: 0x0A) ?? limit
            let line = String(decoding: bytes[at..<lineEnd], as: UTF8.self)
            at = min(lineEnd + 1, limit)
            let text = line.trimmed
            if text.isEmpty { break }
            if let first = line.utf8.first, first == 0x20 || first == 0x09 {
                guard let last = fields.popLast() else { return nil }
                // A folded encoded word or address goes on without the blank; others bear the one that was there.
                fields.append(.init(name: last.name, value: last.value + " " + text))
            } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), fields.count < 200 {
                fields.append(
                    .init(name: String(text[..<colon]).lowercased(), value: text[text.index(after: colon)...].trimmed))
            } else {
                return nil
            }
        }
        guard !fields.isEmpty else { return nil }
        self.fields = fields
        end = at
    }

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// `type/subtype` of the content type, lower case.
    var mediaType: String? { self["content-type"].map { String($0.prefix { $0 != ";" }).trimmed.lowercased() } }

    /// A parameter of the content type.
    func parameter(_ name: String) -> String? {
        guard let text = self["content-type"] else { return nil }
        var rest = Array(text.utf8)[...]
        while let semicolon = rest.firstIndex(of: UInt8(ascii: ";")) {
            rest = rest[(semicolon + 1)...]
            guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let key = String(decoding: rest[..<equals], as: UTF8.self).trimmed.lowercased()
            rest = rest[(equals + 1)...].drop { $0 == 0x20 }
            let isQuoted = rest.first == UInt8(ascii: "\"")
            if isQuoted { rest = rest.dropFirst() }
            let end = rest.firstIndex(of: UInt8(ascii: isQuoted ? "\"" : ";")) ?? rest.endIndex
            if key == name { return String(decoding: rest[..<end], as: UTF8.self).trimmed }
            rest = rest[end...]
        }
        return nil
    }
}

/// The transfer encodings of MIME (RFC 2045, section 6).
enum TransferEncoding {
    static func decode(_ body: ArraySlice<UInt8>, _ name: String?) -> [UInt8] {
        switch name?.lowercased() {
        case "quoted-printable": quotedPrintable(body)
        case "base64": base64(body)
        default: Array(body)
        }
    }

    /// What is no escape stays as it is.
    private static func quotedPrintable(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(body.count)
        var at = body.startIndex
        while at < body.endIndex {
            let byte = body[at]
            at += 1
            guard byte == UInt8(ascii: "=") else {
                out.append(byte)
                continue
            }
            if at + 1 < body.endIndex, let high = digit(body[at]), let low = digit(body[at + 1]) {
                out.append(high << 4 | low)
                at += 2
            } else if let line = softBreak(body, at) {
                at = line
            } else {
                out.append(byte)
            }
        }
        return out
    }

    /// Where the next line begins.
    private static func softBreak(_ body: ArraySlice<UInt8>, _ start: Int) -> Int? {
        var at = start
        while at < body.endIndex, body[at] == 0x20 || body[at] == 0x09 { at += 1 }
        if at == body.endIndex || body[at] == 0x0A { return min(at + 1, body.endIndex) }
        guard body[at] == 0x0D else { return nil }
        return at + 1 < body.endIndex && body[at + 1] == 0x0A ? at + 2 : at + 1
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func base64(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(body.count / 4 * 3)
        var (held, count): (UInt32, Int) = (0, 0)
        for byte in body {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="): return out
            default: continue
            }
            held = held << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: held >> UInt32(count)))
            }
        }
        return out
    }
}
