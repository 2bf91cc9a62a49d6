import Foundation
import Models
import Storage
import Testing

@Suite("One catalog for all, never believed more than the packs")
struct CatalogTests {
    private func expectWhole(_ archive: Archive, captures: Int, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let report = try archive.verify()
        #expect(report.captures == captures, sourceLocation: sourceLocation)
        #expect(
            report.damages.isEmpty && report.missing.isEmpty, "\(report.damages) \(report.missing)",
            sourceLocation: sourceLocation)
    }

    private func record(_ generations: Range<Int>, in archive: Archive) throws {
        for generation in generations {
            _ = try archive.record(DeltaTests.observations(sites: 1, articles: 1, generation: generation))
        }
    }

    @Test("thrown away while another process uses it, it is made anew for both, whoever merges then")
    func discarded() throws {
        let temporary = try TemporaryArchive()
        try record(0..<12, in: temporary.archive)
        try temporary.reopened().discardCatalog()
        let other = try temporary.reopened()
        try record(12..<24, in: temporary.archive)
        _ = try temporary.archive.mergeSmallPacks()
        try expectWhole(other, captures: 24)
        try record(24..<30, in: other)
        _ = try other.compact(.all)
        try record(30..<36, in: temporary.archive)
        for archive in [temporary.archive, other, try temporary.reopened()] {
            #expect(try archive.logs()[0].head.size == 37)
            try expectWhole(archive, captures: 36)
        }
    }

    @Test("a file that SQLite cannot read is only removed when nobody else has it open")
    func unreadable() throws {
        let temporary = try TemporaryArchive()
        try record(0..<3, in: temporary.archive)
        let catalog = temporary.path + "/catalog.sqlite"
        let inode = try FileManager.default.attributesOfItem(atPath: catalog)[.systemFileNumber] as? Int
        let impatient = { () throws -> Archive in
            try Archive(
                opening: temporary.path, interpreter: TemporaryArchive.interpreter, clock: { TemporaryArchive.epoch },
                patience: 0)
        }
        let sound = try Data(contentsOf: URL(filePath: catalog))
        let file = try FileHandle(forWritingTo: URL(filePath: catalog))
        for ending in ["-wal", "-shm"] {
            try? FileManager.default.moveItem(atPath: catalog + ending, toPath: "\(temporary.folder)/held\(ending)")
        }
        try file.write(contentsOf: Data(repeating: 0x58, count: 4096))
        #expect(throws: ArchiveError.self) { try impatient() }
        #expect(try FileManager.default.attributesOfItem(atPath: catalog)[.systemFileNumber] as? Int == inode)
        try file.seek(toOffset: 0)
        try file.write(contentsOf: sound)
    }

    @Test(
        "older than the packs, as after a power cut, it learns from the packs that are there what those said that are gone"
    )
    func outdated() throws {
        let temporary = try TemporaryArchive()
        try record(0..<30, in: temporary.archive)
        let catalog = temporary.path + "/catalog.sqlite"
        let copy = temporary.folder + "/before.sqlite"
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: catalog + ending, toPath: copy + ending)
        }
        try record(30..<33, in: temporary.archive)
        let before = try temporary.packs.count
        #expect(try temporary.archive.mergeSmallPacks() != nil)
        #expect(try temporary.packs.count < before)
        for ending in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: catalog + ending) }
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: copy + ending, toPath: catalog + ending)
        }
        let reopened = try temporary.reopened()
        try record(33..<34, in: reopened)
        try expectWhole(reopened, captures: 34)
        _ = try reopened.compact(.all)
        try expectWhole(reopened, captures: 34)
    }

    @Test("a pack that must stay because a capture came to lean on it is still known with all its frames")
    func staying() throws {
        let temporary = try TemporaryArchive()
        func pages(_ sites: [Int], _ generation: Int) -> [Observation] {
            sites.map { site in
                TemporaryArchive.observation(
                    DeltaTests.page(site, 0, generation), url: "https://site\(site).example/0", at: Int64(generation))
            }
        }
        // Two frames in one small pack; a large pack leans on the first of them.
        _ = try temporary.archive.record(pages([1, 2], 0))
        var large = pages([1], 1)
        for site in 10..<22 {
            let text = String(repeating: DeltaTests.page(site, 1, 0), count: 10)
            large += (0..<2).map {
                TemporaryArchive.observation("\($0)\n\(text)", url: "https://big\(site).example/\($0)")
            }
        }
        _ = try temporary.archive.record(large)
        for site in 30..<40 { _ = try temporary.archive.record(pages([site], 0)) }
        let other = try temporary.reopened()
        var isCaptured = false
        var failure: (any Error)?
        #expect(
            try temporary.archive.mergeSmallPacks { _ in
                if isCaptured { return }
                isCaptured = true
                do { _ = try other.record(pages([2], 1)) } catch { failure = error }
            } != nil)
        #expect(isCaptured && failure == nil)
        try expectWhole(other, captures: 2 + 25 + 10 + 1)
        _ = try other.compact(.all)
        try expectWhole(temporary.archive, captures: 2 + 25 + 10 + 1)
    }

    @Test("what could not be read while it was indexed, and can now, is not lost by merging")
    func unlisted() throws {
        let temporary = try TemporaryArchive()
        try record(0..<3, in: temporary.archive)
        let before = Set(try temporary.packs)
        let last = try temporary.archive.record(DeltaTests.observations(sites: 1, articles: 1, generation: 3))[0]
        let pack = try #require(Set(try temporary.packs).subtracting(before).first)
        let url = URL(filePath: "\(temporary.path)/packs/\(pack)")
        let bytes = try Data(contentsOf: url)
        let frame = try #require(bytes.range(of: Data("SFRM".utf8))).lowerBound
        let next = try #require(bytes.range(of: Data("SFRM".utf8), in: (frame + 1)..<bytes.endIndex)).lowerBound
        var damaged = bytes
        damaged[next - 8] ^= 0xFF
        try damaged.write(to: url)
        #expect(try temporary.archive.reindex().count == 1)
        #expect(throws: ArchiveError.self) { try temporary.archive.read(last.payload) }
        #expect(throws: ArchiveError.self) { try temporary.archive.compact(.all) }
        try bytes.write(to: url)
        _ = try temporary.archive.compact(.all)
        #expect(try temporary.packs.count == 1)
        #expect(ObjectID(hashing: try temporary.archive.read(last.payload)) == last.payload)
        try expectWhole(temporary.archive, captures: 4)
    }

    /// A line whose detail is lost still counts: the next one has the next index. Where the lines themselves cannot be read, nobody knows it.
    @Test("no index is given again while the end of the own log cannot be read", arguments: [false, true])
    func unreadableEnd(isLines: Bool) throws {
        let temporary = try TemporaryArchive()
        try record(0..<2, in: temporary.archive)
        let before = Set(try temporary.packs)
        try record(2..<3, in: temporary.archive)
        let pack = try #require(Set(try temporary.packs).subtracting(before).first)
        let url = URL(filePath: "\(temporary.path)/packs/\(pack)")
        var bytes = try Data(contentsOf: url)
        // The frame before that of the lines holds the detail.
        let lines = try #require(bytes.range(of: Data("SFRM".utf8), options: .backwards)).lowerBound
        bytes[isLines ? (lines + bytes.count) / 2 : lines - 8] ^= 0xFF
        try bytes.write(to: url)
        #expect(try !temporary.archive.reindex().isEmpty)
        let size = try temporary.archive.logs()[0].head.size
        guard isLines else {
            try record(3..<4, in: temporary.archive)
            #expect(try temporary.archive.logs()[0].head.size == size + 1)
            return
        }
        #expect(throws: ArchiveError.self) { try self.record(3..<4, in: temporary.archive) }
        #expect(try temporary.archive.logs()[0].head.size == size)
    }

    /// - Parameter change: an SQL `UPDATE` without that word.
    private func update(_ change: String, in database: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('UPDATE ' + sys.argv[2]); c.commit()",
            database, change,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test(
        "a number that cannot be one, left by a changed byte, is damage to the catalog and nothing worse",
        arguments: [
            "objects SET start = -5", "objects SET length = -1", "objects SET start = 9223372036854775807",
            "frames SET contentLength = 9000000000000000000", "frames SET storedLength = -1", "frames SET offset = -1",
            "frames SET headerLength = 99999999999", "frames SET count = -1",
            "frames SET first = -1 WHERE origin IS NOT NULL",
            "records SET idx = -7 WHERE idx = 2", "records SET idx = 9223372036854775807 WHERE idx = 2",
            "captures SET size = -1", "logs SET size = -1", "logs SET name = 'other'", "captures SET recordedAt = 1",
            "packs SET weight = -1",
        ])
    func impossibleNumbers(change: String) throws {
        let temporary = try TemporaryArchive()
        try record(0..<3, in: temporary.archive)
        let payload = try #require(
            try temporary.archive.history(of: temporary.archive.articles()[0]).first?.captures.first
        )
        .payload
        try update(change, in: temporary.path + "/catalog.sqlite")
        let archive = try temporary.reopened()
        do throws(ArchiveError) {
            _ = try archive.read(payload)
            _ = try archive.compact(.all)
        } catch {
            // It may say anything, but it must say it.
        }
        do {
            let report = try archive.verify()
            // Only what no answer depends on may be passed over; merging may have written it anew.
            #expect(report.damages.isEmpty && report.missing.isEmpty)
        } catch ArchiveError.catalog {
            try archive.discardCatalog()
        }
        try expectWhole(temporary.reopened(), captures: 3)
    }

    @Test("verifying while others capture finds nothing wrong")
    func verifying() async throws {
        let temporary = try TemporaryArchive()
        let path = temporary.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<3 {
                group.addTask {
                    let archive = try TemporaryArchive.open(path)
                    for number in 0..<150 {
                        _ = try archive.record([
                            TemporaryArchive.observation(
                                "Text \(writer) \(number)", url: "https://\(writer).example/\(number)")
                        ])
                    }
                }
            }
            group.addTask {
                let archive = try TemporaryArchive.open(path)
                for _ in 0..<60 {
                    let report = try archive.verify()
                    #expect(report.damages.isEmpty && report.missing.isEmpty)
                }
            }
            try await group.waitForAll()
        }
        try expectWhole(temporary.archive, captures: 450)
    }
}
