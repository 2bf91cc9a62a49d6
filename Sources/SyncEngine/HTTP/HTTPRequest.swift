/// What is asked of a server.
struct HTTPRequest {
    enum Method: String {
        case get = "GET"
        case head = "HEAD"
        case put = "PUT"
        case post = "POST"
        case delete = "DELETE"
    }

    enum Body {
        case none
        case bytes([UInt8])
        /// `count` bytes of an open file from `offset` on. Whoever asks keeps it open.
        case file(descriptor: Int32, path: String, offset: Int, count: Int)

        var count: Int {
            switch self {
            case .none: 0
            case .bytes(let bytes): bytes.count
            case .file(_, _, _, let count): count
            }
        }
    }

    var method = Method.get
    /// Absolute, percent-encoded; sent as it is.
    var url: String
    var headers: [(name: String, value: String)] = []
    var body = Body.none
    /// For all of it; 0 for as long as bytes flow.
    var seconds = 0
    /// Whether it goes where the server sends it, on the same host, in the same scheme.
    var followsRedirects = false
}

/// What a server says before the body.
struct HTTPHead {
    var status = 0
    /// By lower-case name; the last one where a name stands more than once.
    var headers: [String: String] = [:]

    var isSuccess: Bool { (200..<300).contains(status) }

    /// How many bytes follow, where it is said.
    var length: Int? { headers["content-length"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }

    /// `Content-Range: bytes FIRST-LAST/TOTAL` (RFC 9110, 14.4).
    var range: (first: Int, total: Int)? {
        guard let text = headers["content-range"], text.hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let total = Int(parts[1]),
            let first = parts[0].split(separator: "-").first.flatMap({ Int($0) }), first >= 0, first <= total
        else { return nil }
        return (first, total)
    }
}

/// Where the body of an answer goes that is a success.
enum HTTPReception {
    case memory(limit: Int)
    /// To the end of an open file, without the first `skipping` bytes. Whoever asks keeps it open.
    case file(descriptor: Int32, path: String, skipping: Int, limit: Int)
    /// It is not wanted.
    case useless(String)
}

struct HTTPAnswer {
    let head: HTTPHead
    /// What was received into memory; for an answer that is no success the beginning of it.
    let body: [UInt8]
    var status: Int { head.status }
}

/// What has passed between this machine and servers.
package struct HTTPTraffic: Hashable, Sendable {
    package var requests = 0
    /// Bytes of bodies and headers.
    package var sent = 0
    package var received = 0
}
