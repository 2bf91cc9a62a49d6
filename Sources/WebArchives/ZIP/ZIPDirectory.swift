internal import CZlib

/// The table of contents of a ZIP file (APPNOTE 6.3), ZIP64 included. Nothing is ever written to a disk by the names in it.
package struct ZIPDirectory: Sendable {
    package struct Member: Hashable, Sendable {
        package let name: String
        package let isDeflated: Bool
        package let packedSize: Int
        package let size: Int
        package let crc: UInt32
        /// Of its local header.
        let header: Int
    }

    /// In the order of the directory; folders are left out.
    package let members: [Member]
    private let file: InputFile

    private static let mostMembers = 200_000
    private static let largest = 64 << 20

    package init(_ file: InputFile) throws(WebArchiveError) {
        self.file = file
        let place = try Self.find(file)
        guard place.count <= Self.mostMembers, place.size <= Self.largest else {
            throw .tooLarge("its table of contents is larger than any that is read")
        }
        guard place.offset >= 0, place.offset + place.size <= file.size else { throw .damaged(Self.broken) }
        let bytes = try file.read(place.size, at: place.offset)
        members = try Self.parse(bytes, count: place.count)
    }

    package func member(_ name: String) -> Member? { members.first { $0.name == name } }

    private static let broken = "it is a ZIP file whose table of contents is damaged"

    private static func find(_ file: InputFile) throws(WebArchiveError) -> (offset: Int, size: Int, count: Int) {
        let tail = try file.read(min(file.size, (1 << 16) + 22), at: max(0, file.size - (1 << 16) - 22))
        var at = tail.count - 22
        while at >= 0, !tail[at...].starts(with: [0x50, 0x4B, 5, 6]) { at -= 1 }
        guard at >= 0 else { throw .damaged("it is a ZIP file without a table of contents: it is cut off, or damaged") }
        let end = LittleEndian(tail)
        var (count, size, offset) = (end.number(at + 10, 2), end.number(at + 12, 4), end.number(at + 16, 4))
        if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
            guard at >= 20, tail[(at - 20)...].starts(with: [0x50, 0x4B, 6, 7]) else { throw .damaged(broken) }
            let large = end.number(at - 20 + 8, 8)
            guard large >= 0, large <= file.size - 56 else { throw .damaged(broken) }
            let bytes = try file.read(56, at: large)
            guard bytes.count == 56, bytes.starts(with: [0x50, 0x4B, 6, 6]) else { throw .damaged(broken) }
            let record = LittleEndian(bytes)
            (count, size, offset) = (record.number(32, 8), record.number(40, 8), record.number(48, 8))
        }
        guard count >= 0, size >= 0, offset >= 0, offset <= file.size, size <= file.size else { throw .damaged(broken) }
        return (offset, size, count)
    }

    private static func parse(_ bytes: [UInt8], count: Int) throws(WebArchiveError) -> [Member] {
        let table = LittleEndian(bytes)
        var members: [Member] = []
        var at = 0
        for _ in 0..<count {
            guard at + 46 <= bytes.count, bytes[at...].starts(with: [0x50, 0x4B, 1, 2]) else { throw .damaged(broken) }
            let (nameLength, extraLength) = (table.number(at + 28, 2), table.number(at + 30, 2))
            let next = at + 46 + nameLength + extraLength + table.number(at + 32, 2)
            guard next <= bytes.count else { throw .damaged(broken) }
            let name = String(decoding: bytes[(at + 46)..<(at + 46 + nameLength)], as: UTF8.self)
            var (packed, size) = (table.number(at + 20, 4), table.number(at + 24, 4))
            var header = table.number(at + 42, 4)
            let extra = at + 46 + nameLength
            table.readLarge(extra..<(extra + extraLength), &size, &packed, &header)
            let method = table.number(at + 10, 2)
            let isEncrypted = table.number(at + 8, 2) & 1 == 1
            if !name.hasSuffix("/") {
                guard !isEncrypted, method == 0 || method == 8, packed >= 0, size >= 0, header >= 0 else {
                    throw .damaged(
                        "its member '\(name.prefix(100))' is encrypted, or packed in a way that is not known")
                }
                members.append(
                    Member(
                        name: name, isDeflated: method == 8, packedSize: packed, size: size,
                        crc: UInt32(truncatingIfNeeded: table.number(at + 16, 4)), header: header))
            }
            at = next
        }
        return members
    }

    /// The member's bytes, one after another.
    func input(_ member: Member) throws(WebArchiveError) -> ByteInput {
        let bytes = try file.read(30, at: min(member.header, file.size))
        guard bytes.count == 30, bytes.starts(with: [0x50, 0x4B, 3, 4]) else {
            throw .damaged("its member '\(member.name.prefix(100))' is not where it should be")
        }
        let local = LittleEndian(bytes)
        let start = member.header + 30 + local.number(26, 2) + local.number(28, 2)
        guard start <= file.size, member.packedSize <= file.size - start else {
            throw .damaged("its member '\(member.name.prefix(100))' is cut off")
        }
        return ByteInput(file, start..<(start + member.packedSize), isDeflated: member.isDeflated)
    }

    /// A small member, whole.
    package func read(_ member: Member, limit: Int) throws(WebArchiveError) -> [UInt8] {
        guard member.size <= limit else { throw .tooLarge("its member '\(member.name.prefix(100))' is too large") }
        var bytes: [UInt8] = []
        try pass(member) { bytes += $0 }
        return bytes
    }

    /// Hands over a member's bytes in parts, and checks length and check value.
    package func pass(_ member: Member, _ use: (UnsafeRawBufferPointer) -> Void) throws(WebArchiveError) {
        let input = try input(member)
        let part = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { part.deallocate() }
        var (crc, count): (UInt, Int) = (0, 0)
        while true {
            let got = try input.read(into: part)
            if got == 0 { break }
            count += got
            guard count <= member.size else { break }
            crc = crc32(crc, part.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(got))
            use(UnsafeRawBufferPointer(rebasing: part[..<got]))
        }
        guard count == member.size, UInt32(truncatingIfNeeded: crc) == member.crc else {
            throw .damaged("its member '\(member.name.prefix(100))' is not what the table of contents says (CRC-32)")
        }
    }
}

/// Numbers in a table.
private struct LittleEndian {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The caller has checked that it is there. Negative for what no file can have.
    func number(_ at: Int, _ count: Int) -> Int {
        var value: UInt64 = 0
        for index in (0..<count).reversed() { value = value << 8 | UInt64(bytes[at + index]) }
        return value > UInt64(1) << 60 ? -1 : Int(value)
    }

    /// ZIP64: the extra field holds those of the numbers that do not fit, in this order.
    func readLarge(_ range: Range<Int>, _ size: inout Int, _ packed: inout Int, _ header: inout Int) {
        var at = range.lowerBound
        while at + 4 <= range.upperBound {
            let (id, length) = (number(at, 2), number(at + 2, 2))
            var field = at + 4
            at = field + length
            guard id == 1, at <= range.upperBound else { continue }
            func next(_ value: inout Int) {
                guard value == 0xFFFF_FFFF, field + 8 <= at else { return }
                value = number(field, 8)
                field += 8
            }
            next(&size)
            next(&packed)
            next(&header)
        }
    }
}
