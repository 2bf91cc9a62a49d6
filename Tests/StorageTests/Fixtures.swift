import Foundation
import Models
import Storage
import Synchronization

/// An archive in a temporary folder, gone when the test ends.
final class TemporaryArchive: Sendable {
    let folder: String
    let archive: Archive
    var path: String { archive.path }

    /// Plain text: the first line is the headline, the others are the body. Enough for a store that knows nothing of pages.
    static let interpreter = Interpreter(version: "test", largestText: 1 << 20) { detail, payload in
        let key = ArticleKey(url: detail.url, canonical: nil, path: detail.via.path) ?? ArticleKey(path: "-")
        let lines = payload.map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
        return Interpretation(
            key: key,
            revision: lines.map { Revision(headline: $0.first, blocks: $0.dropFirst().map { .init(.paragraph, $0) }) })
    }

    static let epoch = Timestamp("2026-03-01T00:00:00Z")!

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "stet-store-\(UUID().uuidString)").path
        var random = SystemRandomNumberGenerator()
        archive = try Archive.create(
            at: folder + "/press", name: "press", key: "ssh-ed25519 AAAA", tool: "test", salt: Salt(using: &random),
            interpreter: Self.interpreter, clock: { Self.epoch })
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func reopened() throws -> Archive { try Self.open(path) }

    static func open(_ path: String) throws -> Archive {
        try Archive(opening: path, interpreter: interpreter, clock: { epoch }, patience: 60)
    }

    static func observation(_ text: String, url: String, at seconds: Int64 = 0) -> Observation {
        observation(Array(text.utf8), url: url, at: seconds)
    }

    static func observation(_ payload: [UInt8], url: String, at seconds: Int64 = 0) -> Observation {
        var random = SystemRandomNumberGenerator()
        let detail = CaptureDetail(
            url: url, article: nil, capturedAt: Timestamp(clampingSeconds: epoch.milliseconds / 1000 + seconds),
            payload: ObjectID(hashing: payload), size: payload.count, mediaType: "text/plain", status: nil,
            headers: nil,
            outcome: "ok", via: .init(source: "file", path: nil, tool: "test"), salt: Salt(using: &random))
        return Observation(
            detail: detail, payload: Payload(payload), interpretation: interpreter.interpret(detail, payload))
    }

    var packs: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: path + "/packs").filter { $0.hasSuffix(".pack") }
                .sorted()
        }
    }
}

/// Numbers that are the same on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
