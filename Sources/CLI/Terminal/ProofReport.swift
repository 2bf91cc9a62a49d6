import Models
import SyncEngine

/// What a proof shows, for people and for programs.
enum ProofReport {
    static func json(
        _ proven: ProvenCapture, files: [String]? = nil, signer: String? = nil, isTrusted: Bool? = nil
    ) -> JSON {
        let (detail, manifest) = (proven.detail, proven.manifest)
        var members: [JSON.Member] = [
            .init("capture", .string("\(manifest.origin):\(proven.line.index)")),
            .init("origin", .string(manifest.origin.description)), .init("index", JSON(proven.line.index)),
            .init("url", JSON(detail.url)), .init("article", JSON(detail.article)),
            .init("capturedAt", .string(detail.capturedAt.description)),
            .init("recordedAt", .string(proven.line.recordedAt.description)),
            .init("payload", .string(detail.payload.description)), .init("size", JSON(detail.size)),
            .init("mediaType", .string(detail.mediaType)), .init("status", JSON(detail.status)),
            .init("outcome", .string(detail.outcome)), .init("archive", .string(manifest.name)),
            .init("snapshot", JSON(manifest.number)), .init("created", .string(manifest.created.description)),
            .init("manifest", .string(proven.manifestID.description)),
            .init("fingerprint", .string(proven.signer.fingerprint)),
        ]
        switch proven.time {
        case .none: members.append(.init("time", .null))
        case .unknownAuthority(let time, let name), .trusted(let time, let name):
            members += [.init("time", .string(time.description)), .init("timeBy", .string(name))]
        }
        members.append(.init("timeTrusted", .bool(proven.time.isTrusted)))
        if let signer { members.append(.init("signer", .string(signer))) }
        if let isTrusted { members.append(.init("trusted", .bool(isTrusted))) }
        if let files { members.append(.init("files", .array(files.map { .string($0) }))) }
        return .object(members)
    }

    static func text(_ proven: ProvenCapture, signer: String?) -> String {
        let rows = facts(proven, signer: signer).map { name, value in
            Printable.padded(name, 11) + Printable.line(value)
        }
        let list = { (items: [String]) in items.map { "  - \(Printable.line($0))" }.joined(separator: "\n") }
        return """
            \(rows.joined(separator: "\n"))

            What this proves:
            \(list(proves(proven, signer: signer)))
            What it does not:
            \(list(doesNotProve(proven)))

            """
    }

    /// What was recorded and signed, by name.
    static func facts(_ proven: ProvenCapture, signer: String?) -> [(name: String, value: String)] {
        let (detail, manifest) = (proven.detail, proven.manifest)
        var rows: [(name: String, value: String)] = [("capture", proven.name.description)]
        if let url = detail.url { rows.append(("address", url)) }
        if let article = detail.article { rows.append(("article", article)) }
        rows += [
            ("observed", "\(detail.capturedAt), as the recorder says"),
            ("recorded", "\(proven.line.recordedAt), by the recorder's clock"),
            ("came from", ([detail.via.source] + [detail.via.path].compactMap(\.self)).joined(separator: ": ")),
            ("tool", detail.via.tool),
            ("payload", "SHA-256 \(detail.payload), \(detail.size) bytes, \(detail.mediaType)"),
        ]
        if let status = detail.status { rows.append(("status", "HTTP \(status), \(detail.outcome)")) }
        if let headers = detail.headers { rows.append(("headers", "SHA-256 \(headers)")) }
        rows += [
            ("archive", "'\(manifest.name)', origin \(manifest.origin)"),
            ("snapshot", "\(manifest.number), created \(manifest.created), \(manifest.log.size) records"),
            ("manifest", "SHA-256 \(proven.manifestID)"),
            ("signed by", proven.signer.fingerprint + (signer.map { " (\($0))" } ?? "")),
        ]
        switch proven.time {
        case .none: break
        case .trusted(let time, let name): rows.append(("timestamp", "\(time), by \(name), whom you trust for time"))
        case .unknownAuthority(let time, let name):
            rows.append(("timestamp", "\(time), by \(name), whom you do not know: it counts for nothing"))
        }
        return rows
    }

    static func proves(_ proven: ProvenCapture, signer: String?) -> [String] {
        var items = [
            "These bytes, this address and these times are those that stand in record \(proven.line.index) of this log; not one byte was changed.",
            "The holder of the key \(proven.signer.fingerprint) signed the log with this record in it; the first record of that log leads to this key.",
        ]
        if case .trusted(let time, let name) = proven.time {
            items.append("All of this was there on \(time): \(name), who is not the signer, says so.")
        }
        if let signer { items.append("You know this key as that of \(signer).") }
        return items
    }

    static func doesNotProve(_ proven: ProvenCapture) -> [String] {
        var items = [limit, "That nothing else was seen: a page that was not recorded leaves no trace."]
        if proven.time.isTrusted {
            items.append("The times before that one: they come from the recorder's clock.")
        } else {
            items.append(
                "Any of the times: they come from the recorder's clock, and no witness of time whom you trust has signed them."
            )
        }
        if case .trusted(let time, _) = proven.time, time < proven.manifest.created {
            items.append(
                "That the recorder's clock was right: it says that the snapshot was made on \(proven.manifest.created), later than it was seen."
            )
        }
        return items
    }

    static let limit = "A signature proves who recorded what and when, not that the server said it."
}
