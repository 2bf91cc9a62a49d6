public import Models
public import Storage

/// Something to be captured that was read and interpreted, or could not be.
package enum PreparedCapture: Sendable {
    /// With what the user should know about it although it is recorded.
    /// Where the source says itself when it was made (`hasOwnTime`), that time stays as it is.
    case ready(source: String, url: String?, Observation, notice: String?, hasOwnTime: Bool = false)
    case failed(source: String, url: String?, CaptureFailure)
}

/// What became of one source.
public struct CaptureOutcome<Verdict: Sendable>: Sendable {
    public enum Result: Sendable {
        /// With what the user should know about it although it was recorded.
        case recorded(Recorded, Verdict, notice: String?)
        case failed(CaptureFailure)
        /// This very observation is in the archive already; it was not recorded again.
        case known(HistoryCapture, ArticleKey)
        /// Something that one should know of the source as a whole.
        case note(String)
    }
    /// As the user named it, or the file in which it was found.
    public let source: String
    /// The address, where the source says one.
    public let url: String?
    public let result: Result

    package init(source: String, url: String? = nil, result: Result) {
        self.source = source
        self.url = url
        self.result = result
    }
}

/// Records what it is given in batches, one at a time in the background, while the caller prepares the next.
///
/// Each outcome is reported as soon as it is durable, in the order in which things were added. Memory holds at most two batches: `add` waits for the
/// one before the last. Whoever has added everything calls `finish`; without it the last batches are not reported.
package struct RecordingQueue<Verdict: Sendable> {
    private typealias Recording = Task<[(Recorded, Verdict)], any Error>

    private let archive: Archive
    private let assess: @Sendable ([Observation], [Recorded]) throws -> [Verdict]
    private var batch: Batch
    private var earlier: (pending: [Pending], recording: Recording)?
    private let limits: CaptureBatchLimits

    /// - Parameters:
    ///   - isTimed: times are those of the clock; then no source may seem to be seen before one that comes before it, which was
    ///     read on another core at the same time.
    ///   - assess: given each batch as it was recorded, says what each of its captures turned out to be.
    package init(
        _ archive: Archive, isTimed: Bool, limits: CaptureBatchLimits = CaptureBatchLimits(),
        assess: @escaping @Sendable ([Observation], [Recorded]) throws -> [Verdict]
    ) {
        self.archive = archive
        self.limits = limits
        self.assess = assess
        batch = Batch(isTimed: isTimed)
    }

    /// - Throws: when the archive itself cannot be written, and what `assess` and `report` throw. What was reported before is safe.
    package mutating func add(
        _ prepared: PreparedCapture, report: (CaptureOutcome<Verdict>) throws -> Void
    ) async throws {
        batch.add(prepared)
        if batch.size >= limits.bytes || batch.observations.count >= limits.captures { try await recordBatch(report) }
    }

    /// Everything that was added is durable and reported when this returns.
    package mutating func finish(report: (CaptureOutcome<Verdict>) throws -> Void) async throws {
        try await recordBatch(report)
        if let earlier {
            self.earlier = nil
            try deliver(earlier.pending, try await earlier.recording.value, report)
        }
    }

    private mutating func recordBatch(_ report: (CaptureOutcome<Verdict>) throws -> Void) async throws {
        if let earlier {
            self.earlier = nil
            try deliver(earlier.pending, try await earlier.recording.value, report)
        }
        guard !batch.pending.isEmpty else { return }
        let (archive, assess, observations) = (archive, assess, batch.observations)
        // What comes next is prepared beside the part that keeps one core busy, not beside compression, which is done on all: then it
        // would be done too early, and a core would wait. Measured: a tenth of the time of storing alone.
        let (written, writing) = AsyncStream<Never>.makeStream()
        let recording = Task.detached {
            defer { writing.finish() }
            let recorded = try archive.record(observations) { writing.finish() }
            return Array(zip(recorded, try assess(observations, recorded)))
        }
        earlier = (batch.pending, recording)
        batch = Batch(isTimed: batch.isTimed)
        for await _ in written {}
    }

    private func deliver(
        _ pending: [Pending], _ recorded: [(Recorded, Verdict)], _ report: (CaptureOutcome<Verdict>) throws -> Void
    ) rethrows {
        var next = recorded.makeIterator()
        for item in pending {
            switch item {
            case .added(let source, let url, let notice):
                guard let (recorded, verdict) = next.next() else { return }
                try report(
                    CaptureOutcome(source: source, url: url, result: .recorded(recorded, verdict, notice: notice)))
            case .failed(let source, let url, let failure):
                try report(CaptureOutcome(source: source, url: url, result: .failed(failure)))
            }
        }
    }
}

/// How much is recorded together.
package struct CaptureBatchLimits: Sendable {
    package var bytes = Archive.comfortableBatch
    package var captures = 4096
    package init() {}
}

/// A source on its way: its place in the batch, or why it has none.
private enum Pending {
    case added(String, url: String?, notice: String?)
    case failed(String, url: String?, CaptureFailure)
}

/// What will be recorded together.
private struct Batch {
    var pending: [Pending] = []
    var observations: [Observation] = []
    var size = 0
    let isTimed: Bool
    /// The time of the last one that bears the clock's.
    private var last: Timestamp?

    init(isTimed: Bool) { self.isTimed = isTimed }

    mutating func add(_ prepared: PreparedCapture) {
        switch prepared {
        case .failed(let source, let url, let failure): pending.append(.failed(source, url: url, failure))
        case .ready(let source, let url, var observation, let notice, let hasOwnTime):
            pending.append(.added(source, url: url, notice: notice))
            if isTimed, !hasOwnTime {
                let time = max(last ?? observation.detail.capturedAt, observation.detail.capturedAt)
                observation.detail.capturedAt = time
                last = time
            }
            observations.append(observation)
            let attached = observation.attachments.reduce(0) { $0 + $1.bytes.count }
            size += (observation.payload?.bytes.count ?? 0) + attached + 512
        }
    }
}
