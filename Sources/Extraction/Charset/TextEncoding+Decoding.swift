extension TextEncoding {
    /// Decodes bytes as the WHATWG Encoding Standard says this encoding is to be decoded, without looking for a byte
    /// order mark. The result is valid UTF-8; U+FFFD stands for each of the `malformed` sequences.
    package func decode(_ bytes: [UInt8]) -> (utf8: [UInt8], malformed: Int) {
        self == .utf8 && UTF8Validation.isValid(bytes) ? (bytes, 0) : bytes.withUnsafeBytes { decode($0) }
    }

    func decode(_ buffer: UnsafeRawBufferPointer) -> UTF8Writer.Text {
        switch self {
        case .utf8: return UTF8Decoder.decode(buffer)
        case .utf16BE: return UTF16Decoder.decode(buffer, isBigEndian: true)
        case .utf16LE: return UTF16Decoder.decode(buffer, isBigEndian: false)
        case .gbk, .gb18030: return GB18030Decoder.decode(buffer)
        case .big5: return Big5Decoder.decode(buffer)
        case .eucJP: return EUCJPDecoder.decode(buffer)
        case .shiftJIS: return ShiftJISDecoder.decode(buffer)
        case .iso2022JP: return ISO2022JPDecoder.decode(buffer)
        case .eucKR: return EUCKRDecoder.decode(buffer)
        case .replacement:
            return UTF8Writer.text(capacity: 3) { if !buffer.isEmpty { $0.appendReplacement() } }
        default: return SingleByteDecoder.decode(buffer, as: self)
        }
    }
}
