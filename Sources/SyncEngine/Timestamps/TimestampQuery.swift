internal import Models

/// What an authority is asked (RFC 3161, 2.4.1): a hash, a number used once, and its certificate in the answer.
package struct TimestampQuery: Hashable, Sendable {
    /// The nonce as DER writes the integer.
    let nonce: [UInt8]?
    package let bytes: [UInt8]

    private static let sha256: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]

    package init(over document: [UInt8], using random: inout some RandomNumberGenerator) {
        // Positive and of eight bytes, so that its form is the shortest.
        let number = (random.next() as UInt64) >> 1 | 1 << 62
        let nonce = (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
        let algorithm = DERWriter.sequence(DERWriter.value(DERTag.object, Self.sha256), [DERTag.null, 0])
        let imprint = DERWriter.sequence(
            algorithm, DERWriter.value(DERTag.octetString, ObjectID(hashing: document).bytes))
        bytes = DERWriter.sequence(
            [DERTag.integer, 1, 1], imprint, DERWriter.value(DERTag.integer, nonce), [DERTag.boolean, 1, 0xFF])
        self.nonce = nonce
    }

    /// Reads a request, of which only the nonce is wanted.
    package init(parsing bytes: [UInt8]) throws(TimestampFault) {
        do throws(DERError) {
            var outer = DERReader(bytes[...])
            var reader = try outer.sequence()
            try outer.finish()
            guard try reader.smallInteger() == 1 else { throw DERError("a version that is not known") }
            _ = try reader.sequence()
            _ = try reader.optional(DERTag.object)
            nonce = reader.nextTag == DERTag.integer ? Array(try reader.integer()) : nil
            self.bytes = bytes
        } catch {
            throw TimestampFault(error.reason)
        }
    }
}
