import Foundation
import Models
import Storage
import Testing

@Suite("Merging packs")
struct CompactionTests {
    @Test("keeps every capture, takes less, and leaves one pack")
    func merges() throws {
        let temporary = try TemporaryArchive()
        var recorded: [Recorded] = []
        for generation in 0..<8 {
            recorded += try temporary.archive.record(
                DeltaTests.observations(sites: 3, articles: 4, generation: generation))
        }
        let report = try temporary.archive.compact(.recent)
        #expect(report.packsBefore == 9 && report.packsAfter == 1)
        #expect(report.bytesAfter < report.bytesBefore)
        #expect(try temporary.packs.count == 1)
        for archive in [temporary.archive, try temporary.reopened()] {
            for one in recorded { #expect(ObjectID(hashing: try archive.read(one.payload)) == one.payload) }
            let checked = try archive.verify()
            #expect(checked.captures == 96 && checked.damages.isEmpty && checked.missing.isEmpty)
        }
        #expect(try temporary.archive.reindex().isEmpty)
        #expect(try temporary.archive.verify().captures == 96)
    }

    @Test("again and again, with captures in between, changes nothing but the packs")
    func repeated() throws {
        let temporary = try TemporaryArchive()
        for round in 0..<6 {
            for generation in 0..<3 {
                _ = try temporary.archive.record(
                    DeltaTests.observations(sites: 2, articles: 3, generation: round * 3 + generation))
            }
            _ = try temporary.archive.compact(round % 2 == 0 ? .recent : .all)
            let checked = try temporary.archive.verify()
            #expect(checked.captures == (round + 1) * 18 && checked.damages.isEmpty && checked.missing.isEmpty)
        }
        #expect(try temporary.packs.count <= 2)
        #expect(try temporary.archive.compact(.all).packsAfter == 1)
    }

    @Test("readers and writers in other processes go on while packs move")
    func concurrent() async throws {
        let temporary = try TemporaryArchive()
        var payloads: [ObjectID] = []
        for generation in 0..<5 {
            payloads += try temporary.archive.record(
                DeltaTests.observations(sites: 2, articles: 3, generation: generation)
            ).map(\.payload)
        }
        let (path, known) = (temporary.path, payloads)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let archive = try TemporaryArchive.open(path)
                for round in 0..<6 { _ = try archive.compact(round % 2 == 0 ? .all : .recent) }
            }
            group.addTask {
                let archive = try TemporaryArchive.open(path)
                for generation in 5..<20 {
                    _ = try archive.record(DeltaTests.observations(sites: 2, articles: 3, generation: generation))
                }
            }
            group.addTask {
                let archive = try TemporaryArchive.open(path)
                for _ in 0..<15 {
                    for id in known { #expect(ObjectID(hashing: try archive.read(id)) == id) }
                }
            }
            try await group.waitForAll()
        }
        let checked = try temporary.reopened().verify()
        #expect(checked.captures == 120 && checked.damages.isEmpty && checked.missing.isEmpty)
        #expect(try temporary.archive.reindex().isEmpty)
    }

    @Test("stopped after the new pack and before the catalog, everything is there, and the next merging tidies up")
    func interrupted() throws {
        let temporary = try TemporaryArchive()
        for generation in 0..<4 {
            _ = try temporary.archive.record(DeltaTests.observations(sites: 2, articles: 2, generation: generation))
        }
        let old = try temporary.packs.map { ($0, try Data(contentsOf: URL(filePath: "\(temporary.path)/packs/\($0)"))) }
        _ = try temporary.archive.compact(.all)
        // The old packs are there again, as if they had not been removed yet.
        for (name, bytes) in old { try bytes.write(to: URL(filePath: "\(temporary.path)/packs/\(name)")) }
        for again in [false, true] {
            if again { #expect(try temporary.archive.reindex().isEmpty) }
            let checked = try temporary.reopened().verify()
            #expect(checked.captures == 16 && checked.damages.isEmpty && checked.missing.isEmpty)
        }
        #expect(try temporary.archive.compact(.all).packsAfter == 1)
        #expect(try temporary.archive.verify().captures == 16)
        // And the other way: the catalog still names packs that are gone.
        for name in ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: "\(temporary.path)/\(name)")
        }
        #expect(try temporary.reopened().verify().captures == 16)
    }

    @Test("large objects are moved whole")
    func large() throws {
        let temporary = try TemporaryArchive()
        var generator = SeededGenerator(seed: 9)
        let bytes = (0..<(9 << 20)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let file = temporary.folder + "/large.bin"
        _ = FileManager.default.createFile(atPath: file, contents: Data(bytes))
        let (id, _) = try temporary.archive.store(large: OpenFile(reading: file))
        _ = try temporary.archive.record(DeltaTests.observations(sites: 1, articles: 2, generation: 0))
        #expect(try temporary.archive.compact(.all).packsAfter == 1)
        #expect(try temporary.archive.read(id) == bytes)
        #expect(try temporary.archive.verify().damages.isEmpty)
    }
}
