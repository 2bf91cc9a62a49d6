/// The WHATWG ISO-2022-JP decoder. It is in seven bits: escape sequences say which set the bytes that follow are from.
struct ISO2022JPDecoder {
    private enum CharacterSet {
        case ascii, roman, katakana, jis0208
    }

    private let buffer: UnsafeRawBufferPointer
    private var index = 0
    private var characterSet = CharacterSet.ascii
    /// Whether nothing was decoded since an escape sequence: a second one in a row is an error, since empty runs can
    /// hide markup from filters.
    private var isAfterEscape = false

    static func decode(_ buffer: UnsafeRawBufferPointer) -> UTF8Writer.Text {
        UTF8Writer.text(capacity: buffer.count * 3) { writer in
            var decoder = ISO2022JPDecoder(buffer: buffer)
            while decoder.index < buffer.count { decoder.step(&writer) }
        }
    }

    /// Whether bytes that are all ASCII have the escape sequences of this encoding and nothing in them that contradicts it.
    static func isLikely(_ buffer: UnsafeRawBufferPointer) -> Bool {
        guard buffer.contains(ascii: 0x1B), let escape = buffer.firstIndex(of: 0x1B), escape + 2 < buffer.count,
            characterSet(buffer[escape + 1], buffer[escape + 2]) != nil
        else { return false }
        return decode(buffer).malformed == 0
    }

    private init(buffer: UnsafeRawBufferPointer) {
        self.buffer = buffer
    }

    private mutating func step(_ writer: inout UTF8Writer) {
        let byte = buffer[index]
        index += 1
        if byte == 0x1B {
            escape(&writer)
            return
        }
        isAfterEscape = false
        switch (characterSet, byte) {
        case (.jis0208, 0x21...0x7E):
            pair(lead: byte, &writer)
        case (.jis0208, _), (_, 0x0E), (_, 0x0F), (_, 0x80...):
            writer.appendReplacement()
        case (.katakana, 0x21...0x5F):
            writer.append(0xFF61 - 0x21 + UInt32(byte))
        case (.katakana, _):
            writer.appendReplacement()
        case (.roman, 0x5C):
            writer.append(0xA5)
        case (.roman, 0x7E):
            writer.append(0x203E)
        default:
            writer.append(ascii: byte)
        }
    }

    private mutating func pair(lead: UInt8, _ writer: inout UTF8Writer) {
        guard index < buffer.count else {
            writer.appendReplacement()
            return
        }
        let trail = buffer[index]
        // An escape sequence begins here even in the middle of a character: it is left for the next step.
        guard trail != 0x1B else {
            writer.appendReplacement()
            return
        }
        index += 1
        let scalar = 0x21...0x7E ~= trail ? MultiByteIndex.jis0208[(Int(lead) - 0x21) * 94 + Int(trail) - 0x21] : 0
        if scalar != 0 { writer.append(scalar) } else { writer.appendReplacement() }
    }

    private mutating func escape(_ writer: inout UTF8Writer) {
        guard index + 1 < buffer.count, let next = Self.characterSet(buffer[index], buffer[index + 1]) else {
            isAfterEscape = false
            writer.appendReplacement()
            return
        }
        index += 2
        characterSet = next
        if isAfterEscape { writer.appendReplacement() }
        isAfterEscape = true
    }

    private static func characterSet(_ first: UInt8, _ second: UInt8) -> CharacterSet? {
        switch (first, second) {
        case (0x28, 0x42): .ascii
        case (0x28, 0x4A): .roman
        case (0x28, 0x49): .katakana
        case (0x24, 0x40), (0x24, 0x42): .jis0208
        default: nil
        }
    }
}
