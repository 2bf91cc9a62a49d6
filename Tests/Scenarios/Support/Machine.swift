import Foundation
import Models
import Testing

/// A machine of a user's own: a home folder with keys and trust, and a place to work in. Gone when the test ends.
final class Machine: Sendable {
    let folder: URL
    var home: URL { folder.appending(path: "home") }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "stet-scenario-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "home"), withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What a command printed and how it ended.
    struct Run: Sendable {
        let exit: Int32
        let output: Data
        let errors: String
        var text: String { String(decoding: output, as: UTF8.self) }

        /// The result lines of `--json`, without the summary.
        var lines: [JSON] { get throws { try objects.filter { $0["summary"] == nil } } }
        var summary: JSON { get throws { try #require(try objects.last?["summary"]) } }

        private var objects: [JSON] {
            get throws {
                try text.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
            }
        }
    }

    /// The binary that was built with these tests.
    static let stet = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(
        path: "stet")
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let seeds = repository.deletingLastPathComponent().appending(path: "shared/seeds")

    @discardableResult
    func stet(_ arguments: String..., input: Data? = nil, environment: [String: String] = [:]) throws -> Run {
        try run(Self.stet, arguments, input: input, environment: environment)
    }

    /// Runs a command of stet's and kills it after so many seconds, if it is not done. When this returns it is gone: `timeout -s KILL` dies with
    /// what it kills, and what comes next meets a process that is still dying.
    @discardableResult
    func shell(killing command: String, after seconds: Double) throws -> Run {
        try shell(
            """
            HOME=home \(Machine.stet.path) \(command) & p=$!
            (sleep \(seconds); kill -KILL $p) >/dev/null 2>&1 & s=$!
            wait $p || true
            kill -KILL $s 2>/dev/null || true
            """)
    }

    /// A standard tool, found by the shell.
    @discardableResult
    func shell(_ script: String) throws -> Run { try run(URL(filePath: "/bin/bash"), ["-ec", script]) }

    func run(
        _ program: URL, _ arguments: [String], input: Data? = nil, environment: [String: String] = [:]
    ) throws -> Run {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var variables = [
            "HOME": home.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C",
        ]
        variables.merge(environment) { $1 }
        process.environment = variables
        let (output, errors) = (
            folder.appending(path: ".out-\(UUID().uuidString)"), folder.appending(path: ".err-\(UUID().uuidString)")
        )
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        if let input {
            let file = folder.appending(path: ".in-\(UUID().uuidString)")
            try input.write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        process.waitUntilExit()
        defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
        // A crash must never pass for an exit code.
        let exit = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Run(
            exit: exit, output: try Data(contentsOf: output), errors: try String(contentsOf: errors, encoding: .utf8))
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    func write(_ bytes: Data, to name: String) throws {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: url)
    }

    func read(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

    /// Files below a folder whose names end so, relative to the machine's folder, sorted.
    func files(below name: String, suffix: String = "") throws -> [String] {
        let root = folder.appending(path: name)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
        return paths.map { "\(name)/\($0)" }.filter { path in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: self.path(path), isDirectory: &isFolder)
            return !isFolder.boolValue && path.hasSuffix(suffix)
        }
    }

    /// Replaces one byte by another.
    func flip(_ name: String, at offset: Int) throws {
        var bytes = try read(name)
        bytes[bytes.startIndex + offset] ^= 0x20
        try bytes.write(to: folder.appending(path: name))
    }
}

/// A story told in paragraphs, and the page around it.
enum Story {
    static let paragraphs = [
        "The old bridge over the Delin will stay closed until spring, the town council said on Monday after a long debate.",
        "Some 4,200 people use it every day, and “there is no other way across for ten miles”, said its engineer, Ruth Okafor.",
        "Repairs are expected to cost 1.4 million and to begin when the water is low enough for the divers to work safely.",
        "Shopkeepers on the eastern bank have asked for a ferry, which the council promised to consider before the summer.",
        "The bridge was built a hundred and ten years ago and was last strengthened after the great flood of the valley.",
    ]

    static func page(
        headline: String = "Bridge to stay closed until spring", _ paragraphs: [String] = paragraphs,
        related: String = "Ferry delayed again"
    ) -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(headline) | The Delin Post</title></head>
        <body><nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></nav>
        <main><article><h1>\(headline)</h1>
        \(paragraphs.map { "<p>\($0)</p>" }.joined(separator: "\n"))
        </article></main>
        <aside><h2>Most read</h2><ul><li><a href="/a">\(related)</a></li><li><a href="/b">Harbour lights restored</a></li></ul></aside>
        <footer>Copyright The Delin Post. <a href="/terms">Terms</a></footer></body></html>
        """
    }

    static func text(_ paragraphs: [String] = paragraphs) -> String {
        "Bridge to stay closed until spring\n\n" + paragraphs.joined(separator: "\n\n") + "\n"
    }
}
