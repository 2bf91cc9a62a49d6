internal import Models
internal import Storage
internal import WebArchives

/// What is known of how a response came into a web archive and out of it: the document that a capture's `transport` names.
struct RecordEvidence {
    /// The file as a whole.
    struct Origin {
        let name: String
        let size: Int
        let form: WebArchiveForm
        let package: ArchiveReading.Package?
        /// That wrote the records, as they say themselves.
        var software: String?
    }

    /// A response that sent the client on to where this one came from.
    struct Redirect: Hashable {
        let url: String
        let status: Int
        let date: Timestamp
        let recordID: String?
    }

    let origin: Origin
    let response: ArchivedResponse
    var redirects: [Redirect] = []
    var revisit: (reference: RecordMeaning.Reference, capture: CaptureName?)?

    /// Texts from records are evidence of what they say, up to a length.
    private static let longest = 2048
    private static let mostRedirects = 20

    var payload: Payload { Payload(json.canonicalBytes) }

    private var json: JSON {
        Self.object([
            ("format", .integer(1)), ("kind", "warc"), ("file", file), ("record", record),
            ("coded", coded), ("revisit", revisit.map { Self.json($0.reference, $0.capture) }),
            (
                "redirects",
                redirects.isEmpty ? nil : .array(redirects.prefix(Self.mostRedirects).map { Self.json($0) })
            ),
            ("notices", response.notices.isEmpty ? nil : .array(response.notices.prefix(20).map { Self.text($0) })),
        ])
    }

    private var file: JSON {
        let seal = origin.package?.seal
        return Self.object([
            ("name", Self.text(origin.name)), ("size", JSON(origin.size)), ("form", .string(origin.form.rawValue)),
            ("member", response.place.member.map { Self.text($0) }),
            ("waczVersion", origin.package?.version.map { Self.text($0) }),
            (
                "seal",
                seal.map {
                    Self.object([
                        ("created", $0.created.map { Self.text($0) }), ("software", $0.software.map { Self.text($0) }),
                        ("signer", $0.signer.map { Self.text($0) }),
                    ])
                }
            ),
        ])
    }

    private var record: JSON {
        let header = response.header
        func field(_ name: StaticString) -> JSON? { header[name].map { Self.text($0) } }
        return Self.object([
            ("version", Self.text(header.version)), ("type", Self.text(header.type)),
            ("id", field("WARC-Record-ID")), ("offset", JSON(response.place.offset)),
            ("inside", response.place.inside > 0 ? JSON(response.place.inside) : nil),
            ("targetURI", field("WARC-Target-URI")), ("date", field("WARC-Date")), ("ip", field("WARC-IP-Address")),
            ("truncated", field("WARC-Truncated")), ("software", origin.software.map { Self.text($0) }),
            (
                "digests",
                response.digests.isEmpty
                    ? nil
                    : .array(
                        response.digests.map {
                            Self.object([
                                ("of", .string($0.subject.rawValue)), ("stated", Self.text($0.digest.text)),
                                ("verdict", .string($0.verdict.rawValue)),
                            ])
                        })
            ),
        ])
    }

    private var coded: JSON? {
        response.coded.map {
            Self.object([
                ("encoding", .string($0.codings.reversed().joined(separator: ", "))),
                ("sha256", .string($0.id.description)), ("size", JSON($0.size)),
            ])
        }
    }

    private static func json(_ redirect: Redirect) -> JSON {
        object([
            ("url", text(redirect.url)), ("status", JSON(redirect.status)),
            ("date", .string(redirect.date.description)),
            ("id", redirect.recordID.map { text($0) }),
        ])
    }

    private static func json(_ reference: RecordMeaning.Reference, _ capture: CaptureName?) -> JSON {
        object([
            ("profile", reference.isNotModified ? "server-not-modified" : "identical-payload-digest"),
            ("url", reference.url.map { text($0) }), ("date", reference.date.map { .string($0.description) }),
            ("id", reference.recordID.map { text($0) }), ("payloadDigest", reference.payloadDigest.map { text($0) }),
            ("capture", capture.map { .string($0.description) }),
        ])
    }

    private static func text(_ text: String) -> JSON { .string(String(text.prefix(longest))) }

    private static func object(_ members: [(String, JSON?)]) -> JSON {
        .object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } })
    }
}
