package import Models
internal import Synchronization
internal import WebArchives

/// A page to fetch.
public struct PageRequest: Sendable {
    let address: WebAddress
    /// Whether it may lie in a private network: the user named it, or something there did.
    public var allowsPrivate: Bool
    /// What a server needs to say that nothing has changed.
    public var conditions: Conditions?
    /// How to reach whoever asks, instead of what the fetcher's own name says.
    public var contact: String?
    /// The most bytes of the body; nil for the fetcher's own limit.
    public var largestBody: Int?

    /// From the head of an earlier answer.
    public struct Conditions: Hashable, Sendable {
        /// They are sent to this address only: other places have other pages.
        let address: String
        let tag: String?
        let date: String?

        /// Nil where the head gives nothing to ask by.
        /// - Parameters:
        ///   - url: that it came from.
        ///   - head: byte for byte.
        public init?(url: String, head: [UInt8]) {
            guard let address = WebAddress(url), let head = ResponseHead(parsing: head), head.status == 200 else {
                return nil
            }
            self.address = address.description
            tag = head["ETag"].flatMap(Self.sendable)
            date = Self.isTelling(head) ? head["Last-Modified"].flatMap(Self.sendable) : nil
            if tag == nil, date == nil { return nil }
        }

        /// A page that changed in the second in which it was given could change once more in it, and would pass for unmodified: its date is
        /// of use only when it is a second older than the answer (RFC 9110, section 8.8.2.2).
        private static func isTelling(_ head: ResponseHead) -> Bool {
            guard let changed = head["Last-Modified"].flatMap(InternetDate.parse),
                let given = head["Date"].flatMap(InternetDate.parse)
            else { return false }
            return given.milliseconds - changed.milliseconds >= 1000
        }

        private static func sendable(_ value: String) -> String? {
            let isPlain = value.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
            return isPlain && !value.isEmpty && value.utf8.count <= 1024 ? value : nil
        }

        /// As it is written down.
        package init?(_ json: JSON) {
            guard let address = json["url"]?.string else { return nil }
            self.address = address
            tag = json["tag"]?.string.flatMap(Self.sendable)
            date = json["date"]?.string.flatMap(Self.sendable)
            if tag == nil, date == nil { return nil }
        }

        package var json: JSON {
            let members = [("url", address), ("tag", tag), ("date", date)]
            return .object(members.compactMap { name, text in text.map { .init(name, .string($0)) } })
        }

        var fields: [(name: String, value: String)] {
            [("If-None-Match", tag), ("If-Modified-Since", date)].compactMap { name, value in value.map { (name, $0) } }
        }
    }

    /// Bytes of an address: details that name it are bounded.
    static let longest = 8192

    /// Nil for what is no http(s) address.
    public init?(_ url: String, allowsPrivate: Bool = true) {
        guard url.utf8.count <= Self.longest, let address = WebAddress(url),
            address.description.utf8.count <= Self.longest
        else { return nil }
        self.address = address
        self.allowsPrivate = allowsPrivate
    }

    public var url: String { address.description }
    /// Requests to one host follow each other.
    public var host: String { address.place }
}

extension WebAddress {
    /// Scheme, host and port: what one robots.txt is for.
    var place: String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")" }
}

/// Fetches pages politely, and notes what a court would ask about how they came. May be used from several threads at once.
public final class PageFetcher: Sendable {
    public let options: FetchOptions
    let surroundings: Surroundings
    let robots: RobotsCache
    private let pacing: HostPacing
    /// Until when hosts want to be left alone, in milliseconds.
    private let held = Mutex<[String: Int64]>([:])

    public init(_ options: FetchOptions, _ surroundings: Surroundings, robots: RobotsCache = RobotsCache()) {
        self.options = options
        self.surroundings = surroundings
        self.robots = robots
        pacing = HostPacing(surroundings)
    }

    /// Blocks until there is an answer, or there will be none.
    public func fetch(_ request: PageRequest) -> Fetched {
        var tries = 0
        while true {
            tries += 1
            let followed = follow(request, isForRobots: false)
            let result = Fetched(request, followed, tries: tries, self)
            guard tries < options.attempts, let wait = wait(before: result, tries: tries), rest(wait) else {
                hold(result)
                return result
            }
        }
    }

    /// - Returns: false when it was told to stop.
    private func rest(_ wait: Int) -> Bool {
        guard let isStopped = surroundings.isStopped else {
            surroundings.sleep(wait)
            return true
        }
        var rest = wait
        while rest > 0, !isStopped() {
            surroundings.sleep(min(rest, 500))
            rest -= 500
        }
        return !isStopped()
    }

    /// A host that asks to be left alone asks so for all its pages.
    private func hold(_ result: Fetched) {
        let now = surroundings.now()
        guard let wait = result.hostsWish(now), let place = WebAddress(result.url)?.place else { return }
        held.withLock { held in
            held = held.filter { $0.value > now.milliseconds }
            held[place] = now.milliseconds + Int64(wait)
        }
    }

    /// How long the page's host wants to be left alone, in milliseconds; nil when it may be asked.
    func heldBack(_ request: PageRequest) -> Int? {
        let now = surroundings.now().milliseconds
        return held.withLock { $0[request.host] }.flatMap { $0 > now ? Int($0 - now) : nil }
    }

    /// Waits until the page's host may be asked.
    ///
    /// - Returns: how long that would be in milliseconds, where it is too long to wait.
    func awaitHost(of request: PageRequest) -> Int? {
        guard let wait = heldBack(request) else { return nil }
        guard wait <= options.longestWait else { return wait }
        _ = rest(wait)
        return nil
    }

    /// How long to wait before another try, in milliseconds; nil when there is no sense in one now.
    private func wait(before result: Fetched, tries: Int) -> Int? {
        let longest = 1000 << min(tries, 6)
        let pause = longest / 2 + surroundings.random(longest / 2)
        if result.outcome.isReceived {
            guard let status = result.status, [429, 500, 502, 503, 504].contains(status) else { return nil }
            guard let asked = result.retryAfter(surroundings.now()) else { return pause }
            return asked <= options.longestWait ? max(asked, pause) : nil
        }
        return result.outcome.isTransient ? pause : nil
    }

    /// What happened on the way from one address to the last.
    struct Followed {
        var exchanges: [Exchange] = []
        var outcome = FetchOutcome.ok
        var reason: String?
        var robots: RobotsDecision?
    }

    private func follow(_ request: PageRequest, isForRobots: Bool) -> Followed {
        var followed = Followed()
        var address = request.address
        var allowsPrivate = request.allowsPrivate
        var visits: [String: Int] = [:]
        guard let session = WebSession(options) else {
            followed.outcome = .other
            followed.reason = "libcurl cannot be used"
            return followed
        }
        while true {
            var delay = options.delay
            if !isForRobots, !mayFetch(address, allowsPrivate, &followed, &delay) { return followed }
            pacing.wait(for: address.host, delay: delay)
            let exchange = session.perform(
                hop(to: address, request, isForRobots, allowsPrivate), startedAt: surroundings.now())
            followed.exchanges.append(exchange)
            followed.outcome = exchange.outcome
            followed.reason = exchange.reason
            guard exchange.outcome == .ok, let location = exchange.location else { return followed }
            guard let next = address.resolving(location), next.description.utf8.count <= PageRequest.longest else {
                followed.outcome = .redirect
                followed.reason = "to \(location.prefix(200))"
                return followed
            }
            visits[next.description, default: 0] += 1
            // Once more is what sites do that set a cookie first.
            guard followed.exchanges.count <= FetchOptions.mostRedirects, visits[next.description] ?? 0 <= 2 else {
                followed.outcome = .loop
                return followed
            }
            // From inside, inside may be reached; from outside not, whoever was named first.
            let isInside = exchange.isProxied ? address.isPlainlyPrivate : exchange.isPrivate
            allowsPrivate = isInside && request.allowsPrivate
            if !allowsPrivate, next.isPlainlyPrivate {
                followed.outcome = .privateAddress
                followed.reason = "to \(next.place)"
                return followed
            }
            address = next
        }
    }

    private func hop(
        to address: WebAddress, _ request: PageRequest, _ isForRobots: Bool, _ allowsPrivate: Bool
    ) -> HopRequest {
        let limit = isForRobots ? RobotsRules.largest : request.largestBody ?? options.largestBody
        var hop = HopRequest(address: address, limit: limit, isCuttable: isForRobots, allowsPrivate: allowsPrivate)
        if let conditions = request.conditions, conditions.address == address.description {
            hop.fields = conditions.fields
        }
        if let contact = request.contact { hop.agent = FetchOptions.agent(options.agent, contact: contact) }
        return hop
    }

    /// Asks robots.txt, and notes what it says.
    private func mayFetch(
        _ address: WebAddress, _ allowsPrivate: Bool, _ followed: inout Followed, _ delay: inout Int
    ) -> Bool {
        guard !options.ignoresRobots else {
            followed.robots = RobotsDecision(word: .ignored, place: address.place)
            return true
        }
        let now = surroundings.now()
        var standing = robots.standing(of: address.place, at: now)
        if standing == nil {
            let found = askRobots(of: address, allowsPrivate)
            // That one who was sent here may not ask says nothing about those who may.
            if found != .unreached(.privateAddress) { robots.keep(found, of: address.place, at: now) }
            standing = found
        }
        var decision = RobotsDecision(word: .allowed, place: address.place)
        switch standing {
        case .rules(let rules):
            let (allows, rule) = rules.decision(for: address)
            decision = RobotsDecision(
                word: allows ? .allowed : .refused, rule: rule?.description, place: address.place)
            delay = max(delay, min(rules.delay ?? 0, options.longestDelay))
            if !allows { (followed.outcome, followed.reason) = (.robots, rule?.description) }
        case .open, nil: break
        case .closed(let status):
            decision = RobotsDecision(word: .unreachable, place: address.place)
            let answer = status.map { "robots.txt cannot be had (status \($0))" } ?? "robots.txt cannot be had"
            (followed.outcome, followed.reason) = (.robots, answer)
        case .unreached(let outcome):
            decision = RobotsDecision(word: .unreachable, place: address.place)
            (followed.outcome, followed.reason) = (outcome, "asking for robots.txt: \(outcome.reason)")
        }
        followed.robots = decision
        return decision.word == .allowed
    }

    private func askRobots(of address: WebAddress, _ allowsPrivate: Bool) -> RobotsStanding {
        guard let request = PageRequest(address.place + "/robots.txt", allowsPrivate: allowsPrivate) else {
            return .closed(status: nil)
        }
        let followed = follow(request, isForRobots: true)
        guard followed.outcome == .ok, let last = followed.exchanges.last, let status = last.status else {
            // That whoever a redirect leads to is not there says nothing about the site.
            let isLedAway = followed.exchanges.count > 1 && followed.outcome != .privateAddress
            let isKnown = followed.outcome.isReached && followed.outcome != .privateAddress
            return isKnown || isLedAway ? .closed(status: nil) : .unreached(followed.outcome)
        }
        switch status {
        case 200..<300:
            let codings = ResponseHead(parsing: last.head).map { ContentCoding.named(in: $0) } ?? []
            do throws(ContentCoding.Failure) {
                let plain = try ContentCoding.remove(codings, from: last.body, limit: RobotsRules.largest)
                return .rules(RobotsRules(parsing: plain, for: "stet"))
            } catch {
                return .closed(status: status)
            }
        // Whoever is told to wait was not told that all is allowed.
        case 400..<500 where status != 429: return .open(status: status)
        case 300..<400: return .open(status: status)
        default: return .closed(status: status)
        }
    }
}

extension WebAddress {
    /// By its name alone; what a name leads to is seen when it is connected to.
    fileprivate var isPlainlyPrivate: Bool {
        if host == "localhost" || host.hasSuffix(".localhost") { return true }
        return NetworkAddress(host.filter { $0 != "[" && $0 != "]" })?.isPrivate ?? false
    }
}

extension Exchange {
    /// Where a redirect leads.
    var location: String? {
        guard let status, [301, 302, 303, 307, 308].contains(status) else { return nil }
        return ResponseHead(parsing: head)?["Location"].flatMap { $0.isEmpty ? nil : $0 }
    }
}
