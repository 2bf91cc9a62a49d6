package import Models

/// Lays out a ZIP file (APPNOTE 6.3.10) of stored members, which are long before it is known how long they are.
///
/// It does no I/O: it says what to write, and what to write over at the end of a member. Times and owners are fixed, so that the same
/// members give the same bytes.
package struct ZIPWriter: Sendable {
    /// What is known of a member when it is complete.
    package struct Member: Hashable, Sendable {
        package let name: String
        package let size: Int
        package let sha256: ObjectID
    }

    private struct Placed {
        let name: [UInt8]
        let offset: Int
        let size: Int
        let checksum: UInt32
    }

    private struct Open {
        let name: String
        let offset: Int
        var size = 0
        var checksum = Checksum32()
        var hasher = Hasher256()
    }

    private var placed: [Placed] = []
    private var open: Open?
    /// How many bytes were laid out so far.
    private var position = 0

    package init() {}

    /// The bytes that stand before a member's content. What they say of its size holds only when `end` was written over them.
    package mutating func begin(_ name: String) -> [UInt8] {
        let header = Self.header(Array(name.utf8), size: 0, checksum: 0)
        open = Open(name: name, offset: position)
        position += header.count
        return header
    }

    /// Counts content in; it is written as it is.
    package mutating func add(_ bytes: [UInt8]) {
        open?.size += bytes.count
        open?.checksum.update(bytes)
        open?.hasher.update(bytes)
        position += bytes.count
    }

    /// What to write at `offset`, over what `begin` gave, when the member's content is complete.
    package mutating func end() -> (member: Member, offset: Int, header: [UInt8])? {
        guard let open else { return nil }
        self.open = nil
        let name = Array(open.name.utf8)
        placed.append(Placed(name: name, offset: open.offset, size: open.size, checksum: open.checksum.value))
        let member = Member(name: open.name, size: open.size, sha256: open.hasher.finish())
        return (member, open.offset, Self.header(name, size: open.size, checksum: open.checksum.value))
    }

    /// The directory that ends the file.
    package func directory() -> [UInt8] {
        var bytes: [UInt8] = []
        for member in placed { bytes += Self.entry(member) }
        let size = bytes.count
        let isLarge = position >= Self.limit || size >= Self.limit || placed.count >= 0xFFFF
        if isLarge {
            let start = position + size
            bytes.appendLittle(UInt32(0x0606_4B50))
            bytes.appendLittle(UInt64(44))
            bytes.appendLittle(Self.versionLarge)
            bytes.appendLittle(Self.versionLarge)
            bytes.appendLittle(UInt64(0))
            for number in [placed.count, placed.count, size, position] { bytes.appendLittle(UInt64(number)) }
            bytes.appendLittle(UInt32(0x0706_4B50))
            bytes.appendLittle(UInt32(0))
            bytes.appendLittle(UInt64(start))
            bytes.appendLittle(UInt32(1))
        }
        bytes.appendLittle(UInt32(0x0605_4B50))
        bytes.appendLittle(UInt32(0))
        for _ in 0..<2 { bytes.appendLittle(UInt16(min(placed.count, 0xFFFF))) }
        bytes.appendLittle(UInt32(min(size, Self.limit)))
        bytes.appendLittle(UInt32(min(position, Self.limit)))
        bytes.appendLittle(UInt16(0))
        return bytes
    }

    // MARK: Headers

    private static let limit = 0xFFFF_FFFF
    private static let version: UInt16 = 20
    /// ZIP64.
    private static let versionLarge: UInt16 = 45
    /// Names are UTF-8.
    private static let flags: UInt16 = 0x0800
    /// 1980-01-01: the format's first day.
    private static let date: UInt16 = 0x0021

    /// As long for any size: 20 bytes hold the ZIP64 sizes where they are needed, and else nothing, under a number that stands for padding.
    private static func header(_ name: [UInt8], size: Int, checksum: UInt32) -> [UInt8] {
        let isLarge = size >= limit
        var bytes: [UInt8] = []
        bytes.appendLittle(UInt32(0x0403_4B50))
        bytes.appendLittle(isLarge ? versionLarge : version)
        common(&bytes, checksum: checksum, size: size, name: name)
        bytes.appendLittle(UInt16(20))
        bytes += name
        bytes.appendLittle(UInt16(isLarge ? 0x0001 : 0xD935))
        bytes.appendLittle(UInt16(16))
        for _ in 0..<2 { bytes.appendLittle(UInt64(isLarge ? size : 0)) }
        return bytes
    }

    private static func entry(_ member: Placed) -> [UInt8] {
        var large: [UInt8] = []
        if member.size >= limit { for _ in 0..<2 { large.appendLittle(UInt64(member.size)) } }
        if member.offset >= limit { large.appendLittle(UInt64(member.offset)) }
        let needed = large.isEmpty ? version : versionLarge
        var bytes: [UInt8] = []
        bytes.appendLittle(UInt32(0x0201_4B50))
        // Made on Unix, so that the mode below counts.
        bytes.appendLittle(needed | 0x0300)
        bytes.appendLittle(needed)
        common(&bytes, checksum: member.checksum, size: member.size, name: member.name)
        bytes.appendLittle(UInt16(large.isEmpty ? 0 : large.count + 4))
        bytes.appendLittle(UInt16(0))
        bytes.appendLittle(UInt16(0))
        bytes.appendLittle(UInt16(0))
        bytes.appendLittle(UInt32(0o100644) << 16)
        bytes.appendLittle(UInt32(min(member.offset, limit)))
        bytes += member.name
        if !large.isEmpty {
            bytes.appendLittle(UInt16(0x0001))
            bytes.appendLittle(UInt16(large.count))
            bytes += large
        }
        return bytes
    }

    /// Flags, method, time, checksum, sizes, and the name's length: the same in both headers.
    private static func common(_ bytes: inout [UInt8], checksum: UInt32, size: Int, name: [UInt8]) {
        bytes.appendLittle(flags)
        bytes.appendLittle(UInt16(0))
        bytes.appendLittle(UInt16(0))
        bytes.appendLittle(date)
        bytes.appendLittle(checksum)
        for _ in 0..<2 { bytes.appendLittle(UInt32(min(size, limit))) }
        bytes.appendLittle(UInt16(name.count))
    }
}
