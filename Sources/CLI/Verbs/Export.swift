import ArgumentParser
import Exporting
import Models
import Storage
import SyncEngine
import Viewer
import WebArchives

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes captures in the forms of others: WARC, WACZ, a folder of texts and pages, or a web site.",
        discussion: """
            --warc writes WARC 1.1 files, for pywb and every other tool of web archives: FILE.warc.gz, or files in a folder. --wacz writes \
            one WACZ 1.1.1 file, which ReplayWeb.page opens, signed so that changes show. --files writes DIR/ARTICLE/TIME-ORIGIN-INDEX.html, \
            the page byte for byte as it was received, beside it each state of the article as text, and index.tsv, which lists all.

            --site writes the pages of 'stet serve' as files: open DIR/index.html in a browser, from a stick, with no server and no network. \
            Nothing of an archived page runs or loads anything there either.

            Everything is verified as it is read. Written out twice, the same captures give the same WARC files.

            Examples:
              stet export --warc press.warc.gz
              stet export --wacz quay.wacz --article quay-collapse
              stet export --files pages --since 2026-03-01T00:00:00Z
              stet export --site /media/stick/press --only-site harbour-courier.example
            """)

    @Option(help: ArgumentHelp("The WARC file to write, or a folder for several.", valueName: "file|dir"))
    var warc: String?

    @Option(help: ArgumentHelp("The WACZ file to write.", valueName: "file"))
    var wacz: String?

    @Option(help: ArgumentHelp("The folder to write to; it may hold earlier exports.", valueName: "dir"))
    var files: String?

    @Option(help: ArgumentHelp("The folder to write web pages to; it may hold earlier ones.", valueName: "dir"))
    var site: String?

    @Flag(help: "With --files: the pages alone, without texts, heads and table; faster.")
    var originals = false

    @Option(help: ArgumentHelp("The most that a WARC file holds, if no single page is larger.", valueName: "MiB"))
    var maxSize = 1024

    @OptionGroup var selection: ExportSelection
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard [warc, wacz, files, site].compactMap(\.self).count == 1 else {
            throw ValidationError("one of --warc, --wacz, --files and --site must be given")
        }
        if originals, files == nil { throw ValidationError("--originals goes with --files") }
        guard (1...1 << 20).contains(maxSize) else { throw ValidationError("--max-size is 1 to 1048576 MiB") }
    }

    func run() throws {
        let archive = try options.open()
        let console = options.console
        if let site { return try writeSite(archive, to: site, console) }
        let exporter = try Exporter(
            archive, try selection.selection(in: archive), description: selection.description, software: Version.tool,
            clock: Environment.now)
        let (form, stated, report) = try write(exporter)
        if report.captures > 0 {
            let place = CustodyPlace(path: Environment.absolute(stated))
            try archive.record(
                custody: .export(form: form, captures: report.captures, place: place), tool: Version.tool)
        }
        for notice in Self.notices(report) { console.notice(notice) }
        if options.json {
            for file in report.files { console.print(["file": .string(file), "form": .string(form)] as JSON) }
        }
        console.summary(
            "wrote \(Printable.count(report.captures, "capture")) to \(stated)", json: Self.json(report))
    }

    private func writeSite(_ archive: Archive, to stated: String, _ console: Console) throws {
        let view = try ViewedArchive.ofUser(archive, console)
        let path = Environment.absolute(stated)
        var export = try SiteExport(view, selection: try selection.selection(in: archive), to: path)
        let report = try export.write { console.progress("writing pages: \($0)") }
        console.clearProgress()
        if report.captures > 0 {
            let place = CustodyPlace(path: path)
            try archive.record(
                custody: .export(form: "site", captures: report.captures, place: place), tool: Version.tool)
        }
        if report.missing > 0 {
            console.notice("\(Printable.count(report.missing, "page")) could not be made: 'stet verify' may say why")
        }
        if options.json { console.print(["file": .string("\(stated)/index.html"), "form": "site"] as JSON) }
        console.summary(
            "wrote \(Printable.count(report.pages, "page")) of \(Printable.count(report.articles, "article")) to \(stated), \(Printable.bytes(report.bytes))",
            json: [
                "pages": JSON(report.pages), "articles": JSON(report.articles), "captures": JSON(report.captures),
                "bytes": JSON(report.bytes), "missing": JSON(report.missing),
            ])
        if report.missing > 0 { throw Outcome.partlyDone }
    }

    private func write(_ exporter: Exporter) throws -> (form: String, stated: String, report: ExportReport) {
        if let warc {
            return ("warc", warc, try exporter.writeWARC(to: Environment.absolute(warc), largest: maxSize << 20))
        }
        if let wacz {
            let key = try Self.key()
            return (
                "wacz", wacz, try exporter.writeWACZ(to: Environment.absolute(wacz), largest: maxSize << 20, key: key)
            )
        }
        let folder = files ?? "."
        let path = Environment.absolute(folder)
        if !originals { return ("files", folder, try exporter.writeFiles(to: path)) }
        let console = options.console
        return (
            "files", folder,
            try exporter.writeOriginals(to: path) { console.notice("waiting for another process that merges packs") }
        )
    }

    /// The user's own key for WACZ files, which is made when it is first needed: archives' keys are of a kind that readers of WACZ do not know.
    private static func key() throws -> WACZKey {
        let path = try Environment.configurationFolder() + "/wacz-key.pem"
        guard Files.exists(path) else {
            let key = WACZKey()
            try Files.makeFolder(Files.folder(of: path), mode: 0o700)
            try Files.write(Array(key.pem.utf8), to: path, mode: 0o600)
            return key
        }
        let text = String(decoding: try Files.read(path, limit: 1 << 16), as: UTF8.self)
        do throws(WACZKey.Failure) {
            return try WACZKey(pem: text)
        } catch {
            throw ExportError.key("\(path): \(error)")
        }
    }

    private static func notices(_ report: ExportReport) -> [String] {
        func captures(_ count: Int) -> String { Printable.count(count, "capture") }
        var notices: [String] = []
        if report.withoutContent > 0 {
            notices.append(
                "\(captures(report.withoutContent)) passed over: withdrawn, or left out when they came")
        }
        if report.unanswered > 0 {
            notices.append("\(captures(report.unanswered)) written as a note only: nothing was received")
        }
        if report.uncoded > 0 {
            notices.append(
                "\(captures(report.uncoded)) with a coding in the head that cannot be made: the body is written without it"
            )
        }
        if report.otherLength > 0 {
            notices.append(
                "\(captures(report.otherLength)) with a body of another length than the head says: complete, but some replay tools will cut or refuse it"
            )
        }
        if report.otherProtocol > 0 {
            notices.append(
                "\(captures(report.otherProtocol)) with a head that is not of HTTP/1: pywb does not replay it")
        }
        return notices
    }

    private static func json(_ report: ExportReport) -> JSON {
        [
            "captures": JSON(report.captures), "revisits": JSON(report.revisits),
            "unanswered": JSON(report.unanswered), "uncoded": JSON(report.uncoded),
            "otherLength": JSON(report.otherLength), "otherProtocol": JSON(report.otherProtocol),
            "withoutContent": JSON(report.withoutContent), "files": JSON(report.files.count),
        ]
    }
}

/// What is exported. `--site` is a form of export here, so sites are chosen by another name than elsewhere.
struct ExportSelection: ParsableArguments {
    @Option(help: ArgumentHelp("Only what was captured on this site. May be repeated.", valueName: "site"))
    var onlySite: [String] = []

    @Option(help: ArgumentHelp("Only this article. May be repeated.", valueName: "article"))
    var article: [String] = []

    @Option(help: ArgumentHelp("Only what was observed at this time or later.", valueName: "time"))
    var since: String?

    func validate() throws { try SelectionOptions.check(since) }

    func selection(in archive: Archive) throws -> Selection? {
        try SelectionOptions.selection(sites: onlySite, articles: article, since: since, in: archive)
    }

    /// What was chosen, in words; nil for everything.
    var description: String? {
        let parts =
            onlySite.map { "site \($0)" } + article.map { "article \($0)" }
            + (since.map { ["observed since \($0)"] } ?? [])
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
