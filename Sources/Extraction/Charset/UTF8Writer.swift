/// Writes decoded text into memory of its own, and counts the malformed sequences that U+FFFD stands for in it.
///
/// The memory is allocated once, for the longest text the decoder can make of its input: three bytes for each byte that
/// is not ASCII. What is not written to costs address space only. An error in such a bound stops the program; it cannot
/// write past the end.
struct UTF8Writer: ~Copyable {
    private let memory: UnsafeMutableRawBufferPointer
    private(set) var count = 0
    private(set) var malformed = 0

    /// Text as it comes out of a decoder.
    typealias Text = (utf8: [UInt8], malformed: Int)

    /// The text that `write` writes, which must not be longer than `capacity` bytes.
    @inline(__always)
    static func text(capacity: Int, _ write: (inout UTF8Writer) -> Void) -> Text {
        var malformed = 0
        let utf8 = [UInt8](unsafeUninitializedCapacity: capacity + slack) { buffer, count in
            var writer = UTF8Writer(UnsafeMutableRawBufferPointer(buffer))
            write(&writer)
            count = writer.count
            malformed = writer.malformed
        }
        return (utf8, malformed)
    }

    /// The longest UTF-8 text that a decoder can make of a buffer in which no ASCII byte becomes more than one byte.
    static func capacity(for buffer: UnsafeRawBufferPointer) -> Int {
        buffer.count + 2 * buffer.nonASCIICount
    }

    private static let slack = 8

    private init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    @inline(__always)
    mutating func append(ascii byte: UInt8) {
        store(UInt32(byte), length: 1)
    }

    /// Appends eight ASCII bytes at once.
    @inline(__always)
    mutating func append(eightASCII bytes: UInt64) {
        precondition(count &+ 8 <= memory.count)
        memory.storeBytes(of: bytes, toByteOffset: count, as: UInt64.self)
        count &+= 8
    }

    /// Appends a code point, which must be a Unicode scalar value.
    @inline(__always)
    mutating func append(_ scalar: UInt32) {
        let (bytes, length) = Self.encoded(scalar)
        store(bytes, length: length)
    }

    /// Appends a code point that is encoded already; U+FFFD stands for a malformed sequence.
    @inline(__always)
    mutating func append(encoded: (bytes: UInt32, length: Int)) {
        store(encoded.bytes, length: encoded.length)
        malformed &+= encoded.bytes == 0xBD_BFEF ? 1 : 0
    }

    mutating func append(contentsOf run: Slice<UnsafeRawBufferPointer>) {
        precondition(count + run.count <= memory.count)
        UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyBytes(from: run)
        count += run.count
    }

    /// Appends U+FFFD for a malformed sequence.
    @inline(__always)
    mutating func appendReplacement() {
        append(0xFFFD)
        malformed &+= 1
    }

    /// Appends U+FFFD for a malformed sequence of this many bytes, and returns the number.
    @inline(__always)
    mutating func appendReplacement(for length: Int) -> Int {
        appendReplacement()
        return length
    }

    /// The bytes of a code point in UTF-8, the first in the lowest eight bits.
    @inline(__always)
    static func encoded(_ scalar: UInt32) -> (bytes: UInt32, length: Int) {
        if scalar < 0x80 { return (scalar, 1) }
        let last = 0x80 | scalar & 0x3F
        if scalar < 0x800 { return (0xC0 | scalar >> 6 | last << 8, 2) }
        let third = 0x80 | scalar >> 6 & 0x3F
        if scalar < 0x1_0000 { return (0xE0 | scalar >> 12 | third << 8 | last << 16, 3) }
        let second = 0x80 | scalar >> 12 & 0x3F
        return (0xF0 | scalar >> 18 | second << 8 | third << 16 | last << 24, 4)
    }

    @inline(__always)
    private mutating func store(_ bytes: UInt32, length: Int) {
        precondition(count &+ 4 <= memory.count)
        memory.storeBytes(of: bytes.littleEndian, toByteOffset: count, as: UInt32.self)
        count &+= length
    }
}
