import Exporting
import Foundation
import Models
import Storage
import Testing
import WebArchives

/// An archive in a temporary folder, with captures that came by HTTP in every manner, gone when the test ends.
final class TemporaryArchive: Sendable {
    let folder: String
    let archive: Archive
    static let interpreter = Interpreter(version: "test", largestText: 1 << 20) { detail, payload in
        let key = ArticleKey(url: detail.url, canonical: nil, path: detail.via.path) ?? ArticleKey(path: "-")
        let lines = payload.map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
        return Interpretation(
            key: key,
            revision: lines.map { Revision(headline: $0.first, blocks: $0.dropFirst().map { .init(.paragraph, $0) }) })
    }
    static let epoch = Timestamp("2026-03-01T00:00:00.250Z")!

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "stet-export-\(UUID().uuidString)").path
        var random = SystemRandomNumberGenerator()
        archive = try Archive.create(
            at: folder + "/press", name: "press", key: "ssh-ed25519 AAAA", tool: "test", salt: Salt(using: &random),
            interpreter: Self.interpreter, clock: { Self.epoch })
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    @discardableResult
    func record(_ pages: [Page]) throws -> [Recorded] { try archive.record(pages.map(\.observation)) }

    func exporter(_ selection: Selection? = nil) throws -> Exporter {
        try Exporter(archive, selection, description: nil, software: "stet test", clock: { Self.epoch })
    }

    /// A tool that `scripts/test` installs.
    func tool(_ name: String, _ arguments: [String], input: String = "") throws -> (exit: Int32, text: String) {
        let program = Self.repository.appending(path: ".build-tools/bin/\(name)")
        try #require(
            FileManager.default.isExecutableFile(atPath: program.path), "\(name) is missing: scripts/test installs it")
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        let (given, said, errors) = (path(".in-\(UUID())"), path(".out-\(UUID())"), path(".err-\(UUID())"))
        try Data(input.utf8).write(to: URL(filePath: given))
        for file in [said, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardInput = FileHandle(forReadingAtPath: given)
        process.standardOutput = FileHandle(forWritingAtPath: said)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: try Data(contentsOf: URL(filePath: said)), as: UTF8.self)
        let complaint = String(decoding: try Data(contentsOf: URL(filePath: errors)), as: UTF8.self)
        if process.terminationStatus != 0 { return (process.terminationStatus, text + complaint) }
        return (0, text)
    }

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let tools = repository.appending(path: "Tests/Tools")
}

/// What was observed at an address.
struct Page: Sendable {
    var url: String?
    var seconds: Int64 = 0
    /// Without codings.
    var body: [UInt8]
    var head: String?
    var transport: JSON?
    var outcome = "ok"
    var status = 200
    var path: String?

    init(_ url: String?, _ body: String, at seconds: Int64 = 0, head: String? = nil) {
        self.url = url
        self.body = Array(body.utf8)
        self.seconds = seconds
        self.head = head
    }

    var capturedAt: Timestamp {
        Timestamp(milliseconds: TemporaryArchive.epoch.milliseconds + seconds * 1000) ?? TemporaryArchive.epoch
    }

    var observation: Observation {
        let payload = Payload(body)
        let head = head.map { Payload(Array($0.utf8)) }
        let transport = transport.map { Payload($0.canonicalBytes) }
        // The same on every run: what is exported must be, too.
        var fixed = FixedGenerator()
        let detail = CaptureDetail(
            url: url, article: nil, capturedAt: capturedAt, payload: payload.id, size: body.count,
            mediaType: "text/html; charset=utf-8", status: head == nil ? nil : status, headers: head?.id,
            transport: transport?.id, outcome: outcome,
            via: .init(source: head == nil ? "file" : "http", path: path, tool: "stet test"), salt: Salt(using: &fixed))
        return Observation(
            detail: detail, payload: payload, attachments: [head, transport].compactMap(\.self),
            interpretation: TemporaryArchive.interpreter.interpret(detail, body))
    }

    private struct FixedGenerator: RandomNumberGenerator {
        mutating func next() -> UInt64 { 7 }
    }
}

/// One page in every manner in which servers send pages.
enum Served {
    static let text =
        "The bridge stays closed\n"
        + (1...80).map { "Paragraph \($0): the council met again, heard \($0 * 37) people, and put its decision off." }
        .joined(separator: "\n")

    static func head(_ fields: String..., status: String = "200 OK") -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: text/html; charset=utf-8\r\n" + fields.map { $0 + "\r\n" }.joined()
            + "\r\n"
    }

    static let all: [Page] = [
        Page("https://a.example/plain", text, head: head("Content-Length: \(text.utf8.count)")),
        Page("https://a.example/no-length", text, head: head()),
        Page("https://a.example/chunked", text, head: head("Transfer-Encoding: chunked")),
        Page("https://a.example/gzip", text, head: head("Content-Encoding: gzip")),
        Page(
            "https://a.example/gzip-chunked", text, head: head("Content-Encoding: gzip", "transfer-encoding: chunked")),
        Page("https://a.example/gzip-long", text, head: head("Content-Encoding: gzip", "Content-Length: 3000")),
        Page("https://a.example/br-long", text, head: head("Content-Encoding: br", "Content-Length: 2500")),
        Page("https://a.example/br", text, head: head("Content-Encoding: br")),
        Page("https://a.example/deflate", text, head: head("Content-Encoding: deflate")),
        Page("https://a.example/gone", "Gone\nNothing here.", head: head(status: "410 Gone")),
        Page("https://a.example/empty", "", head: head("Content-Length: 0")),
        Page(
            "https://www.b.example:8443/A/Path/?b=2&a=1#top", text,
            head: head("X-Padding: \(String(repeating: "p", count: 300))")),
        Page("https://a.example/caf\u{E9} au lait", text, head: head()), Page("https://a.example/saved", text),
        Page("https://a.example/bare", "Lines\nthat end alone.", head: "HTTP/1.0 200 OK\nContent-Type: text/html\n\n"),
    ]
}
