/// Finds the encoding of a text that does not declare one and is not UTF-8, by what it would cost to write its bytes down
/// in each encoding as a language of it: the cheapest reading is the likeliest.
///
/// Deterministic: whole numbers only, and of equal readings the one listed first wins.
enum EncodingDetector {
    /// The likeliest encoding, or nil when no reading looks like text of the languages known here.
    static func encoding(of buffer: UnsafeRawBufferPointer) -> TextEncoding? {
        let sample = sample(of: buffer)
        var best: TextEncoding?
        var limit = worstCost(of: sample)
        for reading in MultiByteReading.all {
            guard let cost = reading.cost(of: sample, limit: limit - 1) else { continue }
            limit = cost
            best = reading.encoding
        }
        for reading in SingleByteReading.all {
            guard let cost = reading.cost(of: sample, limit: limit - 1) else { continue }
            limit = cost
            best = reading.encoding
        }
        return best
    }

    /// A reading that costs more is no better than noise: 13 bits a byte that is not ASCII, 5.5 a letter that is.
    private static func worstCost(of sample: [UInt8]) -> Int {
        sample.reduce(48) { $0 + ($1 >= 0x80 ? 52 : ASCII.isLetter($1) ? 22 : 0) }
    }
}

extension EncodingDetector {
    private static let sampleSize = 16_384
    private static let contextSize = 16

    /// The bytes that tell something: all that are not ASCII, up to a limit, with a little of the words around them.
    /// Long stretches of ASCII between them, and markup, are left out so that they do not use the sample up.
    static func sample(of buffer: UnsafeRawBufferPointer) -> [UInt8] {
        var sample: [UInt8] = []
        var index = 0
        while index < buffer.count, sample.count < sampleSize {
            let runEnd = UTF8Validation.asciiPrefix(of: buffer, from: index)
            append(buffer[index..<runEnd], isFirst: index == 0, isLast: runEnd == buffer.count, to: &sample)
            index = runEnd
            while index < buffer.count, buffer[index] >= 0x80, sample.count < sampleSize {
                sample.append(buffer[index])
                index += 1
            }
        }
        return sample
    }

    /// Appends the beginning and the end of a run of ASCII, up to the markup in it.
    private static func append(
        _ run: Slice<UnsafeRawBufferPointer>, isFirst: Bool, isLast: Bool, to sample: inout [UInt8]
    ) {
        let head = run.prefix(isFirst ? 0 : contextSize).prefix { $0 != 0x3C }
        if head.count == run.count {
            sample.append(contentsOf: head)
            return
        }
        let rest = run[head.endIndex...].suffix(isLast ? 0 : contextSize)
        let tail = rest.lastIndex(of: 0x3E).map { rest[($0 + 1)...] } ?? rest
        sample.append(contentsOf: head)
        if head.endIndex < tail.startIndex { sample.append(0x0A) }
        sample.append(contentsOf: tail)
    }
}
