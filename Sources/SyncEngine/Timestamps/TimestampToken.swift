internal import Crypto
internal import Models

/// The answer of a time-stamping authority (RFC 3161, 2.4.2): a CMS signature (RFC 5652) over a statement about a hash and a time.
struct TimestampToken: Sendable {
    let time: Timestamp
    let certificates: [Certificate]
    private let imprint: (digest: DigestKind, hash: [UInt8])
    private let nonce: [UInt8]?
    private let statement: [UInt8]
    private let signer: SignerInformation

    static let largest = Proof.largestTimestamp
    private static let mostCertificates = 16
    private static let signedData = "1.2.840.113549.1.7.2"
    static let statementType = "1.2.840.113549.1.9.16.1.4"

    /// Reads a `TimeStampResp`; nothing is believed yet.
    init(_ bytes: [UInt8]) throws(TimestampFault) {
        guard bytes.count <= Self.largest else { throw TimestampFault("it is larger than \(Self.largest) bytes") }
        do throws(DERError) {
            let content = try Self.granted(bytes)
            var reader = content.inside
            guard [1, 3, 4, 5].contains(try reader.smallInteger()) else {
                throw DERError("a version that is not known")
            }
            _ = try reader.next(DERTag.set)
            var encapsulated = try reader.sequence()
            guard try encapsulated.object() == Self.statementType else { throw DERError("it signs no time") }
            var explicit = try encapsulated.next(DERTag.context(0)).inside
            statement = Array(try explicit.next(DERTag.octetString).content)
            try explicit.finish()
            try encapsulated.finish()
            certificates = try reader.optional(DERTag.context(0)).map(Self.certificates) ?? []
            _ = try reader.optional(DERTag.context(1))
            var signers = try reader.next(DERTag.set).inside
            signer = try SignerInformation(try signers.sequence())
            try signers.finish()
            try reader.finish()
            (time, imprint.digest, imprint.hash, nonce) = try Self.read(statement)
        } catch {
            throw TimestampFault(error.reason)
        }
    }

    /// The SignedData inside, if the status says that there is one.
    private static func granted(_ bytes: [UInt8]) throws(DERError) -> DERValue {
        var outer = DERReader(bytes[...])
        var response = try outer.sequence()
        try outer.finish()
        var status = try response.sequence()
        // 0 granted, 1 granted with modifications.
        guard try status.smallInteger() <= 1 else { throw DERError("the authority refused to give a time") }
        var info = try response.sequence()
        try response.finish()
        guard try info.object() == signedData else { throw DERError("it is not signed") }
        var explicit = try info.next(DERTag.context(0)).inside
        try info.finish()
        let content = try explicit.next(DERTag.sequence)
        try explicit.finish()
        return content
    }

    private static func certificates(_ set: DERValue) throws(DERError) -> [Certificate] {
        var list = set.inside
        var found: [Certificate] = []
        while !list.isAtEnd {
            guard found.count < mostCertificates else { throw DERError("it brings too many certificates") }
            found.append(try Certificate(Array(try list.next(DERTag.sequence).encoded)))
        }
        return found
    }

    /// TSTInfo.
    private static func read(_ bytes: [UInt8]) throws(DERError) -> (Timestamp, DigestKind, [UInt8], nonce: [UInt8]?) {
        var outer = DERReader(bytes[...])
        var reader = try outer.sequence()
        try outer.finish()
        guard try reader.smallInteger() == 1 else { throw DERError("a version that is not known") }
        _ = try reader.object()
        var imprint = try reader.sequence()
        var algorithm = try imprint.sequence()
        let digest = try DigestKind(&algorithm)
        let hash = Array(try imprint.next(DERTag.octetString).content)
        try imprint.finish()
        _ = try reader.integer()
        guard reader.nextTag == DERTag.generalizedTime else { throw DERError("a time that is none") }
        let time = try reader.time()
        _ = try reader.optional(DERTag.sequence)
        if reader.nextTag == DERTag.boolean { _ = try reader.boolean() }
        let nonce = reader.nextTag == DERTag.integer ? Array(try reader.integer()) : nil
        _ = try reader.optional(DERTag.context(0))
        _ = try reader.optional(DERTag.context(1))
        try reader.finish()
        return (time, digest, hash, nonce)
    }

    /// The certificate whose key signed this token over `document`, at a time when it was valid. Who that is says nothing yet.
    ///
    /// - Parameter known: certificates that may be the signer's, where the token brings none.
    func verify(
        over document: [UInt8], known: [Certificate], query: TimestampQuery?
    ) throws(TimestampFault) -> Certificate {
        guard imprint.hash == imprint.digest.hash(document) else { throw TimestampFault("it is of another document") }
        if let query, query.nonce != nonce { throw TimestampFault("it is not the answer to this request") }
        guard signer.signs(statement) else { throw TimestampFault("what it says is not what was signed") }
        guard let certificate = (certificates + known).first(where: signer.isBy) else {
            throw TimestampFault("the certificate that it is signed with is not in it")
        }
        guard certificate.isForTimestamps else { throw TimestampFault("its certificate is not one for timestamps") }
        guard certificate.isValid(at: time) else { throw TimestampFault("its certificate was not valid then") }
        guard let key = certificate.key, signer.isSigned(with: key) else {
            throw TimestampFault("its signature is not valid")
        }
        return certificate
    }
}

/// SignerInfo (RFC 5652, 5.3) with the attributes that RFC 3161 and RFC 5816 ask for.
private struct SignerInformation: Sendable {
    private enum Identity: Sendable {
        case serial(issuer: [UInt8], [UInt8])
        case keyIdentifier([UInt8])
    }

    /// What binds the signature to one certificate: the hashes in ESSCertID or ESSCertIDv2.
    private struct CertificateHash: Sendable {
        /// Nil for SHA-1, which RFC 3161 began with; here it only picks a certificate whose own signature is checked.
        let digest: DigestKind?
        let hash: [UInt8]
    }

    private let identity: Identity
    private let digest: DigestKind
    /// As signed: a SET, whatever it is tagged in the token.
    private let attributes: [UInt8]
    private let messageDigest: [UInt8]
    private let certificateHashes: [CertificateHash]
    private let kind: SignatureKind
    private let signature: [UInt8]

    init(_ reader: DERReader) throws(DERError) {
        var reader = reader
        let version = try reader.smallInteger()
        if version == 3 {
            identity = .keyIdentifier(Array(try reader.next(DERTag.primitiveContext(0)).content))
        } else {
            guard version == 1 else { throw DERError("a version that is not known") }
            var name = try reader.sequence()
            identity = .serial(issuer: Array(try name.next(DERTag.sequence).encoded), Array(try name.integer()))
            try name.finish()
        }
        var algorithm = try reader.sequence()
        digest = try DigestKind(&algorithm)
        let attributes = try reader.next(DERTag.context(0))
        self.attributes = [DERTag.set] + attributes.encoded.dropFirst()
        var signatureAlgorithm = try reader.sequence()
        kind = try SignatureKind(&signatureAlgorithm)
        signature = Array(try reader.next(DERTag.octetString).content)
        _ = try reader.optional(DERTag.context(1))
        try reader.finish()
        (messageDigest, certificateHashes) = try Self.read(attributes.inside)
    }

    private static func read(_ list: DERReader) throws(DERError) -> ([UInt8], [CertificateHash]) {
        var list = list
        var seen: Set<String> = []
        var message: [UInt8]?
        var hashes: [CertificateHash] = []
        var isTime = false
        while !list.isAtEnd {
            var item = try list.sequence()
            let name = try item.object()
            var values = try item.next(DERTag.set).inside
            try item.finish()
            guard seen.insert(name).inserted else { throw DERError("an attribute that stands twice") }
            switch name {
            case "1.2.840.113549.1.9.3": isTime = try values.object() == TimestampToken.statementType
            case "1.2.840.113549.1.9.4": message = Array(try values.next(DERTag.octetString).content)
            case "1.2.840.113549.1.9.16.2.12": hashes.append(try certificateHash(try values.sequence(), isFirst: true))
            case "1.2.840.113549.1.9.16.2.47": hashes.append(try certificateHash(try values.sequence(), isFirst: false))
            default: continue
            }
            try values.finish()
        }
        guard isTime, let message, !hashes.isEmpty else {
            throw DERError("an attribute that must be signed is missing")
        }
        return (message, hashes)
    }

    /// The first of SigningCertificate or SigningCertificateV2, which is the signer's.
    private static func certificateHash(_ value: DERReader, isFirst: Bool) throws(DERError) -> CertificateHash {
        var value = value
        var list = try value.sequence()
        var first = try list.sequence()
        var digest: DigestKind? = isFirst ? nil : .sha256
        if !isFirst, first.nextTag == DERTag.sequence {
            var algorithm = try first.sequence()
            digest = try DigestKind(&algorithm)
        }
        return CertificateHash(digest: digest, hash: Array(try first.next(DERTag.octetString).content))
    }

    func signs(_ statement: [UInt8]) -> Bool { messageDigest == digest.hash(statement) }

    func isBy(_ certificate: Certificate) -> Bool {
        switch identity {
        case .serial(let issuer, let serial):
            guard certificate.issuer == issuer, certificate.serial == serial else { return false }
        case .keyIdentifier(let id): guard certificate.keyIdentifier == id else { return false }
        }
        return certificateHashes.allSatisfy { found in
            let hash = found.digest?.hash(certificate.encoded) ?? Array(Insecure.SHA1.hash(data: certificate.encoded))
            return hash == found.hash
        }
    }

    func isSigned(with key: CertifiedKey) -> Bool {
        key.isValid(signature, over: attributes, kind, digest: digest)
    }
}
