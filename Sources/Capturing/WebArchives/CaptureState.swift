internal import Models
internal import Storage
internal import WebArchives

/// What records say about one another, while they go by.
struct CaptureState {
    var origin: RecordEvidence.Origin
    var pages = PageIndex()
    var passed: [PassedOver: Int] = [:]
    /// Pages that are in the file more than once.
    var twice = 0
    var revisits: [(ArchivedResponse, RecordMeaning.Reference)] = []
    private var requests: [String: RecordMeaning.Request] = [:]
    /// By where they lead.
    private var ways: [String: RecordEvidence.Redirect] = [:]
    private var redirectCount = 0
    /// The last response of a batch: the request to it may be the first record of the next.
    private var held: RecordWork?

    static let mostRevisits = 4096
    private static let mostRequests = 4096
    private static let mostWays = 50_000
    private static let longestWay = 10

    init(origin: RecordEvidence.Origin) { self.origin = origin }

    // MARK: Requests

    /// Takes note of the requests of a whole batch, before anything of it is taken.
    mutating func note(requests works: [RecordWork?]) {
        if requests.count > Self.mostRequests { requests = [:] }
        for case .request(let request)? in works { for id in request.answers { requests[id] = request } }
    }

    /// What may be taken now, in the order of the records.
    mutating func ordered(_ works: [RecordWork], isLast: Bool) -> [RecordWork] {
        var ready = [held].compactMap(\.self) + works
        held = nil
        let last = ready.lastIndex { if case .request = $0 { false } else { true } }
        if !isLast, let last, case .page(let page) = ready[last],
            page.response.recordID.map({ requests[$0] == nil }) ?? false
        {
            held = ready.remove(at: last)
        }
        return ready
    }

    func reasonToPass(_ page: ArchivedPage) -> PassedOver? { reasonToPass(page.response) }

    /// Why a response is not the page at its address: what asked for it tells.
    func reasonToPass(_ response: ArchivedResponse) -> PassedOver? {
        guard let request = response.recordID.flatMap({ requests[$0] }) else { return nil }
        // Some recorders write another first line than a request's; what is no method says nothing.
        if ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(request.method) { return .formAnswer }
        if request.isScripted { return .requisite }
        switch request.destination {
        case nil, "document", "empty", "": return nil
        default: return .requisite
        }
    }

    // MARK: Redirects

    mutating func add(redirect response: ArchivedResponse) {
        redirectCount += 1
        guard let status = response.status, let location = response.location,
            let target = WebAddress(response.url)?.resolving(location)
        else { return }
        if ways.count >= Self.mostWays { ways = [:] }
        ways[target.description] = RecordEvidence.Redirect(
            url: response.url, status: status, date: response.capturedAt, recordID: response.recordID)
    }

    /// The redirects that led to a response, the first one first.
    func redirects(to response: ArchivedResponse) -> [RecordEvidence.Redirect] {
        guard !ways.isEmpty else { return [] }
        var chain: [RecordEvidence.Redirect] = []
        var address = WebAddress(response.url)?.description
        while chain.count < Self.longestWay, let step = address.flatMap({ ways[$0] }), !chain.contains(step),
            abs(step.date.milliseconds - response.capturedAt.milliseconds) < Self.sameVisit
        {
            chain.append(step)
            address = WebAddress(step.url)?.description
        }
        return chain.reversed()
    }

    /// What lies further apart was not one visit.
    private static let sameVisit: Int64 = 10 * 60 * 1000

    // MARK: The end

    /// What was passed over, in one sentence.
    var summary: String? {
        var parts = PassedOver.allCases.compactMap { why in
            passed[why].flatMap { $0 > 0 ? "\($0) \(why.words)" : nil }
        }
        if redirectCount > 0 { parts.append("\(redirectCount) redirects, kept with the pages they led to") }
        if twice > 0 { parts.append("\(twice) pages that are in it twice") }
        return parts.isEmpty ? nil : "not captured: \(parts.joined(separator: "; "))"
    }
}
