private import Crypto
private import CryptoExtras

/// How OpenSSH encrypts a private key file under a passphrase: bcrypt's key derivation and AES in counter mode.
struct SSHKeyCipher: Sendable {
    private let salt: [UInt8]
    private let rounds: Int

    /// Each round takes some milliseconds; `ssh-keygen` makes 16 or 24 unless it is told otherwise.
    private static let mostRounds = 2048

    /// Nil for any cipher but the one that `ssh-keygen` uses by itself.
    init?(cipher: String, derivation: String, options: [UInt8]) {
        var reader = SSHReader(options)
        guard cipher == "aes256-ctr", derivation == "bcrypt", let salt = reader.string(), !salt.isEmpty,
            let rounds = reader.uint32(), reader.isAtEnd, rounds >= 1, rounds <= Self.mostRounds
        else { return nil }
        self.salt = salt
        self.rounds = Int(rounds)
    }

    /// Nil when the cipher refuses. Whether the passphrase is right shows in what comes out.
    func open(_ secret: [UInt8], passphrase: String) -> [UInt8]? {
        guard !passphrase.isEmpty else { return nil }
        let derived = derive(Array(passphrase.utf8), count: 48)
        do {
            let nonce = try AES._CTR.Nonce(nonceBytes: Array(derived[32...]))
            return Array(try AES._CTR.decrypt(secret, using: SymmetricKey(data: derived[..<32]), nonce: nonce))
        } catch {
            return nil
        }
    }

    /// OpenBSD's bcrypt_pbkdf.
    private func derive(_ passphrase: [UInt8], count: Int) -> [UInt8] {
        let pass = Self.words(Array(SHA512.hash(data: passphrase)))
        let blocks = (count + 31) / 32
        var key = [UInt8](repeating: 0, count: count)
        for block in 0..<blocks {
            var last = Self.hash(pass, salt: Array(SHA512.hash(data: salt + SSHWire.uint32(UInt32(block + 1)))))
            var sum = last
            for _ in 1..<rounds {
                last = Self.hash(pass, salt: Array(SHA512.hash(data: last)))
                for at in sum.indices { sum[at] ^= last[at] }
            }
            // The blocks are interleaved, so that no part of the key can be had for less.
            for (at, byte) in sum.enumerated() where at * blocks + block < count { key[at * blocks + block] = byte }
        }
        return key
    }

    private static func hash(_ pass: [UInt32], salt: [UInt8]) -> [UInt8] {
        let salt = words(salt)
        var cipher = Blowfish.initial
        cipher.expand(key: pass, salt: salt)
        for _ in 0..<64 {
            cipher.expand(key: salt, salt: nil)
            cipher.expand(key: pass, salt: nil)
        }
        var text = words(Array("OxychromaticBlowfishSwatDynamite".utf8))
        for at in stride(from: 0, to: text.count, by: 2) {
            for _ in 0..<64 { (text[at], text[at + 1]) = cipher.encipher(text[at], text[at + 1]) }
        }
        return text.flatMap { Array(SSHWire.uint32($0).reversed()) }
    }

    private static func words(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count, by: 4).map { at in bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    }
}
