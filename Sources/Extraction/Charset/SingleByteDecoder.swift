/// The WHATWG single-byte decoder and the x-user-defined decoder.
enum SingleByteDecoder {
    /// The code points of bytes 0x80 to 0xFF, U+FFFD where the encoding has none.
    static func upperHalf(of encoding: TextEncoding) -> [UInt32] {
        guard let rows = SingleByteIndex.rows(of: encoding) else {
            return (0x80...0xFF).map { 0xF780 + $0 - 0x80 }
        }
        var scalars: [UInt32] = []
        scalars.reserveCapacity(128)
        rows.withUTF8Buffer { text in
            for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
                switch scalar {
                case "\n": continue
                case ".": scalars.append(0xFFFD)
                case "-": scalars.append(UInt32(0x80 + scalars.count))
                default: scalars.append(scalar.value)
                }
            }
        }
        return scalars
    }

    static func decode(_ buffer: UnsafeRawBufferPointer, as encoding: TextEncoding) -> UTF8Writer.Text {
        let encoded = upperHalf(of: encoding).map(UTF8Writer.encoded)
        return UTF8Writer.text(capacity: UTF8Writer.capacity(for: buffer)) { writer in
            encoded.withUnsafeBufferPointer { encoded in
                var index = 0
                while index < buffer.count {
                    if let word = buffer.asciiWord(at: index) {
                        writer.append(eightASCII: word)
                        index &+= 8
                        continue
                    }
                    let end = min(index &+ 8, buffer.count)
                    while index < end {
                        let byte = buffer[index]
                        index &+= 1
                        if byte < 0x80 {
                            writer.append(ascii: byte)
                        } else {
                            writer.append(encoded: encoded[Int(byte & 0x7F)])
                        }
                    }
                }
            }
        }
    }
}
