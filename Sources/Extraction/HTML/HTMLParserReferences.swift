import Glibc

/// Character references (13.2.5.72 to 13.2.5.80).
extension HTMLParser {
    /// Appends a stretch of the source to the side bytes, references decoded, NULs as U+FFFD.
    mutating func decode(_ start: Int, _ stop: Int, inAttribute: Bool, references: Bool = true) {
        var from = start
        var at = start
        while at < stop {
            let byte = bytes[at]
            if byte == 0x26, references {
                bytes.append(copying: from, count: at - from)
                from = at
                let next = decodeReference(at, stop, inAttribute: inAttribute)
                if next > at { from = next }
                at = max(next, at + 1)
            } else if byte == 0 {
                bytes.append(copying: from, count: at - from)
                appendReplacement()
                at += 1
                from = at
            } else {
                at += 1
            }
        }
        bytes.append(copying: from, count: stop - from)
    }

    /// Appends what the reference at `at` stands for, and returns where it ends: `at` itself if it is none.
    private mutating func decodeReference(_ at: Int, _ stop: Int, inAttribute: Bool) -> Int {
        guard at + 1 < stop else { return at }
        if bytes[at + 1] == 0x23 { return decodeNumber(at, stop) }
        return decodeName(at, stop, inAttribute: inAttribute)
    }

    private mutating func decodeNumber(_ at: Int, _ stop: Int) -> Int {
        var index = at + 2
        var value: UInt32 = 0
        let isHexadecimal = index < stop && bytes[index] | 0x20 == 0x78
        if isHexadecimal { index += 1 }
        let digits = index
        while index < stop {
            let byte = bytes[index]
            var digit = UInt32(byte &- 0x30)
            if digit > 9 {
                guard isHexadecimal, (byte | 0x20) &- 0x61 < 6 else { break }
                digit = UInt32((byte | 0x20) - 0x61 + 10)
            }
            value = min(value * (isHexadecimal ? 16 : 10) + digit, 0x11_0000)
            index += 1
        }
        guard index > digits else { return at }
        appendScalar(Self.scalar(ofReference: value))
        if index < stop, bytes[index] == 0x3B { index += 1 }
        return index
    }

    /// What a number stands for: C1 controls as windows-1252 has them, nothing that is no character (13.2.5.80).
    private static func scalar(ofReference value: UInt32) -> UInt32 {
        if value == 0 || value > 0x10FFFF || 0xD800..<0xE000 ~= value { return 0xFFFD }
        guard 0x80..<0xA0 ~= value else { return value }
        switch value {
        case 0x80: return 0x20AC
        case 0x82: return 0x201A
        case 0x83: return 0x0192
        case 0x84: return 0x201E
        case 0x85: return 0x2026
        case 0x86: return 0x2020
        case 0x87: return 0x2021
        case 0x88: return 0x02C6
        case 0x89: return 0x2030
        case 0x8A: return 0x0160
        case 0x8B: return 0x2039
        case 0x8C: return 0x0152
        case 0x8E: return 0x017D
        case 0x91: return 0x2018
        case 0x92: return 0x2019
        case 0x93: return 0x201C
        case 0x94: return 0x201D
        case 0x95: return 0x2022
        case 0x96: return 0x2013
        case 0x97: return 0x2014
        case 0x98: return 0x02DC
        case 0x99: return 0x2122
        case 0x9A: return 0x0161
        case 0x9B: return 0x203A
        case 0x9C: return 0x0153
        case 0x9E: return 0x017E
        case 0x9F: return 0x0178
        default: return value
        }
    }

    private mutating func decodeName(_ at: Int, _ stop: Int, inAttribute: Bool) -> Int {
        let start = at + 1
        var index = start
        // No name is longer than 31 bytes.
        while index < stop, index - start < 32, bytes[index].isASCIILetter || bytes[index].isASCIIDigit { index += 1 }
        var length = index - start
        guard length > 1 else { return at }
        if index < stop, bytes[index] == 0x3B,
            let entity = HTMLEntityTable.find(bytes.pointer(to: start, count: length), count: length)
        {
            appendEntity(entity)
            return index + 1
        }
        // Some names count without a semicolon, the longest that fits; none is longer than six bytes.
        length = min(length, 6)
        while length > 1 {
            if let entity = HTMLEntityTable.find(bytes.pointer(to: start, count: length), count: length),
                HTMLEntityTable.isBare(entity)
            {
                let next = start + length < stop ? bytes[start + length] : 0
                if inAttribute, next == 0x3D || next.isASCIILetter || next.isASCIIDigit { return at }
                appendEntity(entity)
                return start + length
            }
            length -= 1
        }
        return at
    }

    private mutating func appendEntity(_ entity: Int) {
        appendScalar(HTMLEntityTable.scalars[entity])
        if let second = HTMLEntityTable.second(entity) { appendScalar(UInt32(second)) }
    }

    private mutating func appendScalar(_ scalar: UInt32) {
        if scalar < 0x80 {
            bytes.append(UInt8(scalar))
        } else if scalar < 0x800 {
            bytes.append(UInt8(0xC0 | scalar >> 6))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        } else if scalar < 0x10000 {
            bytes.append(UInt8(0xE0 | scalar >> 12))
            bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        } else {
            bytes.append(UInt8(0xF0 | scalar >> 18))
            bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}

extension HTMLEntityTable {
    /// Whether all names lie in `letters`, and all numbers are numbers of names.
    static var isSound: Bool {
        ends.count == count && scalars.count == count && pairIndexes.count == pairScalars.count
            && zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 }
            && ends.allSatisfy { Int($0) <= letters.utf8CodeUnitCount }
            && (bare + pairIndexes).allSatisfy { Int($0) < count }
    }

    /// The number of a name, given without its semicolon.
    static func find(_ name: UnsafePointer<UInt8>, count: Int) -> Int? {
        var low = 0
        var high = Self.count
        while low < high {
            let middle = (low + high) / 2
            let start = middle == 0 ? 0 : Int(ends[middle - 1])
            let length = Int(ends[middle]) - start
            let order = memcmp(letters.utf8Start + start, name, min(length, count))
            if order == 0, length == count { return middle }
            if order < 0 || order == 0 && length < count { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Whether the name counts without its semicolon.
    static func isBare(_ entity: Int) -> Bool {
        place(of: entity, in: bare) != nil
    }

    static func second(_ entity: Int) -> UInt16? {
        place(of: entity, in: pairIndexes).map { pairScalars[$0] }
    }

    private static func place(of entity: Int, in sorted: [UInt16]) -> Int? {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if Int(sorted[middle]) < entity { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && Int(sorted[low]) == entity ? low : nil
    }
}
