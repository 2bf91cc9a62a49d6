private import Crypto

/// What an OpenSSH public key consists of, by its kind (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4; OpenSSH's PROTOCOL.u2f).
enum KeyMaterial: Sendable {
    case ed25519([UInt8])
    /// An uncompressed point of the curve.
    case ecdsa(Curve, point: [UInt8])
    /// Both without leading zeros.
    case rsa(exponent: [UInt8], modulus: [UInt8])
    case hardwareEd25519([UInt8], application: [UInt8])
    case hardwareECDSA(point: [UInt8], application: [UInt8])
    /// stet follows no certificates: who may certify whom is not for a signature to say.
    case certificate
    case unknown

    /// RSA keys below this can be broken, or soon will be.
    static let fewestBits = 2048
    /// More than this many bits BoringSSL does not compute with.
    static let mostBits = 8192

    enum Curve: String, Sendable, CaseIterable {
        case nistp256, nistp384, nistp521

        /// Bytes of a coordinate, and of each half of a signature.
        var width: Int {
            switch self {
            case .nistp256: 32
            case .nistp384: 48
            case .nistp521: 66
            }
        }

        func holds(_ point: [UInt8]) -> Bool {
            // Only the uncompressed form is used in SSH; a compressed one would be a second spelling.
            guard point.count == 1 + 2 * width, point.first == 4 else { return false }
            do {
                switch self {
                case .nistp256: _ = try P256.Signing.PublicKey(x963Representation: point)
                case .nistp384: _ = try P384.Signing.PublicKey(x963Representation: point)
                case .nistp521: _ = try P521.Signing.PublicKey(x963Representation: point)
                }
                return true
            } catch {
                return false
            }
        }
    }

    /// Nil when `rest`, which follows the name of the kind, is no key of it.
    init?(kind: String, rest: [UInt8]) {
        var reader = SSHReader(rest)
        switch kind {
        case "ssh-ed25519":
            guard let raw = reader.string(), raw.count == 32 else { return nil }
            self = .ed25519(raw)
        case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521":
            guard let name = reader.text(), kind.hasSuffix(name), let curve = Curve(rawValue: name),
                let point = reader.string(), curve.holds(point)
            else { return nil }
            self = .ecdsa(curve, point: point)
        case "ssh-rsa":
            guard let exponent = reader.positive(), let modulus = reader.positive(),
                Self.bits(modulus) >= 1024, Self.bits(modulus) <= 16384
            else { return nil }
            self = .rsa(exponent: exponent, modulus: modulus)
        case "sk-ssh-ed25519@openssh.com":
            guard let raw = reader.string(), raw.count == 32, let application = reader.string() else { return nil }
            self = .hardwareEd25519(raw, application: application)
        case "sk-ecdsa-sha2-nistp256@openssh.com":
            guard reader.text() == Curve.nistp256.rawValue, let point = reader.string(), Curve.nistp256.holds(point),
                let application = reader.string()
            else { return nil }
            self = .hardwareECDSA(point: point, application: application)
        default:
            self = kind.contains("-cert-v") ? .certificate : .unknown
            return
        }
        guard reader.isAtEnd else { return nil }
    }

    /// Of a number without leading zeros.
    static func bits(_ number: [UInt8]) -> Int {
        number.isEmpty ? 0 : number.count * 8 - (number[0].leadingZeroBitCount)
    }
}

extension SSHReader {
    /// A positive number (`mpint`) in its one spelling, without the zero that keeps it positive.
    mutating func positive() -> [UInt8]? {
        guard let bytes = string(), let first = bytes.first else { return nil }
        if first >= 0x80 { return nil }
        guard first == 0 else { return bytes }
        guard bytes.count > 1, bytes[1] >= 0x80 else { return nil }
        return Array(bytes.dropFirst())
    }
}
