internal import Models

/// One request as it left and what came back: one hop on the way to a page.
struct Exchange: Sendable {
    struct TLS: Hashable, Sendable {
        let version: String
        let cipher: String
    }

    /// Milliseconds from the start until this was done; nil for what was not.
    struct Timings: Hashable, Sendable {
        var dns: Int?
        var connect: Int?
        var tls: Int?
        var firstByte: Int?
        var total: Int?
    }

    let address: WebAddress
    let startedAt: Timestamp
    /// Both heads byte for byte, with the empty line at their end.
    var request: [UInt8] = []
    var head: [UInt8] = []
    /// As received: not decoded, its chunks joined.
    var body: [UInt8] = []
    /// Whether only the beginning was wanted.
    var isCut = false
    var status: Int?
    /// A proxy was asked: where the server is, it alone knows.
    var isProxied = false
    /// Where the request went, as it is written.
    var place: String?
    var port: Int?
    var tls: TLS?
    /// PEM, the server's own first.
    var certificates: [UInt8] = []
    var timings = Timings()
    var outcome = FetchOutcome.ok
    /// What libcurl says of a failure.
    var reason: String?

    init(_ address: WebAddress, startedAt: Timestamp) {
        self.address = address
        self.startedAt = startedAt
    }

    var isPrivate: Bool { !isProxied && place.flatMap { NetworkAddress($0) }?.isPrivate ?? false }

    /// - Parameter isLast: the last one's head is an object of its own.
    func json(isLast: Bool) -> JSON {
        var members: [JSON.Member] = [
            .init("url", .string(address.description)), .init("startedAt", .string(startedAt.description)),
        ]
        if !request.isEmpty { members.append(.init("request", .string(Self.text(request)))) }
        if !isLast, !head.isEmpty { members.append(.init("head", .string(Self.text(head)))) }
        if let status { members.append(.init("status", JSON(status))) }
        if let place { members.append(.init("address", .string(place))) }
        if let port { members.append(.init("port", JSON(port))) }
        if isProxied { members.append(.init("proxied", .bool(true))) }
        if let tls {
            members.append(.init("tls", ["version": .string(tls.version), "cipher": .string(tls.cipher)]))
        }
        members.append(.init("timings", timings.json))
        return .object(members)
    }

    /// One character for each byte (ISO 8859-1), so that the bytes can be had back whatever they are.
    static func text(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes { text.unicodeScalars.append(UnicodeScalar(byte)) }
        return text
    }
}

extension Exchange.Timings {
    var json: JSON {
        let all = [("dns", dns), ("connect", connect), ("tls", tls), ("firstByte", firstByte), ("total", total)]
        return .object(all.compactMap { name, value in value.map { .init(name, JSON($0)) } })
    }
}
