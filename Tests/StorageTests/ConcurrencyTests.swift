import Foundation
import Models
import Storage
import Testing

@Suite("Several at once")
struct ConcurrencyTests {
    @Test("writers in several tasks lose nothing and give no index twice")
    func tasks() async throws {
        let temporary = try TemporaryArchive()
        let path = temporary.path
        let names = try await withThrowingTaskGroup(of: [CaptureName].self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let archive = try TemporaryArchive.open(path)
                    return try (0..<15).flatMap { number in
                        try archive.record([
                            TemporaryArchive.observation(
                                "Text \(writer) \(number)", url: "https://a.example/\(writer)/\(number)")
                        ]).map(\.capture)
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(names).count == 60)
        let archive = try temporary.reopened()
        #expect(try archive.logs()[0].head.size == 61)
        #expect(try archive.articles().count == 60)
        let report = try archive.verify()
        #expect(report.captures == 60 && report.damages.isEmpty && report.missing.isEmpty)
    }

    @Test("temporary files of dead processes are swept away, those of living ones stay")
    func sweep() throws {
        let temporary = try TemporaryArchive()
        let packs = temporary.path + "/packs"
        // Process 1 lives always; no process has the largest number.
        for name in [".tmp-1-abc", ".tmp-4194303-abc"] {
            _ = FileManager.default.createFile(atPath: "\(packs)/\(name)", contents: Data())
        }
        _ = try temporary.archive.record([TemporaryArchive.observation("Text", url: "https://a.example/x")])
        let left = try FileManager.default.contentsOfDirectory(atPath: packs).filter { $0.hasPrefix(".tmp") }
        #expect(left == [".tmp-1-abc"])
    }
}
