import Capturing
import Diffing
import Models
import Storage
import Synchronization
import Tracking

/// What a capture turned out to be: as the archive compared it, corrected by whether it shows the article at all, and by what
/// the archive has taught about the site's furniture.
struct Verdict: Sendable {
    let status: String
    let reason: String?
    /// Of the capture's detail: `ok`, or why nothing was received.
    let outcome: String

    /// - Parameters:
    ///   - assessment: nil for what was only stored.
    ///   - outcome: of the capture's detail.
    init(_ status: Recorded.Status, _ assessment: Assessment?, outcome: String) {
        self.outcome = outcome
        switch status {
        case .new, .edited:
            guard let assessment else {
                self.status = status.rawValue
                reason = nil
                return
            }
            let health = assessment.health
            guard health.state == .healthy else {
                self.status = "suspect"
                reason = health.reason?.rawValue ?? health.state.rawValue
                return
            }
            let isFurniture = status == .edited && !assessment.isEdited
            self.status = isFurniture ? "furniture" : status.rawValue
            reason = health.isReturned ? "returned" : nil
        case .furniture, .unchanged:
            self.status = status.rawValue
            reason = nil
        case .unreceived:
            self.status = "failed"
            reason = FetchOutcome(rawValue: outcome)?.reason ?? outcome
        }
    }
}

extension Verdict {
    /// Whether who watches the article should look at it more often.
    var isChange: Bool { status == "edited" || reason == PageHealth.State.gone.rawValue }
}

/// Gives verdicts on one batch after the other.
final class Verdicts: Sendable {
    private let archive: Archive
    private let comparing: Bool
    /// Opened when something is there to judge: what was recorded by then is safe, whatever becomes of a cache.
    private let tracker = Mutex<Tracker?>(nil)

    /// - Parameter comparing: false for what is only to be stored: the next question that needs it compares.
    init(_ archive: Archive, comparing: Bool = true) {
        self.archive = archive
        self.comparing = comparing
    }

    func opened() throws -> Tracker {
        try tracker.withLock { held in
            let tracker = try held ?? Tracker(archive)
            held = tracker
            return tracker
        }
    }

    func verdicts(_ observations: [Observation], _ recorded: [Recorded]) throws -> [Verdict] {
        let assessed = comparing ? try opened().assess(observations, recorded) : []
        return recorded.indices.map { place in
            Verdict(
                recorded[place].status, comparing ? assessed[place] : nil,
                outcome: observations[place].detail.outcome)
        }
    }
}
