public import Models
public import Storage

/// Why a snapshot could not be stamped.
public enum StampingError: Error, Sendable {
    /// The answer is no timestamp, or none of this snapshot.
    case refused(TimestampFault)
    case unreachable(url: String, HTTPFault)
    /// There is a timestamp already.
    case alreadyStamped(number: Int)
    case sync(SyncError)
}

/// Has somebody else say when a snapshot was there.
public struct SnapshotStamper: Sendable {
    private let archive: Archive
    private let authorities: TimeAuthorities
    private let remote: FolderRemote

    public init(_ archive: Archive, authorities: TimeAuthorities) {
        self.archive = archive
        self.authorities = authorities
        remote = FolderRemote(path: archive.path)
    }

    /// A snapshot's manifest as it lies there.
    public struct Subject: Sendable {
        public let origin: OriginID
        public let number: Int
        let bytes: [UInt8]
        /// Relative to the archive.
        public var file: String { "manifests/\(origin)-\(number).json.tsr" }
    }

    /// - Parameters:
    ///   - origin: the beginning of an origin's id; nil for the archive's own.
    ///   - number: nil for the latest.
    public func subject(origin wanted: String? = nil, number: Int? = nil) throws(StampingError) -> Subject {
        let all = try stamping { () throws(SyncError) in try remote.snapshotNumbers() }
        let chosen = all.filter { origin, _ in
            wanted.map { origin.description.hasPrefix($0) } ?? (origin == archive.origin)
        }
        guard let (origin, numbers) = chosen.first, chosen.count == 1 else {
            if wanted == nil { throw .sync(.noSnapshot(archive.path)) }
            throw .sync(.noSuchOrigin(wanted ?? "", have: all.keys.sorted()))
        }
        guard let last = numbers.last, number.map(numbers.contains) ?? true else {
            throw .sync(.noSuchSnapshot(number: number ?? 0, have: numbers))
        }
        let file = "manifests/\(origin)-\(number ?? last).json"
        let bytes = try stamping { () throws(SyncError) in try remote.read(file, limit: Verifier.largestDocument) }
        return Subject(origin: origin, number: number ?? last, bytes: bytes ?? [])
    }

    public func request(
        for subject: Subject, using random: inout some RandomNumberGenerator
    ) -> [UInt8] {
        TimestampQuery(over: subject.bytes, using: &random).bytes
    }

    /// Checks an answer and puts it beside the manifest.
    ///
    /// - Parameters:
    ///   - query: the request, where it is at hand.
    ///   - replaces: whether an answer that is there already may go.
    public func attach(
        _ answer: [UInt8], to subject: Subject, query: [UInt8]? = nil, replaces: Bool = false
    ) throws(StampingError) -> StampedTime {
        let time: StampedTime
        do throws(TimestampFault) {
            let query = try query.map { bytes throws(TimestampFault) in try TimestampQuery(parsing: bytes) }
            time = try authorities.judge(answer, over: subject.bytes, query: query)
        } catch {
            throw .refused(error)
        }
        let path = "\(archive.path)/\(subject.file)"
        guard replaces || !Files.exists(path) else { throw .alreadyStamped(number: subject.number) }
        try stamping { () throws(SyncError) in
            try syncFile { () throws(FileError) in try Files.write(answer, to: path) }
        }
        return time
    }

    /// Asks an authority over HTTP (RFC 3161, 3.4).
    public func fetch(
        _ url: String, for subject: Subject, agent: String, replaces: Bool = false,
        using random: inout some RandomNumberGenerator
    ) throws(StampingError) -> StampedTime {
        guard replaces || !Files.exists("\(archive.path)/\(subject.file)") else {
            throw .alreadyStamped(number: subject.number)
        }
        let query = request(for: subject, using: &random)
        let answer: [UInt8]
        do throws(HTTPFault) { answer = try Self.post(query, to: url, agent: agent) } catch {
            throw .unreachable(url: url, error)
        }
        return try attach(answer, to: subject, query: query, replaces: replaces)
    }

    /// One try: an authority may count what it answers.
    private static func post(_ query: [UInt8], to url: String, agent: String) throws(HTTPFault) -> [UInt8] {
        var options = HTTPClient.Options()
        options.agent = agent
        options.retry.attempts = 1
        let headers = [("Content-Type", "application/timestamp-query"), ("Accept", "application/timestamp-reply")]
        let request = HTTPRequest(
            method: .post, url: url, headers: headers.map { (name: $0, value: $1) }, body: .bytes(query), seconds: 60)
        let answer = try HTTPClient(options).send(
            { () throws(HTTPFault) in request }, receive: { _ in .memory(limit: TimestampToken.largest) })
        guard answer.status == 200 else { throw HTTPFault("the server answered with status \(answer.status)") }
        return answer.body
    }

    private func stamping<Value>(_ body: () throws(SyncError) -> Value) throws(StampingError) -> Value {
        do throws(SyncError) { return try body() } catch { throw .sync(error) }
    }
}
