internal import Models
internal import Storage
internal import Synchronization

/// Writes the pages alone, each as it was received, under the names that `ReadableFolder` gives them. Pages are read in the order in which they
/// lie in the packs, and nothing is read as an article: several times faster, for who wants all bytes back.
struct OriginalsFolder {
    let path: String
    let archive: Archive
    let selection: Selection?

    /// - Parameter waiting: called when another process merges packs, which is waited for.
    func write(waiting: () -> Void) throws(ArchiveError) -> ExportReport {
        let count = Mutex(0)
        let (path, selection) = (path, selection)
        try archive.readCaptures(waiting: waiting) { capture, payload throws(ArchiveError) in
            guard capture.size > 0, selection?.fits(capture) ?? true else { return }
            let name = ExportName.file(capture.name, at: capture.capturedAt)
            let file = "\(ExportName.folder(of: capture.article))/\(name).\(ExportName.ending(capture.mediaType))"
            try ReadableFolder.writeFile("\(path)/\(file)") { output throws(ArchiveError) in
                try payload.read { part in try output.write(part) }
            }
            count.withLock { $0 += 1 }
        }
        var report = ExportReport()
        report.captures = count.withLock { $0 }
        report.withoutContent = try archive.capturesWithoutContent()
        report.files = [path]
        return report
    }
}
