internal import Glibc
internal import Models
package import Storage
internal import WebArchives

/// Writes an archive's pages as files that open from a stick, with no server and no network.
public struct SiteExport {
    /// What was written.
    public struct Report: Sendable {
        public var pages = 0
        public var articles = 0
        public var captures = 0
        public var bytes = 0
        /// Captures of which there is no page because something is damaged or withheld.
        public var missing = 0
    }

    private let view: ViewedArchive
    private let folder: String
    private let links: ExportedLinks
    private let layout: Layout
    private let scope: ExportScope
    private var report = Report()
    /// Files of this export, relative to its folder.
    private var written: Set<String> = []

    /// - Parameters:
    ///   - selection: articles of which nothing fits are left out; those that are in are there with their whole lives. Nil for all.
    ///   - folder: made where it is not there.
    package init(_ view: ViewedArchive, selection: Selection?, to folder: String) throws {
        scope = try ExportScope(view.archive, selection)
        self.view = view.limited(to: scope)
        self.folder = folder
        links = ExportedLinks(names: scope.names.map(Set.init))
        layout = Layout(view: self.view)
    }

    /// - Parameter progress: told how many pages are written.
    public mutating func write(progress: (Int) -> Void) throws -> Report {
        try prepare()
        // Whoever finds the first page finds all that it leads to: it is written last.
        var index: [UInt8] = []
        _ = links.href(.articles(ArticlesQuery()))
        _ = links.href(.search)
        while let (address, file) = links.next() {
            let bytes = try bytes(of: address)
            if file == "index.html" { index = bytes } else { try publish(bytes, file) }
            progress(report.pages)
        }
        try writeSearch()
        try publish(index, "index.html")
        try sweep()
        // All files at once: each by itself would take longer than writing them.
        sync()
        return report
    }

    /// What makes a folder an earlier export, which may be replaced.
    private static let mark = "stet-site.txt"
    private static let folders = ["articles", "captures", "edits", "search"]

    private mutating func prepare() throws {
        try Files.makeFolder(folder)
        guard try Files.names(in: folder).isEmpty || Files.exists("\(folder)/\(Self.mark)") else {
            throw ArchiveError.occupied(folder)
        }
        let about = """
            Pages made by \(view.software) from the archive '\(view.archive.name)'. Open index.html in a browser: no server and no network
            is needed. These pages are for reading; the evidence is in the archive, its snapshots and proofs.

            """
        try publish(Array(about.utf8), Self.mark)
        for part in Self.folders { try Files.makeFolder("\(folder)/\(part)") }
    }

    /// Removes the pages of an earlier export that are not in this one: what was withdrawn since must not stay.
    private func sweep() throws {
        for part in Self.folders {
            for name in try Files.names(in: "\(folder)/\(part)") where !written.contains("\(part)/\(name)") {
                try Files.remove("\(folder)/\(part)/\(name)")
            }
        }
    }

    private mutating func writeSearch() throws {
        let links = links
        links.leaveFolders()
        try SearchIndex(view, scope) { links.href(.article($0, before: nil)) }.write { bytes, file in
            try publish(bytes, "search/\(file)")
        }
    }

    private mutating func bytes(of address: PageAddress) throws -> [UInt8] {
        if case .original(let name) = address { return try original(name) }
        report.pages += 1
        switch address {
        case .article(_, nil): report.articles += 1
        case .capture: report.captures += 1
        default: break
        }
        let found = try page(address)
        if found == nil { report.missing += 1 }
        let page =
            try found ?? Problem(view).page("There is no such page", "Nothing in the archive has this address.")
        return Array(try layout.html(page, links).utf8)
    }

    /// What is damaged has a page that says so: one bad frame does not keep all others from being carried away.
    private func page(_ address: PageAddress) throws -> Page? {
        do { return try view.page(address, links) } catch {
            guard case .damaged(let damage)? = error as? ArchiveError else { throw error }
            return try Problem(view).page("This page is damaged", "Something that it needs \(damage.reason).")
        }
    }

    /// Compressed, so that no browser takes it for a page and runs it. Empty where it is damaged: its own page says so.
    private mutating func original(_ name: CaptureName) throws -> [UInt8] {
        guard let found = try view.archive.capture(name) else { return [] }
        do throws(ArchiveError) {
            return Deflater.compress(try view.archive.read(found.capture.payload), .gzip, level: 6)
        } catch {
            guard case .damaged = error else { throw error }
            report.missing += 1
            return []
        }
    }

    private mutating func publish(_ bytes: [UInt8], _ file: String) throws {
        report.bytes += bytes.count
        written.insert(file)
        let path = "\(folder)/\(file)"
        let temporary = Files.temporaryName(beside: path)
        do {
            try OpenFile(creating: temporary).write(bytes)
            try Files.rename(temporary, to: path)
        } catch {
            try Files.remove(temporary)
            throw error
        }
    }
}
