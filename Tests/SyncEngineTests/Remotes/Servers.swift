import Foundation
import Models
import SyncEngine
import Synchronization

/// Programs of `Tests/Servers`, which end when this process does: their standard input is a pipe from it.
final class TestServer: Sendable {
    let port: Int
    private let input: FileHandle

    init(_ script: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", TestServer.scripts.appending(path: script).path] + arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.input = input.fileHandleForWriting
        var line = ""
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
            line.append(Character(Unicode.Scalar(byte)))
        }
        guard let port = Int(line) else { throw Unavailable(reason: "\(script) did not start") }
        self.port = port
    }

    struct Unavailable: Error {
        let reason: String
    }

    static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let scripts = tests.appending(path: "Servers")

    private static let root = FileManager.default.temporaryDirectory.appending(
        path: "stet-web-\(ProcessInfo.processInfo.processIdentifier)")
    /// One for the whole run.
    private static let files = Result {
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        return try TestServer("files.py", [root.path])
    }

    /// A folder's address on a web server that hands it out in that manner, see `files.py`.
    static func publish(_ folder: String, _ manner: String) throws -> String {
        let port = try files.get().port
        let name = UUID().uuidString.lowercased()
        try FileManager.default.createSymbolicLink(
            atPath: root.appending(path: name).path, withDestinationPath: folder)
        return "http://127.0.0.1:\(port)/\(manner)/\(name)"
    }
}

/// A real S3 server: Ceph, started once for the whole run when it is first needed, and stopped when this process ends.
enum Ceph {
    /// Documented in `scripts/test`.
    static let isLeftOut = ProcessInfo.processInfo.environment["STET_WITHOUT_S3"] != nil

    static let port = Result {
        let process = Process()
        process.executableURL = TestServer.tests.deletingLastPathComponent().appending(path: "scripts/start-s3")
        let own = ProcessInfo.processInfo.processIdentifier
        process.arguments = [
            "serve", String(own), FileManager.default.temporaryDirectory.appending(path: "stet-s3-\(own)").path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0, let port = text.split(separator: ":").last.flatMap({ Int($0.dropLast()) })
        else { throw TestServer.Unavailable(reason: "Ceph did not start; 'scripts/start-s3 install' fetches it") }
        print("Ceph was there after \(ContinuousClock.now - start)")
        return port
    }

    /// What finds it, through the port of something that stands before it, if there is such a thing.
    static func environment(port other: Int? = nil) throws -> [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "stetkey", "AWS_SECRET_ACCESS_KEY": "loopback-secret",
            "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:\(try other ?? port.get())",
        ]
    }

    /// Parts of the least size, short pages, no waiting.
    static var options: S3Remote.Options {
        var options = S3Remote.Options(clock: now)
        options.partSize = 5 << 20
        options.pageSize = 100
        options.http.retry.sleep = { _ in }
        return options
    }

    static let now: @Sendable () -> Timestamp = {
        Timestamp(clampingSeconds: Int64(Date().timeIntervalSince1970))
    }

    private static let numbers = Atomic(0)

    /// A bucket of its own.
    static func bucket() throws -> String {
        let name =
            "b\(numbers.wrappingAdd(1, ordering: .relaxed).newValue)-\(ProcessInfo.processInfo.processIdentifier)"
        try S3Remote("s3://\(name)", environment: environment(), options: options).makeBucket()
        return name
    }

    /// A bad line to the server, see `line.py`. One for the whole run.
    private static let line = Result { try TestServer("line.py", [String(port.get())]) }
    static func lineEnvironment() throws -> [String: String] { try environment(port: line.get().port) }
}
