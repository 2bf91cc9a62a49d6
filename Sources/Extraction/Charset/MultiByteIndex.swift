/// The indexes of the multi-byte encodings. Each is kept as text, a line a row and "." where nothing is assigned, and
/// becomes an array when a decoder first asks for it.
enum MultiByteIndex {
    static let gb18030 = scalars(of: gb18030Rows, rowLength: 190, rows: 126)
    static let big5 = scalars(of: big5Rows, rowLength: 157, rows: 126)
    static let jis0208 = scalars(of: jis0208Rows, rowLength: 94, rows: 120)
    static let jis0212 = scalars(of: jis0212Rows, rowLength: 94, rows: 94)
    static let eucKR = scalars(of: eucKRRows, rowLength: 190, rows: 126)

    /// The code points by pointer; 0 where there is none.
    private static func scalars(of text: StaticString, rowLength: Int, rows: Int) -> [UInt32] {
        var table = [UInt32](repeating: 0, count: rowLength * rows)
        text.withUTF8Buffer { utf8 in
            var pointer = 0
            var row = 0
            for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars {
                switch scalar {
                case "\n":
                    row += 1
                    pointer = row * rowLength
                case ".":
                    pointer += 1
                default:
                    if pointer < table.count { table[pointer] = scalar.value }
                    pointer += 1
                }
            }
        }
        return table
    }
}
