import ArgumentParser
import Exporting
import Models
import Storage
import SyncEngine
import WebArchives

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes captures in the forms of others: WARC, WACZ, or a folder of texts and pages.",
        discussion: """
            --warc writes WARC 1.1 files, for pywb and every other tool of web archives: FILE.warc.gz, or files in a folder. --wacz writes \
            one WACZ 1.1.1 file, which ReplayWeb.page opens, signed so that changes show. --files writes DIR/ARTICLE/TIME-ORIGIN-INDEX.html, \
            the page byte for byte as it was received, beside it each state of the article as text, and index.tsv, which lists all.

            Everything is verified as it is read. Written out twice, the same captures give the same WARC files.

            Examples:
              stet export --warc press.warc.gz
              stet export --wacz quay.wacz --article quay-collapse
              stet export --files pages --since 2026-03-01T00:00:00Z
            """)

    @Option(help: ArgumentHelp("The WARC file to write, or a folder for several.", valueName: "file|dir"))
    var warc: String?

    @Option(help: ArgumentHelp("The WACZ file to write.", valueName: "file"))
    var wacz: String?

    @Option(help: ArgumentHelp("The folder to write to; it may hold earlier exports.", valueName: "dir"))
    var files: String?

    @Flag(help: "With --files: the pages alone, without texts, heads and table; faster.")
    var originals = false

    @Option(help: ArgumentHelp("The most that a WARC file holds, if no single page is larger.", valueName: "MiB"))
    var maxSize = 1024

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard [warc, wacz, files].compactMap(\.self).count == 1 else {
            throw ValidationError("one of --warc, --wacz and --files must be given")
        }
        if originals, files == nil { throw ValidationError("--originals goes with --files") }
        guard (1...1 << 20).contains(maxSize) else { throw ValidationError("--max-size is 1 to 1048576 MiB") }
    }

    func run() throws {
        let archive = try options.open()
        let console = options.console
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
        return ("files", folder, try originals ? exporter.writeOriginals(to: path) : exporter.writeFiles(to: path))
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

extension SelectionOptions {
    /// What was chosen, in words; nil for everything.
    fileprivate var description: String? {
        let parts =
            site.map { "site \($0)" } + article.map { "article \($0)" } + (since.map { ["observed since \($0)"] } ?? [])
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
