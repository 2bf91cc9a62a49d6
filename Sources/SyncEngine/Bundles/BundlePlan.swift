internal import Models
internal import Storage

/// Decides what goes into which bundle.
struct BundlePlan {
    let archive: Archive
    let origin: OriginID
    /// Nil for everything.
    var selection: Selection?

    /// The lines from `from` on that fit, at least one, and the objects that they are the first of this log to need.
    func contents(from: Int, to: Int, largest: Int, mostLines: Int) throws(SyncError) -> BundleWriter.Contents {
        try syncArchive { () throws(ArchiveError) in
            var log: [UInt8] = []
            var details: [(id: ObjectID, size: Int)] = []
            var payloads: [PlannedObject] = []
            var seen: Set<ObjectID> = []
            var withheld: [Int] = []
            var leftOut: [Range<Int>] = []
            var size = 0
            var next = from
            while next < min(to, from + mostLines) {
                let part = try archive.plannedLines(
                    next..<min(to, next + 512, from + mostLines), of: origin, selection: selection)
                for planned in part {
                    let fresh = planned.objects.filter { !seen.contains($0.id) }
                    let more = fresh.reduce((planned.detailSize ?? 0) + 1024) { $0 + $1.size + 1024 }
                    if next > from, size + more > largest {
                        return finish(from..<next, log, details, payloads, withheld, leftOut)
                    }
                    size += more
                    log += planned.line.bytes + [UInt8(ascii: "\n")]
                    if let size = planned.detailSize {
                        details.append((planned.line.detail, size))
                    } else if !planned.isLeftOut {
                        withheld.append(planned.line.index)
                    } else if let last = leftOut.last, last.upperBound == planned.line.index {
                        leftOut[leftOut.count - 1] = last.lowerBound..<last.upperBound + 1
                    } else {
                        leftOut.append(planned.line.index..<planned.line.index + 1)
                    }
                    for object in fresh where seen.insert(object.id).inserted { payloads.append(object) }
                    next += 1
                }
                if part.isEmpty { break }
            }
            return finish(from..<next, log, details, payloads, withheld, leftOut)
        }
    }

    private func finish(
        _ range: Range<Int>, _ log: [UInt8], _ details: [(id: ObjectID, size: Int)], _ payloads: [PlannedObject],
        _ withheld: [Int], _ leftOut: [Range<Int>]
    ) -> BundleWriter.Contents {
        // Pages of one site and versions of one article next to each other: that is what makes solid compression work.
        let sorted = payloads.sorted {
            ($0.site, $0.key, $0.capturedAt, $0.id) < ($1.site, $1.key, $1.capturedAt, $1.id)
        }
        return BundleWriter.Contents(
            range: range, log: log, objects: details + sorted.map { ($0.id, $0.size) }, payloads: sorted,
            withheld: withheld, leftOut: leftOut)
    }
}
