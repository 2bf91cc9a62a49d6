internal import Crypto
internal import Models
internal import Storage

/// Signed requests to one bucket.
struct S3Client: Sendable {
    let address: S3Address
    let settings: S3Settings
    let http: HTTPClient
    let clock: @Sendable () -> Timestamp

    /// One request, without what is made anew for each try.
    struct Call {
        var method = HTTPRequest.Method.get
        /// Nil for the bucket itself.
        var key: String?
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)] = []
        var body = HTTPRequest.Body.none
        var digests = BodyDigests.ofNothing
        var seconds = 0
    }

    /// A complaint of the server's, as far as it is believed.
    struct Complaint {
        /// E.g. `NoSuchKey`; empty when there is none.
        let code: String
        let region: String?
    }

    func send(
        _ call: Call, progress: (Int) -> Void = { _ in },
        receive: (HTTPHead) -> HTTPReception = { _ in .memory(limit: S3Client.largestDocument) }
    ) throws(SyncError) -> HTTPAnswer {
        do throws(HTTPFault) {
            return try http.send(
                progress: progress, isTransient: { isTransient($0) }, { () throws(HTTPFault) in request(for: call) },
                receive: receive)
        } catch {
            throw failure(error, about: call)
        }
    }

    /// Of the XML that servers answer with: a thousand long keys, each character written as three.
    static let largestDocument = 8 << 20

    /// What is signed, sent; the time of signing is now.
    func request(for call: Call) -> HTTPRequest {
        let endpoint = settings.endpoint
        let port = endpoint.port.map { ":\($0)" } ?? ""
        let host = settings.isPathStyle ? endpoint.host + port : "\(address.bucket).\(endpoint.host)\(port)"
        var path = settings.isPathStyle ? "/\(address.bucket)" : ""
        if let key = call.key { path += "/\(PercentEncoding.encodePath(key))" }
        if path.isEmpty { path = "/" }
        let stamp = SignatureV4.stamp(clock())
        var headers =
            call.headers + [("Host", host), ("X-Amz-Date", stamp), ("X-Amz-Content-Sha256", call.digests.sha256)]
        if call.body.count > 0 || call.method == .put { headers.append(("Content-MD5", call.digests.md5)) }
        if let token = settings.sessionToken { headers.append(("X-Amz-Security-Token", token)) }
        let signer = SignatureV4(
            accessKey: settings.accessKey, secretKey: settings.secretKey, region: settings.region, service: "s3")
        let subject = SignatureV4.Subject(
            method: call.method.rawValue, path: path, query: call.query, headers: headers,
            payloadHash: call.digests.sha256)
        headers.append(("Authorization", signer.authorization(of: subject, stamp: stamp)))
        let query = call.query.isEmpty ? "" : "?" + SignatureV4.encode(call.query)
        return HTTPRequest(
            method: call.method, url: "\(endpoint.scheme)://\(host)\(path)\(query)", headers: headers, body: call.body,
            seconds: call.seconds)
    }

    func isTransient(_ answer: HTTPAnswer) -> Bool {
        guard answer.status == 400 || answer.status == 200 else { return false }
        // Completing an upload may fail after the status has been sent.
        return ["RequestTimeout", "SlowDown", "InternalError"].contains(complaint(answer).code)
    }

    func complaint(_ answer: HTTPAnswer) -> Complaint {
        guard let root = XMLElement(parsing: answer.body), root.name == "Error" else {
            return Complaint(code: "", region: Self.word(answer.head.headers["x-amz-bucket-region"]))
        }
        return Complaint(
            code: Self.word(root["Code"]) ?? "",
            region: Self.word(answer.head.headers["x-amz-bucket-region"] ?? root["Region"]))
    }

    /// What may be shown of what a server says.
    private static func word(_ text: String?) -> String? {
        guard let text, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({
                UInt8(ascii: "-") == $0 || Unicode.Scalar($0).properties.isAlphabetic || (48...57).contains($0)
            })
        else { return nil }
        return text
    }

    /// Why there is no useful answer.
    func failure(_ fault: HTTPFault, about call: Call) -> SyncError {
        switch fault.kind {
        case .file(let error): .file(error)
        case .connection, .certificate: .remote(address.description, .unreachable(fault.reason))
        case .tooLarge where call.key != nil:
            .damaged(Damage(file: name(of: call), reason: "it is larger than any such file can be"))
        case .useless where call.key != nil: .damaged(Damage(file: name(of: call), reason: fault.reason))
        default: .remote(address.description, .misbehaved(fault.reason))
        }
    }

    private func name(of call: Call) -> String {
        String((call.key ?? "").dropFirst(address.prefix.isEmpty ? 0 : address.prefix.count + 1))
    }

    /// What an answer means that is no success.
    func refusal(_ answer: HTTPAnswer) -> SyncError {
        let complaint = complaint(answer)
        let said = "\(answer.status)\(complaint.code.isEmpty ? "" : " \(complaint.code)")"
        return .remote(address.description, fault(answer, complaint, said))
    }

    private func fault(_ answer: HTTPAnswer, _ complaint: Complaint, _ said: String) -> RemoteFault {
        switch complaint.code {
        case "NoSuchBucket":
            return .misconfigured("there is no bucket '\(address.bucket)' at \(settings.endpoint.host)")
        case "InvalidAccessKeyId": return .refused("the server does not know this access key (\(said))")
        case "SignatureDoesNotMatch":
            return .refused("the secret key does not belong to this access key (\(said))")
        case "ExpiredToken", "InvalidToken", "TokenRefreshRequired":
            return .refused("the session token is no longer valid (\(said))")
        case "RequestTimeTooSkewed", "RequestExpired":
            let theirs = answer.head.headers["date"].flatMap { Self.plain($0) } ?? "another time"
            return .refused("this machine's clock says \(clock()), the server's \(theirs): set the clock (\(said))")
        case "AccessDenied", "AllAccessDisabled", "AccountProblem":
            return .refused("these credentials may not do this there (\(said))")
        default: break
        }
        let isElsewhere = (300..<400).contains(answer.status) || complaint.code == "AuthorizationHeaderMalformed"
        if isElsewhere, let region = complaint.region, region != settings.region {
            return .misconfigured("the bucket is in the region '\(region)': set AWS_REGION")
        }
        switch answer.status {
        case 408, 429, 500...599: return .unreachable("the server answers with status \(said), again and again")
        case 401, 403, 405: return .refused("the server answers with status \(said)")
        case 507: return .refused("the server has no space left (\(said))")
        default: return .misbehaved("the server answers with status \(said)")
        }
    }

    private static func plain(_ text: String) -> String? {
        text.utf8.count < 64 && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } ? text : nil
    }

    /// An answer's document, whose outermost element must have that name.
    func document(_ answer: HTTPAnswer, _ name: String) throws(SyncError) -> XMLElement {
        guard answer.status == 200 else { throw refusal(answer) }
        guard let root = XMLElement(parsing: answer.body), root.name == name else {
            let complaint = complaint(answer)
            if !complaint.code.isEmpty { throw refusal(answer) }
            throw .remote(address.description, .misbehaved("what it sends is not the XML of an S3 server"))
        }
        return root
    }
}

/// What is said about a body before it is sent, so that one that arrives changed is refused.
struct BodyDigests {
    private let md5Bytes: [UInt8]
    /// In hexadecimal.
    let sha256: String

    static let ofNothing = BodyDigests(of: [])

    /// In Base64.
    var md5: String { Base64.encode(md5Bytes) }
    var hexMD5: String { Hex.encode(md5Bytes) }

    init(of bytes: [UInt8]) {
        md5Bytes = Array(Insecure.MD5.hash(data: bytes))
        sha256 = Hex.encode(Array(SHA256.hash(data: bytes)))
    }

    /// Of a part of a file.
    init(of file: borrowing OpenFile, offset: Int, count: Int) throws(FileError) {
        var md5 = Insecure.MD5()
        var sha256 = SHA256()
        var at = offset
        while at < offset + count {
            let part = try file.read(min(1 << 18, offset + count - at), at: at)
            guard !part.isEmpty else { throw FileError("read", file.path, code: 5) }
            md5.update(data: part)
            sha256.update(data: part)
            at += part.count
        }
        md5Bytes = Array(md5.finalize())
        self.sha256 = Hex.encode(Array(sha256.finalize()))
    }
}
