internal import Glibc

/// An IPv4 or IPv6 address, as far as one must know to keep requests out of networks where nobody sent them.
package struct NetworkAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    /// - Parameter bytes: 4 or 16.
    init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// As it is written, without brackets.
    package init?(_ text: String) {
        var four = in_addr()
        var sixteen = in6_addr()
        let name = String(text.prefix { $0 != "%" })
        if inet_pton(AF_INET, name, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, name, &sixteen) == 1 {
            bytes = withUnsafeBytes(of: sixteen) { Array($0) }
        } else {
            return nil
        }
    }

    /// Not on the public internet: this machine, its networks, and what is set apart for other ends (IANA special-purpose registries).
    package var isPrivate: Bool { bytes.count == 4 ? Self.isPrivate(bytes[...]) : isPrivateLong }

    /// - Parameter bits: how many of the first ones both have in common.
    func isInside(_ network: NetworkAddress, bits: Int) -> Bool {
        guard bytes.count == network.bytes.count, (0...bytes.count * 8).contains(bits) else { return false }
        return (0..<bits).allSatisfy { (bytes[$0 / 8] ^ network.bytes[$0 / 8]) & (0x80 >> UInt8($0 % 8)) == 0 }
    }

    private static func isPrivate(_ four: ArraySlice<UInt8>) -> Bool {
        let (first, second, third) = (four[four.startIndex], four[four.startIndex + 1], four[four.startIndex + 2])
        return switch first {
        case 0, 10, 127, 224...: true
        case 100: second & 0xC0 == 64
        case 169: second == 254
        case 172: second & 0xF0 == 16
        case 192: second == 168 || (second == 0 && third == 0)
        case 198: second & 0xFE == 18
        default: false
        }
    }

    private var isPrivateLong: Bool {
        if bytes[..<10].allSatisfy({ $0 == 0 }) {
            // An IPv4 address in IPv6's clothes, or this machine.
            if bytes[10] == 0xFF, bytes[11] == 0xFF { return Self.isPrivate(bytes[12...]) }
            return true
        }
        // 64:ff9b:1::/48 is for translation inside networks (RFC 8215).
        if bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01]) { return true }
        if bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B]) { return Self.isPrivate(bytes[12...]) }
        if bytes[0] == 0x20, bytes[1] == 0x02 { return Self.isPrivate(bytes[2..<6]) }
        return bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFF || (bytes[0] == 0xFE && bytes[1] & 0x80 == 0x80)
    }
}
