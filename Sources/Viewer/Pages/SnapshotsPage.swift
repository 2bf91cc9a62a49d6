internal import Models
internal import Storage
internal import SyncEngine
internal import Synchronization

/// What checking an archive's snapshots found. Kept until one of them, or what the user trusts, changes: checking reads all logs.
struct SnapshotsView: Sendable {
    private let archive: Archive
    private let trust: @Sendable () throws -> AllowedSigners
    private let authorities: @Sendable () throws -> TimeAuthorities
    private let held = Held()

    private final class Held: Sendable {
        let report = Mutex<(mark: [String], report: SnapshotChecker.Report)?>(nil)
    }

    init(
        _ archive: Archive, trust: @escaping @Sendable () throws -> AllowedSigners,
        authorities: @escaping @Sendable () throws -> TimeAuthorities
    ) {
        self.archive = archive
        self.trust = trust
        self.authorities = authorities
    }

    func report() throws -> SnapshotChecker.Report {
        let trust = try trust()
        let mark = try mark(trust)
        if let known = held.report.withLock({ $0 }), known.mark == mark { return known.report }
        let report = try SnapshotChecker(archive, trust: trust, authorities: try authorities()).check(bundles: false)
        held.report.withLock { $0 = (mark, report) }
        return report
    }

    /// What a report depends on.
    private func mark(_ trust: AllowedSigners) throws -> [String] {
        let files = try Files.names(in: archive.manifestsFolder).sorted()
        let heads = try archive.heldHeads().map { "\($0.key) \($0.value.size) \($0.value.root)" }.sorted()
        return files + heads + ["\(trust)"]
    }
}

/// The snapshots: who signed them, what holds, and what does not.
struct SnapshotsPage<Links: Linking> {
    private let view: ViewedArchive
    private let links: Links

    /// Snapshots that are listed of each origin.
    private static var most: Int { 100 }

    init(_ view: ViewedArchive, _ links: Links) {
        self.view = view
        self.links = links
    }

    private struct Row {
        let number: Int
        let created: TimeText
        let message: String?
        let captures: String
        let signer: String
        let fingerprint: String
        let time: String?
        let adds: String
        let witnessed: String?
        let manifest: String
        let root: String
    }

    private struct Log {
        let name: String
        let origin: String
        let isOwn: Bool
        let rows: [Row]
        let more: String?
    }

    private struct Fault {
        let style: String
        let title: String
        let file: String
        let text: String
    }

    private struct Model {
        let verdict: String
        let isGood: Bool
        let faults: [Fault]
        let logs: [Log]
        let unsigned: String?
    }

    func page() throws -> Page {
        let report = try view.snapshots.report()
        let faults = faults(report)
        let content = try view.templates.render(
            "snapshots",
            Model(
                verdict: Self.verdict(report, faults.count), isGood: faults.isEmpty && !report.snapshots.isEmpty,
                faults: faults, logs: logs(report), unsigned: try unsigned(report)))
        return Page(title: "Snapshots", section: .snapshots, content: content)
    }

    private static func verdict(_ report: SnapshotChecker.Report, _ faults: Int) -> String {
        if report.snapshots.isEmpty, faults == 0 {
            return "There is no snapshot yet: nobody has signed for what is here. 'stet snapshot' makes one."
        }
        let checked = Counted.text(report.snapshots.count, "snapshot")
        return faults == 0
            ? "\(checked) checked: every signature is by somebody you trust, and the records here are those that were signed."
            : "\(checked) hold; \(Counted.text(faults, "thing does", plural: "things do")) not."
    }

    private func faults(_ report: SnapshotChecker.Report) -> [Fault] {
        report.distrusted.map { file, reason in
            Fault(style: "gone", title: "Not trusted", file: file, text: view.explain(file, reason))
        }
            + report.damages.map { Fault(style: "gone", title: "Damaged", file: $0.file, text: $0.reason) }
            + report.missing.map { Fault(style: "suspect", title: "Missing", file: $0.file, text: $0.reason) }
            + report.unseen.map {
                Fault(
                    style: "suspect", title: "Newer elsewhere", file: $0.witness,
                    text: "It saw \(Counted.text($0.size, "record")) of \($0.origin.short); \($0.held) are here.")
            }
    }

    private func logs(_ report: SnapshotChecker.Report) -> [Log] {
        let groups = Dictionary(grouping: report.snapshots, by: \.manifest.origin)
        return groups.sorted {
            ($1.key == view.archive.origin ? 1 : 0, $0.key) < ($0.key == view.archive.origin ? 1 : 0, $1.key)
        }
        .map { origin, snapshots in
            Log(
                name: snapshots[snapshots.count - 1].manifest.name, origin: "\(origin)",
                isOwn: origin == view.archive.origin, rows: snapshots.suffix(Self.most).reversed().map(row),
                more: snapshots.count > Self.most
                    ? "and \(Counted.text(snapshots.count - Self.most, "earlier one"))" : nil)
        }
    }

    private func row(_ snapshot: CheckedSnapshot) -> Row {
        let manifest = snapshot.manifest
        let heads = manifest.heads.count
        return Row(
            number: manifest.number, created: TimeText(manifest.created),
            message: manifest.message.isEmpty ? nil : manifest.message,
            captures: Counted.text(manifest.captures, "capture"), signer: snapshot.signer.principal,
            fingerprint: snapshot.signer.fingerprint, time: Self.time(snapshot.time),
            adds: snapshot.proof == nil
                ? "It is the first one here." : "It only adds to the one before it: proven.",
            witnessed: heads == 0
                ? nil
                : "It saw \(Counted.text(heads, "other log")); what it saw of \(snapshot.witnessed) is found here unchanged.",
            manifest: "\(snapshot.id)", root: "\(manifest.log.root)")
    }

    private static func time(_ time: StampedTime) -> String? {
        switch time {
        case .none: nil
        case .trusted(let time, let name):
            "It was there on \(TimeText(time).text), says \(name), whom you trust for time."
        case .unknownAuthority(let time, let name):
            "It was there on \(TimeText(time).text), says \(name), whom you do not know: that counts for nothing."
        }
    }

    /// Captures after the last snapshot: nothing yet shows that they are what they were.
    private func unsigned(_ report: SnapshotChecker.Report) throws -> String? {
        let own =
            report.snapshots.filter { $0.manifest.origin == view.archive.origin }.map(\.manifest.log.size).max() ?? 0
        let size = try view.archive.heldHeads()[view.archive.origin]?.size ?? 0
        guard size > own, !report.snapshots.isEmpty else { return nil }
        return "\(Counted.text(size - own, "record")) came after the last snapshot; nobody has signed for them yet."
    }
}
