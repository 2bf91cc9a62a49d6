internal import Glibc
internal import Models
internal import Storage
internal import WebArchives

/// Writes what people can read without stet: each page as it was received, each state of an article as text beside it, and a table of all.
struct ReadableFolder {
    let path: String
    let archive: Archive
    let selection: Selection?
    let facts: ExportFacts

    private struct Item: Sendable {
        let article: ArticleIdentity
        let capture: HistoryCapture
        /// From 1, in order of time, among those that were chosen.
        let state: Int
        /// Whether it is the first that shows its state.
        let isFirst: Bool
    }

    private static let windowCaptures = 256

    func write() throws(ArchiveError) -> ExportReport {
        var report = ExportReport()
        let table = try Table(folder: path)
        do throws(ArchiveError) {
            var window: [Item] = []
            for article in try archive.articles(fitting: selection) {
                var state = 0
                var last: ObjectID?
                for capture in try archive.captures(of: article, since: selection?.since) {
                    let isFirst = capture.revision != last
                    if isFirst { state += 1 }
                    last = capture.revision
                    window.append(Item(article: article, capture: capture, state: state, isFirst: isFirst))
                    guard window.count == Self.windowCaptures else { continue }
                    try write(window, table, &report)
                    window = []
                }
            }
            try write(window, table, &report)
            try Self.write(Array(explanation.utf8), to: "\(path)/README.txt")
            // The table comes last: where it is, everything that it lists is there and safe. All files are synced at once, because each by
            // itself would take longer than reading them.
            sync()
            try table.publish(as: "\(path)/index.tsv")
        } catch {
            try table.discard()
            throw error
        }
        report.withoutContent = try archive.capturesWithoutContent()
        report.files = [path]
        return report
    }

    private func write(_ window: [Item], _ table: Table, _ report: inout ExportReport) throws(ArchiveError) {
        let rows = try Cores.map(window.count) { index, worker throws(ArchiveError) in
            try write(window[index], worker: worker)
        }
        for row in rows { try table.add(row) }
        report.captures += window.count
    }

    /// - Returns: its row of the table.
    private func write(_ item: Item, worker: Int) throws(ArchiveError) -> String {
        let capture = item.capture
        let folder = ExportName.folder(of: item.article.key)
        let name = ExportName.file(capture.name, at: capture.capturedAt)
        let original = "\(folder)/\(name).\(ExportName.ending(capture.mediaType))"
        let detail = try archive.detail(of: capture, worker: worker)
        try Self.writeFile("\(path)/\(original)") { output throws(ArchiveError) in
            try archive.stream(capture.payload, worker: worker) { try output.write($0) }
        }
        var headers = ""
        if let id = detail.headers {
            headers = "\(folder)/\(name).headers.txt"
            try Self.write(try archive.read(id, worker: worker), to: "\(path)/\(headers)")
        }
        var text = ""
        if item.isFirst, let revision = try archive.interpretation(of: capture, worker: worker).revision {
            text = "\(folder)/\(name).article.md"
            let page = ReadableText(revision: revision, detail: detail, item.article.key, capture, state: item.state)
            try Self.write(Array(page.text(original: Files.name(of: original)).utf8), to: "\(path)/\(text)")
        }
        let columns = [
            item.article.key.description, String(item.state), capture.capturedAt.description, capture.name.description,
            detail.url ?? "", detail.status.map { String($0) } ?? "", detail.outcome, detail.mediaType,
            String(capture.size), capture.payload.description, capture.headline ?? "", original, headers, text,
        ]
        return columns.map { Self.cell($0) }.joined(separator: "\t") + "\n"
    }

    /// One line without tabs.
    private static func cell(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(ArchiveError) {
        try writeFile(path) { output throws(ArchiveError) in try output.write(bytes) }
    }

    /// Under another name until all of it is there and right.
    static func writeFile(
        _ path: String, _ body: (OutputFile) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        try exporting { () throws(FileError) in try Files.makeFolder(Files.folder(of: path)) }
        let output = try OutputFile(beside: path)
        do throws(ArchiveError) {
            try body(output)
            try exporting { () throws(FileError) in try Files.rename(output.temporary, to: path) }
        } catch {
            try exporting { () throws(FileError) in try Files.remove(output.temporary) }
            throw error
        }
    }

    private var explanation: String {
        """
        What this folder is
        ===================

        Captures of news pages, written out by \(facts.software) from the archive '\(facts.archive)'
        (origin \(facts.origin)).\(facts.selection.map { " Chosen: \($0)." } ?? "")

        There is a folder for each article, named by its address. In it, for each capture:

          TIME-ORIGIN-INDEX.html (.txt, .md, .bin)  the page, byte for byte as it was received
          TIME-ORIGIN-INDEX.headers.txt             the HTTP response's head, byte for byte, where there was one
          TIME-ORIGIN-INDEX.article.md              the article in it as text, for the first capture that shows this text

        TIME is when the page was captured, in UTC. ORIGIN:INDEX is the capture's name in the archive.
        What cannot stand in a file name is written as %XX.

        index.tsv lists all captures: article, state (the how-manieth text of the article, of those written here), when it was captured,
        the capture's name, address, HTTP status, outcome (ok, or why nothing came), media type, bytes, SHA-256 of the page,
        headline, and the files. 'sha256sum' of a page must give what stands there.

        This folder proves nothing by itself: who recorded what and when is in the archive, which is signed.
        'stet prove ORIGIN:INDEX' makes a proof of one capture that can be checked without the archive.

        """
    }
}

/// The table of a folder, under a temporary name until it is complete.
private final class Table {
    private static let head = [
        "article", "state", "capturedAt", "capture", "url", "status", "outcome", "mediaType", "bytes", "sha256",
        "headline", "original", "headers", "text",
    ]
    private let output: OutputFile

    init(folder: String) throws(ArchiveError) {
        try exporting { () throws(FileError) in
            try Files.makeFolder(folder)
            try Files.sweepTemporaries(in: folder)
        }
        output = try OutputFile(beside: "\(folder)/index.tsv")
        try add(Self.head.joined(separator: "\t") + "\n")
    }

    func add(_ row: String) throws(ArchiveError) { try output.write(Array(row.utf8)) }

    func publish(as path: String) throws(ArchiveError) {
        try output.sync()
        let temporary = output.temporary
        try exporting { () throws(FileError) in
            try Files.rename(temporary, to: path)
            try Files.syncFolder(Files.folder(of: path))
        }
    }

    func discard() throws(ArchiveError) {
        let temporary = output.temporary
        try exporting { () throws(FileError) in try Files.remove(temporary) }
    }
}
