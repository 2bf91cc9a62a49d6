internal import Models

/// An X.509 certificate (RFC 5280), as far as a time-stamping authority's chain needs it.
struct Certificate: Hashable, Sendable {
    let encoded: [UInt8]
    let serial: [UInt8]
    /// Names as they are encoded: compared to the byte.
    let issuer: [UInt8]
    let subject: [UInt8]
    let validFrom: Timestamp
    let validTo: Timestamp
    private let keyInformation: [UInt8]
    private let signed: [UInt8]
    private let signature: [UInt8]
    private let signatureKind: SignatureKind?
    private let extensions: Extensions

    private struct Extensions: Hashable, Sendable {
        var isAuthority = false
        var longestPath: Int?
        /// Bits of keyUsage from 0; nil where it is not stated.
        var keyUsage: Set<Int>?
        var isForTimeAlone = false
        var keyIdentifier: [UInt8]?
        /// There is one that must be understood, and is not.
        var hasUnknown = false
    }

    /// Certificates that are not of version 3 are none here: they cannot say what they are for.
    init(_ bytes: [UInt8]) throws(DERError) {
        encoded = bytes
        var outer = DERReader(bytes[...])
        var parts = try outer.sequence()
        try outer.finish()
        let body = try parts.next(DERTag.sequence)
        var algorithm = try parts.sequence()
        signature = Array(try parts.wholeBits())
        try parts.finish()
        signed = Array(body.encoded)
        signatureKind = Self.kind(&algorithm)
        var inside = body.inside
        var version = try inside.next(DERTag.context(0)).inside
        guard try version.smallInteger() == 2 else { throw DERError("a certificate of another version than 3") }
        serial = Array(try inside.integer())
        _ = try inside.sequence()
        issuer = Array(try inside.next(DERTag.sequence).encoded)
        var validity = try inside.sequence()
        validFrom = try validity.time()
        validTo = try validity.time()
        try validity.finish()
        subject = Array(try inside.next(DERTag.sequence).encoded)
        keyInformation = Array(try inside.next(DERTag.sequence).encoded)
        _ = try inside.optional(DERTag.primitiveContext(1))
        _ = try inside.optional(DERTag.primitiveContext(2))
        extensions = try inside.optional(DERTag.context(3)).map(Self.extensions) ?? Extensions()
        try inside.finish()
    }

    /// An algorithm that is not known makes the signature invalid, and the certificate may still be trusted itself.
    private static func kind(_ algorithm: inout DERReader) -> SignatureKind? {
        do throws(DERError) { return try SignatureKind(&algorithm) } catch { return nil }
    }

    private static func extensions(_ value: DERValue) throws(DERError) -> Extensions {
        var found = Extensions()
        var seen: Set<String> = []
        var outer = value.inside
        var list = try outer.sequence()
        try outer.finish()
        while !list.isAtEnd {
            var item = try list.sequence()
            let name = try item.object()
            let isCritical = item.nextTag == DERTag.boolean ? try item.boolean() : false
            let content = DERReader(try item.next(DERTag.octetString).content)
            try item.finish()
            guard seen.insert(name).inserted else { throw DERError("an extension that stands twice") }
            try read(name, isCritical, content, into: &found)
        }
        return found
    }

    private static func read(
        _ name: String, _ isCritical: Bool, _ content: DERReader, into found: inout Extensions
    ) throws(DERError) {
        var content = content
        switch name {
        case "2.5.29.19":
            var constraints = try content.sequence()
            if constraints.nextTag == DERTag.boolean { found.isAuthority = try constraints.boolean() }
            if !constraints.isAtEnd { found.longestPath = try constraints.smallInteger() }
            try constraints.finish()
        case "2.5.29.15":
            let bits = try content.next(DERTag.bitString).content.dropFirst()
            var usage: Set<Int> = []
            for (index, byte) in bits.enumerated() {
                for bit in 0..<8 where byte & (0x80 >> bit) != 0 { usage.insert(index * 8 + bit) }
            }
            found.keyUsage = usage
        case "2.5.29.37":
            var purposes: [String] = []
            var list = try content.sequence()
            while !list.isAtEnd { purposes.append(try list.object()) }
            // RFC 3161, 2.3: critical, and for nothing else.
            found.isForTimeAlone = isCritical && purposes == ["1.3.6.1.5.5.7.3.8"]
        case "2.5.29.14": found.keyIdentifier = Array(try content.next(DERTag.octetString).content)
        // Policies are the authority's own business.
        case "2.5.29.32": return
        default:
            if isCritical { found.hasUnknown = true }
            return
        }
        try content.finish()
    }

    var keyIdentifier: [UInt8]? { extensions.keyIdentifier }
    var key: CertifiedKey? { CertifiedKey(information: keyInformation) }

    func isValid(at time: Timestamp) -> Bool { validFrom <= time && time <= validTo }

    /// Whether it may sign timestamps (RFC 3161, 2.3), and nothing that it must not.
    var isForTimestamps: Bool {
        guard extensions.isForTimeAlone, !extensions.hasUnknown else { return false }
        // digitalSignature and nonRepudiation, of which one at least.
        guard let usage = extensions.keyUsage else { return true }
        return !usage.isEmpty && usage.isSubset(of: [0, 1])
    }

    /// Whether this certificate issued `other`, with `below` more authorities between it and the end.
    func issued(_ other: Certificate, below: Int) -> Bool {
        guard other.issuer == subject, extensions.isAuthority, !extensions.hasUnknown,
            extensions.keyUsage?.contains(5) ?? true, extensions.longestPath.map({ below <= $0 }) ?? true,
            let kind = other.signatureKind, let digest = kind.digest, let key
        else { return false }
        return key.isValid(other.signature, over: other.signed, kind, digest: digest)
    }

    /// The subject's common name, else its organisation; for people. Nil where there is none that can be read.
    var name: String? {
        do throws(DERError) {
            var outer = DERReader(subject[...])
            var parts = try outer.sequence()
            var found: [String: String] = [:]
            while !parts.isAtEnd {
                var set = try parts.next(DERTag.set).inside
                var pair = try set.sequence()
                let kind = try pair.object()
                let value = try pair.next()
                // UTF8String, PrintableString, IA5String; others are not worth reading.
                guard [0x0C, 0x13, 0x16].contains(value.tag) else { continue }
                found[kind] = String(decoding: value.content, as: UTF8.self)
            }
            return found["2.5.4.3"] ?? found["2.5.4.10"]
        } catch {
            return nil
        }
    }
}
