internal import Models
internal import Storage

/// Answers as RFC 7089 has them: a TimeGate that redirects (section 4.2.1), TimeMaps (section 5), and mementos at addresses of their own.
struct MementoAnswers {
    private let archive: Archive
    private let originals: OriginalAnswer
    private let links: any Linking
    private let base: String

    /// Mementos in one TimeMap.
    private static let mostListed = 2000

    init(_ archive: Archive, _ originals: OriginalAnswer, _ links: any Linking, base: String) {
        self.archive = archive
        self.originals = originals
        self.links = links
        self.base = base
    }

    /// Nil: there is nothing of that address here.
    func answer(_ request: MementoRequest, _ asked: Asked) throws -> Answer? {
        switch request {
        case .timeGate(let address, let manner): try timeGate(address, manner, asked)
        case .timeMap(let address, let format, let start): try timeMap(address, format, start)
        case .memento(let stamp, let address, let manner): try memento(stamp, address, manner, asked)
        case .calendar(let address):
            try article(address).flatMap { links.href(.article($0.key.description, before: nil)) }
                .map { .redirect(302, to: $0) }
        }
    }

    private func article(_ address: OriginalAddress) throws -> ArticleIdentity? {
        for key in address.keys {
            if let found = try archive.identity(of: key) { return found }
        }
        return nil
    }

    private func timeGate(
        _ address: OriginalAddress, _ manner: MementoRequest.Manner, _ asked: Asked
    ) throws -> Answer? {
        var time: Timestamp?
        if let wanted = asked.headers["accept-datetime"] {
            guard let parsed = HTTPDate.parse(wanted) else {
                return .text(
                    "Accept-Datetime is a time like 'Sun, 06 Nov 1994 08:49:37 GMT'.\n", status: 400,
                    headers: [("Vary", "accept-datetime")])
            }
            time = parsed
        }
        guard let article = try article(address) else { return nil }
        let mementos = archive.mementos(of: article)
        let chosen = if let time { try mementos.nearest(to: time) } else { try mementos.last }
        guard let chosen else { return nil }
        let found = try mementos.stamped(chosen)
        let own = MementoLinks(base: base, original: address.text)
        let around = [
            MementoLinks.link(address.text, "original"),
            MementoLinks.link(own.timeMap(.link), "timemap", [("type", "application/link-format")]),
        ]
        return .redirect(
            302, to: own.memento(found.stamp, manner),
            headers: [
                ("Vary", "accept-datetime"),
                ("Link", (around + (try neighbours(of: found, mementos, own))).joined(separator: ", ")),
            ])
    }

    private func memento(
        _ stamp: MementoStamp, _ address: OriginalAddress, _ manner: MementoRequest.Manner, _ asked: Asked
    ) throws -> Answer? {
        guard let article = try article(address) else { return nil }
        let mementos = archive.mementos(of: article)
        var chosen: HistoryCapture?
        if let name = stamp.name, let named = try archive.capture(name), named.article.identity == article,
            try mementos.contains(named.capture)
        {
            chosen = named.capture
        }
        guard let capture = try chosen ?? mementos.nearest(to: stamp.time) else { return nil }
        let found = try mementos.stamped(capture)
        let own = MementoLinks(base: base, original: address.text)
        guard found.stamp.description == stamp.description, stamp.isExact else {
            return .redirect(302, to: own.memento(found.stamp, manner))
        }
        let observed = try archive.detail(of: capture, worker: 0).url.map { OriginalAddress.headerText($0) }
        let around = [
            MementoLinks.link(observed ?? address.text, "original"), MementoLinks.link(own.timeGate, "timegate"),
            MementoLinks.link(own.timeMap(.link), "timemap", [("type", "application/link-format")]),
        ]
        return try originals.answer(
            capture, asked, isReplay: true,
            headers: [
                ("Memento-Datetime", HTTPDate.text(capture.capturedAt)),
                ("Link", (around + (try neighbours(of: found, mementos, own))).joined(separator: ", ")),
            ])
    }

    /// The memento itself, the first and last ones, and those beside it; each once, with all that it is.
    private func neighbours(of found: Memento, _ mementos: Mementos, _ own: MementoLinks) throws -> [String] {
        let relations: [(HistoryCapture?, String)] = [
            (try mementos.first, "first"), (try mementos.last, "last"), (try mementos.before(found.capture), "prev"),
            (try mementos.after(found.capture), "next"), (found.capture, ""),
        ]
        var all: [(capture: HistoryCapture, names: [String])] = []
        for case (let capture?, let name) in relations {
            let names = name.isEmpty ? [] : [name]
            if let at = all.firstIndex(where: { $0.capture == capture }) {
                all[at].names += names
            } else {
                all.append((capture, names))
            }
        }
        return try all.sorted { $0.capture.capturedAt < $1.capture.capturedAt }.map { capture, names in
            own.memento(try mementos.stamped(capture), (names + ["memento"]).joined(separator: " "))
        }
    }

    private func timeMap(
        _ address: OriginalAddress, _ format: TimeMapFormat, _ start: MementoStamp?
    ) throws -> Answer? {
        guard let article = try article(address) else { return nil }
        let mementos = archive.mementos(of: article)
        guard let first = try mementos.first, let last = try mementos.last else { return nil }
        var from = first
        if let start {
            let named = try start.name.flatMap { try archive.capture($0)?.capture }
            from = try named ?? mementos.nearest(to: start.time) ?? first
        }
        let found = try mementos.stamped(mementos.starting(at: from, limit: Self.mostListed + 1))
        let listed = found.prefix(Self.mostListed)
        guard !listed.isEmpty else { return nil }
        let map = TimeMap(
            own: MementoLinks(base: base, original: address.text), start: from == first ? nil : listed[0].stamp,
            first: try mementos.stamped(first), last: try mementos.stamped(last), listed: listed,
            next: found.count > listed.count ? found[listed.count] : nil)
        return switch format {
        case .link: .text(map.linkFormat, status: 200, type: "application/link-format")
        case .json: .text(map.json, status: 200, type: "application/json")
        }
    }
}

/// A list of mementos, or a part of one that has very many.
struct TimeMap {
    let own: MementoLinks
    /// Nil: from the first memento of all on.
    let start: MementoStamp?
    let first: Memento
    let last: Memento
    let listed: ArraySlice<Memento>
    /// The first of those that are not listed any more.
    let next: Memento?

    /// RFC 7089 section 5, RFC 6690.
    var linkFormat: String {
        let type = ("type", "application/link-format")
        var lines = [
            MementoLinks.link(own.original, "original"), MementoLinks.link(own.timeGate, "timegate"),
            MementoLinks.link(
                own.timeMap(.link, from: start), "self",
                [type] + span(listed[listed.startIndex], listed[listed.endIndex - 1])),
        ]
        if start != nil {
            lines.append(MementoLinks.link(own.timeMap(.link), "timemap", [type] + span(first, last)))
        }
        if let next {
            lines.append(
                MementoLinks.link(own.timeMap(.link, from: next.stamp), "timemap", [type] + span(next, last)))
        }
        lines += listed.map { memento in
            let names =
                (memento.capture == first.capture ? ["first"] : []) + (memento.capture == last.capture ? ["last"] : [])
            return own.memento(memento, (names + ["memento"]).joined(separator: " "))
        }
        return lines.joined(separator: ",\n") + "\n"
    }

    private func span(_ from: Memento, _ until: Memento) -> [(String, String)] {
        [("from", HTTPDate.text(from.stamp.time)), ("until", HTTPDate.text(until.stamp.time))]
    }

    /// With the members that MemGator and the Time Travel service use.
    var json: String {
        var mementos: [JSON.Member] = [
            .init("list", .array(listed.map(item))), .init("first", item(first)), .init("last", item(last)),
        ]
        if let next {
            mementos.append(
                .init(
                    "next",
                    .object([
                        .init("uri", .string(own.timeMap(.json, from: next.stamp))), .init("from", time(next)),
                        .init("until", time(last)),
                    ])))
        }
        return JSON.object([
            .init("original_uri", .string(own.original)), .init("self", .string(own.timeMap(.json, from: start))),
            .init("timegate_uri", .string(own.timeGate)), .init("mementos", .object(mementos)),
            .init(
                "timemap_uri",
                .object([
                    .init("link_format", .string(own.timeMap(.link))),
                    .init("json_format", .string(own.timeMap(.json))),
                ])),
        ]).text + "\n"
    }

    private func item(_ memento: Memento) -> JSON {
        .object([.init("datetime", time(memento)), .init("uri", .string(own.memento(memento.stamp)))])
    }

    private func time(_ memento: Memento) -> JSON {
        .string(String(memento.stamp.time.description.prefix(19)) + "Z")
    }
}
