import Foundation
import Testing

/// Debian's chromium without a window.
struct Browser {
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    enum Scheme: String, CaseIterable, CustomStringConvertible {
        case dark = "0"
        case light = "1"
        var description: String { self == .dark ? "dark" : "light" }
    }

    struct Outcome {
        let output: String
        /// What pages and the browser's checks of them wrote into the console.
        let console: [String]
    }

    let width: Int
    let height: Int
    let scheme: Scheme

    /// The page as the browser has it after its scripts, if any, have run.
    func dump(_ html: String) throws -> Outcome { try run(html) { _ in ["--dump-dom"] } }

    /// The bytes of a PNG file.
    func screenshot(_ html: String) throws -> (png: Data, outcome: Outcome) {
        var png = Data()
        let options = { (folder: URL) in ["--screenshot=\(folder.appending(path: "page.png").path)"] }
        let outcome = try run(
            html, options, collecting: { png = try Data(contentsOf: $0.appending(path: "page.png")) })
        return (png, outcome)
    }

    /// Reads text out of PDF files, as it stands on the page.
    static let pdfReader = ["/usr/bin/pdftotext"].first { FileManager.default.isExecutableFile(atPath: $0) }

    /// What the page says on paper.
    func printedText(_ html: String) throws -> String {
        var text = Data()
        let options = { (folder: URL) in ["--print-to-pdf=\(folder.appending(path: "page.pdf").path)"] }
        _ = try run(html, options) { folder in
            let process = Process()
            process.executableURL = URL(filePath: try #require(Self.pdfReader))
            process.arguments = [
                "-layout", folder.appending(path: "page.pdf").path, folder.appending(path: "txt").path,
            ]
            try process.run()
            process.waitUntilExit()
            text = try Data(contentsOf: folder.appending(path: "txt"))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func run(
        _ html: String, _ options: (URL) -> [String], collecting collect: (URL) throws -> Void = { _ in }
    ) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stet-browser-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appending(path: "page.html")
        try Data(html.utf8).write(to: page)
        let (output, errors) = (folder.appending(path: "out"), folder.appending(path: "err"))
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        // Containers and root have no sandbox to offer; the pages are these tests' own, and reach nothing.
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments =
            ["120", try #require(Self.path), "--headless"]
            + [
                "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
                "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=\(folder.appending(path: "profile").path)", "--window-size=\(width),\(height)",
                "--blink-settings=preferredColorScheme=\(scheme.rawValue)", "--enable-logging=stderr", "--v=0",
                "--virtual-time-budget=10000",
            ] + options(folder) + [page.absoluteString]
        process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let log = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        try #require(process.terminationStatus == 0, "\(log.suffix(2000))")
        try collect(folder)
        return Outcome(
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            console: log.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init))
    }
}
