package import Models
public import Storage
package import WebArchives

/// Why an export failed.
public enum ExportError: Error, Sendable {
    case archive(ArchiveError)
    /// The key that signs WACZ files cannot be used.
    case key(String)
}

/// Writes an archive's captures in the forms of others. Everything is verified as it is read, and nothing has its name before it is complete.
public struct Exporter: Sendable {
    private let archive: Archive
    private let selection: Selection?
    private let facts: ExportFacts
    private let clock: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - description: what was chosen, in words.
    ///   - software: the tool with its version.
    package init(
        _ archive: Archive, _ selection: Selection?, description: String?, software: String,
        clock: @escaping @Sendable () -> Timestamp
    ) throws(ArchiveError) {
        self.archive = archive
        self.selection = selection
        self.clock = clock
        let now = clock()
        facts = ExportFacts(
            software: software, archive: archive.name, origin: archive.origin, date: try archive.lastRecorded() ?? now,
            selection: description)
    }

    /// WARC 1.1 files: `path`, where that ends with `.warc` or `.warc.gz` and is no folder, and else files in that folder. What
    /// ends with `.gz` has a gzip member for each record.
    ///
    /// - Parameter largest: bytes of a file, if no single capture is larger.
    package func writeWARC(to path: String, largest: Int) throws(ExportError) -> ExportReport {
        let encoder: RecordEncoder
        let folder: WARCFolder
        if !Files.isFolder(path), let ending = [".warc.gz", ".warc"].first(where: { path.hasSuffix($0) }) {
            encoder = RecordEncoder(isCompressed: ending == ".warc.gz")
            folder = WARCFolder(stem: String(path.dropLast(ending.count)), ending: ending, isNumbered: false)
        } else {
            encoder = RecordEncoder(isCompressed: true)
            let name = ExportName.component("\(archive.name)-\(archive.origin.short)")
            folder = WARCFolder(stem: "\(path)/\(name)", ending: ".warc.gz", isNumbered: true)
        }
        return try inArchive { () throws(ArchiveError) in
            do throws(ArchiveError) {
                let sequence = WARCSequence(folder, encoder, facts, largest: largest)
                let export = CaptureExport(archive: archive, selection: selection, encoder: encoder)
                var report = try export.run(to: sequence) { _, _, _, _ in }
                report.files = try folder.publish()
                return report
            } catch {
                try folder.discard()
                throw error
            }
        }
    }

    /// One WACZ 1.1.1 file.
    ///
    /// - Parameter largest: bytes of a WARC file in it, if no single capture is larger.
    package func writeWACZ(to path: String, largest: Int, key: WACZKey) throws(ExportError) -> ExportReport {
        let file = try inArchive { () throws(ArchiveError) in try WACZFile(path: path) }
        do throws(ExportError) {
            var report = try inArchive { () throws(ArchiveError) in
                let encoder = RecordEncoder(isCompressed: true)
                let sequence = WARCSequence(file, encoder, facts, largest: largest)
                let export = CaptureExport(archive: archive, selection: selection, encoder: encoder)
                return try export.run(to: sequence) { capture, entry, place, length throws(ArchiveError) in
                    try file.list(capture, entry, at: place, length: length)
                }
            }
            try file.publish(facts, created: clock(), key: key)
            report.files = [path]
            return report
        } catch {
            try inArchive { () throws(ArchiveError) in try file.discard() }
            throw error
        }
    }

    /// A folder of originals alone.
    ///
    /// - Parameter waiting: called when another process merges packs, which is waited for.
    package func writeOriginals(to folder: String, waiting: () -> Void = {}) throws(ExportError) -> ExportReport {
        try inArchive { () throws(ArchiveError) in
            try OriginalsFolder(path: folder, archive: archive, selection: selection).write(waiting: waiting)
        }
    }

    /// A folder of texts and originals.
    package func writeFiles(to folder: String) throws(ExportError) -> ExportReport {
        try inArchive { () throws(ArchiveError) in
            try ReadableFolder(path: folder, archive: archive, selection: selection, facts: facts).write()
        }
    }
}

/// Runs `body`, its errors becoming those of an export.
func inArchive<Value>(_ body: () throws(ArchiveError) -> Value) throws(ExportError) -> Value {
    do throws(ArchiveError) { return try body() } catch { throw .archive(error) }
}
