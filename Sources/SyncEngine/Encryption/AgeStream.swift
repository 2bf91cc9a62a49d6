internal import Crypto
internal import Models

/// The payload's chunks (STREAM): each sealed with its number, and the last with a mark that it is the last.
struct AgeStream: Sendable {
    static let chunkSize = 1 << 16
    static let sealedSize = chunkSize + tagSize
    static let nonceSize = 16
    private static let tagSize = 16

    private let key: SymmetricKey
    private(set) var chunk = 0

    init(fileKey: SymmetricKey, nonce: [UInt8]) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: fileKey, salt: nonce, info: Array("payload".utf8), outputByteCount: 32)
    }

    private func nonce(isLast: Bool) throws -> ChaChaPoly.Nonce {
        // The counter has 11 bytes; no file needs more than the lower eight.
        var bytes = [UInt8](repeating: 0, count: 12)
        for at in 0..<8 { bytes[10 - at] = UInt8(truncatingIfNeeded: chunk >> (8 * at)) }
        bytes[11] = isLast ? 1 : 0
        return try ChaChaPoly.Nonce(data: bytes)
    }

    mutating func seal(_ plain: ArraySlice<UInt8>, isLast: Bool, into out: inout [UInt8]) throws(AgeError) {
        do {
            let box = try ChaChaPoly.seal(plain, using: key, nonce: nonce(isLast: isLast))
            out += box.ciphertext
            out += box.tag
        } catch {
            throw .damaged(chunk: chunk, reason: "it could not be sealed")
        }
        chunk += 1
    }

    private func opened(_ sealed: ArraySlice<UInt8>, isLast: Bool) -> [UInt8]? {
        do {
            let box = try ChaChaPoly.SealedBox(
                nonce: nonce(isLast: isLast), ciphertext: sealed.dropLast(Self.tagSize),
                tag: sealed.suffix(Self.tagSize))
            return Array(try ChaChaPoly.open(box, using: key))
        } catch {
            return nil
        }
    }

    mutating func open(_ sealed: ArraySlice<UInt8>, isLast: Bool, into out: inout [UInt8]) throws(AgeError) {
        guard sealed.count >= Self.tagSize else { throw .damaged(chunk: chunk, reason: "the file ends within it") }
        guard let plain = opened(sealed, isLast: isLast) else {
            // Which of the two it is helps whoever must find out what happened.
            if opened(sealed, isLast: !isLast) != nil {
                throw .damaged(
                    chunk: chunk,
                    reason: isLast ? "the file was cut off after it" : "something was added to the file after it")
            }
            throw .damaged(chunk: chunk, reason: isLast ? "it was changed or cut short" : "it was changed")
        }
        guard !isLast || !plain.isEmpty || chunk == 0 else {
            throw .damaged(chunk: chunk, reason: "an empty chunk follows the last")
        }
        out += plain
        chunk += 1
    }
}

/// Encrypts what is pushed through it, holding at most a chunk.
package struct AgeWriter: Sendable {
    private var stream: AgeStream
    private var pending: [UInt8]
    private var plain: [UInt8] = []

    package init(to recipients: AgeRecipients, random: RandomBytes = .system) throws(AgeError) {
        let fileKey = SymmetricKey(data: random(16))
        let nonce = random(AgeStream.nonceSize)
        let header = AgeHeader(stanzas: try recipients.stanzas(wrapping: fileKey, random: random), fileKey: fileKey)
        pending = header.encoded + nonce
        stream = AgeStream(fileKey: fileKey, nonce: nonce)
    }

    /// Appends what can already be written to `out`.
    package mutating func write(_ bytes: [UInt8], into out: inout [UInt8]) throws(AgeError) {
        start(&out)
        var rest = bytes[...]
        // A full chunk is kept back until something follows it: only then is it known not to be the last.
        while plain.count + rest.count > AgeStream.chunkSize {
            if plain.isEmpty {
                try stream.seal(rest.prefix(AgeStream.chunkSize), isLast: false, into: &out)
                rest = rest.dropFirst(AgeStream.chunkSize)
            } else {
                let part = rest.prefix(AgeStream.chunkSize - plain.count)
                plain += part
                rest = rest.dropFirst(part.count)
                try stream.seal(plain[...], isLast: false, into: &out)
                plain.removeAll(keepingCapacity: true)
            }
        }
        plain += rest
    }

    package mutating func finish(into out: inout [UInt8]) throws(AgeError) {
        start(&out)
        try stream.seal(plain[...], isLast: true, into: &out)
        plain = []
    }

    private mutating func start(_ out: inout [UInt8]) {
        out += pending
        pending = []
    }
}

/// Decrypts what is pushed through it, binary or armored, and hands out nothing that is not authentic.
///
/// What it has handed out before an error is the authentic beginning of a file that is not whole.
package struct AgeReader: Sendable {
    private enum State: Sendable {
        case start
        case header(AgeHeaderParser)
        case nonce(SymmetricKey)
        case payload(AgeStream)
    }

    private let identities: [AgeIdentity]
    private let largestWorkFactor: Int
    private var state = State.start
    private var armor: AgeArmorReader?
    private var sealed: [UInt8] = []

    package init(
        identities: [AgeIdentity], largestWorkFactor: Int = AgeIdentity.largestWorkFactor
    ) {
        self.identities = identities
        self.largestWorkFactor = largestWorkFactor
    }

    /// Appends what is known to be authentic to `out`.
    package mutating func read(_ bytes: [UInt8], into out: inout [UInt8]) throws(AgeError) {
        guard let first = bytes.first else { return }
        if case .start = state {
            if first != UInt8(ascii: "a") { armor = AgeArmorReader() }
            state = .header(AgeHeaderParser())
        }
        guard armor != nil else { return try take(bytes, into: &out) }
        var binary: [UInt8] = []
        try armor?.read(bytes, into: &binary)
        try take(binary, into: &out)
    }

    /// Appends the last of it. Only now is the whole file known to be what was written.
    package mutating func finish(into out: inout [UInt8]) throws(AgeError) {
        if armor != nil {
            var binary: [UInt8] = []
            try armor?.finish(into: &binary)
            try take(binary, into: &out)
        }
        switch state {
        case .start: throw AgeHeaderParser().truncation
        case .header(let parser): throw parser.truncation
        case .nonce: throw .damaged(chunk: 0, reason: "the file ends before it")
        case .payload(var stream):
            try stream.open(sealed[...], isLast: true, into: &out)
            sealed = []
            state = .start
        }
    }

    private mutating func take(_ bytes: [UInt8], into out: inout [UInt8]) throws(AgeError) {
        var rest = bytes[...]
        if case .header(var parser) = state {
            var header: AgeHeader?
            while header == nil, let byte = rest.popFirst() { header = try parser.take(byte) }
            guard let header else {
                state = .header(parser)
                return
            }
            state = .nonce(try header.fileKey(with: identities, largestWorkFactor: largestWorkFactor))
        }
        if case .nonce(let fileKey) = state {
            let part = rest.prefix(AgeStream.nonceSize - sealed.count)
            sealed += part
            rest = rest.dropFirst(part.count)
            guard sealed.count == AgeStream.nonceSize else { return }
            state = .payload(AgeStream(fileKey: fileKey, nonce: sealed))
            sealed = []
        }
        guard case .payload(var stream) = state else { return }
        while sealed.count + rest.count > AgeStream.sealedSize {
            if sealed.isEmpty {
                try stream.open(rest.prefix(AgeStream.sealedSize), isLast: false, into: &out)
                rest = rest.dropFirst(AgeStream.sealedSize)
            } else {
                let part = rest.prefix(AgeStream.sealedSize - sealed.count)
                sealed += part
                rest = rest.dropFirst(part.count)
                try stream.open(sealed[...], isLast: false, into: &out)
                sealed.removeAll(keepingCapacity: true)
            }
        }
        sealed += rest
        state = .payload(stream)
    }
}
