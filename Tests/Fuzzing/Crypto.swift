/// Stands in for the module of the same name, so that fuzzing needs no build of swift-crypto with sanitizers: extraction and
/// comparison only ask that equal bytes have equal digests. Nothing here is SHA-256.
public struct SHA256: Sendable {
    private var lanes: [UInt64] = [0xCBF2_9CE4_8422_2325, 1, 2, 3]

    public init() {}

    public mutating func update(bufferPointer: UnsafeRawBufferPointer) {
        for byte in bufferPointer {
            for lane in lanes.indices {
                lanes[lane] = (lanes[lane] ^ UInt64(byte)) &* 0x100_0000_01B3 &+ UInt64(lane)
            }
        }
    }

    public consuming func finalize() -> [UInt64] { lanes }
}
