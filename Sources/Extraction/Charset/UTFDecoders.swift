/// The WHATWG UTF-8 decoder, for bytes that are known not to be well-formed throughout.
enum UTF8Decoder {
    static func decode(_ buffer: UnsafeRawBufferPointer) -> UTF8Writer.Text {
        UTF8Writer.text(capacity: UTF8Writer.capacity(for: buffer)) { writer in
            var copied = 0
            var index = UTF8Validation.validPrefix(of: buffer, from: 0)
            while index < buffer.count {
                if buffer.asciiWord(at: index) != nil {
                    index += 8
                    continue
                }
                let (length, isWellFormed) = UTF8Validation.sequence(in: buffer, at: index)
                if !isWellFormed {
                    writer.append(contentsOf: buffer[copied..<index])
                    writer.appendReplacement()
                    copied = index + length
                }
                index += length
            }
            writer.append(contentsOf: buffer[copied...])
        }
    }
}

/// The WHATWG shared UTF-16 decoder.
enum UTF16Decoder {
    static func decode(_ buffer: UnsafeRawBufferPointer, isBigEndian: Bool) -> UTF8Writer.Text {
        // A code unit, two bytes, becomes three bytes at most.
        UTF8Writer.text(capacity: buffer.count / 2 * 3 + 3) { writer in
            let high = isBigEndian ? 0 : 1
            var pendingHighSurrogate: UInt32?
            for index in stride(from: 0, to: buffer.count - 1, by: 2) {
                let unit = UInt32(buffer[index + high]) << 8 | UInt32(buffer[index + 1 - high])
                if let surrogate = pendingHighSurrogate {
                    pendingHighSurrogate = nil
                    if unit & 0xFC00 == 0xDC00 {
                        writer.append(0x1_0000 + ((surrogate & 0x3FF) << 10) + (unit & 0x3FF))
                        continue
                    }
                    writer.appendReplacement()
                }
                switch unit & 0xFC00 {
                case 0xD800: pendingHighSurrogate = unit
                case 0xDC00: writer.appendReplacement()
                default: writer.append(unit)
                }
            }
            // At the end an odd byte and a lone surrogate before it are one error.
            if pendingHighSurrogate != nil || buffer.count % 2 == 1 { writer.appendReplacement() }
        }
    }
}
