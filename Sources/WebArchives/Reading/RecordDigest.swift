internal import Crypto

/// A digest as a record states it: `sha1:` and base 32, base 64 or hexadecimal digits, in whatever case.
package struct RecordDigest: Hashable, Sendable {
    package enum Algorithm: String, Hashable, Sendable, CaseIterable {
        case md5, sha1, sha256, sha384, sha512

        var length: Int {
            switch self {
            case .md5: 16
            case .sha1: 20
            case .sha256: 32
            case .sha384: 48
            case .sha512: 64
            }
        }
    }

    /// As it stands in the record.
    package let text: String
    /// Nil for one that is not known here.
    package let algorithm: Algorithm?
    /// Nil when what is stated cannot be a value of the algorithm.
    package let value: [UInt8]?

    package init(_ text: String) {
        self.text = text
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        let label = parts.first.map { String(decoding: $0.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self) }
        let algorithm = label.flatMap { Algorithm(rawValue: $0.lowercased()) }
        self.algorithm = algorithm
        guard parts.count == 2, let algorithm else {
            value = nil
            return
        }
        let digits = Array(parts[1].filter { $0 != UInt8(ascii: "=") })
        // The spellings differ in length, so none can be taken for another.
        let bits = algorithm.length * 8
        value =
            switch digits.count {
            case bits / 4: Self.bits(of: digits, each: 4, Self.hexadecimal)
            case (bits + 4) / 5: Self.bits(of: digits, each: 5, Self.base32)
            case (bits + 5) / 6: Self.bits(of: digits, each: 6, Self.base64)
            default: nil
            }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func base32(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "2")...UInt8(ascii: "7"): digit - UInt8(ascii: "2") + 26
        default: nil
        }
    }

    /// Of both alphabets (RFC 4648, sections 4 and 5).
    private static func base64(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    private static func bits(of digits: [UInt8], each width: Int, _ value: (UInt8) -> UInt8?) -> [UInt8]? {
        var out: [UInt8] = []
        var (held, count): (UInt32, Int) = (0, 0)
        for digit in digits {
            guard let value = value(digit) else { return nil }
            held = held << UInt32(width) | UInt32(value)
            count += width
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: held >> UInt32(count)))
            }
        }
        return out
    }

    /// Whether these are the bytes. Nil when that cannot be said.
    package func matches(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        guard var hasher = DigestHasher(self) else { return algorithm == nil ? nil : false }
        hasher.update(bytes)
        return hasher.matches
    }
}

/// Computes a stated digest over bytes that arrive in parts.
struct DigestHasher {
    private enum State {
        case md5(Insecure.MD5)
        case sha1(Insecure.SHA1)
        case sha256(SHA256)
        case sha384(SHA384)
        case sha512(SHA512)
    }
    private var state: State
    private let wanted: [UInt8]

    /// Nil when the digest cannot be checked.
    init?(_ digest: RecordDigest) {
        guard let algorithm = digest.algorithm, let value = digest.value, value.count == algorithm.length else {
            return nil
        }
        wanted = value
        state =
            switch algorithm {
            case .md5: .md5(Insecure.MD5())
            case .sha1: .sha1(Insecure.SHA1())
            case .sha256: .sha256(SHA256())
            case .sha384: .sha384(SHA384())
            case .sha512: .sha512(SHA512())
            }
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .md5(var hash):
            hash.update(bufferPointer: bytes)
            state = .md5(hash)
        case .sha1(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha1(hash)
        case .sha256(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha256(hash)
        case .sha384(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha384(hash)
        case .sha512(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha512(hash)
        }
    }

    var matches: Bool {
        switch state {
        case .md5(let hash): hash.finalize().elementsEqual(wanted)
        case .sha1(let hash): hash.finalize().elementsEqual(wanted)
        case .sha256(let hash): hash.finalize().elementsEqual(wanted)
        case .sha384(let hash): hash.finalize().elementsEqual(wanted)
        case .sha512(let hash): hash.finalize().elementsEqual(wanted)
        }
    }
}
