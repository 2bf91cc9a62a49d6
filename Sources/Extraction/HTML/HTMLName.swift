/// The name of an element or an attribute, as a number: names are equal when their numbers are.
///
/// The names the HTML standard and common pages use are constants (`.p`, `.class`, `.dataSrc`); they mean the same in every
/// document. Other names are numbered as a document uses them and mean something in that document only: get them with
/// `HTMLDocument.name(_:)`, spell them with `HTMLDocument.spelling(of:)`. Names are in lower case, but for the few that
/// SVG and MathML spell otherwise (`.foreignObject`, `.viewBox`).
package struct HTMLName: Hashable, Sendable, BitwiseCopyable {
    package let raw: UInt16

    init(raw: UInt16) {
        self.raw = raw
    }

    /// Of nodes that have no name.
    package static var none: HTMLName { HTMLName(raw: 0) }

    /// Shared by all names that a page has beyond the number kept apart (some 60,000).
    package static var unrecorded: HTMLName { HTMLName(raw: UInt16(HTMLNameTable.count)) }

    var index: Int {
        @inline(__always) get { Int(raw) }
    }
}

/// What tree construction asks of an element by its name. Of HTML elements they come from `HTMLNameTable.flags`.
struct HTMLElementFlags: OptionSet {
    let rawValue: UInt32

    static var special: Self { Self(rawValue: 1 << 0) }
    /// Ends "in scope" (13.2.4.2); the three below add to it or stand for themselves.
    static var scope: Self { Self(rawValue: 1 << 1) }
    static var listScope: Self { Self(rawValue: 1 << 2) }
    static var buttonScope: Self { Self(rawValue: 1 << 3) }
    static var tableScope: Self { Self(rawValue: 1 << 4) }
    static var impliedEnd: Self { Self(rawValue: 1 << 5) }
    /// Closed besides `impliedEnd` when end tags are generated thoroughly.
    static var impliedEndThorough: Self { Self(rawValue: 1 << 6) }
    static var heading: Self { Self(rawValue: 1 << 7) }
    static var formatting: Self { Self(rawValue: 1 << 8) }
    static var tableBodyContext: Self { Self(rawValue: 1 << 9) }
    static var tableRowContext: Self { Self(rawValue: 1 << 10) }
    /// `table` and its parts, which hold no text of their own: what lands there is foster-parented.
    static var fosters: Self { Self(rawValue: 1 << 11) }
    /// Start tags that end foreign content.
    static var breakout: Self { Self(rawValue: 1 << 12) }
    static var void: Self { Self(rawValue: 1 << 13) }

    // Beyond the table: set when an element is opened.
    static var html: Self { Self(rawValue: 1 << 16) }
    static var htmlIntegration: Self { Self(rawValue: 1 << 17) }
    static var mathTextIntegration: Self { Self(rawValue: 1 << 18) }
    static var svg: Self { Self(rawValue: 1 << 19) }
}

/// How names are looked up: up to eight bytes are their own key, longer ones are hashed.
enum HTMLNameKey {
    static var multiplier: UInt64 { 0x9E37_79B9_7F4A_7C15 }

    /// The slot of a key in a table of `1 << bits` slots.
    @inline(__always)
    static func slot(_ key: UInt64, bits: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* multiplier) &>> (64 &- bits))
    }

    /// ASCII capitals made small in eight bytes at once.
    @inline(__always)
    static func lowercased(_ word: UInt64) -> UInt64 {
        let low = word & 0x7F7F_7F7F_7F7F_7F7F
        let fromA = low &+ 0x3F3F_3F3F_3F3F_3F3F
        let pastZ = low &+ 0x2525_2525_2525_2525
        let capitals = (fromA ^ pastZ) & ~word & 0x8080_8080_8080_8080
        return word | (capitals &>> 2)
    }

    /// The key of a name's bytes, its capitals made small.
    @inline(__always)
    static func key(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        if count <= 8 { return lowercased(word(bytes, count: count)) }
        var hash = UInt64(truncatingIfNeeded: count)
        var offset = 0
        while offset < count {
            let chunk = lowercased(word(bytes + offset, count: min(8, count &- offset)))
            hash = (hash ^ chunk) &* multiplier
            hash ^= hash &>> 29
            offset &+= 8
        }
        return hash
    }

    /// Up to eight bytes as a little-endian number.
    @inline(__always)
    static func word(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        if count == 8 { return UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)) }
        var word: UInt64 = 0
        var index = 0
        while index < count {
            word |= UInt64(bytes[index]) &<< UInt64(truncatingIfNeeded: index &* 8)
            index &+= 1
        }
        return word
    }

    /// Whether `bytes`, their capitals made small, are `spelling`.
    static func matches(_ bytes: UnsafePointer<UInt8>, _ spelling: UnsafePointer<UInt8>, count: Int) -> Bool {
        var index = 0
        while index < count {
            var byte = bytes[index]
            if byte &- 0x41 < 26 { byte |= 0x20 }
            if byte != spelling[index] { return false }
            index &+= 1
        }
        return true
    }
}

extension HTMLNameKey {
    static func hash(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: count)
        var offset = 0
        while offset < count {
            hash = (hash ^ word(bytes + offset, count: min(8, count - offset))) &* multiplier
            hash ^= hash &>> 29
            offset += 8
        }
        return hash
    }
}
