internal import Models

/// Packs the sorted lines of an index into `index.cdx.gz`, and writes `index.idx` over it: a client reads the small file, and of the large one
/// only the block that it needs.
package struct CDXBlocks: Sendable {
    package static let name = "index.cdx.gz"
    private static let linesInBlock = 1024

    private var block: [UInt8] = []
    private var lines = 0
    private var first = ""
    private var offset = 0
    /// The lines of `index.idx` so far.
    package private(set) var index: [UInt8]

    package init() {
        let meta = JSON.object([.init("format", .string("cdxj-gzip-1.0")), .init("filename", .string(Self.name))])
        index = Array("!meta 0 \(meta.text)\n".utf8)
    }

    /// - Returns: what to add to `index.cdx.gz`; mostly nothing.
    package mutating func add(_ line: some Collection<UInt8>) -> [UInt8] {
        if lines == 0 { first = Self.key(of: line) }
        block += line
        block.append(UInt8(ascii: "\n"))
        lines += 1
        return lines == Self.linesInBlock ? finish() : []
    }

    /// The address and the time, each with the blank after it. An address may hold braces.
    private static func key(of line: some Collection<UInt8>) -> String {
        var blanks = 0
        let key = line.prefix { byte in
            guard blanks < 2 else { return false }
            if byte == UInt8(ascii: " ") { blanks += 1 }
            return true
        }
        return String(decoding: key, as: UTF8.self)
    }

    /// What is left to add at the end.
    package mutating func finish() -> [UInt8] {
        guard lines > 0 else { return [] }
        let packed = Deflater.compress(block, .gzip, level: RecordEncoder.level)
        let place = JSON.object([
            .init("offset", JSON(offset)), .init("length", JSON(packed.count)),
            .init("digest", .string(WARCRecord.digest(ObjectID(hashing: packed)))),
        ])
        index += Array("\(first)\(place.text)\n".utf8)
        offset += packed.count
        block = []
        lines = 0
        return packed
    }
}
