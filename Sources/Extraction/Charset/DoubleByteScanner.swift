/// What the decoders of multi-byte encodings have in common: runs of ASCII are copied, every other byte leads a
/// character, and of a malformed pair an ASCII byte is never lost, so that markup survives.
enum DoubleByteScanner {
    /// Decodes a buffer. `character` is called at each byte that is not ASCII; it appends what it finds there and
    /// returns how many bytes that took, or nil, with nothing appended, when lead and next byte are no character.
    @inline(__always)
    static func decode(
        _ buffer: UnsafeRawBufferPointer,
        character: (_ writer: inout UTF8Writer, _ index: Int, _ lead: UInt8) -> Int?
    ) -> UTF8Writer.Text {
        UTF8Writer.text(capacity: UTF8Writer.capacity(for: buffer)) { writer in
            var index = 0
            while index < buffer.count {
                let lead = buffer[index]
                if lead < 0x80 {
                    if let word = buffer.asciiWord(at: index) {
                        writer.append(eightASCII: word)
                        index &+= 8
                    } else {
                        writer.append(ascii: lead)
                        index &+= 1
                    }
                } else if let length = character(&writer, index, lead) {
                    index += length
                } else {
                    writer.appendReplacement()
                    index += 1
                    if index < buffer.count, buffer[index] >= 0x80 { index += 1 }
                }
            }
        }
    }
}
