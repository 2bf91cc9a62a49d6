/// The WHATWG EUC-KR decoder.
enum EUCKRDecoder {
    static func decode(_ buffer: UnsafeRawBufferPointer) -> UTF8Writer.Text {
        let table = MultiByteIndex.eucKR
        return DoubleByteScanner.decode(buffer) { writer, index, lead in
            guard 0x81...0xFE ~= lead else { return writer.appendReplacement(for: 1) }
            guard index + 1 < buffer.count, 0x41...0xFE ~= buffer[index + 1] else { return nil }
            let scalar = table[(Int(lead) - 0x81) * 190 + Int(buffer[index + 1]) - 0x41]
            guard scalar != 0 else { return nil }
            writer.append(scalar)
            return 2
        }
    }
}
