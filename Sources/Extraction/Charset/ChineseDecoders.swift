/// The WHATWG gb18030 decoder, which is also GBK's.
enum GB18030Decoder {
    static func decode(_ buffer: UnsafeRawBufferPointer) -> UTF8Writer.Text {
        let table = MultiByteIndex.gb18030
        return DoubleByteScanner.decode(buffer) { writer, index, lead in
            if lead == 0x80 {
                writer.append(0x20AC)
                return 1
            }
            guard lead != 0xFF else { return writer.appendReplacement(for: 1) }
            guard index + 1 < buffer.count else { return nil }
            let second = buffer[index + 1]
            if 0x30...0x39 ~= second { return decodeFourBytes(buffer, at: index, into: &writer) }
            guard 0x40...0x7E ~= second || 0x80...0xFE ~= second else { return nil }
            let pointer = (Int(lead) - 0x81) * 190 + Int(second) - (second < 0x7F ? 0x40 : 0x41)
            let scalar = table[pointer] != 0 ? table[pointer] : userDefined(lead, second)
            guard scalar != 0 else { return nil }
            writer.append(scalar)
            return 2
        }
    }

    private static func decodeFourBytes(
        _ buffer: UnsafeRawBufferPointer, at index: Int, into writer: inout UTF8Writer
    ) -> Int? {
        guard index + 3 < buffer.count else {
            // All of a truncated sequence is one error, unless its third byte shows that it never was one.
            let isTruncated = index + 2 >= buffer.count || 0x81...0xFE ~= buffer[index + 2]
            guard isTruncated else { return nil }
            return writer.appendReplacement(for: buffer.count - index)
        }
        guard 0x81...0xFE ~= buffer[index + 2], 0x30...0x39 ~= buffer[index + 3] else { return nil }
        let third = (Int(buffer[index + 2]) - 0x81) * 10 + Int(buffer[index + 3]) - 0x30
        let pointer = ((Int(buffer[index]) - 0x81) * 10 + Int(buffer[index + 1]) - 0x30) * 1260 + third
        guard let scalar = scalar(atFourBytePointer: pointer) else { return writer.appendReplacement(for: 4) }
        writer.append(scalar)
        return 4
    }

    private static func scalar(atFourBytePointer pointer: Int) -> UInt32? {
        if pointer >= 189_000 {
            return pointer <= 1_237_575 ? UInt32(0x1_0000 + pointer - 189_000) : nil
        }
        guard pointer <= 39_419 else { return nil }
        if pointer == 7457 { return 0xE7C7 }
        let ranges = MultiByteIndex.gb18030Ranges
        var low = 0
        var high = ranges.count / 2
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(ranges[middle * 2]) <= pointer { low = middle } else { high = middle }
        }
        return UInt32(Int(ranges[low * 2 + 1]) + pointer - Int(ranges[low * 2]))
    }

    /// The private-use code points of the standard's three user-defined areas, which follow a formula; otherwise 0.
    private static func userDefined(_ lead: UInt8, _ trail: UInt8) -> UInt32 {
        switch (lead, trail) {
        case (0xAA...0xAF, 0xA1...): 0xE000 + UInt32(lead - 0xAA) * 94 + UInt32(trail - 0xA1)
        case (0xF8...0xFE, 0xA1...): 0xE234 + UInt32(lead - 0xF8) * 94 + UInt32(trail - 0xA1)
        case (0xA1...0xA7, ...0xA0): 0xE4C6 + UInt32(lead - 0xA1) * 96 + UInt32(trail - (trail < 0x7F ? 0x40 : 0x41))
        default: 0
        }
    }
}

/// The WHATWG Big5 decoder.
enum Big5Decoder {
    static func decode(_ buffer: UnsafeRawBufferPointer) -> UTF8Writer.Text {
        let table = MultiByteIndex.big5
        return DoubleByteScanner.decode(buffer) { writer, index, lead in
            guard 0x81...0xFE ~= lead else { return writer.appendReplacement(for: 1) }
            guard index + 1 < buffer.count else { return nil }
            let trail = buffer[index + 1]
            guard 0x40...0x7E ~= trail || 0xA1...0xFE ~= trail else { return nil }
            let pointer = (Int(lead) - 0x81) * 157 + Int(trail) - (trail < 0x7F ? 0x40 : 0x62)
            switch pointer {
            case 1133:
                writer.append(0xCA)
                writer.append(0x0304)
            case 1135:
                writer.append(0xCA)
                writer.append(0x030C)
            case 1164:
                writer.append(0xEA)
                writer.append(0x0304)
            case 1166:
                writer.append(0xEA)
                writer.append(0x030C)
            default:
                guard table[pointer] != 0 else { return nil }
                writer.append(table[pointer])
            }
            return 2
        }
    }
}
