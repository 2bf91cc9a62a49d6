import ArgumentParser
import Capturing
import Models
import Storage
import SyncEngine
import Viewer

struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes one capture's evidence into one file that can be checked without the archive.",
        discussion: """
            CAPTURE is ORIGIN:INDEX as 'stet log' prints it. The file holds the record, the page, the signed manifest of the earliest \
            snapshot that covers it, and what connects them. 'stet verify-proof' checks it; so does scripts/verify-proof.py, which \
            needs only Python and ssh-keygen.

            Example:
              stet prove b02f02df47ae:3 -o quay.json --html
            """)

    @Argument(help: "The capture, as ORIGIN:INDEX.")
    var capture: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The proof to write.", valueName: "file"))
    var output: String

    @Flag(help: "Also write a page about it beside the proof, for people: FILE with .html.")
    var html = false

    @Option(help: "The number of the snapshot to prove it by. Default: the earliest that covers it.")
    var snapshot: Int?

    @Option(help: "embedded, or beside: in a file of its own. Default: embedded up to 16 MiB.")
    var payload: Placement?

    @OptionGroup var options: GlobalOptions

    enum Placement: String, ExpressibleByArgument, CaseIterable {
        case embedded, beside

        var placement: Prover.Placement { self == .embedded ? .embedded : .beside }
    }

    func run() throws {
        guard let name = CaptureName(capture) else {
            throw Failure(
                "usage", exit: 64, "'\(capture.prefix(80))' is no ORIGIN:INDEX", "'stet log ARTICLE' names captures so")
        }
        let archive = try options.open()
        let authorities = try Environment.authorities()
        let made = try Prover(archive, authorities: authorities).prove(
            name, snapshot: snapshot, payload: payload?.placement)
        let path = Environment.absolute(output)
        let folder = Files.folder(of: path)
        if let beside = made.beside { try writePayload(beside, from: archive, to: "\(folder)/\(beside)") }
        // What is handed over has passed the very check that its receiver will make.
        let proven = try ProofVerifier(authorities: authorities).check(made.bytes, folder: folder)
        try Files.write(made.bytes, to: path)
        var files = [output] + (made.beside.map { [Self.sibling(of: output, named: $0.description)] } ?? [])
        if html {
            let page = ProofSheet(proven, bytes: made.bytes, file: Files.name(of: path), interpreter: .articles).html
            try Files.write(Array(page.utf8), to: Self.pagePath(of: path))
            files.append(Self.pagePath(of: output))
        }
        say(proven, made, files)
    }

    private func say(_ proven: ProvenCapture, _ made: Prover.Made, _ files: [String]) {
        let console = options.console
        console.print(
            """
            proof of \(proven.name) by snapshot \(proven.manifest.number), \(Printable.bytes(made.bytes.count))
            \(files.map { "    \($0)" }.joined(separator: "\n"))
            """,
            json: ProofReport.json(proven, files: files))
        if let fault = made.timestampFault {
            console.notice("the snapshot's timestamp does not hold and was left out: \(fault.reason)")
        }
        if let number = made.laterStamped {
            console.notice(
                "snapshot \(number) has a timestamp of somebody else, this one has none: --snapshot \(number) proves by it"
            )
        }
        if options.json { console.summary("", json: ["proofs": 1, "bytes": JSON(made.bytes.count)]) }
    }

    private func writePayload(_ id: ObjectID, from archive: Archive, to path: String) throws {
        let temporary = Files.temporaryName(beside: path)
        do {
            let file = try OpenFile(creating: temporary)
            try archive.stream(id) { try file.write($0) }
            try file.sync()
            try Files.rename(temporary, to: path)
        } catch {
            try Files.remove(temporary)
            throw error
        }
        try Files.syncFolder(Files.folder(of: path))
    }

    private static func sibling(of path: String, named name: String) -> String {
        path.contains("/") ? "\(Files.folder(of: path))/\(name)" : name
    }

    static func pagePath(of path: String) -> String {
        (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".html"
    }
}
