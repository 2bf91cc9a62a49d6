internal import Extraction
internal import Models
internal import Storage
internal import WebArchives

/// What looking at one record brought: everything that can be done without knowing of other records.
enum RecordWork: Sendable {
    case page(ArchivedPage)
    case redirect(ArchivedResponse)
    case revisit(ArchivedResponse, RecordMeaning.Reference)
    case request(RecordMeaning.Request)
    case information(software: String?)
    case passed(PassedOver)
    case failed(url: String?, reason: String)
}

/// A response that was read as an article.
struct ArchivedPage: Sendable {
    let response: ArchivedResponse
    /// Nil where the page's address is that of a file.
    let url: String?
    let path: String?
    let payload: Payload
    let mediaType: String
    let interpretation: Interpretation
    let notices: [String]

    /// What one should know although it is captured.
    var words: String? { notices.isEmpty ? nil : notices.joined(separator: "; ") }
}

/// Why records are no captures.
enum PassedOver: Hashable, Sendable, CaseIterable {
    case requisite, empty, conversion, formAnswer, record

    /// `312 images, scripts …`, for the notice that counts them.
    var words: String {
        switch self {
        case .requisite: "parts of pages (images, styles, scripts, data, frames)"
        case .empty: "answers without content"
        case .conversion: "conversions, which are not what a server sent"
        case .formAnswer: "answers to what was sent by a form or script (POST)"
        case .record: "records that hold no page"
        }
    }
}

/// Looks at records, on several cores.
struct RecordWorker: Sendable {
    let options: CaptureOptions
    /// Of the file.
    let path: String?

    func look(at event: RecordEvent) -> RecordWork {
        switch event {
        case .damaged(let record):
            return .failed(url: record.header?.target, reason: Self.place(record.place, record.header) + record.reason)
        case .record(let record):
            let work = look(at: record)
            guard case .failed(let url, let reason) = work else { return work }
            return .failed(url: url, reason: Self.place(record.place, record.header) + reason)
        }
    }

    private static func place(_ place: RecordPlace, _ header: RecordHeader?) -> String {
        let type = header.map { $0.type.isEmpty ? "record" : "\($0.type.prefix(20)) record" } ?? "record"
        let inside = place.inside > 0 ? " (\(place.inside) unpacked)" : ""
        let member = place.member.map { " of \($0)" } ?? ""
        return "\(type) at byte \(place.offset)\(inside)\(member): "
    }

    private func look(at record: RawRecord) -> RecordWork {
        switch RecordMeaning(record) {
        case .response(let response):
            if let damage = response.damage, !options.keepsDamaged {
                return .failed(url: response.url, reason: damage)
            }
            if let status = response.status, status != 304, (300..<400).contains(status) { return .redirect(response) }
            return page(response)
        case .revisit(let response, let reference):
            guard PageLikeness.kind(mediaType: response.mediaType, url: response.url) == .page else {
                return .passed(.requisite)
            }
            if let status = response.status, status != 304, (300..<400).contains(status) { return .redirect(response) }
            return .revisit(response, reference)
        case .request(let request): return damage(request.digests, record) ?? .request(request)
        case .information(let software): return .information(software: software)
        case .other(let kind, let digests):
            let passed: PassedOver =
                switch kind {
                case .requisite: .requisite
                case .conversion: .conversion
                case .record: .record
                }
            return damage(digests, record) ?? .passed(passed)
        case .failed(let reason): return .failed(url: record.header.target, reason: reason)
        }
    }

    /// Nothing of these records is kept, but what they are says how far the file can be believed.
    private func damage(_ digests: [DigestCheck], _ record: RawRecord) -> RecordWork? {
        guard !options.keepsDamaged, let wrong = digests.first(where: { $0.verdict == .differs }) else { return nil }
        return .failed(
            url: record.header.target,
            reason:
                "its \(wrong.subject.rawValue) digest does not match what it holds (\(wrong.digest.text.prefix(90)))")
    }

    private func page(_ response: ArchivedResponse) -> RecordWork {
        // What is written of an answer "not modified" may be the page that it stands for.
        let isAnswer = response.status.map { $0 < 300 || $0 == 304 } ?? true
        if response.body.isEmpty, isAnswer { return .passed(.empty) }
        if Self.isData(response.body) { return .passed(.requisite) }
        let (url, pagePath) = identity(response)
        if let url {
            guard url.utf8.count <= 8192 else {
                return .failed(url: nil, reason: "its address is longer than 8,192 bytes")
            }
            guard ArticleKey(url: url) != nil else { return .failed(url: url, reason: "its address is none") }
        }
        let declared = response.mediaType.map { String($0.prefix(256)) }
        let reading = reading(response, declared, url: url)
        if response.mediaType == nil, reading.form == .binary { return .passed(.requisite) }
        let interpretation = Interpretation(
            key: Self.key(options.article, url: url, path: pagePath, revision: reading.revision),
            revision: options.extracts ? reading.revision : nil)
        let notices = [response.damage] + response.notices + [reading.notice]
        return .page(
            ArchivedPage(
                response: response, url: url, path: pagePath, payload: Payload(response.body),
                mediaType: declared ?? reading.mediaType,
                interpretation: interpretation,
                notices: notices.compactMap(\.self)))
    }

    static func key(_ stated: String?, url: String?, path: String?, revision: Revision?) -> ArticleKey {
        if let stated = stated.flatMap({ ArticleKey(stated: $0) }) { return stated }
        return ArticleKey(url: url, canonical: revision?.url, path: path) ?? ArticleKey(path: "-")
    }

    private func reading(
        _ response: ArchivedResponse, _ mediaType: String?, url: String?
    ) -> ArticleReader.Reading {
        guard options.extracts, response.body.count <= Interpreter.largestText else {
            return ArticleReader.recognize(Array(response.body.prefix(512)), mediaType: mediaType)
        }
        return ArticleReader.read(response.body, mediaType: mediaType, url: url)
    }

    /// JSON that was sent as text or as a page.
    private static func isData(_ body: [UInt8]) -> Bool {
        let start = body.prefix(512).drop { $0 <= 0x20 }
        guard let first = start.first else { return false }
        let second = start.dropFirst().first { $0 > 0x20 }
        if first == UInt8(ascii: "{") { return second == UInt8(ascii: "\"") || second == UInt8(ascii: "}") }
        return first == UInt8(ascii: "[") && (second == UInt8(ascii: "{") || second == UInt8(ascii: "\""))
    }

    /// By what a response is known: its address, or, of a page that was taken from a disk, its path there.
    func identity(_ response: ArchivedResponse) -> (url: String?, path: String?) {
        guard response.url.hasPrefix("file:") else { return (response.url, path) }
        let rest = String(response.url.dropFirst("file:".count).drop { $0 == "/" }.prefix(8192))
        return (nil, rest.isEmpty ? path : Self.decoded(rest))
    }

    /// Without percent-encoding, so that it is the path again from which an export made the address. What would be no text stays as it is.
    private static func decoded(_ path: String) -> String {
        var bytes: [UInt8] = []
        var rest = path.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                rest.prefix(2).allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        guard !bytes.contains(where: { $0 < 0x20 }) else { return path }
        return String(validating: bytes, as: UTF8.self) ?? path
    }
}
