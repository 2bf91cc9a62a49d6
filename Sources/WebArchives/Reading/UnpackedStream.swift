internal import Glibc

/// How the records of a file are packed.
enum Packing: Hashable, Sendable {
    case plain
    /// Members (RFC 1952), usually one a record.
    case gzip
    /// Frames (RFC 8878), usually one a record, perhaps with a dictionary that the first frame carries.
    case zstd
}

/// The unpacked bytes of a file, member by member, through a window that stays small.
///
/// It never reads past a member's end before it is told to, so whoever reads knows which member each byte came from.
final class UnpackedStream {
    /// What asking for more bytes brought.
    enum Supply: Hashable {
        case bytes
        /// The member is complete, and its check value was right.
        case memberEnd
        case end
        case damaged(String)
    }

    let packing: Packing
    private let input: ByteInput
    private let decoder: (any StreamDecoder)?
    /// Packed bytes: those of `packedRest` are still to be used; the first of all is at `packedOffset` in the input.
    private let packed: UnsafeMutableRawBufferPointer
    private var packedRest = 0..<0
    private var packedOffset = 0
    private var window: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var isInMember = false
    /// Where the current member begins in the input.
    private(set) var memberStart = 0
    /// Unpacked bytes of the current member so far.
    private var memberBytes = 0

    private static let partSize = 1 << 18
    /// A member that is larger than this and was packed more than so many times smaller is a bomb.
    private static let mostUnpacked = 1 << 30
    private static let mostExpansion = 300
    /// How many places that look like a member are tried when looking for the next sound one.
    private static let mostAttempts = 4096

    init(_ input: ByteInput, _ packing: Packing, dictionary: [UInt8]? = nil) throws(WebArchiveError) {
        self.input = input
        self.packing = packing
        switch packing {
        case .plain: decoder = nil
        case .gzip: decoder = Inflater(.gzip)
        case .zstd:
            let frames = ZstdDecoder()
            decoder = frames
            if let dictionary, !frames.use(dictionary: dictionary) {
                throw .damaged("its zstd dictionary cannot be used")
            }
        }
        packed = .allocate(byteCount: packing == .plain ? 0 : Self.partSize, alignment: 16)
        window = .allocate(byteCount: Self.partSize, alignment: 16)
    }

    deinit {
        packed.deallocate()
        window.deallocate()
    }

    /// What is at hand. Valid until the next call of anything else.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: window[start..<end]) }

    var count: Int { end - start }

    func consume(_ count: Int) {
        start += count
        assert(start <= end)
    }

    /// Where the next byte is: in the input itself, or, if packed, its member's place and its own within what that unpacks to.
    var place: (offset: Int, inside: Int) {
        packing == .plain ? (input.offset - count, 0) : (memberStart, memberBytes - count)
    }

    /// The length of the input, where what is read is not packed and so nothing can be longer.
    var plainLength: Int? { packing == .plain ? input.length : nil }

    /// Whether `seek(to:)` works.
    var canSeek: Bool { packing == .plain && input.canSeek }

    func seek(to offset: Int) {
        input.seek(to: offset)
        (start, end) = (0, 0)
    }

    /// Adds bytes to those at hand, if the member has more.
    func more() throws(WebArchiveError) -> Supply {
        makeRoom()
        guard let decoder else {
            let got = try input.read(into: UnsafeMutableRawBufferPointer(rebasing: window[end...]))
            end += got
            return got > 0 ? .bytes : .end
        }
        while isInMember {
            let step = decoder.step(
                UnsafeRawBufferPointer(rebasing: packed[packedRest]),
                into: UnsafeMutableRawBufferPointer(rebasing: window[end...]))
            packedRest = packedRest.lowerBound + step.consumed..<packedRest.upperBound
            end += step.produced
            memberBytes += step.produced
            if let damage = try assess(step) {
                isInMember = false
                return .damaged(damage)
            }
            if step.state == .ended { isInMember = false }
            if step.produced > 0 { return .bytes }
        }
        return .memberEnd
    }

    /// - Returns: why the member cannot be read on.
    private func assess(_ step: DecodingStep) throws(WebArchiveError) -> String? {
        if step.state == .damaged { return "\(name) data is damaged" }
        if memberBytes > Self.mostUnpacked {
            let used = packedOffset + packedRest.lowerBound - memberStart
            if memberBytes / max(1, used) > Self.mostExpansion { return "\(name) data unpacks without end" }
        }
        guard step.state == .going, step.produced == 0, step.consumed == 0 else { return nil }
        guard packedRest.isEmpty else { return "\(name) data leads nowhere" }
        return try refill() ? nil : "the file ends within \(name) data"
    }

    private var name: String { packing == .zstd ? "zstd" : "gzip" }

    /// Begins the next member.
    func nextMember() throws(WebArchiveError) -> Supply {
        guard packing != .plain else { return .end }
        while true {
            if packedRest.count < 4, try !refill(), packedRest.isEmpty { return .end }
            // Tapes and block devices pad with zeros.
            guard let first = packedRest.first(where: { packed[$0] != 0 }) else {
                packedRest = 0..<0
                continue
            }
            packedRest = first..<packedRest.upperBound
            if packedRest.count < 4 { _ = try refill() }
            memberStart = packedOffset + packedRest.lowerBound
            guard isMagic(at: packedRest.lowerBound) else { return .damaged("no \(name) data where it should begin") }
            begin()
            return .bytes
        }
    }

    private func begin() {
        decoder?.reset()
        memberStart = packedOffset + packedRest.lowerBound
        memberBytes = count
        isInMember = true
    }

    /// Looks for the next member that begins as `isStart` says, from just behind the beginning of the current one on.
    func recover(where isStart: (UnsafeRawBufferPointer) -> Bool) throws(WebArchiveError) -> Bool {
        guard packing != .plain else { return false }
        var from = memberStart + 1
        for _ in 0..<Self.mostAttempts {
            try rewind(to: from)
            guard try findMagic() else { return false }
            from = packedOffset + packedRest.lowerBound + 1
            (start, end) = (0, 0)
            begin()
            var supply = Supply.bytes
            while count < 16, supply == .bytes { supply = try more() }
            if isStart(bytes) { return true }
        }
        return false
    }

    /// Goes back to a packed byte; where that cannot be, the next one at hand comes next.
    private func rewind(to offset: Int) throws(WebArchiveError) {
        if offset >= packedOffset, offset <= packedOffset + packedRest.upperBound {
            packedRest = offset - packedOffset..<packedRest.upperBound
        } else if input.canSeek {
            input.seek(to: offset)
            packedOffset = offset
            packedRest = 0..<0
        }
    }

    private func findMagic() throws(WebArchiveError) -> Bool {
        let first: UInt8 = packing == .zstd ? 0x28 : 0x1F
        while true {
            if packedRest.count < 4, try !refill() { return false }
            guard let base = packed.baseAddress,
                let found = memchr(base + packedRest.lowerBound, Int32(first), packedRest.count)
            else {
                packedRest = packedRest.upperBound..<packedRest.upperBound
                continue
            }
            packedRest = UnsafeRawPointer(found) - UnsafeRawPointer(base)..<packedRest.upperBound
            if packedRest.count < 4, try !refill() { return false }
            if isMagic(at: packedRest.lowerBound) { return true }
            packedRest = packedRest.lowerBound + 1..<packedRest.upperBound
        }
    }

    private func isMagic(at index: Int) -> Bool {
        guard packedRest.upperBound - index >= 4 else { return false }
        let four = (packed[index], packed[index + 1], packed[index + 2], packed[index + 3])
        switch packing {
        case .plain: return false
        case .gzip: return four.0 == 0x1F && four.1 == 0x8B && four.2 == 8 && four.3 & 0xE0 == 0
        case .zstd:
            let isSkippable = four.0 & 0xF0 == 0x50 && four.1 == 0x2A && four.2 == 0x4D && four.3 == 0x18
            return isSkippable || (four.0 == 0x28 && four.1 == 0xB5 && four.2 == 0x2F && four.3 == 0xFD)
        }
    }

    /// Reads packed bytes behind those at hand. False at the end.
    private func refill() throws(WebArchiveError) -> Bool {
        if packedRest.lowerBound > 0 {
            let kept = packedRest.count
            if kept > 0, let base = packed.baseAddress { memmove(base, base + packedRest.lowerBound, kept) }
            packedOffset += packedRest.lowerBound
            packedRest = 0..<kept
        }
        let got = try input.read(into: UnsafeMutableRawBufferPointer(rebasing: packed[packedRest.upperBound...]))
        packedRest = 0..<packedRest.upperBound + got
        return got > 0
    }

    private func makeRoom() {
        if start == end { (start, end) = (0, 0) }
        guard window.count - end < Self.partSize / 4, let base = window.baseAddress else { return }
        if start > 0 {
            memmove(base, base + start, count)
            (start, end) = (0, count)
        }
        guard window.count - end < Self.partSize / 4 else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: window.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: window[..<end]))
        window.deallocate()
        window = larger
    }
}
