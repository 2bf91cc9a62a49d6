import Diffing
import Models
import Storage
import Tracking

/// What captures turned out to be: as the archive compared them, corrected by whether they show the article at all, and by what
/// the archive has taught about the site's furniture.
final class Verdicts {
    struct Verdict {
        let status: String
        let reason: String?
    }

    private let archive: Archive
    /// Opened for the first capture that must be compared.
    private var tracker: Tracker?
    private var edited: [String: ArticleSummary] = [:]
    private let before: Archive.CatalogPlace

    init(_ archive: Archive) throws {
        self.archive = archive
        before = try archive.place()
    }

    /// After the last capture.
    func finish() throws {
        guard try archive.place() != before else { return }
        try (tracker ?? Tracker(archive)).finish(since: before, edited: edited.sorted { $0.key < $1.key }.map(\.value))
    }

    /// - Parameter alone: how the page looks without the article's earlier states.
    func verdict(_ recorded: Recorded, _ alone: PageHealth?) throws -> Verdict {
        switch recorded.status {
        case .new:
            guard let alone, alone.state != .healthy else { return Verdict(status: "new", reason: nil) }
            return Verdict(status: "suspect", reason: alone.reason?.rawValue ?? alone.state.rawValue)
        case .edited:
            let tracker = try tracker ?? Tracker(archive)
            self.tracker = tracker
            guard let found = try tracker.assess(recorded.capture) else {
                return Verdict(status: "edited", reason: nil)
            }
            edited[found.article.key.description] = found.article
            if found.health.state != .healthy {
                return Verdict(status: "suspect", reason: found.health.reason?.rawValue ?? found.health.state.rawValue)
            }
            let reason = found.health.isReturned ? "returned" : nil
            return Verdict(status: found.isEdited ? "edited" : "furniture", reason: reason)
        case .furniture, .unchanged: return Verdict(status: recorded.status.rawValue, reason: nil)
        }
    }
}
