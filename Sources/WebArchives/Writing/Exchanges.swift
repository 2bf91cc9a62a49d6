internal import Models

/// What a capture's `transport` document says that belongs into WARC records; `manifests/FORMAT.md` has its members.
struct Exchanges {
    /// One request and what came back.
    struct Exchange {
        let url: String
        let startedAt: Timestamp
        let request: [UInt8]?
        let head: [UInt8]?
        let ip: String?
    }

    /// The last one is the capture itself.
    let all: [Exchange]
    private let transport: JSON?

    init(_ transport: JSON?) {
        self.transport = transport
        let listed = transport?["exchanges"]?.array ?? []
        all = listed.prefix(Self.most).compactMap { exchange in
            guard let url = exchange["url"]?.string,
                let time = exchange["startedAt"]?.string.flatMap({ Timestamp($0) })
            else { return nil }
            return Exchange(
                url: url, startedAt: time, request: exchange["request"]?.string.flatMap { Self.bytes($0) },
                head: exchange["head"]?.string.flatMap { Self.bytes($0) }, ip: Self.ip(exchange["address"]))
        }
    }

    private static let most = 50

    var ip: String? { all.last?.ip ?? Self.ip(transport?["record"]?["ip"]) }

    /// Why a crawler cut the body short, if it says so.
    var truncated: String? {
        transport?["record"]?["truncated"]?.string.flatMap { reason in
            ["length", "time", "disconnect", "unspecified"].contains(reason) ? reason : "unspecified"
        }
    }

    private static func ip(_ value: JSON?) -> String? {
        guard let text = value?.string, (2...45).contains(text.utf8.count),
            text.utf8.allSatisfy({ "0123456789abcdefABCDEF:.".utf8.contains($0) })
        else { return nil }
        return text
    }

    /// Heads stand there with one character for each byte.
    private static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard scalar.value < 256 else { return nil }
            bytes.append(UInt8(scalar.value))
        }
        return bytes.isEmpty ? nil : bytes
    }
}
