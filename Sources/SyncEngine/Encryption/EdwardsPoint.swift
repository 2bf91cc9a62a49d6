/// Numbers modulo 2^255 - 19, for public keys only: nothing here runs in constant time.
struct FieldElement: Equatable {
    /// The lowest 64 bits first; below the modulus.
    private let limbs: [UInt64]

    static let one = FieldElement(limbs: [1, 0, 0, 0])
    private static let modulus: [UInt64] = [0xFFFF_FFFF_FFFF_FFED, .max, .max, 0x7FFF_FFFF_FFFF_FFFF]

    private init(limbs: [UInt64]) {
        var limbs = limbs
        while let less = Self.difference(limbs, Self.modulus) { limbs = less }
        self.limbs = limbs
    }

    /// Of 32 bytes, the lowest first; nil when they are no number below the modulus.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        let limbs = (0..<4).map { limb in
            (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[limb * 8 + $1]) << UInt64($1 * 8) }
        }
        guard Self.difference(limbs, Self.modulus) == nil else { return nil }
        self.limbs = limbs
    }

    var bytes: [UInt8] { limbs.flatMap { limb in (0..<8).map { UInt8(truncatingIfNeeded: limb >> UInt64($0 * 8)) } } }

    /// Nil when `b` is greater.
    private static func difference(_ a: [UInt64], _ b: [UInt64]) -> [UInt64]? {
        var out = a
        var borrow = false
        for at in 0..<4 {
            let (first, under) = a[at].subtractingReportingOverflow(b[at])
            let (second, again) = first.subtractingReportingOverflow(borrow ? 1 : 0)
            out[at] = second
            borrow = under || again
        }
        return borrow ? nil : out
    }

    static func + (a: Self, b: Self) -> Self {
        var out = a.limbs
        var carry = false
        for at in 0..<4 {
            let (first, over) = a.limbs[at].addingReportingOverflow(b.limbs[at])
            let (second, again) = first.addingReportingOverflow(carry ? 1 : 0)
            out[at] = second
            carry = over || again
        }
        // Both are below 2^255, so the sum has 256 bits and nothing is carried out.
        return FieldElement(limbs: out)
    }

    static prefix func - (a: Self) -> Self {
        FieldElement(limbs: difference(modulus, a.limbs) ?? a.limbs)
    }

    static func - (a: Self, b: Self) -> Self { a + -b }

    static func * (a: Self, b: Self) -> Self {
        var wide = [UInt64](repeating: 0, count: 8)
        for i in 0..<4 {
            var carry: UInt64 = 0
            for j in 0..<4 { carry = addProduct(a.limbs[i], b.limbs[j], carry, to: &wide[i + j]) }
            wide[i + 4] = carry
        }
        // 2^256 is 38 modulo the modulus, so the upper half is folded onto the lower, and what that carries again.
        var out = Array(wide[..<4])
        var carry: UInt64 = 0
        for at in 0..<4 { carry = addProduct(wide[at + 4], 38, carry, to: &out[at]) }
        while carry != 0 {
            var next: UInt64 = 0
            next = addProduct(carry, 38, 0, to: &out[0])
            for at in 1..<4 { next = addProduct(1, next, 0, to: &out[at]) }
            carry = next
        }
        return FieldElement(limbs: out)
    }

    /// Adds `a * b + carry` to `limb`; what does not fit is the next carry.
    private static func addProduct(_ a: UInt64, _ b: UInt64, _ carry: UInt64, to limb: inout UInt64) -> UInt64 {
        let (high, low) = a.multipliedFullWidth(by: b)
        let (first, over) = limb.addingReportingOverflow(low)
        let (second, again) = first.addingReportingOverflow(carry)
        limb = second
        return high + (over ? 1 : 0) + (again ? 1 : 0)
    }

    /// `exponent`: 32 bytes, the lowest first.
    private func power(_ exponent: [UInt8]) -> Self {
        var out = Self.one
        for bit in (0..<256).reversed() {
            out = out * out
            if exponent[bit / 8] >> UInt8(bit % 8) & 1 == 1 { out = out * self }
        }
        return out
    }

    /// Fermat: the power of the modulus less two. Zero of zero.
    var inverse: Self { power([0xEB] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]) }

    /// Euler's criterion; zero is a square.
    var isSquare: Bool {
        let power = power([0xF6] + [UInt8](repeating: 0xFF, count: 30) + [0x3F])
        return power == .one || self == self + self
    }
}

/// What RFC 7748, section 4.1, says of the two forms of the one curve.
enum EdwardsPoint {
    /// The u coordinate on Curve25519 of an Ed25519 public key; nil when it is no point of the curve.
    static func montgomery(_ publicKey: [UInt8]) -> [UInt8]? {
        guard publicKey.count == 32 else { return nil }
        var bytes = publicKey
        bytes[31] &= 0x7F
        guard let y = FieldElement(bytes) else { return nil }
        let one = FieldElement.one
        let d = -(small(121_665) * small(121_666).inverse)
        // x^2 = (y^2 - 1) / (d y^2 + 1), and a quotient is a square when the product is.
        let square = y * y
        guard ((square - one) * (d * square + one)).isSquare, y != one else { return nil }
        return ((one + y) * (one - y).inverse).bytes
    }

    private static func small(_ number: UInt32) -> FieldElement {
        let bytes = (0..<32).map { $0 < 4 ? UInt8(truncatingIfNeeded: number >> UInt32($0 * 8)) : 0 }
        return FieldElement(bytes) ?? .one
    }
}
