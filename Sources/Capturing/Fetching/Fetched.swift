internal import Extraction
public import Models
internal import WebArchives

/// A page as it came, or why it did not.
public struct Fetched: Sendable {
    public let requestedURL: String
    /// Of the last hop, or where it led astray, of the request.
    public let url: String
    public let startedAt: Timestamp
    public let outcome: FetchOutcome
    /// More than the outcome says; for people.
    public let reason: String?
    public let status: Int?
    /// Byte for byte; empty where nothing came.
    public let head: [UInt8]
    /// Without the server's coding, if it had one; empty unless the outcome says that it was received.
    public let body: [UInt8]
    /// PEM, the server's own first; empty without TLS.
    public let certificates: [UInt8]
    /// `Content-Type`, with parameters.
    public let mediaType: String?
    /// Whether the last hop was in a private network: what it names may be there, too.
    public let isPrivate: Bool
    /// No connection to the requested page's own host came about: its other pages cannot be had now either.
    public let isHostDown: Bool
    /// The `transport` document.
    public let transport: [UInt8]

    /// Nothing has changed since the answer that the request's conditions are from.
    public var isUnmodified: Bool { outcome == .ok && status == 304 }

    init(_ request: PageRequest, _ followed: PageFetcher.Followed, tries: Int, _ fetcher: PageFetcher) {
        let last = followed.exchanges.last
        requestedURL = request.url
        startedAt = last?.startedAt ?? fetcher.surroundings.now()
        let parsed = last.flatMap { ResponseHead(parsing: $0.head) }
        var outcome = followed.outcome
        var reason = followed.reason
        var body = last?.body ?? []
        var coding: (name: String, size: Int, digest: ObjectID)?
        let codings = parsed.map { ContentCoding.named(in: $0) } ?? []
        if outcome == .ok, !codings.isEmpty, !body.isEmpty {
            let name = codings.joined(separator: ", ")
            coding = (name, body.count, ObjectID(hashing: body))
            let limit = request.largestBody ?? fetcher.options.largestBody
            do throws(ContentCoding.Failure) {
                body = try ContentCoding.remove(codings, from: body, limit: limit)
            } catch {
                outcome = error == .expands ? .bomb : .coding
                reason = "Content-Encoding: \(name)"
            }
        }
        if outcome == .ok, last?.status == 304, request.conditions?.address != last?.address.description {
            outcome = .malformed
            reason = "status 304, and nothing was asked that it could answer"
        }
        let final = last?.address ?? request.address
        if outcome == .ok, final != request.address, final.isFront, !request.address.isFront { outcome = .home }
        self.outcome = outcome
        self.reason = reason
        url = outcome.isReceived && outcome != .home ? final.description : request.url
        status = last?.status
        head = last?.head ?? []
        certificates = last?.certificates ?? []
        mediaType = parsed?["Content-Type"]
        isPrivate = last?.isPrivate ?? false
        let isOwnHost = followed.exchanges.count <= 1 && followed.exchanges.allSatisfy { $0.timings.connect == nil }
        isHostDown = isOwnHost && !followed.outcome.isReached
        self.body = outcome.isReceived ? body : []
        transport = Self.document(
            request, followed, outcome, reason, tries: tries, received: last?.body.count ?? 0, coding,
            isSynchronised: fetcher.surroundings.isClockSynchronised())
    }

    private static func document(
        _ request: PageRequest, _ followed: PageFetcher.Followed, _ outcome: FetchOutcome, _ reason: String?,
        tries: Int,
        received: Int, _ coding: (name: String, size: Int, digest: ObjectID)?, isSynchronised: Bool?
    ) -> [UInt8] {
        let last = followed.exchanges.count - 1
        var members: [JSON.Member] = [
            .init("format", 1), .init("kind", "http"), .init("url", .string(request.url)),
            .init("outcome", .string(outcome.rawValue)), .init("tries", JSON(tries)), .init("received", JSON(received)),
            .init(
                "exchanges", .array(followed.exchanges.enumerated().map { $1.json(isLast: $0 == last) })),
        ]
        if let reason { members.append(.init("reason", .string(reason))) }
        if let robots = followed.robots { members.append(.init("robots", robots.json)) }
        if let isSynchronised { members.append(.init("clockSynchronised", .bool(isSynchronised))) }
        if let coding {
            members.append(
                .init(
                    "coded",
                    [
                        "encoding": .string(coding.name), "size": JSON(coding.size),
                        "sha256": .string(coding.digest.description),
                    ]))
        }
        return JSON.object(members).canonicalBytes
    }

    /// How long the whole host wants to be left alone: where it refuses for now and says until when. In milliseconds.
    func hostsWish(_ now: Timestamp) -> Int? {
        guard outcome.isReceived, let status, [429, 503].contains(status) else { return nil }
        return retryAfter(now)
    }

    /// How long the server wants to be left alone, in milliseconds.
    public func retryAfter(_ now: Timestamp) -> Int? {
        guard let value = ResponseHead(parsing: head)?["Retry-After"] else { return nil }
        if let seconds = Int(value) { return max(0, min(seconds, 366 * 86_400)) * 1000 }
        return InternetDate.parse(value).map { Int(max(0, $0.milliseconds - now.milliseconds)) }
    }
}

extension WebAddress {
    fileprivate var isFront: Bool { path == "/" && query == nil }
}
