import Models
import Storage
import SyncEngine

/// `log --custody`: what happened to captures since they were made.
struct CustodyLog {
    private let archive: Archive
    private let console: Console
    private let logs: [OriginID: LogSummary]

    init(_ archive: Archive, _ console: Console) throws {
        self.archive = archive
        self.console = console
        logs = Dictionary(try archive.logs().map { ($0.origin, $0) }) { first, _ in first }
    }

    /// - Parameter what: an article or a capture; nil for the whole archive.
    func print(_ what: String?) throws {
        let records = try archive.records(of: [.custody, .withdrawal])
        var shown = 0
        for capture in try what.map({ try captures($0) }) ?? [] {
            let gone = try archive.withheld(capture.reference.name)?.since
            let members = try json(capture)
            console.print(line(capture), json: members)
            shown += 1
            for record in records where concerns(record, capture.reference, records) {
                // What went out later went without it.
                if let gone, record.line.recordedAt > gone, record.isExport { continue }
                show(record)
                shown += 1
            }
        }
        if what == nil {
            for record in records { show(record) }
            shown = records.count
        }
        console.summary(Printable.count(shown, "record"), json: ["records": JSON(shown)])
    }

    private struct Subject {
        let reference: RecordReference
        let recordedAt: Timestamp
        /// Nil for one that was withdrawn.
        let capture: HistoryCapture?
    }

    private func captures(_ text: String) throws -> [Subject] {
        if let name = CaptureName(text), let (origin, line) = try archive.record(named: name), line.kind == .capture {
            return [
                Subject(
                    reference: RecordReference(line, of: origin), recordedAt: line.recordedAt,
                    capture: try archive.capture(name)?.capture)
            ]
        }
        return try archive.history(of: archive.article(text)).flatMap(\.captures).compactMap { capture in
            try archive.line(capture.index, of: capture.origin).map {
                Subject(
                    reference: RecordReference($0, of: capture.origin), recordedAt: capture.recordedAt, capture: capture
                )
            }
        }
    }

    private func concerns(_ record: LoggedRecord, _ target: RecordReference, _ all: [LoggedRecord]) -> Bool {
        switch record.detail {
        case .withdrawal(let withdrawal): return withdrawal.target == target
        case .custody(let custody):
            if custody.log != nil { return brings(custody, target) }
            // What is about a whole archive is about the captures that it held by then.
            if record.origin == target.origin { return target.index < record.line.index }
            return all.contains { earlier in
                guard case .custody(let taking) = earlier.detail else { return false }
                return earlier.origin == record.origin && earlier.line.index < record.line.index
                    && brings(taking, target)
            }
        default: return false
        }
    }

    /// Whether the capture is among the lines that were taken over.
    private func brings(_ custody: CustodyDetail, _ target: RecordReference) -> Bool {
        switch custody.action {
        case .restore(let log, _): log.origin == target.origin && target.index < log.size
        case .taking(let log, let first, _):
            log.origin == target.origin && (first..<max(first, log.size)).contains(target.index)
        case .adopt(let origin, let first, let size, _, _):
            origin == target.origin && (first..<max(first, size)).contains(target.index)
        case .export, .repair: false
        }
    }

    private func line(_ subject: Subject) -> String {
        let observed = subject.capture.map { ", observed at \($0.capturedAt)" } ?? ", content withheld"
        return
            "\(subject.reference.name)  recorded \(subject.recordedAt) by \(who(subject.reference.origin))\(observed)"
    }

    private func json(_ subject: Subject) throws -> JSON {
        var members: [JSON.Member] = [
            .init("record", .string(subject.reference.name.description)), .init("action", "capture"),
            .init("at", .string(subject.recordedAt.description)), .init("by", by(subject.reference.origin)),
        ]
        if let capture = subject.capture {
            let detail = try archive.detail(of: capture, worker: 0)
            members.append(.init("capturedAt", .string(capture.capturedAt.description)))
            members.append(.init("source", .string(detail.via.source)))
            members.append(.init("path", JSON(detail.via.path)))
            members.append(.init("tool", .string(detail.via.tool)))
        }
        return .object(members)
    }

    private func show(_ record: LoggedRecord) {
        console.print(
            "    \(record.line.recordedAt)  \(sentence(record))  by \(who(record.origin))  (\(record.name))",
            json: json(record))
    }

    private func sentence(_ record: LoggedRecord) -> String {
        switch record.detail {
        case .withdrawal(let withdrawal):
            let verb = withdrawal.target.origin == record.origin ? "withdrew" : "hid"
            return "\(verb) \(withdrawal.target.name): \(Printable.line(withdrawal.reason))"
        case .custody(let custody):
            switch custody.action {
            case .restore(let log, let place):
                return "restored \(taken(log, from: 0))"
                    + (place.map { " from \(Printable.line($0.description))" } ?? "")
            case .taking(let log, let first, let place):
                return "imported \(taken(log, from: first)) from \(Printable.line(place.description))"
            case .adopt(let origin, let first, let size, _, let place):
                return
                    "adopted records \(first) to \(size - 1) of a copy of \(origin.short), which had gone another way, from \(Printable.line(place.description))"
            case .export(let form, let captures, let place):
                return
                    "exported \(Printable.count(captures, "capture")) as \(form) to \(Printable.line(place.description))"
            case .repair(let objects, let lines, let places):
                let names = places.isEmpty ? "its own bundles" : places.map(\.description).joined(separator: ", ")
                return """
                    put back \(Printable.count(objects, "object")) and \(Printable.count(lines, "log line")) from \
                    \(Printable.line(names))
                    """
            }
        default: return ""
        }
    }

    private func taken(_ log: CustodyDetail.TakenLog, from first: Int) -> String {
        "records \(first) to \(log.size - 1) of \(log.origin.short), manifest \(log.manifest.short) signed by \(Printable.line(log.signedBy)),"
    }

    private func json(_ record: LoggedRecord) -> JSON {
        var members: [JSON.Member] = [
            .init("record", .string(record.name.description)), .init("action", .string(action(record))),
            .init("at", .string(record.line.recordedAt.description)), .init("by", by(record.origin)),
        ]
        // The document's own members, under its own names.
        if case .object(let own) = record.detail.json {
            let known: Set = ["action", "format", "kind", "salt"]
            members += own.filter { !known.contains($0.name) }
        }
        return .object(members)
    }

    private func action(_ record: LoggedRecord) -> String {
        switch record.detail {
        case .custody(let custody): custody.verb
        case .withdrawal(let withdrawal): withdrawal.target.origin == record.origin ? "withdraw" : "hide"
        default: ""
        }
    }

    private func who(_ origin: OriginID) -> String {
        guard let log = logs[origin] else { return origin.short }
        return "\(Printable.line(log.name, width: 40)) (\(origin.short), \(fingerprint(log)))"
    }

    private func by(_ origin: OriginID) -> JSON {
        guard let log = logs[origin] else { return ["origin": .string(origin.description)] }
        return [
            "origin": .string(origin.description), "name": .string(log.name), "fingerprint": .string(fingerprint(log)),
        ]
    }

    private func fingerprint(_ log: LogSummary) -> String { PublicKey(log.key)?.fingerprint ?? log.key }
}

extension LoggedRecord {
    fileprivate var isExport: Bool {
        if case .custody(let custody) = detail, case .export = custody.action { return true }
        return false
    }
}
