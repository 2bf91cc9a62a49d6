/// The text of a payload: its bytes read in the encoding they are in.
package struct DecodedText: Sendable {
    /// What kind of text it is. Only HTML is searched for declarations.
    package enum Kind: Sendable {
        case html, text
    }

    /// What the choice of the encoding rests on, the strongest first.
    package enum Source: String, Hashable, Sendable {
        case byteOrderMark = "bom"
        /// The charset of the Content-Type header.
        case header
        case meta
        case xmlDeclaration
        /// The bytes themselves: they are ASCII or UTF-8, or likeliest in this encoding.
        case detected
        /// Nothing: windows-1252, as for a browser that knows nothing.
        case fallback
    }

    /// Well-formed UTF-8 without a byte order mark. NULs and line ends are left as they are.
    package var utf8: [UInt8]
    /// What the bytes were read as.
    package var encoding: TextEncoding
    package var source: Source
    /// How many malformed sequences were replaced by U+FFFD.
    package var malformed: Int
    /// What was declared, when the bytes show that it is wrong.
    package var overruled: TextEncoding?

    /// Decodes a payload. ASCII and UTF-8 without a byte order mark are not copied.
    ///
    /// In this order: a byte order mark, the charset in `contentType`, `<meta>`, the XML declaration, the bytes. A
    /// declaration is overruled where the bytes leave no doubt, since pages are mislabelled and evidence must be legible:
    /// - A legacy encoding is declared, but the bytes are well-formed UTF-8 with characters beyond ASCII, but for a fault
    ///   here and there. By accident text in a single-byte encoding is never so; in a multi-byte one it can be for a few
    ///   characters, so more are asked for.
    /// - UTF-8 is declared, but most of what is not ASCII is malformed; then the encoding is detected.
    /// - UTF-16 is declared for bytes that cannot be, or a multi-byte encoding in which too much is malformed.
    package init(decoding bytes: [UInt8], contentType: String?, kind: Kind) {
        let (choice, isPlain) = bytes.withUnsafeBytes { buffer in
            let choice = EncodingChoice(for: buffer, contentType: contentType, kind: kind)
            return (choice, choice.isWellFormedUTF8 && choice.markLength == 0)
        }
        if isPlain {
            self.init(utf8: bytes, choice: choice, malformed: 0)
        } else {
            self = bytes.withUnsafeBytes { DecodedText(decoding: $0, choice: choice) }
        }
    }

    package init(decoding buffer: UnsafeRawBufferPointer, contentType: String?, kind: Kind) {
        self.init(decoding: buffer, choice: EncodingChoice(for: buffer, contentType: contentType, kind: kind))
    }

    private init(decoding buffer: UnsafeRawBufferPointer, choice: EncodingChoice) {
        let text = UnsafeRawBufferPointer(rebasing: buffer[choice.markLength...])
        if choice.isWellFormedUTF8 {
            self.init(utf8: [UInt8](text), choice: choice, malformed: 0)
        } else {
            let (utf8, malformed) = choice.encoding.decode(text)
            self.init(utf8: utf8, choice: choice, malformed: malformed)
        }
    }

    private init(utf8: [UInt8], choice: EncodingChoice, malformed: Int) {
        self.utf8 = utf8
        encoding = choice.encoding
        source = choice.source
        overruled = choice.overruled
        self.malformed = malformed
    }
}
