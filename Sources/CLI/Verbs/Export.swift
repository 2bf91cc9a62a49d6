import ArgumentParser
import Models
import Storage
import SyncEngine
import Synchronization

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes every capture's page as a file of its own.",
        discussion: """
            The files are DIR/ARTICLE/TIME-ORIGIN-INDEX.html: the bytes exactly as they were received, verified. What cannot stand in \
            a file name is written as %XX.

            Example:
              stet export --files pages
            """)

    @Option(help: ArgumentHelp("The folder to write to; it may hold earlier exports.", valueName: "dir"))
    var files: String

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let console = options.console
        let folder = Environment.absolute(files)
        let count = Mutex(0)
        try archive.readCaptures { capture, payload throws(ArchiveError) in
            try Self.write(payload, to: "\(folder)/\(Self.path(of: capture))")
            count.withLock { $0 += 1 }
        }
        let done = count.withLock { $0 }
        if done > 0 {
            let place = CustodyPlace(path: folder)
            try archive.record(custody: .export(form: "files", captures: done, place: place), tool: Version.tool)
        }
        console.summary(
            "wrote \(Printable.count(done, "capture")) to \(files)", json: ["captures": JSON(done)])
    }

    /// Under another name until all of it is there and right.
    private static func write(_ payload: PayloadStream, to path: String) throws(ArchiveError) {
        let temporary = Files.temporaryName(beside: path)
        do {
            try Files.makeFolder(Files.folder(of: path))
            let file = try OpenFile(creating: temporary)
            try payload.read { part in try file.write(part) }
            try Files.rename(temporary, to: path)
        } catch {
            try remove(temporary)
            throw (error as? ArchiveError) ?? (error as? FileError).map { .file($0) } ?? .catalog("\(error)")
        }
    }

    private static func remove(_ path: String) throws(ArchiveError) {
        do throws(FileError) { try Files.remove(path) } catch { throw .file(error) }
    }

    /// Two captures never have the same: the origin and the index are in it.
    private static func path(of capture: StoredCapture) -> String {
        let parts = capture.article.description.split(separator: "/", omittingEmptySubsequences: true)
        let folders = parts.map { fileName(String($0), longest: 120) }.joined(separator: "/")
        let time = fileName(capture.capturedAt.description.replacing(":", with: ""), longest: 40)
        let origin = capture.name.description.split(separator: ":").first.map(String.init) ?? ""
        return "\(folders)/\(time)-\(origin)-\(capture.name.index).\(ending(capture.mediaType))"
    }

    private static func ending(_ mediaType: String) -> String {
        if mediaType.hasPrefix("text/html") || mediaType.hasPrefix("application/xhtml") { return "html" }
        if mediaType.hasPrefix("text/markdown") { return "md" }
        return mediaType.hasPrefix("text/") ? "txt" : "bin"
    }

    private static func fileName(_ text: String, longest: Int) -> String {
        var name = ""
        for byte in text.utf8 {
            let scalar = UnicodeScalar(byte)
            let isPlain = scalar.properties.isAlphabetic && byte < 128 || (48...57).contains(byte)
            if isPlain || byte == 45 || byte == 95 || (byte == 46 && !name.isEmpty) {
                name.unicodeScalars.append(scalar)
            } else {
                name += byte < 16 ? "%0\(String(byte, radix: 16))" : "%\(String(byte, radix: 16))"
            }
            if name.utf8.count > longest { break }
        }
        return name.utf8.count > longest ? "\(name)~\(ObjectID(hashing: text).short)" : name
    }
}
