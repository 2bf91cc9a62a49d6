private import CZlib
internal import Models

/// Compresses with zlib what arrives in parts. A class because zlib keeps the address of its state; used by one thread at a time.
package final class Deflater {
    package enum Wrapping: Int32 {
        /// RFC 1951 alone.
        case none = -15
        /// RFC 1950: what HTTP calls `deflate`.
        case zlib = 15
        /// RFC 1952, without name and time, so that the same bytes give the same member.
        case gzip = 31
    }

    private let stream: UnsafeMutablePointer<z_stream>
    private var part = [UInt8](repeating: 0, count: 1 << 16)

    init(_ wrapping: Wrapping, level: Int32) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let made = deflateInit2_(
            stream, level, Z_DEFLATED, wrapping.rawValue, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        // It fails for want of memory alone, or because another zlib is installed than was built with.
        precondition(made == Z_OK, "zlib cannot be used")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The compressed bytes that are ready are added to `output`.
    func write(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var rest = bytes
        // zlib counts in 32 bits.
        repeat {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            run(piece, Z_NO_FLUSH, &output)
        } while !rest.isEmpty
    }

    func finish(to output: inout [UInt8]) {
        run(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH, &output)
        deflateReset(stream)
    }

    private func run(_ bytes: UnsafeRawBufferPointer, _ flush: Int32, _ output: inout [UInt8]) {
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(bytes.count)
        var isFull: Bool
        repeat {
            let count = part.withUnsafeMutableBufferPointer { buffer in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(buffer.count)
                _ = deflate(stream, flush)
                return buffer.count - Int(stream.pointee.avail_out)
            }
            part.withUnsafeBufferPointer { output.append(contentsOf: $0[..<count]) }
            isFull = stream.pointee.avail_out == 0
        } while isFull
    }

    package static func compress(_ bytes: [UInt8], _ wrapping: Wrapping, level: Int32) -> [UInt8] {
        var output: [UInt8] = []
        let deflater = Deflater(wrapping, level: level)
        bytes.withUnsafeBytes { deflater.write($0, to: &output) }
        deflater.finish(to: &output)
        return output
    }
}

/// The checksum of ZIP and gzip, over bytes that arrive in parts.
struct Checksum32 {
    private var state: UInt = 0
    var value: UInt32 { UInt32(truncatingIfNeeded: state) }

    mutating func update(_ bytes: [UInt8]) {
        state = bytes.withUnsafeBufferPointer { UInt(crc32_z(CUnsignedLong(state), $0.baseAddress, $0.count)) }
    }
}

extension Checksum32 {
    static func of(_ bytes: [UInt8]) -> UInt32 {
        var checksum = Checksum32()
        checksum.update(bytes)
        return checksum.value
    }
}

extension [UInt8] {
    /// In ZIP and gzip the lowest byte comes first.
    mutating func appendLittle<Number: FixedWidthInteger>(_ number: Number) {
        for shift in stride(from: 0, to: Number.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
