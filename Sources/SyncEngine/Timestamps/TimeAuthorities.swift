internal import Models
internal import Storage

/// The authorities whom the user believes about time: certificates in the user's own folder, and nowhere else.
public struct TimeAuthorities: Sendable {
    private let trusted: [Certificate]

    /// Nobody.
    public init() { trusted = [] }

    /// Reads every `*.pem` in `folder`, if there is one, and each of `files`.
    ///
    /// - Throws: `SyncError.notACertificate` for a file that is none: ignored, it would silently take somebody's word away.
    public init(folder: String?, files: [String] = []) throws(SyncError) {
        var paths = files
        if let folder, Files.isFolder(folder) {
            let names = try syncFile { () throws(FileError) in try Files.names(in: folder) }
            paths += names.filter { $0.hasSuffix(".pem") }.map { "\(folder)/\($0)" }
        }
        var trusted: [Certificate] = []
        for path in paths {
            let bytes = try syncFile { () throws(FileError) in try Files.read(path, limit: 1 << 20) }
            trusted += try Self.certificates(in: String(decoding: bytes, as: UTF8.self), path)
        }
        self.trusted = trusted
    }

    public var isEmpty: Bool { trusted.isEmpty }

    /// The CERTIFICATE blocks of a PEM file (RFC 7468); text around them is for people.
    private static func certificates(in text: String, _ path: String) throws(SyncError) -> [Certificate] {
        var found: [Certificate] = []
        var block: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmingSpaces()
            if line == "-----BEGIN CERTIFICATE-----" {
                block = ""
            } else if line == "-----END CERTIFICATE-----", let base64 = block {
                guard let bytes = Base64.decode(base64) else { throw .notACertificate(path, "it is no base64") }
                do throws(DERError) { found.append(try Certificate(bytes)) } catch {
                    throw .notACertificate(path, error.reason)
                }
                block = nil
            } else {
                block?.append(line)
            }
        }
        guard !found.isEmpty else { throw .notACertificate(path, "there is no certificate in it") }
        return found
    }

    /// Authorities between an end and a trusted certificate.
    private static let longestChain = 6
    /// Signatures that one token can make us check.
    private static let mostSteps = 64

    /// What `token` says about when `document` was there.
    ///
    /// - Parameter query: the request that was answered, where it is known: its nonce must be in the answer.
    package func judge(
        _ token: [UInt8], over document: [UInt8], query: TimestampQuery? = nil
    ) throws(TimestampFault) -> StampedTime {
        let token = try TimestampToken(token)
        let signer = try token.verify(over: document, known: trusted, query: query)
        let name = signer.name ?? "certificate \(ObjectID(hashing: signer.encoded).short)"
        var steps = 0
        let leads = leadsToTrust(signer, token.certificates, at: token.time, below: 0, &steps)
        return leads ? .trusted(token.time, name: name) : .unknownAuthority(token.time, name: name)
    }

    /// Whether a chain of certificates, each valid then, leads from `certificate` to one that is trusted.
    private func leadsToTrust(
        _ certificate: Certificate, _ pool: [Certificate], at time: Timestamp, below: Int, _ steps: inout Int
    ) -> Bool {
        guard certificate.isValid(at: time) else { return false }
        if trusted.contains(certificate) { return true }
        guard below < Self.longestChain else { return false }
        for candidate in trusted + pool where candidate != certificate && candidate.subject == certificate.issuer {
            steps += 1
            guard steps <= Self.mostSteps else { return false }
            if candidate.issued(certificate, below: below),
                leadsToTrust(candidate, pool, at: time, below: below + 1, &steps)
            {
                return true
            }
        }
        return false
    }
}

/// Why a timestamp is none, or none of this document.
public struct TimestampFault: Error, Hashable, Sendable {
    public let reason: String
    init(_ reason: String) { self.reason = reason }
}
