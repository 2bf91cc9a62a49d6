/// Validation of UTF-8 (Unicode table 3-7) that runs at memory speed over ASCII and, over everything else, at a steady
/// pace that does not depend on what the text is, because no branch is taken on its bytes.
package enum UTF8Validation {
    /// Whether the bytes are well-formed UTF-8.
    package static func isValid(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { validPrefix(of: $0, from: 0) == $0.count }
    }

    /// How many bytes at the start are ASCII.
    package static func asciiPrefix(of bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { asciiPrefix(of: $0, from: 0) }
    }

    /// The offset of the first byte that is not ASCII at or after `start`, or the count.
    static func asciiPrefix(of buffer: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while isASCIIBlock(buffer, at: index) { index &+= blockSize }
        while index < buffer.count, buffer[index] < 0x80 { index &+= 1 }
        return index
    }

    /// The offset at which the first ill-formed or truncated sequence at or after `start` begins, or the count.
    /// `start` must lie between sequences.
    static func validPrefix(of buffer: UnsafeRawBufferPointer, from start: Int) -> Int {
        transitions.withUnsafeBufferPointer { transitions in
            var state = State.between
            var index = start
            while index < buffer.count {
                let isBetween = state & State.mask == State.between
                if isBetween, isASCIIBlock(buffer, at: index) {
                    index &+= blockSize
                    continue
                }
                let blockStart = index
                let blockEnd = min(index &+ blockSize, buffer.count)
                while index < blockEnd {
                    state = transitions[Int(buffer[index])] &>> state
                    index &+= 1
                }
                let isOver = index == buffer.count && state & State.mask != State.between
                if isOver || state & State.mask == State.illFormed {
                    let sequenceStart = isBetween ? blockStart : leadByte(in: buffer, before: blockStart)
                    return firstIllFormed(in: buffer, from: sequenceStart)
                }
            }
            return buffer.count
        }
    }

    /// What stands at an offset: how many bytes belong together, and whether they are a well-formed sequence. Of an
    /// ill-formed one the length is that of its maximal subpart, which one U+FFFD replaces (Unicode section 3.9, table 3-8).
    static func sequence(in buffer: UnsafeRawBufferPointer, at start: Int) -> (length: Int, isWellFormed: Bool) {
        let lead = buffer[start]
        if lead < 0x80 { return (1, true) }
        let trailing: Int
        var lower: UInt8 = 0x80
        var upper: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: trailing = 1
        case 0xE0...0xEF:
            trailing = 2
            if lead == 0xE0 { lower = 0xA0 }
            if lead == 0xED { upper = 0x9F }
        case 0xF0...0xF4:
            trailing = 3
            if lead == 0xF0 { lower = 0x90 }
            if lead == 0xF4 { upper = 0x8F }
        default: return (1, false)
        }
        for offset in 1...trailing {
            guard start + offset < buffer.count, lower <= buffer[start + offset], buffer[start + offset] <= upper else {
                return (offset, false)
            }
            lower = 0x80
            upper = 0xBF
        }
        return (trailing + 1, true)
    }

    private static let blockSize = 32

    /// Whether a whole block begins at an index and is ASCII.
    @inline(__always)
    private static func isASCIIBlock(_ buffer: UnsafeRawBufferPointer, at index: Int) -> Bool {
        guard index &+ blockSize <= buffer.count else { return false }
        let first = buffer.word(at: index) | buffer.word(at: index &+ 8)
        let second = buffer.word(at: index &+ 16) | buffer.word(at: index &+ 24)
        return (first | second) & ASCII.highBits == 0
    }

    /// The offset of the lead byte of a sequence that is well-formed so far and goes on at an offset.
    private static func leadByte(in buffer: UnsafeRawBufferPointer, before offset: Int) -> Int {
        var index = offset - 1
        while index > 0, buffer[index] & 0xC0 == 0x80 { index -= 1 }
        return index
    }

    private static func firstIllFormed(in buffer: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index < buffer.count {
            let (length, isWellFormed) = sequence(in: buffer, at: index)
            if !isWellFormed { return index }
            index += length
        }
        return buffer.count
    }
}

extension UTF8Validation {
    /// The states of the automaton. A state is the shift at which a byte's entry in `transitions` holds the next state,
    /// so that a step is one load and one shift; bits above the lowest six are leftovers.
    private enum State {
        static let mask: UInt64 = 63
        static let between: UInt64 = 0
        static let illFormed: UInt64 = 6
        static let oneMore: UInt64 = 12
        static let twoMore: UInt64 = 18
        static let threeMore: UInt64 = 24
        static let afterE0: UInt64 = 30
        static let afterED: UInt64 = 36
        static let afterF0: UInt64 = 42
        static let afterF4: UInt64 = 48
    }

    private static let transitions: [UInt64] = (0..<256).map { byte in
        var entry: UInt64 = 0
        for state in stride(from: State.between, through: State.afterF4, by: 6) {
            entry |= next(state, UInt8(byte)) << state
        }
        return entry
    }

    private static func next(_ state: UInt64, _ byte: UInt8) -> UInt64 {
        switch (state, byte) {
        case (State.between, 0x00...0x7F): State.between
        case (State.between, 0xC2...0xDF): State.oneMore
        case (State.between, 0xE0): State.afterE0
        case (State.between, 0xED): State.afterED
        case (State.between, 0xE1...0xEF): State.twoMore
        case (State.between, 0xF0): State.afterF0
        case (State.between, 0xF1...0xF3): State.threeMore
        case (State.between, 0xF4): State.afterF4
        case (State.oneMore, 0x80...0xBF): State.between
        case (State.twoMore, 0x80...0xBF), (State.afterE0, 0xA0...0xBF), (State.afterED, 0x80...0x9F): State.oneMore
        case (State.threeMore, 0x80...0xBF), (State.afterF0, 0x90...0xBF), (State.afterF4, 0x80...0x8F): State.twoMore
        default: State.illFormed
        }
    }
}
