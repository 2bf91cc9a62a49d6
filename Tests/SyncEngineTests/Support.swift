import Capturing
import Foundation
import Models
import Storage
import SyncEngine

/// A folder of its own, gone when the test ends.
final class Workplace: Sendable {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "stet-sync-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    @discardableResult
    func shell(_ script: String) throws -> (exit: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-ec", script]
        process.currentDirectoryURL = URL(filePath: folder)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    static let time = Timestamp("2026-03-01T00:00:00Z")!

    func archive(_ name: String, key: SigningKey) throws -> Archive {
        var random = SystemRandomNumberGenerator()
        return try Archive.create(
            at: path(name), name: name, key: key.publicKey.description, tool: "test", salt: Salt(using: &random),
            interpreter: .articles, clock: { Self.time })
    }

    func record(_ text: String, _ url: String, in archive: Archive) throws {
        _ = try archive.record([observation(text, url)])
    }

    func observation(_ text: String, _ url: String) -> Observation {
        let payload = Array(text.utf8)
        var random = SystemRandomNumberGenerator()
        let detail = CaptureDetail(
            url: url, article: nil, capturedAt: Self.time, payload: ObjectID(hashing: payload), size: payload.count,
            mediaType: "text/plain", status: nil, headers: nil, outcome: "ok",
            via: .init(source: "file", path: nil, tool: "test"),
            salt: Salt(using: &random))
        return Observation(
            detail: detail, payload: Payload(payload), interpretation: Interpreter.articles.interpret(detail, payload))
    }

    func snapshot(_ archive: Archive, _ key: SigningKey, largestBundle: Int = 1 << 30) throws -> Snapshot {
        try SnapshotMaker(
            archive, key: key, trust: Self.trust([key]), tool: "test", largestBundle: largestBundle,
            clock: { Self.time }
        ).make(message: "")
    }

    static func trust(_ keys: [SigningKey]) -> AllowedSigners {
        AllowedSigners(
            parsing: keys.map { AllowedSigners.line(principal: $0.comment, key: $0.publicKey) }.joined(separator: "\n"))
    }

    func restore(_ name: String, trust: AllowedSigners, number: Int? = nil) throws -> Archive {
        let restorer = Restorer(from: path(name), trust: trust)
        let plans = try restorer.plan(number: number)
        let archive = try self.archive("restored-\(UUID().uuidString)", key: SigningKey(comment: "restorer"))
        _ = try restorer.restore(plans, into: archive, tool: "test")
        return archive
    }

    /// Signs a file anew, as somebody with that key could.
    func sign(_ file: String, namespace: SSHSignature.Namespace, with key: SigningKey) throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: path(file))))
        try Data(SSHSignature(signing: bytes, namespace: namespace, with: key).armored.utf8).write(
            to: URL(filePath: path(file + ".sig")))
    }
}
