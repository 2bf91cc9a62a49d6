internal import Crypto
package import Models

/// AWS Signature Version 4, in the `Authorization` header: who asks, and that nobody changed what is asked.
package struct SignatureV4: Sendable {
    private let accessKey: String
    private let secretKey: String
    private let region: String
    private let service: String

    package init(accessKey: String, secretKey: String, region: String, service: String) {
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.region = region
        self.service = service
    }

    /// What is signed of a request.
    package struct Subject {
        let method: String
        let path: String
        let query: [(name: String, value: String)]
        let headers: [(name: String, value: String)]
        let payloadHash: String

        /// - Parameters:
        ///   - path: percent-encoded, as it is sent.
        ///   - query: not encoded.
        ///   - headers: all that are to be signed, `Host` among them; each name once.
        ///   - payloadHash: SHA-256 of the body, in hexadecimal.
        package init(
            method: String, path: String, query: [(name: String, value: String)],
            headers: [(name: String, value: String)], payloadHash: String
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.headers = headers
            self.payloadHash = payloadHash
        }
    }

    /// `20130524T000000Z`
    package static func stamp(_ time: Timestamp) -> String {
        let seconds = time.description.prefix(19).filter { $0 != "-" && $0 != ":" }
        return "\(seconds)Z"
    }

    /// The value of `Authorization`.
    ///
    /// - Parameter stamp: the time, as it stands in the header `X-Amz-Date`.
    package func authorization(of subject: Subject, stamp: String) -> String {
        let headers = subject.headers
            .map { (name: $0.name.lowercased(), value: Self.collapsed($0.value)) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let names = headers.map(\.name).joined(separator: ";")
        let canonical =
            [subject.method, subject.path, Self.encode(subject.query)]
            + headers.map { "\($0.name):\($0.value)" } + ["", names, subject.payloadHash]
        let day = String(stamp.prefix(8))
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let hash = Hex.encode(Array(SHA256.hash(data: Array(canonical.joined(separator: "\n").utf8))))
        let text = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(hash)"
        let signature = Hex.encode(Self.mac(text, key: key(of: day)))
        return "AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
    }

    private func key(of day: String) -> [UInt8] {
        [day, region, service, "aws4_request"].reduce(Array("AWS4\(secretKey)".utf8)) { Self.mac($1, key: $0) }
    }

    private static func mac(_ text: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    /// A query as it is signed and sent: sorted, every byte encoded that is not unreserved.
    package static func encode(_ query: [(name: String, value: String)]) -> String {
        query.map { (encode($0.name), encode($0.value)) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    private static func encode(_ text: String) -> String {
        PercentEncoding.encodePath(text).split(separator: "/", omittingEmptySubsequences: false)
            .joined(separator: "%2F")
    }

    /// Without spaces at both ends, and each run of them made one.
    private static func collapsed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" || $0 == "\n" }.joined(separator: " ")
    }
}
