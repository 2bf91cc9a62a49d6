import Foundation
import Models
import Storage
import Testing

@Suite("An archive")
struct ArchiveTests {
    @Test("gives back what was recorded, from this process and from the next")
    func roundTrip() throws {
        let temporary = try TemporaryArchive()
        let texts = (0..<300).map { "Headline \($0)\nBody of number \($0).\n" }
        let recorded = try temporary.archive.record(
            texts.enumerated().map { TemporaryArchive.observation($1, url: "https://site\($0 % 7).example/\($0)") })
        #expect(recorded.count == 300)
        #expect(recorded.allSatisfy { $0.status == .new })
        let again = try temporary.reopened()
        for (text, one) in zip(texts, recorded) {
            #expect(try again.read(one.payload) == Array(text.utf8))
        }
        #expect(try again.articles().count == 300)
    }

    @Test("keeps equal payloads once")
    func deduplication() throws {
        let temporary = try TemporaryArchive()
        let text = String(repeating: "The same words again. ", count: 5000)
        for day in 0..<20 {
            _ = try temporary.archive.record([
                TemporaryArchive.observation(text, url: "https://a.example/x", at: Int64(day))
            ])
        }
        let statistics = try temporary.archive.statistics()
        #expect(statistics.captures == 20)
        #expect(statistics.rawBytes == 20 * text.utf8.count)
        #expect(statistics.objects == 1 + 20 + 1)
    }

    @Test("numbers the records of its log without gaps, whoever writes")
    func indices() throws {
        let temporary = try TemporaryArchive()
        let other = try temporary.reopened()
        for number in 0..<10 {
            let writer = number % 2 == 0 ? temporary.archive : other
            _ = try writer.record([TemporaryArchive.observation("Text \(number)", url: "https://a.example/\(number)")])
        }
        let lines = try other.lines(0..<100, of: other.origin)
        #expect(lines.map(\.index) == Array(0...10))
        #expect(MerkleTree.root(lines.map(\.leafHash)) == (try other.logs()[0].head.root))
    }

    @Test("is the same after reindexing as before, also with packs of several writers", arguments: [1, 7, 60])
    func reindex(batches: Int) throws {
        let temporary = try TemporaryArchive()
        for batch in 0..<batches {
            _ = try temporary.archive.record(
                (0..<5).map {
                    TemporaryArchive.observation(
                        "Headline \(batch)\nText \($0)", url: "https://a.example/\($0)", at: Int64(batch))
                })
        }
        let before = try temporary.archive.articles()
        let root = try temporary.archive.logs()[0].head
        let history = try temporary.archive.history(of: temporary.archive.article("a.example/3"))
        #expect(try temporary.archive.reindex().isEmpty)
        #expect(try temporary.archive.articles().map(\.key) == before.map(\.key))
        #expect(try temporary.archive.logs()[0].head == root)
        let after = try temporary.archive.history(of: temporary.archive.article("a.example/3"))
        #expect(after.map(\.revision) == history.map(\.revision))
        #expect(after.map(\.captures) == history.map(\.captures))
        #expect(after.count == batches)
    }

    @Test("stores objects of many megabytes in pieces, and verifies them")
    func largeObjects() throws {
        let temporary = try TemporaryArchive()
        var generator = SeededGenerator(seed: 7)
        let bytes = (0..<(9 << 20)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let file = temporary.folder + "/large.bin"
        _ = FileManager.default.createFile(atPath: file, contents: Data(bytes))
        let (id, size) = try temporary.archive.store(large: OpenFile(reading: file))
        #expect(size == bytes.count)
        #expect(id == ObjectID(hashing: bytes))
        let template = TemporaryArchive.observation("x", url: "https://a.example/video").detail
        let detail = CaptureDetail(
            url: template.url, article: nil, capturedAt: template.capturedAt, payload: id, size: size,
            mediaType: "video/mp4",
            status: nil, headers: nil, outcome: "ok", via: template.via, salt: template.salt)
        let observation = Observation(
            detail: detail, payload: nil, interpretation: TemporaryArchive.interpreter.interpret(detail, nil))
        #expect(try temporary.archive.record([observation]).count == 1)
        #expect(try temporary.archive.read(id) == bytes)
        #expect(try temporary.reopened().reindex().isEmpty)
        #expect(try temporary.archive.read(id) == bytes)
        let report = try temporary.archive.verify()
        #expect(report.damages.isEmpty && report.missing.isEmpty)
        #expect(report.objects == 2)
    }

    @Test("a batch that cannot be recorded leaves nothing")
    func refusedBatch() throws {
        let temporary = try TemporaryArchive()
        let before = try temporary.packs
        let one = TemporaryArchive.observation("Text", url: "https://a.example/x")
        let other = TemporaryArchive.observation("Other text", url: "https://a.example/y")
        let swapped = Observation(detail: one.detail, payload: other.payload, interpretation: one.interpretation)
        #expect(throws: ArchiveError.self) { try temporary.archive.record([other, swapped]) }
        #expect(try temporary.packs == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path + "/packs").count == before.count)
        #expect(try temporary.archive.articles().isEmpty)
    }

    @Test("a pack that another process made is seen, although the catalog does not know it")
    func catchUp() throws {
        let temporary = try TemporaryArchive()
        let copy = temporary.folder + "/before.sqlite"
        for name in ["catalog.sqlite", "catalog.sqlite-wal"] {
            try? FileManager.default.copyItem(atPath: "\(temporary.path)/\(name)", toPath: copy + name.dropFirst(14))
        }
        // A crash between the rename of the pack and the catalog's transaction looks like this to the next writer.
        let recorded = try temporary.archive.record([TemporaryArchive.observation("First", url: "https://a.example/1")])
        #expect(recorded[0].capture.index == 1)
        for name in ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: "\(temporary.path)/\(name)")
        }
        try FileManager.default.copyItem(atPath: copy, toPath: temporary.path + "/catalog.sqlite")
        try? FileManager.default.copyItem(atPath: copy + "-wal", toPath: temporary.path + "/catalog.sqlite-wal")
        let next = try temporary.reopened().record([TemporaryArchive.observation("Second", url: "https://a.example/2")])
        #expect(next[0].capture.index == 2)
        #expect(try temporary.reopened().articles().count == 2)
    }

    @Test("does not write when its own log has become shorter than it was")
    func lostPack() throws {
        let temporary = try TemporaryArchive()
        _ = try temporary.archive.record([TemporaryArchive.observation("First", url: "https://a.example/1")])
        try temporary.archive.remember([temporary.archive.origin: try temporary.archive.logs()[0].head])
        let newest = try #require(try temporary.packs.first { try !isGenesis($0, in: temporary) })
        try FileManager.default.removeItem(atPath: "\(temporary.path)/packs/\(newest)")
        for name in ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: "\(temporary.path)/\(name)")
        }
        let reopened = try temporary.reopened()
        #expect(throws: ArchiveError.self) {
            try reopened.record([TemporaryArchive.observation("Second", url: "https://a.example/2")])
        }
        #expect(try !reopened.verify().missing.isEmpty)
    }

    private func isGenesis(_ pack: String, in temporary: TemporaryArchive) throws -> Bool {
        let single = try Data(contentsOf: URL(filePath: "\(temporary.path)/packs/\(pack)"))
        return single.range(of: Data("\"genesis\"".utf8)) != nil
    }

    @Test("refuses a folder that holds something, and says when there is no archive")
    func places() throws {
        let temporary = try TemporaryArchive()
        #expect(throws: ArchiveError.self) { try TemporaryArchive.open(temporary.folder) }
        var random = SystemRandomNumberGenerator()
        let salt = Salt(using: &random)
        #expect(throws: ArchiveError.self) {
            try Archive.create(
                at: temporary.path, name: "x", key: "k", tool: "t", salt: salt,
                interpreter: TemporaryArchive.interpreter,
                clock: { TemporaryArchive.epoch })
        }
    }
}
