internal import Models
internal import Storage
internal import WebArchives

/// One WACZ file as it is made: the WARC files first, then what is known only when they are complete.
final class WACZFile: WARCDestination {
    private let path: String
    private let file: OutputFile
    private let index: LineSorter
    private let pages: OutputFile
    private var pagesSize = 0
    private var zip = ZIPWriter()
    private var members: [ZIPWriter.Member] = []

    init(path: String) throws(ArchiveError) {
        self.path = path
        let folder = Files.folder(of: path)
        try exporting { () throws(FileError) in
            try Files.makeFolder(folder)
            try Files.sweepTemporaries(in: folder)
        }
        file = try OutputFile(beside: path)
        index = LineSorter(folder: folder)
        pages = try OutputFile(beside: path)
        try addPage(WACZDocuments.pagesHeader)
    }

    func name(of number: Int) -> String { number == 1 ? "data.warc.gz" : "data-\(number).warc.gz" }

    func begin(_ name: String) throws(ArchiveError) { try open("archive/\(name)") }

    func write(_ bytes: [UInt8]) throws(ArchiveError) {
        zip.add(bytes)
        try file.write(bytes)
    }

    func end() throws(ArchiveError) {
        guard let (member, offset, header) = zip.end() else { return }
        try file.overwrite(header, at: offset)
        members.append(member)
    }

    /// What was written, for the index; with a capture for the list of pages, too.
    func list(
        _ capture: ExportedCapture?, _ entry: IndexEntry, at place: WARCSequence.Place, length: Int
    ) throws(ArchiveError) {
        try index.add(entry.line(file: place.file, offset: place.offset, length: length))
        if let capture { try addPage(WACZDocuments.page(capture)) }
    }

    private func addPage(_ line: String) throws(ArchiveError) {
        try pages.write(Array(line.utf8))
        pagesSize += line.utf8.count
    }

    private func open(_ name: String) throws(ArchiveError) { try file.write(zip.begin(name)) }

    private func add(_ name: String, _ bytes: [UInt8]) throws(ArchiveError) {
        try open(name)
        try write(bytes)
        try end()
    }

    /// Writes what is left and gives the file its name.
    func publish(_ facts: ExportFacts, created: Timestamp, key: WACZKey) throws(ExportError) {
        try inArchive { () throws(ArchiveError) in try complete() }
        let package = WACZDocuments.package(members, facts, created: created)
        let digest: [UInt8]
        do throws(WACZKey.Failure) {
            digest = try WACZDocuments.digest(ofPackage: package, facts, created: created, key: key)
        } catch {
            throw .key("\(error)")
        }
        try inArchive { () throws(ArchiveError) in
            try add("datapackage.json", package)
            try add("datapackage-digest.json", digest)
            try file.write(zip.directory())
            try file.sync()
            try index.discard()
            let (path, temporary, spool) = (path, file.temporary, pages.temporary)
            try exporting { () throws(FileError) in
                try Files.remove(spool)
                try Files.rename(temporary, to: path)
                try Files.syncFolder(Files.folder(of: path))
            }
        }
    }

    private func complete() throws(ArchiveError) {
        var blocks = CDXBlocks()
        try open("indexes/\(CDXBlocks.name)")
        try index.drain { line throws(ArchiveError) in
            let packed = blocks.add(line)
            if !packed.isEmpty { try write(packed) }
        }
        try write(blocks.finish())
        try end()
        try add("indexes/index.idx", blocks.index)
        try open("pages/pages.jsonl")
        for start in stride(from: 0, to: pagesSize, by: 1 << 16) {
            try write(try pages.read(min(1 << 16, pagesSize - start), at: start))
        }
        try end()
    }

    /// After a failure: nothing half-written stays.
    func discard() throws(ArchiveError) {
        try index.discard()
        let names = [file.temporary, pages.temporary]
        for name in names { try exporting { () throws(FileError) in try Files.remove(name) } }
    }
}
