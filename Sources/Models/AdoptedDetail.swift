/// A line that a copy of an archive had appended to a log that meanwhile went on without it, verbatim, so that what it recorded is not lost.
///
/// Who vouches for it is the origin in whose log it stands now.
public struct AdoptedDetail: Hashable, Sendable {
    /// As it stood in the copy's log.
    public let line: LogLine
    /// The line's detail; nil where the copy did not have it any more.
    public let body: Detail?
    public let salt: Salt

    /// Nil for lines that no tail can have: the first of a log, and those adopted before, which are adopted from where they first stood.
    public init?(_ line: LogLine, body: Detail?, salt: Salt) {
        guard line.origin != nil, line.kind != .adopted,
            body.map({ $0.id == line.detail && $0.kind == line.kind }) ?? true
        else { return nil }
        self.line = line
        self.body = body
        self.salt = salt
    }

    /// The observation that the line recorded, if it is one.
    public var capture: CaptureDetail? {
        if case .capture(let detail)? = body { detail } else { nil }
    }
}

extension AdoptedDetail {
    init(_ fields: Fields) throws(FormatError) {
        try fields.allow(only: ["body", "format", "kind", "line", "salt"])
        let line = try LogLine(parsing: Array(try fields.string("line").utf8))
        let body = try fields.optionalString("body")
        guard
            let detail = AdoptedDetail(
                line, body: try body.map { text throws(FormatError) in try Detail(parsing: Array(text.utf8)) },
                salt: try fields.salt())
        else { throw fields.wrong("line") }
        self = detail
    }

    var json: JSON {
        Detail.json(
            .adopted, salt,
            [
                ("body", body.map { .string(String(decoding: $0.bytes, as: UTF8.self)) }),
                ("line", .string(String(decoding: line.bytes, as: UTF8.self))),
            ])
    }
}
