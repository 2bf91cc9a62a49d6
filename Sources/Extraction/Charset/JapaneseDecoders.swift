/// The WHATWG EUC-JP decoder.
enum EUCJPDecoder {
    static func decode(_ buffer: UnsafeRawBufferPointer) -> UTF8Writer.Text {
        let jis0208 = MultiByteIndex.jis0208
        return DoubleByteScanner.decode(buffer) { writer, index, lead in
            guard lead == 0x8E || lead == 0x8F || 0xA1...0xFE ~= lead else { return writer.appendReplacement(for: 1) }
            guard index + 1 < buffer.count else { return nil }
            let second = buffer[index + 1]
            if lead == 0x8E {
                guard 0xA1...0xDF ~= second else { return nil }
                writer.append(0xFF61 - 0xA1 + UInt32(second))
                return 2
            }
            guard 0xA1...0xFE ~= second else { return nil }
            if lead == 0x8F { return decodeJIS0212(buffer, at: index, into: &writer) }
            let scalar = jis0208[(Int(lead) - 0xA1) * 94 + Int(second) - 0xA1]
            guard scalar != 0 else { return nil }
            writer.append(scalar)
            return 2
        }
    }

    /// Decodes the three bytes of a JIS X 0212 character, of which the first two are known to be in range.
    private static func decodeJIS0212(
        _ buffer: UnsafeRawBufferPointer, at index: Int, into writer: inout UTF8Writer
    ) -> Int {
        guard index + 2 < buffer.count else { return writer.appendReplacement(for: 2) }
        let trail = buffer[index + 2]
        if 0xA1...0xFE ~= trail {
            let scalar = MultiByteIndex.jis0212[(Int(buffer[index + 1]) - 0xA1) * 94 + Int(trail) - 0xA1]
            if scalar != 0 {
                writer.append(scalar)
                return 3
            }
        }
        return writer.appendReplacement(for: trail < 0x80 ? 2 : 3)
    }
}

/// The WHATWG Shift_JIS decoder.
enum ShiftJISDecoder {
    static func decode(_ buffer: UnsafeRawBufferPointer) -> UTF8Writer.Text {
        let jis0208 = MultiByteIndex.jis0208
        return DoubleByteScanner.decode(buffer) { writer, index, lead in
            if lead == 0x80 {
                writer.append(0x80)
                return 1
            }
            if 0xA1...0xDF ~= lead {
                writer.append(0xFF61 - 0xA1 + UInt32(lead))
                return 1
            }
            guard lead != 0xA0, lead <= 0xFC else { return writer.appendReplacement(for: 1) }
            guard index + 1 < buffer.count else { return nil }
            let trail = buffer[index + 1]
            guard 0x40...0x7E ~= trail || 0x80...0xFC ~= trail else { return nil }
            let row = Int(lead) - (lead < 0xA0 ? 0x81 : 0xC1)
            let pointer = row * 188 + Int(trail) - (trail < 0x7F ? 0x40 : 0x41)
            let scalar = 8836...10715 ~= pointer ? UInt32(0xE000 + pointer - 8836) : jis0208[pointer]
            guard scalar != 0 else { return nil }
            writer.append(scalar)
            return 2
        }
    }
}
