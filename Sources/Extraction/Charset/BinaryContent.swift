/// Bytes that are not text, and what they seem to be.
package struct BinaryContent: Hashable, Sendable {
    /// What gives them away.
    package enum Evidence: String, Hashable, Sendable {
        /// The bytes with which files of a format begin.
        case signature
        /// More control characters than any text has.
        case controlCharacters
    }

    /// A media type, "application/octet-stream" when only the control characters are known.
    package var mediaType: String
    package var evidence: Evidence

    /// What a payload is when it is not text, or nil when it can be read as text. Looks at its start only.
    package init?(recognizing bytes: [UInt8]) {
        guard let content = bytes.withUnsafeBytes(BinaryContent.init(recognizing:)) else { return nil }
        self = content
    }

    package init?(recognizing buffer: UnsafeRawBufferPointer) {
        if let mediaType = FileSignature.mediaType(of: buffer) {
            self.mediaType = mediaType
            evidence = .signature
        } else if Self.hasTooManyControls(buffer) {
            mediaType = "application/octet-stream"
            evidence = .controlCharacters
        } else {
            return nil
        }
    }

    private static let sampleSize = 8192

    /// The "binary data bytes" of the MIME Sniffing Standard: controls that text does not use. It takes one for proof;
    /// broken pages have some, so here one in twenty is asked for. Compressed data has one in nine.
    private static func hasTooManyControls(_ buffer: UnsafeRawBufferPointer) -> Bool {
        let sample = UnsafeRawBufferPointer(rebasing: buffer.prefix(sampleSize))
        var controls = 0
        for byte in sample where byte < 0x20 { if !ASCII.isWhitespace(byte), byte != 0x1B { controls += 1 } }
        guard controls * 20 > sample.count else { return false }
        let hasUTF16Mark = sample.starts(with: [0xFF, 0xFE]) || sample.starts(with: [0xFE, 0xFF])
        return !hasUTF16Mark && UTF16Pattern.encoding(of: buffer) == nil
    }
}
