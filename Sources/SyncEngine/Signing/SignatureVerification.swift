private import Crypto
private import CryptoExtras

/// What a signature turned out to be. Only `good` may be believed.
package enum SignatureVerdict: Hashable, Sendable {
    case good
    /// Not this key's signature over these bytes, or not in the one spelling.
    case bad
    /// The signature may be the key's, but keys like this one can be forged or are not computed with here.
    case unusableKey(KeyWeakness)
    /// An algorithm that can be forged: `ssh-rsa`, which is RSA with SHA-1.
    case weakAlgorithm(String)
    /// A security key signed without anybody touching it.
    case untouched
}

/// Verifies SSH signatures (algorithm and value, as agents and SSHSIG hold them) of every kind that stet knows.
///
/// Strict: a value is accepted in one spelling alone, where OpenSSH would take several.
struct SignatureVerification {
    let key: PublicKey

    func verdict(_ signature: [UInt8], over message: [UInt8]) -> SignatureVerdict {
        if let weakness = key.weakness { return .unusableKey(weakness) }
        var reader = SSHReader(signature)
        guard let algorithm = reader.text() else { return .bad }
        switch key.material {
        case .ed25519(let raw):
            guard algorithm == key.kind, let value = reader.string(), reader.isAtEnd else { return .bad }
            return Self.ed25519(raw, value, message) ? .good : .bad
        case .ecdsa(let curve, let point):
            guard algorithm == key.kind, let value = reader.string(), reader.isAtEnd else { return .bad }
            return Self.ecdsa(curve, point, value, message) ? .good : .bad
        case .rsa(let exponent, let modulus):
            if algorithm == "ssh-rsa" { return .weakAlgorithm(algorithm) }
            guard let value = reader.string(), reader.isAtEnd, value.count == modulus.count else { return .bad }
            return Self.rsa(exponent, modulus, algorithm, value, message) ? .good : .bad
        case .hardwareEd25519(let raw, let application):
            guard algorithm == key.kind else { return .bad }
            return Self.hardware(application, reader, message) { Self.ed25519(raw, $0, $1) }
        case .hardwareECDSA(let point, let application):
            guard algorithm == key.kind else { return .bad }
            return Self.hardware(application, reader, message) { Self.ecdsa(.nistp256, point, $0, $1) }
        case .certificate, .unknown:
            return .bad
        }
    }

    private static func ed25519(_ raw: [UInt8], _ value: [UInt8], _ message: [UInt8]) -> Bool {
        do {
            return try Curve25519.Signing.PublicKey(rawRepresentation: raw).isValidSignature(value, for: message)
        } catch {
            return false
        }
    }

    private static func ecdsa(
        _ curve: KeyMaterial.Curve, _ point: [UInt8], _ value: [UInt8], _ message: [UInt8]
    ) -> Bool {
        var reader = SSHReader(value)
        guard let r = reader.positive(), let s = reader.positive(), reader.isAtEnd, r.count <= curve.width,
            s.count <= curve.width
        else { return false }
        let raw = [r, s].flatMap { [UInt8](repeating: 0, count: curve.width - $0.count) + $0 }
        do {
            switch curve {
            case .nistp256:
                return try P256.Signing.PublicKey(x963Representation: point)
                    .isValidSignature(P256.Signing.ECDSASignature(rawRepresentation: raw), for: message)
            case .nistp384:
                return try P384.Signing.PublicKey(x963Representation: point)
                    .isValidSignature(P384.Signing.ECDSASignature(rawRepresentation: raw), for: message)
            case .nistp521:
                return try P521.Signing.PublicKey(x963Representation: point)
                    .isValidSignature(P521.Signing.ECDSASignature(rawRepresentation: raw), for: message)
            }
        } catch {
            return false
        }
    }

    private static func rsa(
        _ exponent: [UInt8], _ modulus: [UInt8], _ algorithm: String, _ value: [UInt8], _ message: [UInt8]
    ) -> Bool {
        do {
            let key = try _RSA.Signing.PublicKey(n: modulus, e: exponent)
            let signature = _RSA.Signing.RSASignature(rawRepresentation: value)
            switch algorithm {
            case "rsa-sha2-256":
                return key.isValidSignature(signature, for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
            case "rsa-sha2-512":
                return key.isValidSignature(signature, for: SHA512.hash(data: message), padding: .insecurePKCS1v1_5)
            default: return false
            }
        } catch {
            return false
        }
    }

    /// PROTOCOL.u2f, "SSH U2F signatures": what the device signs holds hashes of the application and of the message.
    private static func hardware(
        _ application: [UInt8], _ rest: SSHReader, _ message: [UInt8], isValid: ([UInt8], [UInt8]) -> Bool
    ) -> SignatureVerdict {
        var reader = rest
        guard let value = reader.string(), let flags = reader.raw(1), let counter = reader.raw(4), reader.isAtEnd
        else { return .bad }
        let signed =
            Array(SHA256.hash(data: application)) + flags + counter + Array(SHA256.hash(data: message))
        guard isValid(value, signed) else { return .bad }
        let userPresence: UInt8 = 0x01
        return flags[0] & userPresence != 0 ? .good : .untouched
    }
}
